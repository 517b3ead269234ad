"""The sample province has the size that a real one has, and everything in it fits together."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from sqlalchemy import Engine, func, select

from scheduler.credit_codes import read
from scheduler.database import reading
from scheduler.models import (
    Account,
    AccountKind,
    AccountRole,
    Booth,
    Crew,
    Enterprise,
    Event,
    EventKind,
    FloorPlan,
    FloorState,
    Opening,
    Organizer,
    Registration,
    Role,
    Venue,
    VenueOpening,
)
from scheduler.sample import SampleReport
from scheduler.sample.trial import SMALL_HALL_NAME

Province = tuple[Engine, SampleReport]
OF_THE_QUARTER = Event.uid.not_like("trial-%")
"""What lies around today is booked as people would, and its numbers are not those of a quarter."""


def codes(province: Province) -> list[str]:
    with reading(province[0]) as session:
        return list(session.scalars(select(Enterprise.credit_code)))


def attendances(province: Province) -> Iterator[tuple[int, str, int, str]]:
    """Yield event, its city, enterprise, its city."""
    with reading(province[0]) as session:
        columns = (Event.id, Event.city_code, Enterprise.id, Enterprise.city_code)
        joined = select(*columns).join(Registration, Registration.event_id == Event.id)
        of_whom = joined.join(Enterprise, Enterprise.id == Registration.enterprise_id)
        for row in session.execute(of_whom.where(OF_THE_QUARTER)):
            yield row[0], row[1], row[2], row[3]


def test_it_has_the_size_of_the_real_province(province: Province) -> None:
    report = province[1]
    assert (report.organizers, report.studios, report.enterprises) == (1 + 152 + 15, 32, 18_000)
    assert report.venues >= 440 + report.studios
    with reading(province[0]) as session:
        levels = Counter(session.scalars(select(Organizer.division_code)))
        county_duties = session.scalar(
            select(func.count())
            .select_from(Event)
            .where(
                Event.kind.in_([EventKind.PROFESSIONAL, EventKind.COMPREHENSIVE]),
                Event.division_code.not_like("%00"),
                OF_THE_QUARTER,
            )
        )
    assert max(levels.values()) == 1
    assert county_duties == 2_040
    assert report.events > 2_700


def test_every_hall_has_a_ready_floor_plan_with_all_its_booths(province: Province) -> None:
    with reading(province[0]) as session:
        booths = (
            select(Booth.floor_plan_id, func.count().label("many")).group_by(Booth.floor_plan_id).subquery()
        )
        drawn = (
            select(Venue.id, booths.c.many)
            .join(FloorPlan, FloorPlan.venue_id == Venue.id)
            .join(booths, booths.c.floor_plan_id == FloorPlan.id)
            .where(FloorPlan.state == FloorState.READY, FloorPlan.is_sample)
            .where(FloorPlan.name_zh != SMALL_HALL_NAME)
        )
        halls = select(Venue.id, Venue.booths).where(Venue.type_code != "studio", Venue.booths > 0)
        found = [tuple(row) for row in session.execute(drawn)]
        assert sorted(found) == sorted(tuple(row) for row in session.execute(halls))
    assert len(found) == province[1].floors == province[1].venues - province[1].studios


def test_every_credit_code_is_valid_and_different(province: Province) -> None:
    found = codes(province)
    assert [code for code in found if read(code).text != code or read(code).is_weak] == []
    assert len(set(found)) == len(found)


def test_a_third_recruits_in_more_than_one_city(province: Province) -> None:
    cities: dict[int, set[str]] = defaultdict(set)
    for _, event_city, enterprise, _ in attendances(province):
        cities[enterprise].add(event_city)
    assert sum(len(found) > 1 for found in cities.values()) == 18_000 // 3
    assert len(cities) == 18_000


def test_nine_in_ten_come_from_the_events_own_city(province: Province) -> None:
    rows = list(attendances(province))
    share = sum(event_city == own_city for _, event_city, _, own_city in rows) / len(rows)
    assert 0.89 <= share <= 0.92


def test_no_enterprise_asks_for_an_absurd_number_of_events(province: Province) -> None:
    assert max(Counter(enterprise for _, _, enterprise, _ in attendances(province)).values()) <= 8


def test_four_fifths_of_the_booths_are_asked_for(province: Province) -> None:
    asked = Counter(event for event, *_ in attendances(province))
    with reading(province[0]) as session:
        events = session.execute(select(Event.id, Event.kind, Event.booths).where(OF_THE_QUARTER)).all()
    wanted = {
        event_id: booths if kind is EventKind.LIVESTREAM else round(booths * 0.8)
        for event_id, kind, booths in events
        if kind is not EventKind.POLICY_TALK
    }
    assert asked == wanted
    streams = [booths for _, kind, booths in events if kind is EventKind.LIVESTREAM]
    assert (min(streams), max(streams)) == (5, 20)


def test_every_enterprise_has_one_to_four_openings(province: Province) -> None:
    with reading(province[0]) as session:
        employers = select(Account.enterprise_id).where(Account.enterprise_id.is_not(None))
        counted = (
            select(func.count(Opening.id))
            .where(Opening.enterprise_id.not_in(employers))
            .group_by(Opening.enterprise_id)
        )
        assert set(session.scalars(counted)) == {1, 2, 3, 4}
        assert session.scalar(select(func.count(Opening.enterprise_id.distinct()))) == 18_000


def test_every_event_has_a_venue_and_a_crew_that_fit(province: Province) -> None:
    with reading(province[0]) as session:
        venues = session.scalars(select(Venue)).all()
        opened = set(session.scalars(select(VenueOpening.venue_id)))
        crews: dict[str, int] = defaultdict(int)
        for crew in session.scalars(select(Crew)):
            crews[crew.city_code] = max(crews[crew.city_code], crew.staff)
        lonely = [
            event.title_zh
            for event in session.scalars(select(Event))
            if event.staff > crews[event.city_code] or not any(fits(event, venue) for venue in venues)
        ]
        assert lonely == []
        assert opened == {venue.id for venue in venues}


def fits(event: Event, venue: Venue) -> bool:
    near = venue.city_code == event.city_code
    large_enough = event.booths <= venue.booths and event.people <= venue.people
    typed = not event.venue_types or venue.type_code in event.venue_types
    return near and large_enough and typed and set(event.equipment) <= set(venue.equipment)


def test_samples_are_called_samples(province: Province) -> None:
    with reading(province[0]) as session:
        unmarked = [
            venue.name_zh
            for venue in session.scalars(select(Venue))
            if not (venue.is_sample and "（示例）" in venue.name_zh and "(sample)" in venue.name_en)
        ]
        firms = select(func.count()).where(Enterprise.is_sample, Enterprise.name_zh.like("%（示例）"))
        assert unmarked == []
        assert session.scalar(firms) == 18_000 + province[1].applicants


def test_there_is_an_account_for_each_role_and_kind(province: Province) -> None:
    with reading(province[0]) as session:
        roles = dict(session.execute(select(Account.login, AccountRole.role).join(AccountRole)).all())
        kinds = dict(session.execute(select(Account.login, Account.kind)).all())
    accounts = province[1].accounts
    assert set(kinds) == {account.login for account in accounts}
    assert set(roles.values()) == set(Role)
    assert set(kinds.values()) == set(AccountKind)
    assert {login: role for login, role in roles.items() if "-" not in login} == {
        f"{role}@sample": role for role in Role
    }
