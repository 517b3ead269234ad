"""Gates: opened for an event with a key for the helpers at the door; it ends by itself and can be revoked."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Event, EventState
from scheduler.models.fair_days import Gate
from scheduler.queries.actors import token_hash
from scheduler.times import now

GATE_PREFIX = "gate_"
KEY_OCTETS = 24
LONGEST_HOURS = 96
LATE = timedelta(hours=24)
"""How long after its end a gate may still hand in what its devices noted without network."""


class GateClosed(Refusal):
    """A gate's key that is unknown, revoked or over."""

    status = 401
    code = "gate_closed"
    zh = "这个签到口已关闭，或链接不完整。请向办会人员索取新的签到口链接；已记在本机的签到不会丢失。"
    en = (
        "This gate is closed, or its link is incomplete. Ask the organizer for a new one; "
        "what this device has noted is kept."
    )


class NoGates(Refusal):
    """An event that nobody enters: not published, cancelled or over for long."""

    status = 409
    code = "no_gates"
    zh = "只有已发布且尚未结束的活动可以开设签到口。"
    en = "Gates are opened for events that are published and not over."


def open_gate(  # noqa: PLR0913 — a gate is all of this
    session: Session, *, event_id: int, name_zh: str, zone_zh: str, hours: int, opened_by: int | None
) -> tuple[Gate, str]:
    """Open a gate that lasts for some hours from the event's first minute, or from now if that is later.

    Returns it with its key, which is nowhere kept. Raises NoGates.
    """
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound
    if event.state is not EventState.PUBLISHED or event.starts_at is None or event.ends_at is None:
        raise NoGates
    if event.ends_at + LATE < now():
        raise NoGates
    key = GATE_PREFIX + secrets.token_urlsafe(KEY_OCTETS)
    gate = Gate(
        event_id=event_id,
        name_zh=name_zh,
        zone_zh=zone_zh,
        key_hash=token_hash(key),
        opened_by=opened_by,
        opened_at=now(),
        expires_at=max(event.starts_at, now()) + timedelta(hours=min(hours, LONGEST_HOURS)),
    )
    session.add(gate)
    session.flush()
    return gate, key


def revoke_gate(session: Session, *, gate_id: int) -> None:
    """Close a gate at once: its key is good for nothing from the next request on."""
    session.execute(
        update(Gate).where(Gate.id == gate_id, Gate.revoked_at.is_(None)).values(revoked_at=now())
    )


def gate_of_key(session: Session, *, key: str, late: bool = False) -> Gate:
    """Return the gate of a key and note that it was heard of. Raises GateClosed.

    With `late` a gate that has run out may still hand in what it noted before; a revoked one may not.
    """
    gate = session.scalar(select(Gate).where(Gate.key_hash == token_hash(key), Gate.revoked_at.is_(None)))
    if gate is None or gate.expires_at + (LATE if late else timedelta()) <= now():
        raise GateClosed
    gate.seen_at = now()
    return gate
