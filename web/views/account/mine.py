"""The own account: password, second factor, identities, and every browser that is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import Identity, SignIn
from scheduler.queries.accounts import is_current, own_account
from scheduler.queries.scope import get_scoped
from scheduler.services import accounts, standing
from web import actors
from web.policy import person, policy, visitor
from web.schemas.account import ChangePasswordForm, CodeForm, LanguageForm, Nothing, PresentPasswordForm
from web.schemas.base import posted
from web.site import reader, settings, writing
from web.views.account.door import REFUSED, checked, confirm_app, refused, set_up_page
from web.views.account.entering import blueprint, home


@blueprint.get("/account")
@policy(person)
def mine() -> ResponseReturnValue:
    """Show everything that lets somebody in as me, and who has looked through my eyes."""
    return _page()


@blueprint.post("/account/password")
@policy(person)
def change_password() -> ResponseReturnValue:
    """Replace the password; other browsers are signed out, this one stays."""
    form = posted(ChangePasswordForm)
    try:
        proved = _proved(form["present"])
        new_hash = accounts.hash_password(form["password"])
    except (*REFUSED, accounts.UnfitPassword) as refusal:
        return refused(_page(refusal), refusal)
    with writing() as session:
        accounts.replace_password(
            session,
            account_id=proved.account_id,
            old_hash=proved.password_hash,
            new_hash=new_hash,
            but=actors.current_token(),
        )
    return _done(gettext("密码已更改，其他浏览器均已退出登录。"))


@blueprint.post("/account/language")
@policy(person)
def choose_language() -> ResponseReturnValue:
    """Write letters to me in this language."""
    form = posted(LanguageForm)
    with writing() as session:
        accounts.choose_language(session, account_id=actors.signed_in().account_id, language=form["language"])
    return _done(gettext("今后的邮件将使用所选语言。"))


@blueprint.get("/account/second-factor")
@policy(person)
def second_factor() -> ResponseReturnValue:
    """Show the QR code of a new authenticator app."""
    account = own_account(reader(), actor=actors.signed_in()).account
    return set_up_page("account.submit_second_factor", account)


@blueprint.post("/account/second-factor")
@policy(person)
def submit_second_factor() -> ResponseReturnValue:
    """Put the app in force and show the recovery codes once."""
    form = posted(CodeForm)
    try:
        codes = confirm_app(actors.signed_in().account_id, form["code"])
    except REFUSED as refusal:
        account = own_account(reader(), actor=actors.signed_in()).account
        return refused(set_up_page("account.submit_second_factor", account, "", refusal), refusal)
    return render_template("account/recovery_codes.html", codes=codes, onward=url_for("account.mine"))


@blueprint.post("/account/recovery-codes")
@policy(person)
def new_recovery_codes() -> ResponseReturnValue:
    """Replace the recovery codes and show the new ones once; the password has to be given."""
    try:
        proved = _proved(posted(PresentPasswordForm)["present"])
    except REFUSED as refusal:
        return refused(_page(refusal), refusal)
    with writing() as session:
        codes = accounts.renew_recovery_codes(session, account_id=proved.account_id)
    return render_template("account/recovery_codes.html", codes=codes, onward=url_for("account.mine"))


@blueprint.post("/account/second-factor/remove")
@policy(person)
def remove_second_factor() -> ResponseReturnValue:
    """Forget the app, such as before a new phone; the password has to be given."""
    try:
        proved = _proved(posted(PresentPasswordForm)["present"])
    except REFUSED as refusal:
        return refused(_page(refusal), refusal)
    with writing() as session:
        accounts.remove_second_factor(session, account_id=proved.account_id)
    return _done(gettext("动态验证码已停用。"))


@blueprint.post("/account/sign-ins/<int:sign_in_id>/revoke")
@policy(person)
def revoke(sign_in_id: int) -> ResponseReturnValue:
    """Sign one browser out."""
    posted(Nothing)
    found: SignIn = get_scoped(reader(), SignIn, sign_in_id, actors.signed_in())
    with writing() as session:
        accounts.revoke_sign_in(session, sign_in_id=found.id)
    return _done(gettext("该浏览器已退出登录。"))


@blueprint.post("/account/sign-ins/revoke-others")
@policy(person)
def revoke_others() -> ResponseReturnValue:
    """Sign every other browser out."""
    posted(Nothing)
    with writing() as session:
        accounts.sign_out_everywhere(
            session, account_id=actors.signed_in().account_id, but=actors.current_token()
        )
    return _done(gettext("其他浏览器均已退出登录。"))


@blueprint.post("/account/identities/<int:identity_id>/remove")
@policy(person)
def unlink(identity_id: int) -> ResponseReturnValue:
    """Let an identity at the provider sign in no more."""
    posted(Nothing)
    found: Identity = get_scoped(reader(), Identity, identity_id, actors.signed_in())
    with writing() as session:
        accounts.unlink_identity(session, identity_id=found.id)
    return _done(gettext("已解除关联。"))


@blueprint.post("/account/end-view")
@policy(visitor)
def end_view() -> ResponseReturnValue:
    """Give an administrator the own eyes back; open to everybody, so that it always works."""
    posted(Nothing)
    token = actors.current_token()
    if token:
        with writing() as session:
            standing.end_view(session, token=token)
    return redirect(url_for("account.sign_in"))


@dataclass(frozen=True, slots=True)
class Proved:
    """The own account, once the present password has been given; the hash is that of this password."""

    account_id: int
    password_hash: str


def _proved(present: str) -> Proved:
    """Return the own account if this is its password; raises WrongSignIn and TooManyTries."""
    account = own_account(reader(), actor=actors.signed_in()).account
    login, proved = account.login, Proved(account.id, account.password_hash)
    checked(login, present)
    with writing() as session:
        accounts.forget_tries(session, login=login)
    return proved


def _page(refusal: Refusal | None = None) -> str:
    own: Any = own_account(reader(), actor=actors.signed_in())
    token = actors.current_token()
    return render_template(
        "account/mine.html",
        actor=actors.signed_in(),
        own=own,
        refusal=refusal,
        here={sign_in.id for sign_in in own.sign_ins if is_current(sign_in, token)},
        provider=settings().identity_provider,
        home=url_for(home(actors.signed_in())),
    )


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("account.mine"))
