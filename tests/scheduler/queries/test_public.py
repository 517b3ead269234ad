"""What the public finds: only what was published, by every filter, in few queries."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from scheduler.database import connect, reading, transaction
from scheduler.errors import NotFound
from scheduler.models import EventKind, EventState, RegistrationState
from scheduler.queries import public
from scheduler.queries.filters import EVERYTHING, EventFilter
from scheduler.queries.public_facets import Choice, facets, filter_names
from scheduler.queries.public_rows import Attendance, Named, Page
from tests.support import schedule
from tests.support.statements import selected

AS_OF = datetime(2027, 1, 10, 4, tzinfo=UTC)
OTHER: dict[str, Any] = {"division_code": schedule.SHINAN, "city_code": schedule.QINGDAO}


def numbers(page: Page) -> list[str]:
    return [found.uid.partition("@")[0].removeprefix("event-") for found in page.events]


def found_by(engine: Engine, event_filter: EventFilter = EVERYTHING) -> list[str]:
    with reading(engine) as session:
        return numbers(public.search(session, event_filter, as_of=AS_OF))


def test_only_published_held_and_freshly_cancelled_events_are_seen(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1)
        schedule.make_event(session, 2, state=EventState.HELD)
        schedule.make_event(session, 3, state=EventState.CANCELLED)
        old_at = AS_OF - timedelta(days=31)
        schedule.make_event(session, 4, state=EventState.CANCELLED, visible_changed_at=old_at)
        draft: dict[str, Any] = {
            "state": EventState.PLANNED,
            "starts_at": None,
            "ends_at": None,
            "revision": 0,
        }
        schedule.make_event(session, 5, **draft)
        schedule.make_event(session, 6, **{**draft, "state": EventState.CANCELLED})
        schedule.make_event(session, 7, state=EventState.PLANNED)
    assert found_by(engine) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"region": "370100"}, ["1"]),
        ({"region": "370202"}, ["2"]),
        ({"region": "370000"}, ["1", "2"]),
        ({"region": "371700"}, []),
        ({"kind": "campus"}, ["2"]),
        ({"industry": "C"}, ["1"]),
        ({"industry": "C36"}, ["1"]),
        ({"industry": "C37"}, []),
        ({"campaign": "spring"}, ["2"]),
        ({"from": "2027-01-06"}, ["2"]),
        ({"to": "2027-01-05"}, ["1"]),
        ({"from": "2027-01-05", "to": "2027-01-06"}, ["1", "2"]),
        ({"q": "第2"}, ["2"]),
        ({"q": "fair 1"}, ["1"]),
        ({"q": "%"}, []),
        ({"q": "_"}, []),
    ],
)
def test_every_filter_narrows(engine: Engine, wanted: dict[str, str], expected: list[str]) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, industry_code="C36")
        starts_at = datetime(2027, 1, 6, 15, tzinfo=UTC)  # 23:00 in Shanghai
        schedule.make_event(
            session, 2, starts_at=starts_at, kind=EventKind.CAMPUS, campaign_code="spring", **OTHER
        )
    assert found_by(engine, EventFilter.parse(wanted)) == expected


def test_a_list_is_paged_by_time(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        for number in range(1, 6):
            starts_at = datetime(2027, 1, 20 - number, 1, tzinfo=UTC)
            schedule.make_event(session, number, starts_at=starts_at)
    with reading(engine) as session:
        second = public.search(session, number=2, size=2, as_of=AS_OF)
        beyond = public.search(session, number=99, size=2, as_of=AS_OF)
    assert (numbers(second), second.total, second.pages) == (["3", "2"], 5, 3)
    assert (numbers(beyond), beyond.number) == (["1"], 3)


def test_an_event_tells_where_who_and_whether_its_day_is_settled(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        hall, annex = schedule.make_venue(session), schedule.make_venue(session, name_zh="历下示例二厅")
        fair = schedule.make_event(session, 1, venues=(annex, hall), industry_code="C36")
        for number in (1, 2):
            schedule.register(session, fair, schedule.make_employer(session, number, openings=3))
        schedule.register(session, fair, schedule.make_employer(session, 3), RegistrationState.REQUESTED)
        schedule.make_event(session, 2, starts_at=datetime(2027, 2, 1, 1, tzinfo=UTC))
    with reading(engine) as session:
        found = public.get_event(session, uid="event-1@example.org", as_of=AS_OF)
        february = public.get_event(session, uid="event-2@example.org", as_of=AS_OF)
        attending = public.employers(session, event_id=found.id)
    assert [venue.zh for venue in found.venues] == ["历下示例大厅", "历下示例二厅"]
    assert found.division == Named("370102", "历下区", "Lixia")
    assert found.industry == Named("C36", "汽车制造业", "Cars")
    assert found.attendance == Attendance(employers=2, openings=6, headcount=12)
    assert (found.provisional, february.provisional) == (False, True)
    assert [(line.name_zh, len(line.openings)) for line in attending] == [("示例企业1", 3), ("示例企业2", 3)]


def test_a_draft_has_no_page(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, state=EventState.PLANNED)
    with reading(engine) as session, pytest.raises(NotFound):
        public.get_event(session, uid="event-1@example.org", as_of=AS_OF)


def test_facets_say_what_each_choice_would_leave(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        schedule.make_event(session, 1, industry_code="C36")
        schedule.make_event(session, 2, industry_code="C", kind=EventKind.CAMPUS)
        schedule.make_event(session, 3, industry_code="I", campaign_code="spring", **OTHER)
    with reading(engine) as session:
        found = facets(session, EventFilter(region=schedule.LIXIA), as_of=AS_OF)
    jinan, qingdao = Named("370100", "济南市", "Jinan"), Named("370200", "青岛市", "Qingdao")
    assert found.cities == (Choice(jinan, 2), Choice(qingdao, 1))
    assert found.counties == (Choice(Named("370102", "历下区", "Lixia"), 2),)
    assert found.kinds == {"campus": 1, "professional": 1}
    assert found.sections == (Choice(Named("C", "制造业", "Manufacturing"), 2),)
    assert found.campaigns == ()


def test_a_filter_is_called_by_names_and_unknown_codes_are_told(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
    with reading(engine) as session:
        names = filter_names(session, EventFilter(region="370100", campaign="gone"))
    assert names.region == Named("370100", "济南市", "Jinan")
    assert (names.campaign, names.industry, names.unknown) == (None, None, ("campaign",))


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = connect(sqlite_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("events", [1, 3])
def test_a_page_takes_the_same_five_queries_however_long_it_is(sqlite_engine: Engine, events: int) -> None:
    with transaction(sqlite_engine) as session:
        schedule.add_reference(session)
        hall = schedule.make_venue(session)
        for number in range(events):
            schedule.make_event(session, number, venues=(hall,))
    with reading(sqlite_engine) as session, selected(sqlite_engine) as seen:
        public.search(session, as_of=AS_OF)
    assert len(seen) == 5
