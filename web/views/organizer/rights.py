"""Rights between bureaus: lending them, reserving publishing, sharing with the circle, standing elsewhere."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import NotFound, Refusal
from scheduler.models import DELEGABLE, Delegation, Organizer, Role, Shareable
from scheduler.queries.members import borrowed, bureaus, delegations, shares
from scheduler.queries.scope import get_scoped
from scheduler.queries.workbench.context import regions
from scheduler.services import delegating, standing
from scheduler.times import today
from web import actors
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.members import DelegationForm, LookForm, ReserveForm, ShareForm, WorkInForm
from web.schemas.organizer import PageQuery
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show

UNFIT = (delegating.UnfitDelegation, delegating.AlreadyDelegated)


@blueprint.get("/rights")
@policy(organizer, Role.ADMINISTRATOR)
def rights() -> ResponseReturnValue:
    """Show what is lent, to us and by us, whose publishing is reserved, and what the circle may read."""
    asked(PageQuery)
    return _page()


@blueprint.post("/rights/delegations")
@policy(organizer, Role.ADMINISTRATOR)
def delegate() -> ResponseReturnValue:
    """Lend a right to a bureau below."""
    form = posted(DelegationForm)
    to: Organizer = get_scoped(reader(), Organizer, form["bureau"], member())
    try:
        with writing() as session:
            delegating.delegate(
                session,
                by=member(),
                to=to,
                division_code=form["division"],
                role=form["role"],
                last_on=form["last_on"],
                reason=form["reason"],
            )
    except UNFIT as refusal:
        return _page(refusal), refusal.status
    return _done(gettext("已授权，立即生效。"))


@blueprint.post("/rights/delegations/<int:delegation_id>/withdraw")
@policy(organizer, Role.ADMINISTRATOR)
def withdraw_delegation(delegation_id: int) -> ResponseReturnValue:
    """Take a right back that a bureau in the scope has lent."""
    posted(Nothing)
    found: Delegation = get_scoped(reader(), Delegation, delegation_id, member())
    with writing() as session:
        delegating.withdraw_delegation(session, delegation_id=found.id)
    return _done(gettext("已收回，立即生效。"))


@blueprint.post("/rights/publishing")
@policy(organizer, Role.ADMINISTRATOR)
def reserve_publishing() -> ResponseReturnValue:
    """Reserve the publishing of a bureau strictly below, or give it back."""
    form = posted(ReserveForm)
    bureau: Organizer = get_scoped(reader(), Organizer, form["bureau"], member())
    if bureau.id == member().organizer_id:
        raise NotFound
    with writing() as session:
        delegating.reserve_publishing(session, organizer=bureau, reserved=form["reserved"])
    return _done(gettext("已更改，立即生效。"))


@blueprint.post("/rights/sharing")
@policy(organizer, Role.ADMINISTRATOR)
def share() -> ResponseReturnValue:
    """Let the circle read one kind of the city's rows, or let it no more."""
    form = posted(ShareForm)
    with writing() as session:
        delegating.set_shared(session, by=member(), what=form["what"], shared=form["shared"])
    return _done(gettext("已更改，立即生效。"))


@blueprint.post("/work-in")
@policy(organizer)
def work_in() -> ResponseReturnValue:
    """Go on in another territory: the own division, or one lent to the bureau."""
    form = posted(WorkInForm)
    with writing() as session:
        standing.work_in(
            session, token=actors.current_token() or "", by=member(), division_code=form["division"]
        )
    return redirect(url_for("organizer.today"))


@blueprint.post("/members/<int:account_id>/look")
@policy(organizer, Role.ADMINISTRATOR)
def look(account_id: int) -> ResponseReturnValue:
    """See the product as a member below or an enterprise sees it; reason and time are written down."""
    form = posted(LookForm)
    with writing() as session:
        standing.begin_view(
            session,
            token=actors.current_token() or "",
            by=member(),
            account_id=account_id,
            reason=form["reason"],
        )
    return redirect(url_for("account.sign_in"))


def _page(refusal: Refusal | None = None) -> str:
    actor = member()
    return show(
        "rights.html",
        desk(),
        lent=delegations(reader(), actor=actor),
        borrowed=borrowed(reader(), actor=actor),
        below=[bureau for bureau in bureaus(reader(), actor=actor) if bureau.id != actor.organizer_id],
        regions=regions(reader(), scope_code=actor.home_code),
        delegable=DELEGABLE,
        shareable=list(Shareable),
        shared=shares(reader(), actor=actor),
        today_on=today(),
        refusal=refusal,
    )


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("organizer.rights"))
