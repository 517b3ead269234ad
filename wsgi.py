"""The door for a web server: `gunicorn --no-control-socket wsgi:app`."""

from scheduler.settings import Settings
from web import create_app

app = create_app(Settings.from_environment())
