"""Who came and who did not: a check-in is undone, an absence is undone, an appeal is answered."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Booking, NoShow, Role
from scheduler.queries.fair_day.absences import Which, absences, appeals_waiting
from scheduler.queries.scope import get_scoped
from scheduler.services import fair_day
from web.booth_codes import booths_by_codes
from web.policy import organizer, policy
from web.schemas.base import BadForm, asked, posted
from web.schemas.fair_days import AbsencesQuery, AnswerAppealForm, ReasonedForm, UndoEntryForm, UndoForm
from web.site import reader, writing
from web.views.organizer.desk import blueprint, desk, member, show
from web.views.organizer.fair_day import day_page, event_of


@blueprint.post("/bookings/<int:booking_id>/undo-check-in")
@policy(organizer, Role.CHECK_IN)
def undo_check_in(booking_id: int) -> ResponseReturnValue:
    """Take a check-in back that was a mistake."""
    form = posted(UndoForm)

    def undo(session: Session) -> None:
        fair_day.undo_check_in(
            session, booking_id=booking_id, reason=form["reason"], undone_by=member().account_id
        )

    return _of_booking(booking_id, undo, gettext("已撤销签到，展位保留，并通知该单位。"))


@blueprint.post("/events/<int:event_id>/undo-entry")
@policy(organizer, Role.CHECK_IN)
def undo_entry(event_id: int) -> ResponseReturnValue:
    """Take back that the holder of a ticket came in."""
    form, event = posted(UndoEntryForm), event_of(event_id)

    def undo(session: Session) -> None:
        fair_day.undo_entry(
            session,
            event_id=event.id,
            serial=form["ticket"],
            reason=form["reason"],
            undone_by=member().account_id,
        )

    return _done(event.id, None, undo, gettext("已撤销入场，这张入场码可以再次使用。"))


@blueprint.post("/no-shows/<int:no_show_id>/undo")
@policy(organizer, Role.CHECK_IN)
def undo_no_show(no_show_id: int) -> ResponseReturnValue:
    """Let an enterprise in after all, with the booths it had or with others."""
    form = posted(UndoForm)
    found: NoShow = get_scoped(reader(), NoShow, no_show_id, member())
    event_id = found.event_id

    def undo(session: Session) -> None:
        codes = form["codes"]
        fair_day.undo_no_show(
            session,
            no_show_id=no_show_id,
            reason=form["reason"],
            undone_by=member().account_id,
            booth_ids=booths_by_codes(session, event_id=event_id, codes=codes) if codes else (),
        )

    return _done(event_id, form["booking"], undo, gettext("已签到，违约记录已撤销，并通知该单位。"))


@blueprint.get("/no-shows")
@policy(organizer)
def absences_page() -> str:
    """List records of absence, those with an appeal first."""
    return _page(asked(AbsencesQuery))


@blueprint.post("/bookings/<int:booking_id>/misconduct")
@policy(organizer, Role.REVIEWER)
def record_misconduct(booking_id: int) -> ResponseReturnValue:
    """Put on record that an enterprise broke a rule at the fair."""
    form = posted(ReasonedForm)

    def record(session: Session) -> None:
        fair_day.record_misconduct(
            session, booking_id=booking_id, reason=form["reason"], recorded_by=member().account_id
        )

    return _of_booking(booking_id, record, gettext("已记录违规，并通知该单位。"))


@blueprint.post("/no-shows/<int:no_show_id>/lift")
@policy(organizer, Role.REVIEWER)
def lift_record(no_show_id: int) -> ResponseReturnValue:
    """Lift a record whose matter is settled."""
    form = posted(ReasonedForm)
    get_scoped(reader(), NoShow, no_show_id, member())
    try:
        with writing() as session:
            fair_day.lift_record(
                session, no_show_id=no_show_id, reason=form["reason"], lifted_by=member().account_id
            )
    except fair_day.RecordLifted as refusal:
        return _page({"quarter": None, "which": Which.COUNTS, "page": 1}, refusal), refusal.status
    flash(gettext("已撤销记录，并通知该单位。"))
    return redirect(url_for("organizer.absences_page", quarter=desk().quarter, which=Which.COUNTS))


@blueprint.post("/no-shows/<int:no_show_id>/answer")
@policy(organizer, Role.REVIEWER)
def answer_appeal(no_show_id: int) -> ResponseReturnValue:
    """Lift a record after an appeal, or keep it, for a reason that the enterprise reads."""
    form = posted(AnswerAppealForm)
    get_scoped(reader(), NoShow, no_show_id, member())
    try:
        with writing() as session:
            fair_day.answer_appeal(
                session,
                no_show_id=no_show_id,
                lift=form["answer"] == "lift",
                reason=form["reason"],
                answered_by=member().account_id,
            )
    except fair_day.NoAppeal as refusal:
        return _page({"quarter": None, "which": Which.APPEALED, "page": 1}, refusal), refusal.status
    flash(gettext("已答复申诉，并通知该单位。"))
    return redirect(url_for("organizer.absences_page"))


def _of_booking(booking_id: int, deed: Callable[[Session], None], sentence: str) -> ResponseReturnValue:
    """Do something about a booking within the actor's scope."""
    found: Booking = get_scoped(reader(), Booking, booking_id, member())
    return _done(found.event_id, booking_id, deed, sentence)


def _done(
    event_id: int, booking_id: int | None, deed: Callable[[Session], None], sentence: str
) -> ResponseReturnValue:
    """Do something about a booking; what is refused is said on the page of its event's day."""
    try:
        with writing() as session:
            deed(session)
    except BadForm:
        raise
    except Refusal as refusal:
        return day_page(event_of(event_id), refusal, booking_id=booking_id), refusal.status
    flash(sentence)
    return redirect(url_for("organizer.day_of", event_id=event_id) + "#firms")


def _page(values: dict[str, Any], refusal: Refusal | None = None) -> str:
    actor = member()
    return show(
        "absences.html",
        desk(values["quarter"]),
        page=absences(reader(), actor=actor, which=values["which"], number=values["page"]),
        waiting=appeals_waiting(reader(), actor=actor),
        which=values["which"],
        every_which=list(Which),
        may_answer=actor.holds(Role.REVIEWER),
        refusal=refusal,
    )
