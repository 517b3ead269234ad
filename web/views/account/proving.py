"""Proving that it is the person: by password, by a code of the app, or by having signed in just now."""

from datetime import timedelta

from scheduler.errors import Refusal
from scheduler.queries.accounts import OwnAccount, is_current, own_account
from scheduler.services import accounts
from scheduler.times import now
from web import actors
from web.site import reader, writing
from web.views.account.door import checked, use_code

JUST_NOW = timedelta(minutes=10)


class SignInAnew(Refusal):
    """Somebody without password and code signs in through the provider again to prove who it is."""

    status = 401
    code = "sign_in_anew"
    zh = "为确认是您本人，请退出后用统一身份重新登录，并在 {minutes} 分钟内再次提交。"
    en = "To prove that it is you, sign in through the provider again and send this within {minutes} minutes."


def means_of(own: OwnAccount) -> str:
    """Return by what somebody proves to be the person: password, code, or a fresh sign-in."""
    if own.account.password_hash:
        return "password"
    return "code" if own.factor.since_at else "sign-in"


def prove_person(proof: str) -> None:
    """Check the proof of who is signed in. Raises WrongSignIn, WrongCode, TooManyTries and SignInAnew."""
    own = own_account(reader(), actor=actors.signed_in())
    account_id, login, means = own.account.id, own.account.login, means_of(own)
    if means == "password":
        checked(login, proof)
        with writing() as session:
            accounts.forget_tries(session, login=login)
    elif means == "code":
        use_code(account_id, proof)
    elif not _is_fresh(own):
        raise SignInAnew(minutes=int(JUST_NOW.total_seconds()) // 60)


def _is_fresh(own: OwnAccount) -> bool:
    token = actors.current_token()
    return any(
        is_current(sign_in, token) and sign_in.created_at > now() - JUST_NOW for sign_in in own.sign_ins
    )
