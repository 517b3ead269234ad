"""Carries deliveries to webhooks: claim, send, write down; no transaction spans the network."""

import hashlib
import hmac
import http.client
import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from scheduler.database import transaction
from scheduler.errors import Refusal
from scheduler.outgoing import send, target_of
from scheduler.services.webhooks import signing_secret
from scheduler.services.webhooks.leases import LEASE, Parcel, claim_delivery, end_delivery
from scheduler.times import now

CARRIERS = 4  # one receiver that hangs holds up one of them
log = logging.getLogger(__name__)


class Deliverer:
    """Carries what is due whenever the clock ticks; `allowed` are the hosts that may be sent to."""

    def __init__(
        self, engine: Engine, *, secret_key: str, allowed: Collection[str], lease: timedelta = LEASE
    ) -> None:
        """Prepare to carry deliveries of a database."""
        self._engine, self._secret_key, self._allowed, self._lease = engine, secret_key, allowed, lease
        self._hands = ThreadPoolExecutor(CARRIERS, thread_name_prefix="delivery")
        self._busy: list[Future[None]] = []

    def tick(self) -> None:
        """Set idle carriers to work."""
        self._busy = [future for future in self._busy if not future.done()]
        while len(self._busy) < CARRIERS:
            self._busy.append(self._hands.submit(self._carry_all))

    def stop(self) -> None:
        """Let every carrier finish the one delivery it has."""
        self._hands.shutdown(wait=True, cancel_futures=True)

    def carry_next(self, *, before_end: Callable[[], None] | None = None) -> bool:
        """Carry one due delivery; returns False when there is none. `before_end` is for tests of a crash."""
        with transaction(self._engine) as session:
            parcel = claim_delivery(session, lease=self._lease)
            session.expunge_all()
        if parcel is None:
            return False
        status, error = self._send(parcel)
        if before_end:
            before_end()
        with transaction(self._engine) as session:
            kept = end_delivery(session, parcel=parcel, status=status, error=error)
        log.info(
            "delivery %s, attempt %s: %s%s",
            parcel.claim.key,
            parcel.claim.attempt,
            status or error,
            "" if kept else " (taken over meanwhile)",
        )
        return True

    def _carry_all(self) -> None:
        try:
            while self.carry_next():
                pass
        except OperationalError as error:  # the database is away for a moment; the next tick tries again
            log.warning("deliveries wait: %s", error)

    def _send(self, parcel: Parcel) -> tuple[int | None, str | None]:
        """Send a parcel; returns the status, or what went wrong."""
        body = parcel.body.encode()
        secret = signing_secret(parcel.webhook, secret_key=self._secret_key)
        sent_at = str(int(now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "fair-scheduler",
            "X-Fair-Delivery": str(parcel.claim.key),
            "X-Fair-Topic": parcel.topic,
            "X-Fair-Timestamp": sent_at,
            "X-Fair-Signature": signature(secret, sent_at, parcel.claim.key, body),
        }
        try:
            target = target_of(parcel.webhook.url, self._allowed)
            return send(target, body=body, headers=headers, allowed=self._allowed), None
        except Refusal as refusal:
            return None, refusal.code
        except (OSError, http.client.HTTPException, ValueError) as error:
            return None, type(error).__name__


def signature(secret: str, sent_at: str, delivery_id: int, body: bytes) -> str:
    """Return what proves that we sent a body at a time: an HMAC over time, delivery and body."""
    signed = f"{sent_at}.{delivery_id}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
