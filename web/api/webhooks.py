"""Webhooks: have an address of yours told of changes, and see what became of each delivery."""

from dataclasses import dataclass
from typing import Any

from flask import Response
from marshmallow import Schema, fields
from marshmallow.validate import Length
from sqlalchemy.orm import Session

from scheduler.models import TokenScope, Topic, Webhook
from scheduler.queries.keyset import Key
from scheduler.queries.webhooks import deliveries_behind, find_webhook, webhooks_of
from scheduler.services.webhooks import make_webhook, revoke_webhook, signing_secret
from web.api.cursors import Paged, page, page_of, whole
from web.api.once import create
from web.api.shapes import moment, number, text
from web.api.subject import Subject
from web.policy import organizer, policy
from web.schemas.base import Form, Text
from web.site import reader, settings, writing
from web.views.organizer.desk import member

subject = Subject("Webhooks", "Addresses that are told of changes. Their secret is shown once.")


class WebhookBody(Form):
    """Where to post to, and which topics."""

    url = Text(longest=300, required=True)
    topics = fields.List(fields.Enum(Topic, by_value=True), required=True, validate=Length(1, len(Topic)))


class WebhookShape(Schema):
    """A webhook without its secret."""

    id = number()
    url = text()
    topics = fields.List(fields.String(), required=True)
    created_at = moment()


class NewWebhook(Schema):
    """A webhook with the secret that signs its deliveries, which is null when the request is repeated."""

    webhook = fields.Nested(WebhookShape, required=True)
    secret = text(allow_none=True)


class DeliveryShape(Schema):
    """One delivery: its state, how often it was tried, and what the receiver answered last."""

    id = number()
    topic = text()
    cause = text()
    state = text()
    attempt = number()
    created_at = moment()
    due_at = moment()
    sent_at = moment(allow_none=True)
    status = number(allow_none=True)
    error = text(allow_none=True)


@dataclass(frozen=True, slots=True)
class Made:
    """A webhook that was just made."""

    webhook: Webhook
    secret: str


@subject.operation(
    "GET", "/webhooks", policy(organizer), scope=TokenScope.WEBHOOKS, answer=page_of(WebhookShape)
)
def list_webhooks() -> dict[str, Any]:
    """List your webhooks, oldest first."""
    return whole(webhooks_of(reader(), account_id=member().account_id))


@subject.operation(
    "POST",
    "/webhooks",
    policy(organizer),
    scope=TokenScope.WEBHOOKS,
    body=WebhookBody,
    answer=NewWebhook,
    status=201,
    creates=True,
)
def create_webhook(body: dict[str, Any]) -> Response:
    """Have an address told of changes in your division; its host must be on the site's list."""

    def make(session: Session) -> Made:
        allowed = settings().webhook_hosts
        webhook = make_webhook(session, account_id=member().account_id, allowed=allowed, **body)
        return Made(webhook, signing_secret(webhook, secret_key=settings().secret_key))

    return create(make, NewWebhook, kept=lambda shown: {**shown, "secret": None})


@subject.operation(
    "DELETE", "/webhooks/<int:webhook_id>", policy(organizer), scope=TokenScope.WEBHOOKS, status=204
)
def delete_webhook(webhook_id: int) -> Response:
    """Take a webhook away; what still waits for it is dropped."""
    with writing() as session:
        found = find_webhook(session, webhook_id=webhook_id, account_id=member().account_id)
        revoke_webhook(session, webhook=found)
    return Response(status=204)


@subject.operation(
    "GET",
    "/webhooks/<int:webhook_id>/deliveries",
    policy(organizer),
    scope=TokenScope.WEBHOOKS,
    query=Paged,
    answer=page_of(DeliveryShape),
)
def list_deliveries(asked: dict[str, Any], webhook_id: int) -> dict[str, Any]:
    """List what a webhook was or is to be told, oldest first."""
    found = find_webhook(reader(), webhook_id=webhook_id, account_id=member().account_id)
    return page(
        asked,
        lambda after, size: deliveries_behind(reader(), webhook_id=found.id, after=after, size=size),
        lambda delivery: Key("", delivery.id),
    )
