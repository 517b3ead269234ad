"""What is in force becomes a draft to go on from: the same places, judged, stale once anything changes."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import Event, LeftOut, Plan, PlanState, Venue, VenueClosure
from scheduler.queries.placed import Placed, placed_in
from scheduler.services.explaining import apply_what_if, ask_what_if
from scheduler.services.outages import close_venue
from scheduler.services.planning import BrokenPlan, NotInForce, copy_plan
from scheduler.services.publishing import StalePlan, cancel_event, publish_plan
from tests.scheduler.planning.mending import BUSY, URL, add_published_week, changed, public, publish
from tests.scheduler.planning.world import CITY, COUNTY, OTHER_CITY, PROVINCE, add_event, add_venue

BEFORE = "2026-12-01T10:00:00+08:00"


@pytest.fixture
def site(engine: Engine) -> Iterator[Engine]:
    with time_machine.travel(BEFORE, tick=False):
        add_published_week(engine)
        yield engine


def copy(engine: Engine, scope_code: str | None = None, plan_id: int = 1) -> int:
    with transaction(engine) as session:
        return copy_plan(session, plan_id=plan_id, scope_code=scope_code).id


def in_plan(engine: Engine, plan_id: int) -> dict[int, Placed]:
    with reading(engine) as session:
        return {one.event_id: one for one in placed_in(session, plan_id=plan_id)}


def revisions(engine: Engine) -> dict[int, int]:
    with reading(engine) as session:
        return dict(session.execute(select(Event.id, Event.revision)).all())


def test_a_copy_is_what_is_in_force_and_publishing_it_changes_nothing(site: Engine) -> None:
    before, known = public(site), revisions(site)
    draft = copy(site)
    assert in_plan(site, draft) == before
    with reading(site) as session:
        plan, source = session.get_one(Plan, draft), session.get_one(Plan, 1)
        assert (plan.state, plan.outcome, plan.bound) == (PlanState.DRAFT, "copied", None)
        assert (plan.events, plan.placed, plan.cost) == (BUSY, BUSY, source.cost)
        assert plan.difference == {"new": 0, "moved": 0, "unchanged": BUSY, "gone": 0}
        assert (plan.parameters["copied_from"], source.state) == (1, PlanState.PUBLISHED)
    publish(site, draft)
    assert (public(site), revisions(site)) == (before, known)
    with reading(site) as session:
        assert session.get_one(Plan, 1).state is PlanState.SUPERSEDED


def put(engine: Engine, plan_id: int, event_id: int, at: datetime, hall: int) -> set[int]:
    """Put an event elsewhere in a draft, and return the events that had to move."""
    with transaction(engine) as session:
        answer = ask_what_if(
            session, plan_id=plan_id, event_id=event_id, starts_at=at, venues=[hall], language="zh"
        )
        apply_what_if(
            session,
            plan_id=plan_id,
            event_id=event_id,
            starts_at=at,
            venues=[hall],
            seen=answer.seen,
            made_by=None,
        )
        return {move.event_id for move in answer.moves}


def test_an_organizer_goes_on_from_the_copy_and_only_what_was_moved_changes(site: Engine) -> None:
    before = public(site)
    event_id = min(before)
    with transaction(site) as session:
        hall = add_venue(session, booths=20).id
    draft = copy(site)
    assert put(site, draft, event_id, before[event_id].starts_at, hall) == {event_id}
    publish(site, draft)
    assert changed(before, public(site)) == {event_id}


@pytest.mark.parametrize("touch", ["closure", "publication"])
def test_a_stale_copy_is_refused(site: Engine, touch: str) -> None:
    draft, other = copy(site), copy(site)
    if touch == "publication":
        publish(site, other)
    else:
        with transaction(site) as session:
            days = {"first_on": date(2027, 3, 1), "last_on": date(2027, 3, 2)}
            session.add(VenueClosure(venue_id=1, reason_zh="检修", **days))
    with pytest.raises(StalePlan), transaction(site) as session:
        publish_plan(session, plan_id=draft, published_by=None, public_url=URL)


def test_an_event_that_waits_has_no_place_in_the_copy_and_gets_one_by_hand(site: Engine) -> None:
    before = public(site)
    with transaction(site) as session:
        hall, waiting = add_venue(session).id, add_event(session, staff=0).id
    draft = copy(site)
    with transaction(site) as session:
        row = session.get_one(LeftOut, (draft, waiting))
        assert (row.reason, row.facts["en"][:15]) == ("copied", "It had no place")
    assert put(site, draft, waiting, before[min(before)].starts_at, hall) == {waiting}
    publish(site, draft)
    assert changed(before, public(site)) == {waiting}


def test_what_was_cancelled_or_has_begun_is_not_in_the_copy(site: Engine) -> None:
    before = public(site)
    gone = max(before, key=lambda one: before[one].starts_at)
    with transaction(site) as session:
        cancel_event(session, event_id=gone, reason="停办", published_by=None, public_url=URL)
    first = min(one.starts_at for one in before.values())
    with time_machine.travel(first, tick=False):
        today = first.date()
        draft = copy(site)
    later = {key for key, one in before.items() if one.starts_at.date() > today} - {gone}
    assert later
    assert in_plan(site, draft).keys() == later


def test_a_city_copies_its_part_of_the_provinces_plan(site: Engine) -> None:
    before = public(site)
    draft = copy(site, CITY)
    assert in_plan(site, draft) == before
    with reading(site) as session:
        assert session.get_one(Plan, draft).scope_code == CITY
    with pytest.raises(NotFound):
        copy(site, COUNTY)
    with transaction(site) as session:
        session.get_one(Plan, 1).scope_code = CITY
    for scope in (PROVINCE, OTHER_CITY):
        with pytest.raises(NotFound):
            copy(site, scope)


def test_only_what_is_in_force_is_copied_and_only_while_it_keeps_the_rules(site: Engine) -> None:
    draft = copy(site)
    with pytest.raises(NotInForce):
        copy(site, plan_id=draft)
    with pytest.raises(NotFound):
        copy(site, plan_id=999)
    with transaction(site) as session:
        for hall in session.scalars(select(Venue.id)).all():
            days = {"first_on": date(2027, 1, 11), "last_on": date(2027, 1, 17)}
            close_venue(session, venue_id=hall, reason="检修", **days)
    with pytest.raises(BrokenPlan, match=r"Fair \d+ .*Sample hall"):
        copy(site)
    with reading(site) as session:
        assert set(session.scalars(select(Plan.id))) == {1, draft}
