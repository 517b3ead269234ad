"""The door of the API: whose token it is, what the token allows, and how often it may ask."""

from threading import Lock

from flask import Flask, current_app, request

from scheduler.errors import Refusal
from scheduler.queries.tokens import Grant
from scheduler.services.quotas import take_permits
from scheduler.services.tokens import note_use
from scheduler.times import now
from web.api.subject import SCOPES
from web.bearer import current_grant
from web.problems import is_ours
from web.site import settings, writing

AT_ONCE = 10
ACCOUNT_SHARE = 2  # an account may ask twice as often as one of its tokens


class ScopeMissing(Refusal):
    """A token that does not allow this, whatever its owner may do."""

    status = 403
    code = "scope_missing"
    zh = "这个令牌没有“{scope}”权限范围。请换用或新建包含该范围的令牌。"
    en = "This token lacks the scope “{scope}”. Use or make one that has it."


class Wallet:
    """Permits of the running minute that one process has taken and not yet used."""

    def __init__(self) -> None:
        """Begin empty."""
        self._left: dict[str, tuple[int, int]] = {}
        self._lock = Lock()

    def spend(self, subject: str) -> bool:
        """Use one permit; tell whether there was one."""
        minute = now().minute
        with self._lock:
            opened, left = self._left.get(subject, (minute, 0))
            if opened != minute or not left:
                self._left.pop(subject, None)
                return False
            self._left[subject] = (minute, left - 1)
            return True

    def put(self, subject: str, permits: int) -> None:
        """Keep permits for later requests of this minute."""
        with self._lock:
            self._left[subject] = (now().minute, permits)


def install(app: Flask) -> None:
    """Ask for scope and permit before the view of an operation for members runs."""
    app.extensions["wallet"] = Wallet()
    app.before_request(_enter)


def _enter() -> None:
    grant = current_grant() if is_ours() and request.endpoint else None
    scope = SCOPES.get(current_app.view_functions[request.endpoint]) if grant and request.endpoint else None
    if grant is None or scope is None:
        return
    if scope not in grant.scopes:
        raise ScopeMissing(scope=scope.value)
    wallet: Wallet = current_app.extensions["wallet"]
    if not wallet.spend(f"token:{grant.token_id}"):
        wallet.put(f"token:{grant.token_id}", _draw(grant) - 1)


def _draw(grant: Grant) -> int:
    """Take a handful of permits for a token and its account; raises TooManyRequests."""
    most = settings().api_rate
    permits = max(1, min(AT_ONCE, most // AT_ONCE))
    with writing() as session:
        take_permits(
            session, subject=f"account:{grant.account_id}", permits=permits, most=most * ACCOUNT_SHARE
        )
        take_permits(session, subject=f"token:{grant.token_id}", permits=permits, most=most)
        note_use(session, token_id=grant.token_id)
    return permits
