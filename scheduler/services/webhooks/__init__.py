"""Webhooks: who is told of what, written down with the change itself and sent by the worker afterwards."""

from scheduler.services.webhooks.announcing import announce
from scheduler.services.webhooks.registering import (
    TooManyWebhooks,
    make_webhook,
    revoke_webhook,
    signing_secret,
)

__all__ = ["TooManyWebhooks", "announce", "make_webhook", "revoke_webhook", "signing_secret"]
