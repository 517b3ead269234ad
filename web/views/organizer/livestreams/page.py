"""One livestream's page, and how a deed on it is answered: on the same page, also when it is refused."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Role
from scheduler.quarters import Quarter
from scheduler.queries.livestreams.checklist import CheckKind
from scheduler.queries.livestreams.firms import TurnFirm
from scheduler.queries.livestreams.stream import StreamView, stream_view
from scheduler.runsheets import Timed, opening_starts
from scheduler.services.meanwhile import SavedMeanwhile
from scheduler.times import now
from web.errors import has_no_page
from web.schemas.base import BadForm
from web.site import reader, settings, writing
from web.views.organizer.desk import desk, event_for, member, show


def view_of(event_id: int) -> StreamView:
    """Return a livestream in the member's scope; raises NotFound."""
    code = member().scope_code
    return stream_view(reader(), event_id=event_id, scope=code, scope_code=code)


def stream_page(event_id: int, refusal: Refusal | None = None, faults: Collection[str] = ()) -> str:
    """Return a livestream's page; after a refusal with what was typed, the fields at fault marked."""
    view = view_of(event_id)
    place = desk(Quarter.parse(view.event.quarter))
    return show(
        "livestreams/stream.html",
        place,
        view=view,
        refusal=refusal,
        meanwhile=isinstance(refusal, SavedMeanwhile),
        may_plan=place.may_plan(view.event.division_code),
        may_publish=place.may_publish(view.event.division_code),
        platforms=sorted(settings().stream_hosts),
        typed=request.form if refusal else {},
        faults=faults,
        begun=view.event.starts_at is not None and view.event.starts_at <= now(),
        over=view.event.ends_at is not None and view.event.ends_at <= now(),
        check_kinds=list(CheckKind),
        firm_starts=_opening_starts,
        free_now=[host for host in view.hosts if host.id in view.free and host.id != view.event.host_id],
        missing=_missing(view),
    )


def _opening_starts(line: Timed, firm: TurnFirm) -> tuple[int, ...]:
    return opening_starts(line, len(firm.openings))


def _missing(view: StreamView) -> list[TurnFirm]:
    """Return the admitted firms that the sheet lacks."""
    there = {line.line.enterprise_id for line in view.lines}
    return [firm for firm in view.firms if firm.admitted and firm.enterprise.id not in there]


def done(
    event_id: int,
    deed: Callable[[Session], object],
    *,
    role: Role = Role.PLANNER,
    said: str = "",
    anchor: str = "",
) -> ResponseReturnValue:
    """Do a deed on a livestream in the member's scope, and answer with its page.

    Raises NotFound outside the scope and Forbidden where the member lacks the role.
    """
    try:
        with writing() as session:
            event_for(session, event_id, role)
            deed(session)
    except Refusal as refusal:
        if isinstance(refusal, BadForm) or has_no_page(refusal):
            raise
        return stream_page(event_id, refusal), refusal.status
    if said:
        flash(said)
    return redirect(url_for("organizer.livestream", stream_id=event_id, _anchor=anchor or None))


@dataclass(frozen=True, slots=True)
class Turn:
    """A firm with its line of the sheet; None while it is on none."""

    firm: TurnFirm
    line: Timed | None

    @property
    def starts(self) -> tuple[int | None, ...]:
        """Return the minute of each of its openings."""
        many = len(self.firm.openings)
        return opening_starts(self.line, many) if self.line else (None,) * many


def ordered(view: StreamView) -> list[Turn]:
    """Return the firms in the order of going on air, those on no sheet last."""
    lines = {line.line.enterprise_id: line for line in view.lines}
    turns = [Turn(firm, lines.get(firm.enterprise.id)) for firm in view.firms]
    return sorted(turns, key=lambda turn: (turn.line is None, turn.line.start if turn.line else 0))
