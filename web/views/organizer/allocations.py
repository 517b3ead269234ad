"""The fair allocation of an event's booths: started, watched, looked at, then published or let go."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import AllocationState, BoothAllocation, Event, RegistrationState, Role, Way
from scheduler.quarters import Quarter
from scheduler.queries.booking.allocations import Draft, allocation_of, allocations_of, draft_of
from scheduler.queries.booking.allotting import allocation_desk, free_ids
from scheduler.queries.booking.outcomes import Got, glance, outcomes
from scheduler.queries.booking.receipts import lottery_by
from scheduler.queries.floors import PlanView, names_of, plans_of_event
from scheduler.queries.scope import get_scoped
from scheduler.services import allocation
from scheduler.times import now, today
from web.errors import has_no_page
from web.floor_pictures import Mark, MarkState
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.booths import AllocationQuery, WordForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, event_for, member, show

ACTIVE = {AllocationState.QUEUED, AllocationState.RUNNING}
FOUND = {AllocationState.DRAFT, AllocationState.PUBLISHED}
DRAWN_AT_ONCE = 200
"""A plan of more booths is drawn when somebody asks for it: the page is loaded for its list."""
UNASKED: dict[str, Any] = AllocationQuery().load({})


@blueprint.get("/events/<int:event_id>/allocation")
@policy(organizer)
def allocation_page(event_id: int) -> str:
    """Show the event's allocation: when it can begin, how far it is, who gets which booth and why."""
    return _page(event_id, asked(AllocationQuery))


@blueprint.get("/events/<int:event_id>/allocation/progress")
@policy(organizer)
def allocation_progress(event_id: int) -> str:
    """Return the part of the page that moves."""
    asked(Nothing)
    event: Event = get_scoped(reader(), Event, event_id, member())
    runs = allocations_of(reader(), event_id=event_id)
    return show("_allocating.html", desk(), event=event, roles=Role, **_newest(runs[0] if runs else None))


@blueprint.post("/events/<int:event_id>/allocation")
@policy(organizer, Role.PLANNER)
def start_allocation(event_id: int) -> ResponseReturnValue:
    """Let the booths be allocated; a draft that is there is let go."""
    posted(Nothing)

    def start(session: Session) -> None:
        allocation.request_allocation(session, event_id=event_id, requested_by=member().account_id)

    return _done(event_id, Role.PLANNER, start, gettext("已开始分配展位，完成后在此核对草案。"))


@blueprint.post("/events/<int:event_id>/allocation/word")
@policy(organizer, Role.PLANNER)
def enter_word(event_id: int) -> ResponseReturnValue:
    """Enter what the public fact turned out to be on which the lottery depends."""
    word = posted(WordForm)["word"]

    def enter(session: Session) -> None:
        allocation.enter_word(session, event_id=event_id, word=word)

    return _done(event_id, Role.PLANNER, enter, gettext("已填写公开词。开始分配后不能再改。"))


@blueprint.post("/allocations/<int:allocation_id>/stop")
@policy(organizer, Role.PLANNER)
def stop_allocation(allocation_id: int) -> ResponseReturnValue:
    """Ask an allocation to stop; nothing is kept of it."""

    def stop(session: Session) -> None:
        allocation.request_stop(session, allocation_id=allocation_id)

    return _deed(allocation_id, Role.PLANNER, stop, gettext("正在停止分配。"))


@blueprint.post("/allocations/<int:allocation_id>/discard")
@policy(organizer, Role.PLANNER)
def discard_allocation(allocation_id: int) -> ResponseReturnValue:
    """Let a draft go."""

    def discard(session: Session) -> None:
        allocation.discard_allocation(session, allocation_id=allocation_id)

    return _deed(allocation_id, Role.PLANNER, discard, gettext("草案已丢弃，展位没有变动。"))


@blueprint.post("/allocations/<int:allocation_id>/publish")
@policy(organizer, Role.PUBLISHER)
def publish_allocation(allocation_id: int) -> ResponseReturnValue:
    """Let a draft hold: bookings, waiting list, receipts, the seed, letters to everybody."""

    def publish(session: Session) -> None:
        allocation.publish_allocation(session, allocation_id=allocation_id, published_by=member().account_id)

    done = gettext("分配结果已公布：展位已确认，其余单位按次序候补，通知已写入发件箱。")
    return _deed(allocation_id, Role.PUBLISHER, publish, done)


def _deed(
    allocation_id: int, role: Role, deed: Callable[[Session], None], sentence: str
) -> ResponseReturnValue:
    posted(Nothing)
    _, event = allocation_of(reader(), allocation_id=allocation_id, scope=member())
    return _done(event.id, role, deed, sentence)


def _done(event_id: int, role: Role, deed: Callable[[Session], None], sentence: str) -> ResponseReturnValue:
    """Do something for an event of the division; what is refused is said on its page."""
    try:
        with writing() as session:
            event_for(session, event_id, role)
            deed(session)
    except Refusal as refusal:
        if has_no_page(refusal):
            raise
        return _page(event_id, UNASKED, refusal), refusal.status
    flash(sentence)
    return redirect(url_for("organizer.allocation_page", event_id=event_id))


def _page(event_id: int, values: dict[str, Any], refusal: Refusal | None = None) -> str:
    found = allocation_desk(reader(), event_id=event_id, scope=member())
    runs = allocations_of(reader(), event_id=event_id)
    shown = next((run for run in runs if run.state in FOUND), None)
    draft = draft_of(reader(), allocation_id=shown.id) if shown else None
    firm = values["firm"]
    line = draft.line(firm) if draft else None
    drawn = found.booths <= DRAWN_AT_ONCE if values["plan"] is None else values["plan"]
    plans = plans_of_event(reader(), event_id=event_id) if draft and drawn else ()
    return show(
        "allocation.html",
        desk(values["quarter"] or Quarter.parse(found.event.quarter)),
        values=values,
        found=found,
        event=found.event,
        runs=runs,
        **_newest(runs[0] if runs else None),
        shown=shown,
        draft=draft,
        glance=glance(draft) if draft else None,
        page=outcomes(draft, text=values["q"], got=values["got"], number=values["page"]) if draft else None,
        lottery=lottery_by(found.terms) if found.terms else None,
        drawn=any(run.state not in allocation.UNSEEN for run in runs),
        choices=list(Got),
        line=line,
        why=draft.explained(line.turn.enterprise) if draft and line else None,
        plans=plans,
        marks=_marks(shown, plans, draft, values) if shown and draft and plans else {},
        by_allocation=found.terms is not None and found.terms.way is Way.ALLOCATION,
        today=today(),
        closed=found.terms is not None and found.terms.closes_at <= now(),
        approved=found.registrations.get(RegistrationState.APPROVED, 0),
        asking=found.registrations.get(RegistrationState.REQUESTED, 0),
        refusal=refusal,
        roles=Role,
    )


def _newest(run: BoothAllocation | None) -> dict[str, object]:
    """Return what the moving part shows: the newest allocation, and whether it works still."""
    active = run is not None and run.state in ACTIVE
    elapsed = None
    if run is not None and run.started_at is not None:
        elapsed = int(((run.finished_at or now()) - run.started_at).total_seconds())
    gap = None
    if run is not None and run.cost is not None and run.bound is not None:
        gap = 100 * (run.cost - run.bound) / run.cost if run.cost else 0.0
    return {"run": run, "active": active, "elapsed": elapsed, "gap": gap}


def _marks(
    shown: BoothAllocation, plans: Sequence[PlanView], draft: Draft, values: Mapping[str, Any]
) -> Mapping[int, Mark]:
    """Return what is drawn on each booth, and where it leads: to the enterprise that gets it.

    Of a draft nobody has a booth yet. The panel beside the plan is asked for without the plan.
    """
    holders = {code: line for line in draft.granted for code in line.booths}
    free = free_ids(reader(), event_id=shown.event_id)
    page = url_for(
        "organizer.allocation_page", event_id=shown.event_id, plan=values["plan"] and "true", firm=""
    )
    panel = url_for("organizer.allocation_page", event_id=shown.event_id, plan="false", firm="")
    given = MarkState.TAKEN if shown.state is AllocationState.PUBLISHED else MarkState.GIVEN
    marks = {}
    for key, name in names_of(plans).items():
        line = holders.get(name)
        if line is None:
            marks[key] = Mark(MarkState.VACANT if key in free else MarkState.CLOSED)
            continue
        code = line.turn.enterprise
        marks[key] = Mark(
            given,
            f"{page}{code}#panel",
            line.name_zh,
            panel=f"{panel}{code}",
            is_open=code == values["firm"],
        )
    return marks
