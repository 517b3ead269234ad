"""What every page of an enterprise has: the member, and the enterprise's name."""

from typing import Any

from flask import Blueprint, render_template

from scheduler.errors import NotFound
from scheduler.queries.actors import Employer
from web.actors import current_actor

blueprint = Blueprint("enterprise", __name__, url_prefix="/enterprise")


def employer() -> Employer:
    """Return the enterprise's member who is signed in; the route's policy has made sure that there is one."""
    actor = current_actor()
    if not isinstance(actor, Employer):
        raise NotFound
    return actor


def show(template: str, **values: Any) -> str:  # noqa: ANN401 — what the template needs
    """Return a page of the enterprise."""
    return render_template(f"enterprise/{template}", actor=employer(), **values)
