"""Webhooks are made, keep a secret of their own, and are taken away."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Topic, Webhook
from scheduler.outgoing import target_of
from scheduler.times import now

MOST_WEBHOOKS = 10


class TooManyWebhooks(Refusal):
    """More webhooks than one account needs."""

    status = 409
    code = "too_many_webhooks"
    zh = "每个账号最多 {most} 个 webhook。请先删除不再使用的。"
    en = "An account has at most {most} webhooks. Delete those that are no longer used first."


def make_webhook(
    session: Session, *, account_id: int, url: str, topics: Iterable[Topic], allowed: Collection[str]
) -> Webhook:
    """Make a webhook of an account; raises HostNotAllowed and TooManyWebhooks."""
    target_of(url, allowed)
    in_force = select(func.count()).where(Webhook.account_id == account_id, Webhook.revoked_at.is_(None))
    if (session.scalar(in_force) or 0) >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    webhook = Webhook(
        account_id=account_id,
        url=url,
        topics=sorted({topic.value for topic in topics}),
        salt=secrets.token_hex(16),
        created_at=now(),
    )
    session.add(webhook)
    session.flush()
    return webhook


def revoke_webhook(session: Session, *, webhook: Webhook) -> None:
    """Take a webhook away; what waits for it is dropped. Raises NotFound when it is gone already."""
    if webhook.revoked_at is not None:
        raise NotFound
    webhook.revoked_at = now()
    session.flush()


def signing_secret(webhook: Webhook, *, secret_key: str) -> str:
    """Return the secret that signs a webhook's deliveries.

    It is derived from the site's own secret: who steals the database alone can sign nothing.
    """
    digest = hmac.new(secret_key.encode(), f"webhook:{webhook.salt}".encode(), hashlib.sha256).digest()
    return "fairhook_" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
