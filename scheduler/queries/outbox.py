"""What could not be sent, letters and what webhooks are told, for whoever runs the site."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Delivery, DeliveryState, Message, MessageState


class GivenUp(NamedTuple):
    """A letter or a delivery that was given up: its name, what it was about, how often it was tried, why."""

    name: str
    about: str
    attempts: int
    created_at: datetime
    reason: str


def given_up(session: Session) -> Sequence[GivenUp]:
    """Return what was given up, letters first, the oldest first of each; nobody's address is in it."""
    letters = session.scalars(
        select(Message).where(Message.state == MessageState.FAILED).order_by(Message.id)
    )
    told = session.scalars(select(Delivery).where(Delivery.state == DeliveryState.DEAD).order_by(Delivery.id))
    return [
        *(
            GivenUp(f"letter-{one.id}", one.kind, one.attempt, one.created_at, one.error or "")
            for one in letters
        ),
        *(
            GivenUp(
                f"delivery-{one.id}",
                one.topic,
                one.attempt,
                one.created_at,
                one.error or f"HTTP {one.status}",
            )
            for one in told
        ),
    ]
