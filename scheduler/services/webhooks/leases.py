"""Who carries a delivery: claims with a lease and an attempt number, growing pauses, and an end."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import Account, Delivery, DeliveryState, Webhook
from scheduler.times import now

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
SHOWN = 200
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to carry: what, to where, signed with what, in which attempt."""

    delivery_id: int
    attempt: int
    webhook: Webhook
    topic: str
    body: str


def claim_delivery(session: Session, *, lease: timedelta = LEASE) -> Parcel | None:
    """Take the delivery that is due longest; one whose carrier fell silent is due again. None without any.

    What nobody wants any more, because its webhook or the owner is gone, is dropped on the way.
    """
    moment = now()
    due = or_(
        and_(Delivery.state == DeliveryState.WAITING, Delivery.due_at <= moment),
        and_(Delivery.state == DeliveryState.SENDING, Delivery.lease_until < moment),
    )
    query = (
        select(Delivery, Webhook, Account.disabled_at)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .join(Account, Account.id == Webhook.account_id)
        .where(due)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(LOOKED_AT)
    )
    for delivery, webhook, disabled_at in session.execute(query).all():
        wanted = webhook.revoked_at is None and disabled_at is None
        if not _take(session, delivery, lease if wanted else None):
            continue
        if wanted:
            return Parcel(delivery.id, delivery.attempt + 1, webhook, delivery.topic.value, delivery.body)
    return None


def end_delivery(session: Session, *, parcel: Parcel, status: int | None, error: str | None) -> bool:
    """Write down how an attempt ended; returns False when somebody else has taken the delivery meanwhile.

    A 2xx is the end. Anything else is tried again after a pause that doubles, MOST_ATTEMPTS times.
    """
    good = status is not None and 200 <= status < 300  # noqa: PLR2004
    values: dict[str, object] = {"status": status, "error": error and error[:SHOWN], "lease_until": None}
    if good:
        values |= {"state": DeliveryState.SENT, "sent_at": now(), "error": None}
    elif parcel.attempt >= MOST_ATTEMPTS:
        values |= {"state": DeliveryState.DEAD}
    else:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (parcel.attempt - 1))
        values |= {"state": DeliveryState.WAITING, "due_at": now() + pause}
    ending = update(Delivery).where(
        Delivery.id == parcel.delivery_id,
        Delivery.attempt == parcel.attempt,
        Delivery.state == DeliveryState.SENDING,
    )
    return bool(changed(session, ending.values(**values)))


def _take(session: Session, delivery: Delivery, lease: timedelta | None) -> bool:
    """Take a delivery for one attempt, or drop it (no lease); tell whether it was still there to take."""
    values: dict[str, object] = {"state": DeliveryState.DROPPED, "lease_until": None}
    if lease is not None:
        values = {"state": DeliveryState.SENDING, "lease_until": now() + lease}
    taking = (
        update(Delivery)
        .where(
            Delivery.id == delivery.id,
            Delivery.attempt == delivery.attempt,
            Delivery.state == delivery.state,
        )
        .values(attempt=delivery.attempt + 1, **values)
    )
    return bool(changed(session, taking))
