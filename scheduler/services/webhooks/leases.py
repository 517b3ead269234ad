"""Who carries a delivery: claims with a lease and an attempt number, growing pauses, and an end."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler.models import Account, Delivery, DeliveryState, Webhook
from scheduler.services.leases import CARRIERS_DIED, LOOKED_AT, Claim, Work
from scheduler.times import now

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
SHOWN = 200
DELIVERIES = Work(Delivery, Delivery.id, Delivery.state == DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to carry: what, to where, signed with what."""

    claim: Claim
    webhook: Webhook
    topic: str
    body: str


def claim_delivery(session: Session, *, lease: timedelta = LEASE) -> Parcel | None:
    """Take the delivery that is due longest; one whose carrier fell silent is due again. None without any.

    What nobody wants any more, because its webhook or the owner is gone, is dropped on the way; what has
    silenced its carriers too often is given up.
    """
    DELIVERIES.give_up(
        session, which=DELIVERIES.hopeless(MOST_ATTEMPTS), state=DeliveryState.DEAD, error=CARRIERS_DIED
    )
    waiting = and_(Delivery.state == DeliveryState.WAITING, Delivery.due_at <= now())
    due = or_(waiting, DELIVERIES.silent())
    query = (
        select(Delivery, Webhook, Account.disabled_at)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
        .join(Account, Account.id == Webhook.account_id)
        .where(due)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(LOOKED_AT)
    )
    for delivery, webhook, disabled_at in session.execute(query).all():
        claim = Claim(delivery.id, delivery.attempt + 1, lease)
        if not DELIVERIES.take(session, claim=claim, due=due, state=DeliveryState.SENDING):
            continue
        if webhook.revoked_at is None and disabled_at is None:
            return Parcel(claim, webhook, delivery.topic.value, delivery.body)
        DELIVERIES.change(session, claim=claim, state=DeliveryState.DROPPED, lease_until=None)
    return None


def end_delivery(session: Session, *, parcel: Parcel, status: int | None, error: str | None) -> bool:
    """Write down how an attempt ended; returns False when somebody else has taken the delivery meanwhile.

    A 2xx is the end. Anything else is tried again after a pause that doubles, MOST_ATTEMPTS times.
    """
    good = status is not None and 200 <= status < 300  # noqa: PLR2004
    values: dict[str, object] = {"status": status, "error": error and error[:SHOWN], "lease_until": None}
    if good:
        values |= {"state": DeliveryState.SENT, "sent_at": now(), "error": None}
    elif parcel.claim.attempt >= MOST_ATTEMPTS:
        values |= {"state": DeliveryState.DEAD}
    else:
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (parcel.claim.attempt - 1))
        values |= {"state": DeliveryState.WAITING, "due_at": now() + pause}
    return DELIVERIES.change(session, claim=parcel.claim, **values)
