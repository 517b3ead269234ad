"""Which events are joined at once, and with what."""

import re
from collections.abc import Iterable
from typing import Any

from marshmallow import fields
from marshmallow.validate import OneOf

from scheduler.errors import Refusal
from web.schemas.attending import RegisterForm, box_of
from web.schemas.base import Form
from web.security import HIGHEST_ID

EVENT = re.compile(r"event_([1-9][0-9]{0,9})", re.ASCII)
MOST_EVENTS = 20


class NothingChosen(Refusal):
    """No event was ticked, or too many."""

    status = 422
    code = "nothing_chosen"
    zh = "请勾选 1–{most} 场活动后再报名。"
    en = "Tick between 1 and {most} events, then register."


def chosen_in(names: Iterable[str]) -> list[int]:
    """Return the events whose boxes are among some names; raises NothingChosen for none or too many."""
    found = [int(match[1]) for match in map(EVENT.fullmatch, names) if match]
    ids = [key for key in found if key <= HIGHEST_ID]
    if not 1 <= len(ids) <= MOST_EVENTS:
        raise NothingChosen(most=MOST_EVENTS)
    return ids


def choosing(event_ids: Iterable[int]) -> type[Form]:
    """Return the form of a choice of events, with a box for each."""
    return type("ChoiceForm", (Form,), _boxes(event_ids))


def joining(event_ids: Iterable[int], openings: Any) -> type[Form]:  # noqa: ANN401 — rows
    """Return the form of a registration for several events, with boxes for events and openings."""
    boxes = {box_of(one): _box() for one in openings}
    return type("JoiningForm", (RegisterForm,), {**boxes, **_boxes(event_ids)})


def _boxes(event_ids: Iterable[int]) -> dict[str, fields.String]:
    return {f"event_{key}": _box() for key in event_ids}


def _box() -> fields.String:
    return fields.String(load_default="", validate=OneOf(["", "1"]))
