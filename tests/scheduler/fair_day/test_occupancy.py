"""How many are inside: people in minus people out, by zone, against the permit and the halls."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.models import Event, EventVenue, Venue
from scheduler.models.fair_days import CheckInMeans, Gate
from scheduler.models.safety import SafetyStep
from scheduler.queries.fair_day.occupancy import Crowd, Flow, Occupancy, occupancy
from scheduler.services import fair_day, permits, tickets
from scheduler.services.fair_day import Arrival, Passing
from scheduler.services.fair_day.checking import Door
from tests.scheduler.fair_day.world import MORNING, SECRET, add_fair, add_ticket, book
from tests.support.racing import together
from tests.support.schedule import add_reference

pytestmark = pytest.mark.usefixtures("in_the_morning")


class Hall:
    """A fair with a gate to each of two zones."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.numbers = iter(range(1, 10_000))
        with transaction(engine) as session:
            add_reference(session)
            event = add_fair(session)
            self.event_id = event.id
            self.gates = [
                fair_day.open_gate(
                    session, event_id=event.id, name_zh=name, zone_zh=zone, hours=9, opened_by=None
                )[0].id
                for name, zone in (("东门", "A区"), ("西门", "B区"), ("北门", "B区"))
            ]
            self.tickets = [add_ticket(session, event) for _ in range(3)]
            self.booking = book(session, event, 1).id

    def door(self, session: Session, place: int) -> Door:
        return Door.of(session.get_one(Gate, self.gates[place]))

    def passes(self, place: int, people: int) -> None:
        with transaction(self.engine) as session:
            passing = Passing(f"client-{next(self.numbers):04d}", people, MORNING)
            fair_day.count(session, door=self.door(session, place), passings=[passing])

    def comes(self, place: int, *, let_in: bool = False, **facts: object) -> None:
        with transaction(self.engine) as session:
            means = CheckInMeans.CODE if "code" in facts else CheckInMeans.LIST
            arrival = Arrival(
                f"client-{next(self.numbers):04d}",
                means,
                MORNING,
                let_in=let_in,
                **facts,  # type: ignore[arg-type]
            )
            fair_day.check_in(session, door=self.door(session, place), arrivals=[arrival], secret_key=SECRET)

    def now(self) -> Occupancy:
        with reading(self.engine) as session:
            return occupancy(session, event_id=self.event_id)

    def permit(self, people: int, **changes: date) -> None:
        dates = {"handed_in_on": date(2026, 12, 1), "decided_on": date(2026, 12, 20), **changes}
        with transaction(self.engine) as session:
            permits.record_permit(
                session,
                event_id=self.event_id,
                number="济公许〔2026〕1号",
                people=people,
                updated_by=None,
                **dates,
            )


@pytest.fixture
def hall(engine: Engine) -> Hall:
    return Hall(engine)


def test_nobody_has_come_yet(hall: Hall) -> None:
    found = hall.now()
    assert (found.total, found.zones) == (Flow(0, 0, 900), {"A区": Flow(), "B区": Flow()})


def test_people_in_minus_people_out_by_zone(hall: Hall) -> None:
    hall.comes(0, code=hall.tickets[0])
    hall.comes(1, booking_id=hall.booking)
    hall.passes(0, 30)
    hall.passes(1, 12)
    hall.passes(2, 5)
    hall.passes(2, -7)
    found = hall.now()
    assert found.zones == {"A区": Flow(31, 0), "B区": Flow(18, 7)}
    assert (found.total.inside, found.total.crowd) == (42, Crowd.ROOM)
    assert [line.flow for line in found.gates] == [Flow(31, 0), Flow(13, 0), Flow(5, 7)]


def test_who_was_let_in_wrongly_is_inside_and_who_was_sent_away_is_not(hall: Hall) -> None:
    hall.comes(0, code=hall.tickets[0])
    hall.comes(1, code=hall.tickets[0])
    assert hall.now().total.inside == 1
    hall.comes(1, code=hall.tickets[0], let_in=True)
    assert hall.now().total.inside == 2


def test_an_enterprise_checked_in_twice_is_one(hall: Hall) -> None:
    for place in (0, 1):
        hall.comes(place, booking_id=hall.booking, let_in=True)
    assert hall.now().total.inside == 1


def test_who_is_undone_is_not_inside(hall: Hall) -> None:
    hall.comes(0, booking_id=hall.booking)
    with transaction(hall.engine) as session:
        fair_day.undo_check_in(session, booking_id=hall.booking, reason="点错", undone_by=None)
    assert hall.now().total.inside == 0


def test_a_paper_sheet_counts_for_the_whole_hall(hall: Hall) -> None:
    with transaction(hall.engine) as session:
        fair_day.enter_sheet(
            session, event_id=hall.event_id, booths=["A01"], visitors=40, sheet="1", entered_by=None
        )
    found = hall.now()
    assert (found.zones[""], found.total.inside) == (Flow(41, 0), 41)


def test_more_leavers_than_comers_make_an_empty_hall_and_no_debt(hall: Hall) -> None:
    hall.passes(0, -20)
    hall.passes(1, 10)
    found = hall.now()
    assert (found.zones["A区"].inside, found.total.inside) == (0, 0)


@pytest.mark.parametrize(
    ("inside", "crowd"), [(89, Crowd.ROOM), (90, Crowd.NEAR), (99, Crowd.NEAR), (100, Crowd.FULL)]
)
def test_the_permits_head_count_warns_from_nine_tenths_on(hall: Hall, inside: int, crowd: Crowd) -> None:
    hall.permit(100)
    hall.passes(0, inside)
    found = hall.now()
    assert (found.permitted, found.total.most, found.total.crowd) == (100, 100, crowd)


def test_a_permit_for_more_than_the_hall_holds_lets_no_more_in(hall: Hall) -> None:
    hall.permit(5_000)
    assert (hall.now().permitted, hall.now().total.most) == (5_000, 900)


def test_a_zone_that_is_called_like_a_hall_has_that_halls_limit(hall: Hall) -> None:
    with transaction(hall.engine) as session:
        venue = session.scalars(
            select(Venue).join(EventVenue).where(EventVenue.event_id == hall.event_id)
        ).one()
        session.get_one(Gate, hall.gates[0]).zone_zh = venue.name_zh
        name = venue.name_zh
    assert hall.now().zones[name].most == 900


def test_a_gate_that_has_fallen_silent_is_said_to_be(hall: Hall) -> None:
    with transaction(hall.engine) as session:
        session.get_one(Gate, hall.gates[0]).seen_at = MORNING - timedelta(minutes=3)
        session.get_one(Gate, hall.gates[1]).seen_at = MORNING - timedelta(minutes=1)
    assert [line.is_silent for line in hall.now().gates] == [True, False, False]


def test_a_permit_is_corrected_and_bad_dates_are_refused(hall: Hall) -> None:
    hall.permit(100)
    hall.permit(120)
    with pytest.raises(permits.UnfitPermitDates):
        hall.permit(130, decided_on=date(2026, 11, 30))
    with reading(hall.engine) as session:
        assert session.scalars(select(SafetyStep.people)).all() == [120]


def test_two_who_record_the_permit_at_once_leave_one(hall: Hall) -> None:
    assert together(4, lambda number: hall.permit(100 + number)) == [None] * 4
    with reading(hall.engine) as session:
        assert session.scalars(select(SafetyStep.people)).one() in range(100, 104)


def test_there_are_no_more_places_than_the_permit_allows(hall: Hall) -> None:
    hall.permit(200)
    with pytest.raises(tickets.TooManyPlaces), transaction(hall.engine) as session:
        tickets.set_places(session, event_id=hall.event_id, capacity=201)
    with transaction(hall.engine) as session:
        tickets.set_places(session, event_id=hall.event_id, capacity=200)
        assert session.get_one(Event, hall.event_id).people
