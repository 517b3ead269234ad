"""The review queue: cases by their deadline, one in full beside it, and the reviewer's decision."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    CaseKind,
    FilePurpose,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    Role,
    SignUp,
    StoredFile,
)
from scheduler.queries.reviews import case_facts, counts, queue, standing_sign_ups
from scheduler.queries.scope import get_scoped
from scheduler.services import enterprises
from web.downloads import download
from web.policy import organizer, policy
from web.schemas.base import asked, posted
from web.schemas.enterprises import ApproveForm, QueueQuery, SendBackForm, reasons_of
from web.site import reader, settings, writing
from web.views.organizer.desk import blueprint, desk, member, show

OF_ENTERPRISES = (
    FilePurpose.LICENCE,
    FilePurpose.AGENCY_LICENCE,
    FilePurpose.PARENT_LETTER,
    FilePurpose.CLAIM,
)
CHOICES = [reason for reason in ReviewReason if reason is not ReviewReason.OTHER_CLAIM]


@blueprint.get("/reviews")
@policy(organizer, Role.REVIEWER)
def reviews() -> ResponseReturnValue:
    """List the cases of the division worked in and below, with one of them beside the list."""
    return _page()


@blueprint.post("/reviews/<int:case_id>/approve")
@policy(organizer, Role.REVIEWER)
def approve_case(case_id: int) -> ResponseReturnValue:
    """Approve a case as it was seen."""
    form = posted(ApproveForm)
    case: ReviewCase = get_scoped(reader(), ReviewCase, case_id, member())
    values = {"case_id": case.id, "revision": form["revision"], "by": member()}
    with writing() as session:
        if case.kind is CaseKind.CLAIM:
            enterprises.grant_claim(session, replace_members=form["replace_members"], **values)
        else:
            enterprises.approve(session, **values)
    flash(gettext("已通过，结果已写信告知对方。"))
    return redirect(url_for("organizer.reviews"))


@blueprint.post("/reviews/<int:case_id>/send-back")
@policy(organizer, Role.REVIEWER)
def send_case_back(case_id: int) -> ResponseReturnValue:
    """Refuse a case as it was seen, or ask for a correction, with reasons."""
    form = posted(SendBackForm)
    case: ReviewCase = get_scoped(reader(), ReviewCase, case_id, member())
    send_back = enterprises.refuse_claim if case.kind is CaseKind.CLAIM else enterprises.send_back
    try:
        with writing() as session:
            send_back(
                session,
                case_id=case.id,
                revision=form["revision"],
                by=member(),
                deed=ReviewDeed(form["deed"]),
                reasons=reasons_of(form),
                note=form["note"],
            )
    except enterprises.ReasonMissing as refusal:
        return _page(case.id, refusal), refusal.status
    flash(gettext("已退回，理由已写信告知对方。"))
    return redirect(url_for("organizer.reviews"))


@blueprint.get("/files/<int:file_id>")
@policy(organizer, Role.REVIEWER)
def enterprise_paper(file_id: int) -> Response:
    """Give a licence of an enterprise in the scope to be saved."""
    found: StoredFile = get_scoped(reader(), StoredFile, file_id, member())
    if found.purpose not in OF_ENTERPRISES:
        raise NotFound
    return download(found)


def _page(case_id: int | None = None, refusal: Refusal | None = None) -> str:
    values, actor = asked(QueueQuery), member()
    chosen = case_id or values["case"]
    return show(
        "reviews.html",
        desk(values["quarter"]),
        values=values,
        page=queue(reader(), actor=actor, which=values["which"], number=values["page"]),
        counts=counts(reader(), actor=actor),
        panel=case_facts(reader(), actor=actor, case_id=chosen) if chosen else None,
        sign_ups=[(row, _address(row)) for row in standing_sign_ups(reader(), actor=actor)],
        choices=CHOICES,
        mail=settings().mail is not None,
        refusal=refusal,
    )


def _address(sign_up: SignUp) -> str:
    link = enterprises.sign_up_link(settings().secret_key, sign_up.id)
    return settings().public_url + url_for("account.signing_up", link=link)
