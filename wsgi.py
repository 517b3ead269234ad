"""The door for a web server: `gunicorn --no-control-socket wsgi:app`."""

import logging
import os

from scheduler.folders import counting_folder
from scheduler.logs import configure
from scheduler.settings import Settings

settings = Settings.from_environment()
configure(as_json=settings.logs_json, level=logging.INFO if settings.logs_json else logging.WARNING)

# The metrics library reads this once, when it is imported.
folder = counting_folder(settings.data_dir, process_id=os.getppid())
os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))

from web import create_app  # noqa: E402 — after the folder has a name

app = create_app(settings)
