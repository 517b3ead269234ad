"""The sample has something to try today: fairs to book, to wait for, to allocate, to look back on."""

from collections import Counter
from datetime import UTC, datetime
from typing import NamedTuple

import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading
from scheduler.models import (
    PROVINCE,
    Account,
    Booking,
    BookingState,
    Event,
    EventState,
    Message,
    Registration,
    RunSheet,
    SheetState,
    StreamOpening,
    Waiting,
    WaitingState,
    Way,
)
from scheduler.models.bookings import BookingRules, BookingTerms
from scheduler.models.fair_days import CheckIn, FairResult
from scheduler.postings import FindingKind
from scheduler.queries.actors import Employer, actor_of
from scheduler.queries.annual_filing import annual_task
from scheduler.queries.consistency import inconsistencies
from scheduler.queries.openings.library import Shelf, library
from scheduler.queries.workbench.context import context
from scheduler.sample import SampleReport
from scheduler.times import local, now, today
from tests.scheduler.sample.conftest import load
from tests.support.booths import faults

Small = tuple[Engine, SampleReport]
DECEMBER = datetime(2026, 12, 1, 3, tzinfo=UTC)
SPRING_FESTIVAL = datetime(2027, 2, 6, 3, tzinfo=UTC)


class Staged(NamedTuple):
    """What the tests ask of an event."""

    id: int
    state: EventState
    starts_at: datetime | None


def events(engine: Engine) -> dict[str, Staged]:
    """Return the events around today by their names."""
    columns = select(Event.uid, Event.id, Event.state, Event.starts_at)
    with reading(engine) as session:
        rows = session.execute(columns.where(Event.uid.like("trial-%")))
        return {row[0].split("-")[1]: Staged(*row[1:]) for row in rows}


def test_booking_waiting_and_allocation_can_be_tried(small: Small) -> None:
    engine, at = small[0], now()
    by_name = events(engine)
    with reading(engine) as session:
        of = {event.id: name for name, event in by_name.items()}
        bookings = Counter((of[row.event_id], row.state) for row in session.scalars(select(Booking)))
        waiting = Counter((of[row.event_id], row.state) for row in session.scalars(select(Waiting)))
        asked = Counter(
            of[row.event_id] for row in session.scalars(select(Registration)) if row.event_id in of
        )
        terms = {of[row.event_id]: (row.way, row.closes_at) for row in session.scalars(select(BookingTerms))}
    assert {event.state for event in by_name.values()} == {EventState.PUBLISHED}
    assert bookings["open", BookingState.CONFIRMED] == 10
    assert bookings["open", BookingState.HELD] == bookings["full", BookingState.HELD] == 1
    assert waiting == {("full", WaitingState.OFFERED): 1, ("full", WaitingState.WAITING): 2}
    assert (terms["allocate"][0], asked["allocate"]) == (Way.ALLOCATION, 18)
    assert terms["allocate"][1] < at < terms["request"][1]
    assert at < terms["open"][1]


def test_a_fair_that_was_held_and_a_livestream_to_come_are_complete(small: Small) -> None:
    by_name = events(small[0])
    held, stream = by_name["held"], by_name["livestream"].id
    with reading(small[0]) as session:
        came = session.scalars(select(CheckIn.id).where(CheckIn.event_id == held.id)).all()
        said = session.scalars(select(FairResult.visitors).where(FairResult.event_id == held.id)).all()
        sheets = session.scalars(select(RunSheet.state).where(RunSheet.event_id == stream)).all()
        shown = session.scalars(select(StreamOpening.enterprise_id).where(StreamOpening.event_id == stream))
        on_air = set(shown)
    assert held.starts_at is not None
    assert local(held.starts_at).date() < today()
    assert (len(came), len(said)) == (13, 8)
    assert list(sheets) == [SheetState.PUBLISHED]
    assert len(on_air) == 5


def test_nothing_in_it_contradicts_itself(small: Small) -> None:
    assert faults(small[0]) == []
    with reading(small[0]) as session:
        assert list(inconsistencies(session)) == []


def test_the_employers_openings_show_what_is_to_be_put_right(small: Small) -> None:
    with reading(small[0]) as session:
        account = session.scalars(select(Account.id).where(Account.login == "employer@sample")).one()
        actor = actor_of(session, account_id=account)
        assert isinstance(actor, Employer)
        faulty = library(session, actor=actor, shelf=Shelf.FAULTY)
        withdrawn = library(session, actor=actor, shelf=Shelf.WITHDRAWN)
        kinds = {one.finding.kind for line in faulty.lines for one in line.findings}
    assert kinds == {
        FindingKind.WAGE_MISSING,
        FindingKind.WORD,
        FindingKind.ADVICE,
        FindingKind.STALE,
        FindingKind.FILLED,
    }
    assert withdrawn.total == 1


def test_planners_begin_where_events_want_a_place_and_others_where_the_next_fair_is(small: Small) -> None:
    with time_machine.travel(DECEMBER, tick=False), reading(small[0]) as session:
        found = [
            str(context(session, scope_code=PROVINCE, quarter=None, plans=plans).quarter)
            for plans in (True, False)
        ]
    assert found == ["2027Q1", "2026Q4"]


def test_a_city_files_its_regular_fairs_and_a_county_asks_branches_for_a_letter(small: Small) -> None:
    with time_machine.travel(DECEMBER, tick=False), reading(small[0]) as session:
        asking = session.scalars(
            select(Event.division_code).join(BookingTerms).where(BookingTerms.branch_authorised).distinct()
        ).all()
        task = annual_task(session, division_code="371000")
        assert list(asking) == ["371003"]
        assert task is not None
        assert (str(task.due_on), task.waits) == ("2026-12-15", True)
        assert len(session.scalars(select(BookingRules)).all()) == 1


def test_it_can_be_loaded_in_a_holiday(second_engine: Engine) -> None:
    with time_machine.travel(SPRING_FESTIVAL, tick=False):
        load(second_engine)
    assert len(events(second_engine)) == 6


def test_enterprises_are_written_to_so_that_letters_can_be_seen(small: Small) -> None:
    with reading(small[0]) as session:
        addresses = dict(session.execute(select(Account.login, Account.email)).all())
        letters = Counter(session.scalars(select(Message.kind)))
    assert {login for login, address in addresses.items() if address} == {
        "applicant@sample",
        "employer-staff@sample",
        "employer@sample",
        "seeker@sample",
    }
    assert addresses["employer@sample"] == "employer@sample.example"
    assert letters == {
        "booth_confirmed": 2,
        "booth_offer": 2,
        "registration_answer": 2,
        "stream_minute": 2,
        "ticket": 1,
    }
