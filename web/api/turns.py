"""A firm's turn in a livestream: take one of those that are left, or the one that is offered."""

from typing import Any

from flask import Response
from marshmallow import Schema
from sqlalchemy.orm import Session

from scheduler.models import StreamTurn, TokenScope
from scheduler.services.livestreams import take_turn
from web.api.once import create
from web.api.shapes import number
from web.api.subject import Subject
from web.policy import enterprise, policy
from web.schemas.base import Form, Whole
from web.security import HIGHEST_ID
from web.views.enterprise.base import employer

SHORTEST, LONGEST, USUAL = 5, 60, 20
subject = Subject("Turns", "Your enterprise's turns in livestreams.")


class TurnBody(Form):
    """Which livestream, and for how many minutes."""

    event_id = Whole(least=1, most=HIGHEST_ID, required=True)
    minutes_wanted = Whole(least=SHORTEST, most=LONGEST, load_default=USUAL)


class Turn(Schema):
    """A turn that was taken; the order of going on air stands in the run sheet."""

    event_id = number()
    ordinal = number()
    minutes_wanted = number()


@subject.operation(
    "POST",
    "/turns",
    policy(enterprise),
    scope=TokenScope.BOOK,
    body=TurnBody,
    answer=Turn,
    status=201,
    creates=True,
)
def take_stream_turn(body: dict[str, Any]) -> Response:
    """Take a turn in an open livestream, or accept the one that its waiting list offers you."""
    actor = employer()

    def take(session: Session) -> StreamTurn:
        return take_turn(session, enterprise_id=actor.enterprise_id, **body)

    return create(take, Turn)
