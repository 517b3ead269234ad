"""An account's webhooks, and what became of their deliveries."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import Delivery, Webhook
from scheduler.queries.keyset import Key


def webhooks_of(session: Session, *, account_id: int) -> Sequence[Webhook]:
    """Return an account's webhooks that were not taken away, oldest first."""
    query = select(Webhook).where(Webhook.account_id == account_id, Webhook.revoked_at.is_(None))
    return session.scalars(query.order_by(Webhook.id)).all()


def find_webhook(session: Session, *, webhook_id: int, account_id: int) -> Webhook:
    """Return one of an account's webhooks; raises NotFound for everybody else's, and for those taken away."""
    found = session.scalar(
        select(Webhook).where(
            Webhook.id == webhook_id, Webhook.account_id == account_id, Webhook.revoked_at.is_(None)
        )
    )
    if found is None:
        raise NotFound
    return found


def deliveries_behind(
    session: Session, *, webhook_id: int, after: Key | None, size: int
) -> Sequence[Delivery]:
    """Return the next `size` deliveries of a webhook behind the last one seen, oldest first."""
    query = select(Delivery).where(
        Delivery.webhook_id == webhook_id, Delivery.id > (after.id if after else 0)
    )
    return session.scalars(query.order_by(Delivery.id).limit(size)).all()
