"""An enterprise signs up: the form, and behind the letter's link an account to set up or a claim to prove."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.credit_codes import UnfitCreditCode
from scheduler.errors import Refusal
from scheduler.links import DeadLink
from scheduler.models import AccountKind, SignUp
from scheduler.queries.joining import claim_standing, enterprise_is_known
from scheduler.queries.reviews import Facts, places
from scheduler.services import accounts, enterprises, files, privacy
from scheduler.services.enterprises import Contact
from web.language import current
from web.policy import policy, visitor
from web.schemas.account import AgreeingForm, Nothing
from web.schemas.base import posted
from web.schemas.enterprises import SignUpForm
from web.site import reader, settings, writing
from web.uploads import given, takes_files
from web.views.account.agreeing import purposes_in, write_down
from web.views.account.door import refused
from web.views.account.entering import blueprint, enter

UNFIT_FORM = (enterprises.ConsentMissing, UnfitCreditCode, enterprises.UnfitFacts, accounts.TooManyTries)
UNFIT_ACCOUNT = (
    accounts.UnfitLogin,
    accounts.UnfitPassword,
    enterprises.EnterpriseKnown,
    privacy.ConsentMissing,
)
UNFIT_CLAIM = (enterprises.LicenceMissing, enterprises.CaseMoved, files.UnknownFile, files.UnfitFile)


@blueprint.get("/sign-up")
@policy(visitor)
def sign_up() -> ResponseReturnValue:
    """Ask for the enterprise's code, name and place, and for a contact."""
    return _form_page({})


@blueprint.post("/sign-up")
@policy(visitor)
def submit_sign_up() -> ResponseReturnValue:
    """Send the letter; whether the code is known is not looked up, so the answer tells nobody."""
    form = posted(SignUpForm)
    try:
        with writing() as session:
            enterprises.ask_to_sign_up(
                session,
                credit_code=form["credit_code"],
                facts=Facts(form["name_zh"], form["division"], form["industry"]),
                contact=contact_of(form),
                language=current(),
            )
    except UNFIT_FORM as refusal:
        return refused(_form_page(form, refusal), refusal)
    return render_template("account/letter_sent.html")


@blueprint.get("/sign-up/<link>")
@policy(visitor)
def signing_up(link: str) -> ResponseReturnValue:
    """Go on behind the link: set the account up, or prove that the enterprise is one's own."""
    return _link_page(link, _standing(link))


@blueprint.post("/sign-up/<link>")
@policy(visitor)
def open_enterprise(link: str) -> ResponseReturnValue:
    """Open the enterprise with its first owner, once, and sign the owner in."""
    form, found = posted(AgreeingForm), _standing(link)
    purposes = purposes_in(form)
    try:
        privacy.require_consent(AccountKind.ENTERPRISE, purposes)
        with writing() as session:
            account_id = enterprises.open_enterprise(session, sign_up_id=found.id, **form)
            write_down(session, account_id=account_id, purposes=purposes)
    except UNFIT_ACCOUNT as refusal:
        return refused(_link_page(link, found, form, refusal), refusal)
    return enter(account_id, "")


def _ours(link: str) -> bool:
    """Tell whether a link is one of ours, before a file of a stranger is read."""
    try:
        enterprises.standing_sign_up(reader(), secret_key=settings().secret_key, link=link)
    except DeadLink:
        return False
    return True


@blueprint.post("/sign-up/<link>/claim")
@policy(visitor)
@takes_files(if_=_ours)
def claim_enterprise(link: str) -> ResponseReturnValue:
    """Hand in the licence that proves the claim."""
    posted(Nothing)
    found, licence = _standing(link), given("licence")["licence"]
    try:
        with writing() as session:
            enterprises.file_claim(session, sign_up=found, licence=licence)
    except UNFIT_CLAIM as refusal:
        return refused(_link_page(link, found, None, refusal), refusal)
    flash(gettext("认领材料已提交，结果会发到您的邮箱，也可用同一链接查看。"))
    return redirect(url_for("account.signing_up", link=link))


def contact_of(form: dict[str, Any]) -> Contact:
    """Return the contact that a form names."""
    return Contact(form["contact_name"], form["contact_phone"], form["email"], consented=form["consent"])


def _standing(link: str) -> SignUp:
    return enterprises.standing_sign_up(reader(), secret_key=settings().secret_key, link=link)


def _form_page(form: dict[str, str], refusal: Refusal | None = None) -> str:
    return render_template(
        "account/sign_up.html", form=form, places=places(reader()), refusal=refusal, asked=request.method
    )


def _link_page(
    link: str, found: SignUp, form: dict[str, str] | None = None, refusal: Refusal | None = None
) -> str:
    if not enterprise_is_known(reader(), credit_code=found.credit_code):
        return render_template(
            "account/sign_up_join.html",
            link=link,
            sign_up=found,
            form=form or {"login": found.email, "display_name": found.contact_name},
            refusal=refusal,
        )
    return render_template(
        "account/sign_up_claim.html",
        link=link,
        sign_up=found,
        claim=claim_standing(reader(), sign_up=found),
        refusal=refusal,
    )
