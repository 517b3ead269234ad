"""Results: said by a link until its last day, replaced when said again, asked for, reminded of, exported."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.exporting.fair_results import COLUMNS, results_table
from scheduler.exporting.tables import as_comma, as_workbook
from scheduler.links import DeadLink
from scheduler.mailing.letters import compose
from scheduler.models import Booking, BookingState, Enterprise, Event, EventState, Message
from scheduler.models.fair_days import FairResult
from scheduler.queries.fair_day.results import results
from scheduler.services import fair_day
from scheduler.services.fair_day import Counts, ResultsClosed, ResultsNotOpen
from scheduler.settings import Settings
from tests.scheduler.fair_day.test_releasing import add_member
from tests.scheduler.fair_day.world import MORNING, SECRET, STARTS, add_fair, book
from tests.support.racing import together
from tests.support.schedule import add_reference

ENDED = STARTS + timedelta(hours=3)
COUNTS = Counts(visitors=120, resumes=45, intents=12, hires=3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(ENDED, tick=False):
        yield


class Fair:
    """A fair with two firms that came, one of them with a letter box, and one that did not."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        with transaction(engine) as session:
            add_reference(session)
            event = add_fair(session)
            self.event_id = event.id
            states = (BookingState.CHECKED_IN, BookingState.CONFIRMED, BookingState.NO_SHOW)
            bookings = [book(session, event, place, state) for place, state in enumerate(states, 1)]
            self.firms = [booking.enterprise_id for booking in bookings]
            self.member = add_member(session, self.firms[0])

    def says(self, place: int, counts: Counts = COUNTS, entered_by: int | None = None) -> None:
        with transaction(self.engine) as session:
            fair_day.report(
                session,
                event_id=self.event_id,
                enterprise_id=self.firms[place],
                counts=counts,
                entered_by=entered_by,
            )

    def letters(self) -> list[str]:
        with reading(self.engine) as session:
            wanted = select(Message.cause).where(Message.kind == "result_wanted").order_by(Message.id)
            return list(session.scalars(wanted))


@pytest.fixture
def fair(engine: Engine) -> Fair:
    return Fair(engine)


def rows(session: Session) -> list[tuple[int, int, int, int, int]]:
    found = session.scalars(select(FairResult).order_by(FairResult.enterprise_id))
    return [(row.enterprise_id, row.visitors, row.resumes, row.intents, row.hires) for row in found]


def test_a_link_is_for_one_firm_and_one_fair_and_nobody_can_make_one_up() -> None:
    link = fair_day.result_link(SECRET, event_id=3, enterprise_id=7)
    assert fair_day.linked_result(SECRET, link) == (3, 7)
    for bad in (link[:-2] + "AA", "x", "", fair_day.result_link("other", event_id=3, enterprise_id=7)):
        with pytest.raises(DeadLink):
            fair_day.linked_result(SECRET, bad)


def test_what_is_said_again_replaces_what_was_said(fair: Fair) -> None:
    fair.says(0)
    fair.says(0, Counts(1, 2, 3, 4, "更正"))
    with reading(fair.engine) as session:
        assert rows(session) == [(fair.firms[0], 1, 2, 3, 4)]
        assert session.scalars(select(FairResult.remark)).all() == ["更正"]


def test_many_at_once_leave_one_result_and_no_error(fair: Fair) -> None:
    found = together(6, lambda number: fair.says(0, Counts(number, 0, 0, 0)))
    assert found == [None] * 6
    with reading(fair.engine) as session:
        assert len(rows(session)) == 1


def test_who_was_not_there_says_nothing(fair: Fair) -> None:
    with pytest.raises(NotFound):
        fair.says(2)


def test_nothing_is_said_before_the_fair_nor_of_one_that_was_cancelled(fair: Fair) -> None:
    with time_machine.travel(MORNING, tick=False), pytest.raises(ResultsNotOpen):
        fair.says(0)
    with transaction(fair.engine) as session:
        session.get_one(Event, fair.event_id).state = EventState.CANCELLED
    with pytest.raises(ResultsNotOpen):
        fair.says(0)


def test_after_thirty_days_only_the_organizer_enters_it(fair: Fair) -> None:
    with reading(fair.engine) as session:
        last = fair_day.closes_at(session.get_one(Event, fair.event_id))
    assert last is not None
    with time_machine.travel(last - timedelta(seconds=1), tick=False):
        fair.says(0)
    with time_machine.travel(last, tick=False):
        with pytest.raises(ResultsClosed):
            fair.says(0)
        fair.says(1, entered_by=fair.member)
    with reading(fair.engine) as session:
        assert len(rows(session)) == 2


def test_firms_are_asked_once_when_the_fair_has_ended(fair: Fair) -> None:
    with time_machine.travel(STARTS, tick=False), transaction(fair.engine) as session:
        assert fair_day.ask_for_results(session) == 0
    for expected in (1, 0):
        with transaction(fair.engine) as session:
            assert fair_day.ask_for_results(session) == expected
    assert fair.letters() == [f"result-{fair.event_id}-first"]


def test_a_worker_that_was_away_for_long_asks_nobody(fair: Fair) -> None:
    with time_machine.travel(ENDED + timedelta(days=2), tick=False), transaction(fair.engine) as session:
        assert fair_day.ask_for_results(session) == 0


def test_a_reminder_goes_to_those_who_are_missing_once_a_day(fair: Fair) -> None:
    for _ in range(2):
        with transaction(fair.engine) as session:
            assert fair_day.remind(session, event_id=fair.event_id) == 1
    assert len(fair.letters()) == 1
    with time_machine.travel(ENDED + timedelta(days=1), tick=False), transaction(fair.engine) as session:
        fair_day.remind(session, event_id=fair.event_id)
    assert len(fair.letters()) == 2
    fair.says(0)
    with transaction(fair.engine) as session:
        assert fair_day.remind(session, event_id=fair.event_id) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_letter_holds_the_link_and_is_not_sent_to_who_has_answered(
    fair: Fair, tmp_path: Path, language: str
) -> None:
    settings = Settings("", SECRET, tmp_path, "https://fair.example", production=False)
    with transaction(fair.engine) as session:
        fair_day.ask_for_results(session)
        message = session.scalars(select(Message).where(Message.kind == "result_wanted")).one()
        message.language, key = language, message.id
        letter = compose(session, message, settings)
        assert letter is not None
        link = letter.text.partition("https://fair.example/results/")[2].split()[0]
        assert fair_day.linked_result(SECRET, link) == (fair.event_id, fair.firms[0])
    fair.says(0)
    with reading(fair.engine) as session:
        assert compose(session, session.get_one(Message, key), settings) is None


def test_the_organizers_table_shows_who_is_missing_first_and_the_sums(fair: Fair) -> None:
    fair.says(0)
    with reading(fair.engine) as session:
        found = results(session, event_id=fair.event_id)
        assert [line.enterprise.id for line in found.lines] == [fair.firms[1], fair.firms[0]]
        assert [line.has_letters for line in found.lines] == [False, True]
        assert (found.said, found.missing) == (1, 1)
        assert found.sums == {"visitors": 120, "resumes": 45, "intents": 12, "hires": 3}


def test_what_was_said_is_kept_when_the_booking_is_gone_afterwards(fair: Fair) -> None:
    fair.says(0)
    with transaction(fair.engine) as session:
        booking = session.scalars(select(Booking).where(Booking.enterprise_id == fair.firms[0])).one()
        booking.state, booking.ended_at = BookingState.CANCELLED, ENDED
    with reading(fair.engine) as session:
        assert results(session, event_id=fair.event_id).said == 1


def test_the_table_goes_into_spreadsheets_and_runs_nothing(fair: Fair) -> None:
    with transaction(fair.engine) as session:
        session.get_one(Enterprise, fair.firms[1]).name_zh = "=1+1"
    fair.says(0, Counts(120, 45, 12, 3, "=cmd|' /C calc'!A0"))
    with reading(fair.engine) as session:
        found = results(session, event_id=fair.event_id)
        comma, book_octets = as_comma(results_table(found)), as_workbook(results_table(found))
    lines = list(csv.reader(io.StringIO(comma.decode("utf-8-sig"))))
    header = [name for name, _ in COLUMNS]
    assert lines[0] == header
    assert (lines[1][1], lines[1][3:7]) == ("'=1+1", ["", "", "", ""])
    assert (lines[2][3:7], lines[2][7][:2]) == (["120", "45", "12", "3"], "'=")
    assert lines[3][1:7] == ["合计（1/2 家）", "", "120", "45", "12", "3"]
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book_octets)).get_sheet_by_index(0).to_python()
    assert (cells[0], cells[2][3:7]) == (header, [120, 45, 12, 3])
    assert (cells[1][1], cells[1][3:7]) == ("=1+1", ["", "", "", ""])
