"""From where a request comes: its address, as far as it can be believed, and its browser in a word or two."""

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

BROWSERS = (
    ("MicroMessenger", "微信 WeChat"),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def believe(app: Flask, proxies: int) -> None:
    """Believe the last `proxies` forwarded addresses, which our own proxies have written, and no further one.

    With none, forwarded headers are ignored altogether: whoever sends them gains nothing.
    """
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]


def address() -> str:
    """Return the address that the request comes from."""
    return request.remote_addr or ""


def browser() -> str:
    """Return browser and system, as Firefox · Windows; empty for what is neither."""
    agent = request.user_agent.string
    found = [next((word for mark, word in known if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))
