"""Static files under addresses that change with their content, so that browsers never ask twice."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for

ONE_YEAR = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Version the static addresses and let them be kept for ever."""
    app.url_defaults(_add_version)
    app.jinja_env.globals.update(sprite=sprite)
    app.after_request(_keep_versions)


def sprite() -> str:
    """Return the address of the icons; a page names it a hundred times, so it is made once a request."""
    if "sprite" not in g:
        g.sprite = url_for("static", filename="icons/sprite.svg")
    address: str = g.sprite
    return address


def _add_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and current_app.static_folder:
        file = Path(current_app.static_folder, values["filename"])
        if file.is_file():
            values["v"] = _version(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _version(file: Path, _changed_ns: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _keep_versions(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code < 400:  # noqa: PLR2004
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
