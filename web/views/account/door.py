"""Signing in and out: password, then the second factor where one is due."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.errors import Refusal
from scheduler.models import Account
from scheduler.queries.actors import actor_of
from scheduler.services import accounts
from web import actors
from web.policy import policy, visitor
from web.qr import qr_code
from web.schemas.account import CodeForm, Nothing, SignInForm, SignInQuery
from web.schemas.base import asked, posted
from web.site import reader, settings, writing
from web.views.account.entering import blueprint, complete, complete_here, enter, go_on, home, waiting

SITE = "Fair scheduler"
REFUSED = (accounts.WrongSignIn, accounts.TooManyTries, accounts.WrongCode, accounts.FactorSet)


@blueprint.get("/sign-in")
@policy(visitor)
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; who is signed in already goes on."""
    following = asked(SignInQuery)["next"]
    actor = actors.current_actor()
    if actor is not None:
        return go_on(actor, following)
    return _door(following)


@blueprint.post("/sign-in")
@policy(visitor)
def submit_sign_in() -> ResponseReturnValue:
    """Let somebody in, or say no in the same words whatever was wrong."""
    form = posted(SignInForm)
    try:
        account_id = checked(form["login"], form["password"])
    except REFUSED as refusal:
        return refused(_door(form["next"], form["login"], refusal), refusal)
    return enter(account_id, form["next"])


@blueprint.get("/sign-in/code")
@policy(visitor)
def second_step() -> ResponseReturnValue:
    """Ask for a code of the authenticator app."""
    following = asked(SignInQuery)["next"]
    if waiting() is None:
        return redirect(url_for("account.sign_in"))
    return render_template("account/second_step.html", following=following)


@blueprint.post("/sign-in/code")
@policy(visitor)
def submit_second_step() -> ResponseReturnValue:
    """Let in whoever has the code; wrong codes make the next try wait, as wrong passwords do."""
    form, account = posted(CodeForm), waiting()
    if account is None:
        return redirect(url_for("account.sign_in"))
    try:
        use_code(account.id, form["code"])
    except REFUSED as refusal:
        page = render_template("account/second_step.html", following=form["next"], refusal=refusal)
        return refused(page, refusal)
    return complete(account.id, form["next"])


@blueprint.get("/sign-in/set-up")
@policy(visitor)
def first_factor() -> ResponseReturnValue:
    """Let a member who needs a second factor set it up before going on."""
    following, account = asked(SignInQuery)["next"], waiting()
    if account is None:
        return redirect(url_for("account.sign_in"))
    return set_up_page("account.submit_first_factor", account, following)


@blueprint.post("/sign-in/set-up")
@policy(visitor)
def submit_first_factor() -> ResponseReturnValue:
    """Put the app in force, complete the sign-in, and show the recovery codes once."""
    form, account = posted(CodeForm), waiting()
    if account is None:
        return redirect(url_for("account.sign_in"))
    try:
        codes = confirm_app(account.id, form["code"])
    except REFUSED as refusal:
        page = set_up_page("account.submit_first_factor", account, form["next"], refusal)
        return refused(page, refusal)
    complete_here()
    onward = url_for(home(actor_of(reader(), account_id=account.id)))
    return render_template("account/recovery_codes.html", codes=codes, onward=onward)


@blueprint.post("/sign-out")
@policy(visitor)
def sign_out() -> ResponseReturnValue:
    """Sign this browser out; it acts at once."""
    posted(Nothing)
    token = actors.current_token()
    if token:
        with writing() as session:
            accounts.sign_out(session, token=token)
    actors.forget()
    return redirect(url_for("account.sign_in"))


def checked(login: str, password: str) -> int:
    """Return the account of login and password, checked between two short transactions: it takes long
    on purpose. Raises WrongSignIn and TooManyTries.
    """
    with writing() as session:
        accounts.begin_try(session, login=login)
    return accounts.matching_account(reader(), login=login, password=password)


def use_code(account_id: int, code: str) -> None:
    """Use a code once; raises WrongCode and TooManyTries. A try is counted before it is judged."""
    tries = f"second factor {account_id}"
    with writing() as session:
        accounts.begin_try(session, login=tries)
    with writing() as session:
        accounts.use_code(session, account_id=account_id, code=code, secret_key=settings().secret_key)
        accounts.forget_tries(session, login=tries)


def confirm_app(account_id: int, code: str) -> tuple[str, ...]:
    """Put an app in force; returns the recovery codes. Raises WrongCode, FactorSet and TooManyTries."""
    tries = f"second factor {account_id}"
    with writing() as session:
        accounts.begin_try(session, login=tries)
    with writing() as session:
        accounts.forget_tries(session, login=tries)
        return accounts.confirm_enrolling(
            session, account_id=account_id, code=code, secret_key=settings().secret_key
        )


def set_up_page(
    endpoint: str, account: Account, following: str = "", refusal: Refusal | None = None
) -> ResponseReturnValue:
    """Show the QR code of a new authenticator app, the same until it is confirmed."""
    with writing() as session:
        secret = accounts.begin_enrolling(session, account_id=account.id, secret_key=settings().secret_key)
    app = accounts.app_address(secret, login=account.login, site=SITE)
    return render_template(
        "account/set_up.html",
        endpoint=endpoint,
        following=following,
        picture=qr_code(app),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        refusal=refusal,
    )


def refused(page: ResponseReturnValue, refusal: Refusal) -> ResponseReturnValue:
    """Return a page with a refusal's status, and with when to try again."""
    response = make_response(page, refusal.status)
    if "seconds" in refusal.values:
        response.headers["Retry-After"] = str(refusal.values["seconds"])
    return response


def _door(following: str, login: str = "", refusal: Refusal | None = None) -> str:
    return render_template(
        "account/sign_in.html",
        following=following,
        login=login,
        refusal=refusal,
        provider=settings().identity_provider is not None,
    )
