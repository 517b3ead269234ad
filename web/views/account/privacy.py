"""The privacy centre: what is kept about me, correcting it, consent, and erasing the account."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.database import settle
from scheduler.errors import Refusal
from scheduler.links import sign
from scheduler.models import Purpose
from scheduler.queries.accounts import own_account
from scheduler.queries.privacy import consents, notice_now
from scheduler.queries.privacy_copy import own_copy
from scheduler.services import privacy
from web import actors
from web.language import current
from web.policy import person, policy
from web.privacy_words import called, shown
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.privacy import AddressForm, ConsentForm, EraseForm, NameForm
from web.site import engine, reader, settings, writing
from web.views.account.door import REFUSED, refused
from web.views.account.entering import blueprint, home
from web.views.account.proving import SignInAnew, means_of, prove_person

NOT_PROVED = (*REFUSED, SignInAnew)
NOT_YET = (*NOT_PROVED, privacy.LastAdministrator, privacy.LastOwner)
MOST_DEEDS_SHOWN = 50


@blueprint.get("/account/privacy")
@policy(person)
def privacy_centre() -> ResponseReturnValue:
    """Show what is kept about me in brief, and everything I can do about it."""
    return _centre()


@blueprint.get("/account/privacy/copy")
@policy(person)
def copy() -> ResponseReturnValue:
    """Show everything that is kept about me, readable."""
    actor = actors.signed_in()
    found = own_copy(reader(), actor=actor, most_deeds=MOST_DEEDS_SHOWN)
    return render_template("account/copy.html", actor=actor, copy=found, called=called, shown=shown)


@blueprint.get("/account/privacy/copy.json")
@policy(person)
def copy_file() -> ResponseReturnValue:
    """Hand out everything that is kept about me, for a program or another service."""
    answer = make_response(own_copy(reader(), actor=actors.signed_in()).document())
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@blueprint.post("/account/privacy/name")
@policy(person)
def rename() -> ResponseReturnValue:
    """Correct the name under which colleagues see me."""
    form = posted(NameForm)
    with writing() as session:
        privacy.rename(session, account_id=actors.signed_in().account_id, **form)
    return _done(gettext("姓名已更正。"))


@blueprint.post("/account/privacy/address")
@policy(person)
def change_address() -> ResponseReturnValue:
    """Send a letter to the new address; it counts once the link in it has been opened."""
    form, account_id = posted(AddressForm), actors.signed_in().account_id
    try:
        prove_person(form["proof"])
        with writing() as session:
            privacy.request_address(session, account_id=account_id, email=form["email"], language=current())
    except NOT_PROVED as refusal:
        return refused(_centre(refusal), refusal)
    return _done(gettext("确认链接将发往新邮箱，24 小时内点开后才会更改。"))


@blueprint.post("/account/privacy/address/remove")
@policy(person)
def remove_address() -> ResponseReturnValue:
    """Forget my address."""
    posted(Nothing)
    with writing() as session:
        privacy.remove_address(session, account_id=actors.signed_in().account_id)
    return _done(gettext("邮箱已删除，今后不再发送邮件。"))


@blueprint.post("/account/privacy/consent")
@policy(person)
def change_consent() -> ResponseReturnValue:
    """Give or withdraw a consent; the one that the account rests on ends with the account."""
    form, account_id = posted(ConsentForm), actors.signed_in().account_id
    purpose, contact = form["purpose"], settings().privacy_contact
    if purpose is Purpose.ACCOUNT and not form["agree"]:
        flash(gettext("撤回这项同意即注销账号，请在下面确认。"))
        return redirect(url_for("account.confirm_erase"))
    with writing() as session:
        if form["agree"]:
            privacy.agree(session, account_id=account_id, purpose=purpose, contact=contact)
        else:
            privacy.withdraw(session, account_id=account_id, purpose=purpose)
    return _done(gettext("已记录您的同意。") if form["agree"] else gettext("已撤回同意，立即生效。"))


@blueprint.get("/account/privacy/erase")
@policy(person)
def confirm_erase() -> ResponseReturnValue:
    """Say what erasing means, and ask for the proof that it is me."""
    return _erase_page()


@blueprint.post("/account/privacy/erase")
@policy(person)
def erase() -> ResponseReturnValue:
    """Erase my account, at once and for good, and lead to the receipt."""
    form, account_id = posted(EraseForm), actors.signed_in().account_id
    if not form["sure"]:
        return redirect(url_for("account.confirm_erase"))
    try:
        prove_person(form["proof"])
        with writing() as session:
            receipt = privacy.erase_account(session, account_id=account_id)
    except NOT_YET as refusal:
        return refused(_erase_page(refusal), refusal)
    settle(engine())
    actors.forget()
    link = sign(settings().secret_key, privacy.RECEIPT, receipt.number)
    return redirect(url_for("account.receipt", link=link))


def _centre(refusal: Refusal | None = None) -> str:
    actor = actors.signed_in()
    own = own_account(reader(), actor=actor)
    given = consents(reader(), account_id=actor.account_id)
    return render_template(
        "account/privacy.html",
        actor=actor,
        account=own.account,
        means=means_of(own),
        given=given,
        standing={consent.purpose for consent in given if consent.withdrawn_at is None},
        asked=own.account.kind in privacy.ASKED,
        notice=notice_now(reader(), contact=settings().privacy_contact),
        mail=settings().mail is not None,
        refusal=refusal,
    )


def _erase_page(refusal: Refusal | None = None) -> str:
    actor = actors.signed_in()
    own = own_account(reader(), actor=actor)
    return render_template(
        "account/erase.html",
        actor=actor,
        account=own.account,
        means=means_of(own),
        home=url_for(home(actor)),
        refusal=refusal,
    )


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("account.privacy_centre"))
