"""The door of the API: whose token it is, what the token allows, and how often it may ask."""

from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, current_app, request

from scheduler.errors import Refusal
from scheduler.queries.tokens import Grant
from scheduler.services.quotas import take_permits
from scheduler.services.tokens import USED_EVERY, note_use
from scheduler.times import now
from web.api.subject import SCOPES
from web.bearer import current_grant
from web.problems import is_ours
from web.site import settings, writing

AT_ONCE = 10
ACCOUNT_SHARE = 2  # an account may ask twice as often as one of its tokens
MINUTE_SECONDS = 60  # what a token may ask in one second is let in uncounted: most never write a count
NOTED_EVERY = timedelta(seconds=2)


class ScopeMissing(Refusal):
    """A token that does not allow this, whatever its owner may do."""

    status = 403
    code = "scope_missing"
    zh = "这个令牌没有“{scope}”权限范围。请换用或新建包含该范围的令牌。"
    en = "This token lacks the scope “{scope}”. Use or make one that has it."


class Wallet:
    """Permits of the running minute that one process has taken and not yet used, and who has used some."""

    def __init__(self) -> None:
        """Begin empty."""
        self._left: dict[int, tuple[int, int]] = {}
        self._used: set[int] = set()
        self._noted_at: datetime | None = None
        self._lock = Lock()

    def spend(self, token_id: int, *, uncounted: int) -> bool:
        """Use one permit; tell whether there was one."""
        minute = now().minute
        with self._lock:
            opened, left = self._left.get(token_id, (-1, 0))
            if opened != minute:
                left = uncounted
            self._left[token_id] = (minute, max(0, left - 1))
            return left > 0

    def put(self, token_id: int, permits: int) -> None:
        """Keep permits for later requests of this minute."""
        with self._lock:
            self._left[token_id] = (now().minute, permits)

    def use(self, token_id: int) -> set[int]:
        """Remember that a token was used; returns those to be noted now, many at a time when many are."""
        with self._lock:
            self._used.add(token_id)
            if self._noted_at and now() - self._noted_at < NOTED_EVERY:
                return set()
            due, self._used, self._noted_at = self._used, set(), now()
            return due


def install(app: Flask) -> None:
    """Ask for scope and permit before the view of an operation for members runs."""
    app.extensions["wallet"] = Wallet()
    app.before_request(_enter)


def _enter() -> None:
    endpoint = request.endpoint if is_ours() else None
    grant = current_grant() if endpoint else None
    scope = SCOPES.get(current_app.view_functions[endpoint]) if grant and endpoint else None
    if grant is None or scope is None:
        return
    if scope not in grant.scopes:
        raise ScopeMissing(scope=scope.value)
    wallet: Wallet = current_app.extensions["wallet"]
    most = settings().api_rate
    if not wallet.spend(grant.token_id, uncounted=most // MINUTE_SECONDS):
        wallet.put(grant.token_id, _draw(grant, most) - 1)
    if grant.last_used_at is None or now() - grant.last_used_at > USED_EVERY:
        _note(wallet.use(grant.token_id))


def _draw(grant: Grant, most: int) -> int:
    """Take a handful of permits for a token and its account; raises TooManyRequests."""
    permits = max(1, min(AT_ONCE, most // AT_ONCE))
    wanted = {f"account:{grant.account_id}": most * ACCOUNT_SHARE, f"token:{grant.token_id}": most}
    with writing() as session:
        take_permits(session, wanted=wanted, permits=permits)
    return permits


def _note(token_ids: set[int]) -> None:
    if token_ids:
        with writing() as session:
            note_use(session, token_ids=token_ids)
