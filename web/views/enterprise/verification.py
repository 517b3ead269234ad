"""An enterprise's standing: what it says of itself, its licence, what the bureau answered, who serves it."""

from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.credit_codes import UnfitCreditCode
from scheduler.errors import Refusal
from scheduler.models import EnterpriseRole, StoredFile
from scheduler.queries.reviews import AGENCY_INDUSTRY, Facts, places, standing
from scheduler.queries.scope import get_scoped
from scheduler.services import enterprises, files
from scheduler.services.enterprises import Papers
from scheduler.times import now
from web.downloads import download
from web.policy import enterprise, policy
from web.schemas.base import posted
from web.schemas.enterprises import ContactForm, FactsForm
from web.site import reader, writing
from web.uploads import given, takes_files
from web.views.account.enterprises import contact_of
from web.views.enterprise.base import blueprint, employer, show

UNFIT = (
    UnfitCreditCode,
    enterprises.UnfitFacts,
    enterprises.UnfitParent,
    enterprises.LicenceMissing,
    enterprises.LetterMissing,
    enterprises.CaseMoved,
    files.UnknownFile,
    files.UnfitFile,
)


@blueprint.get("/verification")
@policy(enterprise)
def verification() -> str:
    """Show the state, the reasons and the next step; owners may hand in."""
    return _page()


@blueprint.post("/verification")
@policy(enterprise, EnterpriseRole.OWNER)
@takes_files()
def submit_verification() -> ResponseReturnValue:
    """Hand in what the enterprise says of itself, with its licence."""
    form, papers = posted(FactsForm), given("licence", "agency_paper", "parent_letter")
    actor = employer()
    try:
        with writing() as session:
            enterprises.submit_for_review(
                session,
                enterprise_id=actor.enterprise_id,
                by=actor.account_id,
                facts=_facts(form),
                papers=Papers(papers["licence"], papers["agency_paper"], papers["parent_letter"]),
            )
    except UNFIT as refusal:
        return _page(form, refusal), refusal.status
    flash(gettext("已提交审核，结果会发到联系邮箱，也会显示在本页。"))
    return redirect(url_for("enterprise.verification"))


@blueprint.post("/contact")
@policy(enterprise, EnterpriseRole.OWNER)
def set_contact() -> ResponseReturnValue:
    """Make somebody the enterprise's contact, who has consented to it."""
    form, actor = posted(ContactForm), employer()
    try:
        with writing() as session:
            enterprises.put_contact(session, actor.enterprise_id, contact_of(form), consented_at=now())
    except enterprises.ConsentMissing as refusal:
        return _page(None, refusal), refusal.status
    flash(gettext("联系人已更改。"))
    return redirect(url_for("enterprise.verification"))


@blueprint.get("/files/<int:file_id>")
@policy(enterprise)
def file(file_id: int) -> Response:
    """Give one of the enterprise's own files to be saved."""
    found: StoredFile = get_scoped(reader(), StoredFile, file_id, employer())
    return download(found)


def _facts(form: dict[str, Any]) -> Facts:
    return Facts(
        form["name_zh"],
        form["division"],
        form["industry"],
        form["licence_to"],
        form["agency_licence"],
        form["agency_licence_to"],
        form["parent_code"],
        form["authorised_to"],
    )


def _page(form: dict[str, Any] | None = None, refusal: Refusal | None = None) -> str:
    found = standing(reader(), actor=employer())
    said = Facts.from_row(found.case.facts) if found.case else Facts.of(found.enterprise)
    return show(
        "verification.html",
        standing=found,
        said=_facts(form) if form else said,
        places=places(reader()),
        agency=AGENCY_INDUSTRY,
        refusal=refusal,
    )
