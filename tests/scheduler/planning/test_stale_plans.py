"""A plan is refused once anything it was made from has changed, and of two at once only one is in force."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.models import CalendarDay, DayKind, Event, Hold, Plan, Publication, VenueClosure
from scheduler.queries.inputs import input_version
from scheduler.services.publishing import publish_plan
from tests.scheduler.planning.plans import Q1, add_draft, at, morning
from tests.scheduler.planning.world import add_crew, add_event, add_host, add_regions, add_venue, register

URL = "http://fair.test"
DAY = at(11, 8).date()


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def touch_event(session: Session) -> None:
    session.scalars(select(Event)).one().priority = 1


def touch_wish(session: Session) -> None:
    session.scalars(select(Event)).one().wished_on = DAY


def touch_registration(session: Session) -> None:
    register(session, list(session.scalars(select(Event))))


def touch_holiday(session: Session) -> None:
    session.add(CalendarDay(day_on=DAY, kind=DayKind.HOLIDAY, name_zh="放假", provisional=False))


def touch_closure(session: Session) -> None:
    session.add(VenueClosure(venue_id=1, first_on=DAY, last_on=DAY, reason_zh="检修"))


def touch_schedule(session: Session) -> None:
    session.add(Publication(published_at=at(1, 9)))


TOUCHES = [
    touch_event,
    touch_wish,
    touch_registration,
    touch_holiday,
    touch_closure,
    touch_schedule,
    add_venue,
    add_crew,
    add_host,
]


@pytest.mark.parametrize("touch", TOUCHES, ids=lambda touch: touch.__name__)
def test_whatever_a_plan_depends_on_makes_it_stale(site: Engine, touch: Callable[[Session], object]) -> None:
    with transaction(site) as session:
        add_venue(session)
        add_event(session)
        before = input_version(session, quarter=Q1, scope_code="370000")
        session.flush()
        assert input_version(session, quarter=Q1, scope_code="370000") == before
        touch(session)
        session.flush()
        assert input_version(session, quarter=Q1, scope_code="370000") != before


def race(site: Engine, plan_ids: list[int]) -> list[str]:
    """Publish the plans at the same moment; returns what became of each."""
    start = threading.Barrier(len(plan_ids))

    def publish_one(plan_id: int) -> str:
        start.wait()
        try:
            with transaction(site) as session:
                publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)
        except Refusal as refusal:
            return refusal.code
        return "published"

    with ThreadPoolExecutor(len(plan_ids)) as threads:
        return sorted(threads.map(publish_one, plan_ids))


def rival_drafts(site: Engine) -> list[int]:
    """Add two drafts that each put another event into the same hall on the same morning."""
    with transaction(site) as session:
        hall = add_venue(session).id
        one, two = add_event(session).id, add_event(session).id
        placed = [[morning(one, 11, hall)], [morning(two, 11, hall)]]
        return [add_draft(session, each).id for each in placed]


def test_of_two_plans_published_at_once_one_is_in_force(site: Engine) -> None:
    assert race(site, rival_drafts(site)) == ["published", "stale_plan"]
    with reading(site) as session:
        assert session.scalar(select(func.count()).select_from(Hold)) == 1


def test_without_the_version_check_the_holds_still_let_only_one_into_the_hall(
    site: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.services.publishing.plans.input_version", lambda *_, **__: "same")
    plan_ids = rival_drafts(site)
    with transaction(site) as session:
        session.execute(update(Plan).values(input_version="same"))
    assert race(site, plan_ids) == ["published", "slot_taken"]
