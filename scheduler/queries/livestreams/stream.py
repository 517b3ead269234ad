"""One livestream with everything its bureau decides about it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    Event,
    EventKind,
    Host,
    Livestream,
    RunSheet,
    SheetOrder,
    StreamChannel,
    WaitingFor,
)
from scheduler.queries.livestreams.firms import TurnFirm, firms_of
from scheduler.queries.livestreams.given import Sheets, free_hosts, judged_by, sheets_of
from scheduler.queries.livestreams.rules import Terms, terms_for
from scheduler.queries.scope import Scope, get_scoped
from scheduler.queries.waiting import list_length
from scheduler.queries.workbench.events import line_of
from scheduler.queries.workbench.rows import EventLine
from scheduler.runsheets import Conflict, Given, Timed, conflicts, from_rows, timed


@dataclass(frozen=True, slots=True)
class StreamView:
    """A livestream: its event, what is settled, its firms, its run sheets and what they are judged by."""

    event: Event
    line: EventLine
    livestream: Livestream | None
    channel: StreamChannel | None
    channels: tuple[StreamChannel, ...]
    hosts: tuple[Host, ...]
    free: frozenset[int]
    firms: tuple[TurnFirm, ...]
    sheets: Sheets
    terms: Terms
    given: Given
    waiting: int
    order: SheetOrder | None

    @property
    def sheet(self) -> RunSheet | None:
        """Return the sheet that is worked on: the draft, else the one in force."""
        return self.sheets.draft or self.sheets.published

    @property
    def lines(self) -> tuple[Timed, ...]:
        """Return the lines of the sheet that is worked on, with their minutes."""
        return timed(from_rows(self.sheet.lines)) if self.sheet else ()

    @property
    def faults(self) -> tuple[Conflict, ...]:
        """Return what is wrong with the sheet that is worked on."""
        return conflicts(from_rows(self.sheet.lines), self.given) if self.sheet else ()

    @property
    def blocking(self) -> int:
        """Return how many faults keep the sheet from being published."""
        return sum(fault.blocks for fault in self.faults)

    def firm(self, enterprise_id: int | None) -> TurnFirm | None:
        """Return a firm that has a turn."""
        return next((firm for firm in self.firms if firm.enterprise.id == enterprise_id), None)

    def host(self, host_id: int | None) -> Host | None:
        """Return a host of the city."""
        return next((host for host in self.hosts if host.id == host_id), None)


def stream_view(session: Session, *, event_id: int, scope: Scope, scope_code: str) -> StreamView:
    """Return a livestream within the scope; raises NotFound outside it and for events of other kinds."""
    event: Event = get_scoped(session, Event, event_id, scope)
    if event.kind is not EventKind.LIVESTREAM:
        raise NotFound
    livestream = session.scalars(select(Livestream).where(Livestream.event_id == event_id)).one_or_none()
    channels = _channels(session, event)
    firms = firms_of(session, event_id=event_id)
    terms = terms_for(session, division_code=event.division_code)
    hosts = session.scalars(select(Host).where(Host.city_code == event.city_code).order_by(Host.id))
    return StreamView(
        event=event,
        line=line_of(session, event_id=event_id, scope_code=scope_code),
        livestream=livestream,
        channel=next((one for one in channels if livestream and one.id == livestream.channel_id), None),
        channels=channels,
        hosts=tuple(hosts),
        free=frozenset(host.id for host in free_hosts(session, event)),
        firms=firms,
        sheets=sheets_of(session, event_id=event_id),
        terms=terms,
        given=judged_by(session, event, firms=firms, terms=terms),
        waiting=list_length(session, event_id=event_id, wanted=WaitingFor.STREAM_TURN),
        order=session.scalars(select(SheetOrder).where(SheetOrder.event_id == event_id)).one_or_none(),
    )


def _channels(session: Session, event: Event) -> tuple[StreamChannel, ...]:
    query = select(StreamChannel).where(StreamChannel.city_code == event.city_code)
    return tuple(session.scalars(query.order_by(StreamChannel.id)))
