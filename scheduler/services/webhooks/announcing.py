"""Writes down what has to be told to whom, in the transaction that makes it true."""

import json
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from scheduler.models import Account, Delivery, DeliveryState, Organizer, Topic, Webhook
from scheduler.queries.tree import covers
from scheduler.times import now


def announce(session: Session, topic: Topic, *, cause: str, scope_code: str, facts: dict[str, Any]) -> int:
    """Tell of something in a division to the webhooks of bureaus in, above and below it; returns how many.

    `cause` names it once and for all ("publication-12"), so that nobody is told twice.
    """
    body = {"topic": topic.value, "cause": cause, "happened_at": now().isoformat(), "facts": facts}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    rows = [_row(webhook_id, topic, cause, text) for webhook_id in _listening(session, topic, scope_code)]
    if rows:
        session.execute(insert(Delivery), rows)
    return len(rows)


def _listening(session: Session, topic: Topic, scope_code: str) -> list[int]:
    query = (
        select(Webhook.id, Webhook.topics, Organizer.division_code)
        .join(Account, Account.id == Webhook.account_id)
        .join(Organizer, Organizer.id == Account.organizer_id)
        .where(Webhook.revoked_at.is_(None), Account.disabled_at.is_(None))
        .order_by(Webhook.id)
    )
    return [
        webhook_id
        for webhook_id, topics, home_code in session.execute(query)
        if topic.value in topics and (covers(home_code, scope_code) or covers(scope_code, home_code))
    ]


def _row(webhook_id: int, topic: Topic, cause: str, text: str) -> dict[str, Any]:
    return {
        "webhook_id": webhook_id,
        "topic": topic,
        "cause": cause,
        "body": text,
        "state": DeliveryState.WAITING,
        "due_at": now(),
        "created_at": now(),
        "attempt": 0,
    }
