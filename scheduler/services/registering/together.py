"""An enterprise registers for several events at once: each has its own answer, and none costs another."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Registration, RegistrationState
from scheduler.services.registering.registering import ANEW, Form, register


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one event: where the registration stands, or why there is none.

    It is `kept` where it stood before: what it says of this event was not written over.
    """

    event_id: int
    state: RegistrationState | None = None
    kept: bool = False
    refusal: Refusal | None = None


def register_together(
    session: Session, *, event_ids: Collection[int], enterprise_id: int, form: Form
) -> tuple[Outcome, ...]:
    """Register an enterprise for events with the same form; returns what became of each, in their order.

    A refusal takes back what was written for its event alone. Everybody goes through events in the order of
    their ids, so that two who want the same ones never wait for each other. A registration that stands
    already keeps its own wishes, so doing it twice changes nothing.
    """
    found = {event_id: _one(session, event_id, enterprise_id, form) for event_id in sorted(set(event_ids))}
    return tuple(found[event_id] for event_id in dict.fromkeys(event_ids))


def _one(session: Session, event_id: int, enterprise_id: int, form: Form) -> Outcome:
    before = session.get(Registration, (event_id, enterprise_id), populate_existing=True)
    if before is not None and before.state not in ANEW:
        return Outcome(event_id, state=before.state, kept=True)
    try:
        with session.begin_nested():
            row = register(session, event_id=event_id, enterprise_id=enterprise_id, form=form)
            return Outcome(event_id, state=row.state)
    except Refusal as refusal:
        return Outcome(event_id, refusal=refusal)
