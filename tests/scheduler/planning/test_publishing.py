"""Publishing changes what must change and nothing else, once, and never past a guard."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select

from scheduler import auditing
from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    ChangeKind,
    Event,
    EventChange,
    EventFloor,
    EventState,
    FeedEntry,
    Hold,
    Placement,
    Plan,
    PlanState,
    Publication,
    Resource,
)
from scheduler.queries.placed import OnDuty, Placed
from scheduler.services.floors import generate_for_venue
from scheduler.services.planning import BrokenPlan
from scheduler.services.publishing import (
    NotADraft,
    NotCancellable,
    SlotTaken,
    StalePlan,
    cancel_event,
    publish_plan,
)
from scheduler.times import today
from tests.scheduler.planning.plans import add_draft, at, morning
from tests.scheduler.planning.world import add_crew, add_event, add_regions, add_venue
from tests.support.statements import selected

URL = "http://fair.test"
DAY = at(11, 8).date()


@pytest.fixture
def site(engine: Engine) -> Engine:
    with transaction(engine) as session:
        add_regions(session)
    return engine


def publish(engine: Engine, placed: list[Placed], left_out: list[int] | None = None) -> int:
    with transaction(engine) as session:
        plan_id = add_draft(session, placed, left_out or []).id
    with transaction(engine) as session:
        return publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL).id


def test_a_published_event_offers_the_booths_of_its_halls_floor_plan(site: Engine) -> None:
    with transaction(site) as session:
        hall, event_id = add_venue(session), add_event(session).id
        hall_id, floor_id = hall.id, generate_for_venue(session, venue=hall).id
    publish(site, [morning(event_id, 11, hall_id)])
    with reading(site) as session:
        used = session.execute(select(EventFloor.event_id, EventFloor.floor_plan_id)).all()
    assert [tuple(row) for row in used] == [(event_id, floor_id)]


def changes_of(engine: Engine, publication_id: int) -> dict[int, ChangeKind]:
    with reading(engine) as session:
        rows = select(EventChange.event_id, EventChange.kind).where(
            EventChange.publication_id == publication_id
        )
        return dict(session.execute(rows).all())


def revisions(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return list(session.scalars(select(Event.revision).order_by(Event.id)))


def test_a_published_event_has_its_place_its_holds_and_its_calendar_entry(site: Engine) -> None:
    with transaction(site) as session:
        hall, crew, event_id = add_venue(session).id, add_crew(session).id, add_event(session).id
    duty = OnDuty(Resource.CREW, crew, DAY, "morning")
    publication_id = publish(site, [morning(event_id, 11, hall, duties=[duty])])
    with reading(site) as session:
        event = session.get_one(Event, event_id)
        holds = session.execute(select(Hold.resource, Hold.resource_id, Hold.day_on, Hold.period)).all()
        assert (event.state, event.starts_at, event.ends_at, event.crew_id, event.revision) == (
            EventState.PUBLISHED,
            at(11, 8, 30),
            at(11, 12),
            crew,
            1,
        )
        assert sorted(tuple(hold) for hold in holds) == [
            ("crew", crew, DAY, "morning"),
            ("venue", hall, DAY, "morning"),
        ]
        assert session.scalars(select(FeedEntry.revision)).all() == [1]
        assert session.scalars(select(Plan.state)).all() == [PlanState.PUBLISHED]
    assert changes_of(site, publication_id) == {event_id: ChangeKind.PUBLISHED}


def test_the_same_schedule_again_changes_nothing(site: Engine) -> None:
    with transaction(site) as session:
        hall, crew, event_id = add_venue(session).id, add_crew(session).id, add_event(session).id
    placed = [morning(event_id, 11, hall, duties=[OnDuty(Resource.CREW, crew, DAY, "morning")])]
    publish(site, placed)
    with reading(site) as session:
        before = session.scalars(select(FeedEntry.vevent)).one()
    again = publish(site, placed)
    with reading(site) as session:
        assert session.scalars(select(FeedEntry.vevent)).one() == before
        assert session.scalars(select(Plan.state).order_by(Plan.id)).all() == ["superseded", "published"]
    assert (changes_of(site, again), revisions(site)) == ({}, [1])


def test_only_moved_events_are_revised_and_a_new_crew_is_no_change_to_see(site: Engine) -> None:
    with transaction(site) as session:
        hall, other = add_venue(session).id, add_venue(session).id
        one, two = add_crew(session).id, add_crew(session).id
        moved, recrewed, same = (add_event(session).id for _ in range(3))
    first = OnDuty(Resource.CREW, one, at(12, 8).date(), "morning")
    second = OnDuty(Resource.CREW, two, at(12, 8).date(), "morning")
    publish(
        site,
        [morning(moved, 11, hall), morning(recrewed, 12, hall, duties=[first]), morning(same, 13, hall)],
    )
    again = publish(
        site,
        [morning(moved, 11, other), morning(recrewed, 12, hall, duties=[second]), morning(same, 13, hall)],
    )
    assert changes_of(site, again) == {moved: ChangeKind.MOVED}
    assert revisions(site) == [2, 1, 1]
    with reading(site) as session:
        assert session.get_one(Event, recrewed).crew_id == two
        crews = select(Hold.resource_id).where(Hold.resource == Resource.CREW)
        assert session.scalars(crews).all() == [two]


def test_two_events_may_swap_their_places(site: Engine) -> None:
    with transaction(site) as session:
        hall, one, two = add_venue(session).id, add_event(session).id, add_event(session).id
    publish(site, [morning(one, 11, hall), morning(two, 12, hall)])
    again = publish(site, [morning(one, 12, hall), morning(two, 11, hall)])
    assert changes_of(site, again) == {one: ChangeKind.MOVED, two: ChangeKind.MOVED}


def test_an_event_that_lost_its_place_is_cancelled_with_the_reason(site: Engine) -> None:
    with transaction(site) as session:
        hall, event_id = add_venue(session).id, add_event(session).id
    publish(site, [morning(event_id, 11, hall)])
    again = publish(site, [], [event_id])
    with reading(site) as session:
        event = session.get_one(Event, event_id)
        assert (event.state, event.cancel_reason, event.starts_at) == (
            EventState.CANCELLED,
            "没有空闲场地",
            at(11, 8, 30),
        )
        assert session.scalar(select(func.count()).select_from(Hold)) == 0
    assert changes_of(site, again) == {event_id: ChangeKind.CANCELLED}


def test_a_venue_that_another_event_holds_stops_the_publication(site: Engine) -> None:
    with transaction(site) as session:
        hall = add_venue(session).id
        theirs = add_event(session, quarter="2026Q4", title_en="Winter fair").id
        ours = add_event(session).id
        hold = Hold(resource=Resource.VENUE, resource_id=hall, day_on=DAY, period="morning", event_id=theirs)
        session.add(hold)
    with pytest.raises(SlotTaken) as refusal:
        publish(site, [morning(ours, 11, hall)])
    assert refusal.value.text("en") == (
        "A venue, crew or host is taken on 2027-01-11 (morning) by “Winter fair”. Plan again, then publish."
    )
    with reading(site) as session:
        assert session.scalars(select(Plan.state)).all() == [PlanState.DRAFT]
        assert session.scalars(select(Publication.id)).all() == []


def test_a_plan_made_before_the_world_changed_is_refused(site: Engine) -> None:
    with transaction(site) as session:
        hall, event_id = add_venue(session).id, add_event(session).id
        plan_id = add_draft(session, [morning(event_id, 11, hall)]).id
        session.get_one(Event, event_id).booths = 21
    with transaction(site) as session, pytest.raises(StalePlan):
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)


def test_a_plan_is_published_once(site: Engine) -> None:
    with transaction(site) as session:
        plan_id = add_draft(session, [morning(add_event(session).id, 11, add_venue(session).id)]).id
    with transaction(site) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)
    with transaction(site) as session, pytest.raises(NotADraft):
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)
    with transaction(site) as session, pytest.raises(NotFound):
        publish_plan(session, plan_id=plan_id + 1, published_by=None, public_url=URL)


@pytest.mark.parametrize("doubt", ["moved by hand", "judged yesterday"])
def test_a_plan_in_doubt_is_judged_again(site: Engine, doubt: str) -> None:
    """Its hall is too small, which a judgement of these placements on this day would have found."""
    with transaction(site) as session:
        hall, event_id = add_venue(session, booths=10).id, add_event(session).id
        plan = add_draft(session, [morning(event_id, 11, hall)])
        if doubt == "moved by hand":
            session.get_one(Placement, (plan.id, event_id)).starts_at = at(11, 14, 30)
            session.get_one(Placement, (plan.id, event_id)).ends_at = at(11, 17)
        else:
            yesterday = today() - timedelta(days=1)
            plan.parameters = {**plan.parameters, "as_of": yesterday.isoformat()}
        plan_id = plan.id
    with transaction(site) as session, pytest.raises(BrokenPlan):
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)


@pytest.mark.parametrize("events", [1, 3])
def test_the_number_of_statements_does_not_grow_with_the_events(site: Engine, events: int) -> None:
    auditing.watch()  # as in the product: what it reads before and after a bulk change counts
    with transaction(site) as session:
        hall = add_venue(session).id
        placed = [morning(add_event(session).id, 11 + number, hall) for number in range(events)]
        plan_id = add_draft(session, placed).id
    with transaction(site) as session, selected(site) as statements:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url=URL)
    assert len(statements) == 39


def test_a_cancelled_event_stays_in_the_calendar_as_cancelled_and_frees_its_hall(site: Engine) -> None:
    with transaction(site) as session:
        hall, event_id = add_venue(session).id, add_event(session).id
    publish(site, [morning(event_id, 11, hall)])
    with transaction(site) as session:
        publication_id = cancel_event(
            session, event_id=event_id, reason="大雪", published_by=None, public_url=URL
        ).id
    with reading(site) as session:
        event = session.get_one(Event, event_id)
        assert (event.state, event.cancel_reason, event.revision) == (EventState.CANCELLED, "大雪", 2)
        assert session.scalar(select(func.count()).select_from(Hold)) == 0
        assert b"STATUS:CANCELLED" in session.scalars(select(FeedEntry.vevent)).one()
    assert changes_of(site, publication_id) == {event_id: ChangeKind.CANCELLED}


def test_only_a_public_event_can_be_cancelled(site: Engine) -> None:
    with transaction(site) as session:
        event_id = add_event(session).id
    with transaction(site) as session, pytest.raises(NotCancellable):
        cancel_event(session, event_id=event_id, reason="大雪", published_by=None, public_url=URL)
    with transaction(site) as session, pytest.raises(NotFound):
        cancel_event(session, event_id=event_id + 1, reason="大雪", published_by=None, public_url=URL)
