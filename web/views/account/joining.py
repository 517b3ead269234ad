"""Joining: an invitation becomes an account, a seeker asks for one, a forgotten password is replaced."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import AccountKind, Invitation, Purpose
from scheduler.queries.joining import invited_by_whom
from scheduler.services import accounts, privacy
from web.language import current
from web.policy import policy, visitor
from web.schemas.account import AgreeingForm, ForgottenForm, NewPasswordForm, RegisterForm
from web.schemas.base import posted
from web.site import reader, settings, writing
from web.views.account.agreeing import purposes_in, write_down
from web.views.account.door import refused
from web.views.account.entering import blueprint, enter

UNFIT = (accounts.UnfitLogin, accounts.UnfitPassword, privacy.ConsentMissing)


@blueprint.get("/invitations/<link>")
@policy(visitor)
def invitation(link: str) -> ResponseReturnValue:
    """Say who invites to what, and ask for a login and a password."""
    found = accounts.standing_invitation(reader(), secret_key=settings().secret_key, link=link)
    return _join_page(link, found)


@blueprint.post("/invitations/<link>")
@policy(visitor)
def accept(link: str) -> ResponseReturnValue:
    """Set the account up, once, and sign it in."""
    form = posted(AgreeingForm)
    found = accounts.standing_invitation(reader(), secret_key=settings().secret_key, link=link)
    purposes = purposes_in(form)
    try:
        privacy.require_consent(found.kind, purposes)
        with writing() as session:
            account_id = accounts.accept_invitation(session, invitation=found, language=current(), **form)
            write_down(session, account_id=account_id, purposes=purposes)
    except UNFIT as refusal:
        return refused(_join_page(link, found, form, refusal), refusal)
    return enter(account_id, "")


@blueprint.get("/register")
@policy(visitor)
def register() -> ResponseReturnValue:
    """Offer a seeker an account, and say that none is needed to browse or to subscribe."""
    return render_template("account/register.html")


@blueprint.post("/register")
@policy(visitor)
def submit_register() -> ResponseReturnValue:
    """Send a link; an address that has an account already gets the same answer."""
    form = posted(RegisterForm)
    try:
        privacy.require_consent(AccountKind.SEEKER, [Purpose.ACCOUNT] if form["agree"] else [])
        with writing() as session:
            accounts.register_seeker(session, email=form["email"], language=current())
    except (accounts.TooManyTries, privacy.ConsentMissing) as refusal:
        page = render_template("account/register.html", refusal=refusal, email=form["email"])
        return refused(page, refusal)
    return render_template("account/letter_sent.html")


@blueprint.get("/forgotten")
@policy(visitor)
def forgotten() -> ResponseReturnValue:
    """Ask whose password is forgotten."""
    return render_template("account/forgotten.html")


@blueprint.post("/forgotten")
@policy(visitor)
def submit_forgotten() -> ResponseReturnValue:
    """Send a reset letter where there is somebody to get it; the answer is the same for everybody."""
    form = posted(ForgottenForm)
    try:
        with writing() as session:
            accounts.request_reset(session, login=form["login"], language=current())
    except accounts.TooManyTries as refusal:
        return refused(render_template("account/forgotten.html", refusal=refusal), refusal)
    return render_template("account/letter_sent.html")


@blueprint.get("/reset/<link>")
@policy(visitor)
def reset(link: str) -> ResponseReturnValue:
    """Ask for a new password."""
    found = accounts.standing_reset(reader(), secret_key=settings().secret_key, link=link)
    return render_template("account/reset.html", link=link, login=found.login)


@blueprint.post("/reset/<link>")
@policy(visitor)
def submit_reset(link: str) -> ResponseReturnValue:
    """Replace the password and sign every browser out."""
    form = posted(NewPasswordForm)
    found = accounts.standing_reset(reader(), secret_key=settings().secret_key, link=link)
    try:
        new_hash = accounts.hash_password(form["password"])
    except accounts.UnfitPassword as refusal:
        page = render_template("account/reset.html", link=link, login=found.login, refusal=refusal)
        return refused(page, refusal)
    with writing() as session:
        accounts.replace_password(
            session, account_id=found.account_id, old_hash=found.password_hash, new_hash=new_hash
        )
    flash(gettext("密码已更改，请用新密码登录。"))
    return redirect(url_for("account.sign_in"))


def _join_page(
    link: str, found: Invitation, form: dict[str, str] | None = None, refusal: Refusal | None = None
) -> str:
    return render_template(
        "account/join.html",
        link=link,
        invitation=found,
        inviter=invited_by_whom(reader(), found),
        form=form or {"login": found.email or "", "display_name": found.display_name},
        refusal=refusal,
    )
