"""Enterprises of the division: the list, one in full, and what a bureau sets or joins together."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.credit_codes import UnfitCreditCode, read
from scheduler.errors import Refusal
from scheduler.models import Enterprise, EnterpriseMerge, Role, Tier, Verification
from scheduler.queries.members import members
from scheduler.queries.reviews import EnterpriseFilter, counts, enterprise_by_code, enterprise_file, officers
from scheduler.queries.reviews import enterprises as listed
from scheduler.queries.scope import get_scoped
from scheduler.services import enterprises
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.enterprises import (
    AppointForm,
    AssignForm,
    EnterprisesQuery,
    MergeForm,
    ReasonsForm,
    ResumeForm,
    TiersForm,
    reasons_of,
    tiers_of,
)
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.reviews import CHOICES

UNFIT = (
    enterprises.SourceMissing,
    enterprises.OfficerNeeded,
    enterprises.ReasonMissing,
    enterprises.UnfitMerge,
    enterprises.MergeBlocked,
    enterprises.MergeOver,
    enterprises.CaseMoved,
    UnfitCreditCode,
)
KEEPERS = (Role.REVIEWER, Role.ADMINISTRATOR)


@blueprint.get("/enterprises")
@policy(organizer, *KEEPERS)
def enterprise_list() -> str:
    """List the enterprises of the division worked in and below."""
    values, actor = asked(EnterprisesQuery), member()
    wanted = EnterpriseFilter(values["q"], values["state"], values["tier"], values["lacking"])
    return show(
        "enterprises.html",
        desk(values["quarter"]),
        values=values,
        page=listed(reader(), actor=actor, wanted=wanted, number=values["page"]),
        counts=counts(reader(), actor=actor),
        states=list(Verification),
        tiers=list(Tier),
    )


@blueprint.get("/enterprises/<int:enterprise_id>")
@policy(organizer, *KEEPERS)
def enterprise_page(enterprise_id: int) -> str:
    """Show one enterprise with everything its bureau keeps of it."""
    asked(PageQuery)
    return _page(enterprise_id)


@blueprint.post("/enterprises/<int:enterprise_id>/tiers")
@policy(organizer, Role.REVIEWER)
def set_tiers(enterprise_id: int) -> ResponseReturnValue:
    """Give the enterprise exactly the tiers ticked, each with its source."""
    form, firm = posted(TiersForm), _firm(enterprise_id)
    try:
        with writing() as session:
            enterprises.set_tiers(session, enterprise_id=firm.id, by=member(), sources=tiers_of(form))
    except UNFIT as refusal:
        return _page(firm.id, refusal), refusal.status
    return _done(firm.id, gettext("类别已更改。"))


@blueprint.post("/enterprises/<int:enterprise_id>/officer")
@policy(organizer, *KEEPERS)
def assign_officer(enterprise_id: int) -> ResponseReturnValue:
    """Give the enterprise its service officer, another one, or none."""
    form, firm = posted(AssignForm), _firm(enterprise_id)
    try:
        with writing() as session:
            enterprises.assign_officer(
                session, enterprise_id=firm.id, by=member(), officer_id=form["officer"] or None
            )
    except UNFIT as refusal:
        return _page(firm.id, refusal), refusal.status
    return _done(firm.id, gettext("服务专员已更改。"))


@blueprint.post("/enterprises/<int:enterprise_id>/suspend")
@policy(organizer, Role.REVIEWER)
def suspend_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Let the enterprise take part no more, with reasons."""
    form, firm = posted(ReasonsForm), _firm(enterprise_id)
    try:
        with writing() as session:
            enterprises.suspend(
                session, enterprise_id=firm.id, by=member(), reasons=reasons_of(form), note=form["note"]
            )
    except UNFIT as refusal:
        return _page(firm.id, refusal), refusal.status
    return _done(firm.id, gettext("已暂停，立即生效，已写信告知对方。"))


@blueprint.post("/enterprises/<int:enterprise_id>/resume")
@policy(organizer, Role.REVIEWER)
def resume_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Let a suspended enterprise take part again."""
    form, firm = posted(ResumeForm), _firm(enterprise_id)
    with writing() as session:
        enterprises.resume(session, enterprise_id=firm.id, by=member(), note=form["note"])
    return _done(firm.id, gettext("已恢复，已写信告知对方。"))


@blueprint.post("/enterprises/<int:enterprise_id>/merge")
@policy(organizer, *KEEPERS)
def merge_enterprise(enterprise_id: int) -> ResponseReturnValue:
    """Let another entry of the same enterprise go on under this one."""
    form, firm, actor = posted(MergeForm), _firm(enterprise_id), member()
    try:
        code = read(form["credit_code"]).text
        other = enterprise_by_code(reader(), actor=actor, credit_code=code)
        if other is None:
            raise enterprises.UnfitMerge
        with writing() as session:
            enterprises.merge_enterprises(
                session, kept_id=firm.id, merged_id=other.id, by=actor, reason=form["reason"]
            )
    except UNFIT as refusal:
        return _page(firm.id, refusal), refusal.status
    return _done(firm.id, gettext("已合并。岗位、报名和成员已转入本单位，可在期限内撤销。"))


@blueprint.post("/merges/<int:merge_id>/undo")
@policy(organizer, *KEEPERS)
def undo_merge(merge_id: int) -> ResponseReturnValue:
    """Take a merge back, where its last day has not passed."""
    posted(Nothing)
    merge: EnterpriseMerge = get_scoped(reader(), EnterpriseMerge, merge_id, member())
    try:
        with writing() as session:
            enterprises.undo_merge(session, merge_id=merge.id, by=member())
    except UNFIT as refusal:
        return _page(merge.kept_id, refusal), refusal.status
    return _done(merge.kept_id, gettext("合并已撤销。"))


@blueprint.get("/officers")
@policy(organizer, *KEEPERS)
def officers_page() -> str:
    """List the service officers of the bureaus below, and appoint further ones."""
    values, actor = asked(PageQuery), member()
    return show(
        "officers.html",
        desk(values["quarter"]),
        officers=officers(reader(), actor=actor),
        people=members(reader(), actor=actor, organizer_id=actor.organizer_id),
        counts=counts(reader(), actor=actor),
    )


@blueprint.post("/officers")
@policy(organizer, *KEEPERS)
def appoint_officer() -> ResponseReturnValue:
    """Make a member a service officer, or change the telephone that enterprises see."""
    form = posted(AppointForm)
    with writing() as session:
        enterprises.appoint_officer(
            session, account_id=form["account"], by=member(), office_phone=form["office_phone"]
        )
    flash(gettext("服务专员已登记。"))
    return redirect(url_for("organizer.officers_page"))


def _firm(enterprise_id: int) -> Enterprise:
    found: Enterprise = get_scoped(reader(), Enterprise, enterprise_id, member())
    return found


def _page(enterprise_id: int, refusal: Refusal | None = None) -> str:
    actor = member()
    return show(
        "enterprise.html",
        desk(),
        file=enterprise_file(reader(), actor=actor, enterprise_id=enterprise_id),
        officers=officers(reader(), actor=actor),
        reviews=actor.holds(Role.REVIEWER),
        choices=CHOICES,
        tiers=list(Tier),
        counts=counts(reader(), actor=actor),
        refusal=refusal,
    )


def _done(enterprise_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("organizer.enterprise_page", enterprise_id=enterprise_id))
