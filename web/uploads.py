"""Forms that are larger than usual: which routes take them and how large, and the files that were given."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

from scheduler.errors import NotFound
from scheduler.services.files import Given
from scheduler.services.files.storing import MOST_BYTES
from web.schemas.base import BadForm, shown

View = TypeVar("View", bound=Callable[..., Any])
Guard = Callable[..., bool]
MOST_FILES = 3
BESIDE = 256 * 1024
LONGEST_BODY = MOST_FILES * MOST_BYTES + BESIDE

TAKING: dict[Callable[..., Any], Guard | None] = {}
LONG_TEXTS: dict[Callable[..., Any], int] = {}


def takes_files(*, if_: Guard | None = None) -> Callable[[View], View]:
    """Let a view's requests be as large as its files; `if_` says so from the address where strangers ask.

    Everywhere else a request keeps the small limit of the site, and it is refused before it is read.
    """

    def enter(view: View) -> View:
        TAKING[view] = if_
        return view

    return enter


def takes_up_to(octets: int) -> Callable[[View], View]:
    """Let the texts of a view's multipart form be so long together."""

    def enter(view: View) -> View:
        LONG_TEXTS[view] = octets
        return view

    return enter


def install(app: Flask) -> None:
    """Raise the limit of requests that are larger; policy has let the person in before."""
    app.before_request(_make_room)


def given(*names: str) -> dict[str, Given | None]:
    """Return the files of a form by their names; a field left empty gives None.

    Raises BadForm for a file that no name is for, or a name that comes twice.
    """
    for name, found in request.files.lists():
        if name not in names or len(found) > 1:
            raise BadForm(field=shown(name))
    return {name: _read(name) for name in names}


def _read(name: str) -> Given | None:
    file = request.files.get(name)
    if file is None or not file.filename:
        return None
    return Given(file.filename, file.stream.read(MOST_BYTES + 1))


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view in LONG_TEXTS:
        request.max_content_length = request.max_form_memory_size = LONG_TEXTS[view]
    if view not in TAKING or request.method != "POST":
        return
    allowed = TAKING[view]
    if allowed is not None and not allowed(**(request.view_args or {})):
        raise NotFound
    request.max_content_length = LONGEST_BODY
