"""Signing in and out."""

from flask import Blueprint, current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from scheduler.errors import Refusal
from scheduler.services import accounts
from web import actors
from web.policy import Audience, organizer, policy, policy_of, visitor
from web.schemas.account import Nothing, SignInForm, SignInQuery
from web.schemas.base import asked, posted
from web.site import reader, writing

blueprint = Blueprint("account", __name__)
HOME = "organizer.today"


@blueprint.get("/sign-in")
@policy(visitor)
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; who is signed in already goes on."""
    following = asked(SignInQuery)["next"]
    if actors.current_actor() is not None:
        return redirect(_address(following))
    return render_template("account/sign_in.html", following=following)


@blueprint.post("/sign-in")
@policy(visitor)
def submit_sign_in() -> ResponseReturnValue:
    """Let a member in, or say no in the same words whatever was wrong."""
    form = posted(SignInForm)
    try:
        token = _let_in(form["login"], form["password"])
    except (accounts.WrongSignIn, accounts.TooManyTries) as refusal:
        return _ask_again(refusal, form)
    actors.remember(token)
    return redirect(_address(form["next"]))


@blueprint.post("/sign-out")
@policy(organizer)
def sign_out() -> ResponseReturnValue:
    """Sign this browser out; it acts at once."""
    posted(Nothing)
    token = actors.current_token()
    if token:
        with writing() as session:
            accounts.sign_out(session, token=token)
    actors.forget()
    return redirect(url_for("account.sign_in"))


def _let_in(login: str, password: str) -> str:
    """Check between two short transactions: the check takes long on purpose."""
    with writing() as session:
        accounts.begin_try(session, login=login)
    account_id = accounts.matching_account(reader(), login=login, password=password)
    with writing() as session:
        return accounts.open_sign_in(session, account_id=account_id)


def _ask_again(refusal: Refusal, form: dict[str, str]) -> ResponseReturnValue:
    page = render_template(
        "account/sign_in.html", following=form["next"], login=form["login"], refusal=refusal
    )
    response = make_response(page, refusal.status)
    if "seconds" in refusal.values:
        response.headers["Retry-After"] = str(refusal.values["seconds"])
    return response


def _address(endpoint: str) -> str:
    """Return the address of a workbench page by its name; every other name leads to the first page."""
    rules = current_app.url_map.iter_rules(endpoint) if endpoint in current_app.view_functions else ()
    plain = any("GET" in (rule.methods or ()) and not rule.arguments for rule in rules)
    declared = policy_of(current_app, endpoint) if plain else None
    wanted = declared is not None and declared.audience is Audience.ORGANIZER
    return url_for(endpoint if wanted else HOME)
