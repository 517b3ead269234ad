"""A bureau's statistics of a month: which fairs, who recruited and came, what it came to, as a file too."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta

import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.exporting.monthly import month_table
from scheduler.exporting.tables import as_comma
from scheduler.models import Event, EventState, Opening, RegistrationOpening
from scheduler.models.fair_days import CheckInMeans
from scheduler.queries.fair_day.monthly import month_of
from scheduler.services import fair_day
from scheduler.services.fair_day import Arrival, Passing
from scheduler.services.fair_day.checking import Door
from tests.scheduler.fair_day.test_results import Fair
from tests.scheduler.fair_day.world import MORNING, SECRET, STARTS, add_gate, add_ticket
from tests.support.schedule import JINAN, make_employer, make_event, register

JANUARY = date(2027, 1, 1)


def month(
    engine: Engine, first_on: date = JANUARY, scope: str = JINAN
) -> tuple[list[tuple[int, int]], Mapping[str, int], list[list[str]]]:
    """Return each fair with its firms, the sums, and the rows of the file."""
    with reading(engine) as session:
        found = month_of(session, first_on=first_on, scope=scope)
        text = as_comma(month_table(found)).decode("utf-8-sig")
        fairs = [(line.event.id, line.figures["firms"]) for line in found.lines]
    return fairs, found.sums, list(csv.reader(io.StringIO(text)))


def test_a_months_fairs_are_counted_with_who_recruited_who_came_and_what_it_came_to(engine: Engine) -> None:
    fair = Fair(engine)
    with transaction(engine) as session:
        event = session.get_one(Event, fair.event_id)
        for place in (0, 2):  # who did not come recruited nobody there
            for opening in session.scalars(select(Opening).where(Opening.enterprise_id == fair.firms[place])):
                opening.headcount = 7
                session.add(
                    RegistrationOpening(
                        event_id=event.id, enterprise_id=fair.firms[place], opening_id=opening.id
                    )
                )
        door = Door.of(add_gate(session, event))
        codes = [add_ticket(session, event) for _ in range(2)]
        arrivals = [
            Arrival(f"client-{n:04d}", CheckInMeans.CODE, MORNING, code=code)
            for n, code in enumerate([*codes, codes[0]])
        ]
        fair_day.check_in(session, door=door, arrivals=arrivals, secret_key=SECRET)
        passings = [Passing("client-0011", 30, MORNING), Passing("client-0012", -4, MORNING)]
        fair_day.count(session, door=door, passings=passings)
        plain = make_event(session, 2_001, starts_at=STARTS + timedelta(days=1))  # admitted, without booths
        register(session, plain, make_employer(session, 2_001))
        plain_id = plain.id
        make_event(session, 2_002, starts_at=STARTS + timedelta(days=30))
        make_event(session, 2_003, starts_at=STARTS, state=EventState.PLANNED)
    with time_machine.travel(STARTS, tick=False):
        fair.says(0)
    fairs, sums, rows = month(engine)
    assert fairs == [(fair.event_id, 2), (plain_id, 1)]
    expected = {"firms": 3, "openings": 1, "headcount": 7, "seekers": 32}
    assert sums == {**expected, "resumes": 45, "intents": 12, "hires": 3, "said": 1}
    assert (month(engine, date(2026, 12, 1))[0], month(engine, scope="370200")[0]) == ([], [])
    assert len(month(engine, date(2027, 2, 1), "370000")[0]) == 1
    assert [row[0] for row in rows] == ["日期", "2027-01-05", "2027-01-06", "合计"]
    assert rows[-1][1:7] == ["2 场", "", "3", "1", "7", "32"]
