"""An event changes its floor plan or its hall: bookings keep their codes, or find room, or are listed."""

from datetime import timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.drawings import BoothShape, Drawing, Rect, ZoneShape
from scheduler.drawings.shapes import rectangle
from scheduler.models import (
    AuditEntry,
    Booking,
    Booth,
    BoothHold,
    BoothWish,
    EnterpriseRole,
    Event,
    EventFloor,
    EventVenue,
    FloorPlan,
    FloorState,
    Message,
)
from scheduler.queries.booking.halls import halls_of_event
from scheduler.queries.booking.seats import How, seating
from scheduler.services import accounts, booking
from scheduler.services.booking.offering import floor_for_event
from scheduler.services.floors import store
from tests.scheduler.booking.rows import BEFORE, booths_of, confirmed, hold, make_fair, make_firms, refuses
from tests.support.schedule import make_venue


def row_of(*codes: str, power: bool = False, first: int = 0) -> tuple[BoothShape, ...]:
    """Return booths side by side; the letter of a code is its zone."""
    return tuple(
        BoothShape(code, Rect(3_000 * number, first, 3_000, 3_000), code[0], power=power)
        for number, code in enumerate(codes)
    )


def draw(session: Session, venue_id: int, *booths: BoothShape) -> int:
    """Add a ready plan; returns its id."""
    zones = tuple(ZoneShape(zone, f"{zone}区", zone) for zone in sorted({one.code[0] for one in booths}))
    drawing = Drawing(60_000, 60_000, rectangle(60_000, 60_000), (), zones, booths)
    return store(session, venue_id=venue_id, drawing=drawing, name_zh="图", state=FloorState.READY).id


def home(session: Session, event: Event | int) -> int:
    event_id = event if isinstance(event, int) else event.id
    return session.scalars(select(EventVenue.venue_id).where(EventVenue.event_id == event_id)).one()


def move_away(session: Session, event: Event, *booths: BoothShape) -> int:
    """Let an event take place elsewhere, as publishing does; returns the plan of the new hall."""
    venue = make_venue(session)
    plan_id = draw(session, venue.id, *booths)
    session.execute(delete(EventVenue).where(EventVenue.event_id == event.id))
    session.add(EventVenue(event_id=event.id, venue_id=venue.id))
    session.flush()
    floor_for_event(session, event.id)
    return plan_id


def use(session: Session, event: Event | int, plan_id: int, seen: str | None = None) -> None:
    event_id = event if isinstance(event, int) else event.id
    booking.use_plan(session, event_id=event_id, floor_plan_id=plan_id, seen=seen)


def places(session: Session) -> dict[int, list[str]]:
    """Return the codes of each booking, and see that the booking says the same as its holds."""
    session.expire_all()
    found: dict[int, list[str]] = {}
    ids: dict[int, list[int]] = {}
    rows = select(BoothHold.booking_id, Booth.code, Booth.id).join(Booth, Booth.id == BoothHold.booth_id)
    for holder, code, booth_id in session.execute(rows.order_by(Booth.id)):
        found.setdefault(holder, []).append(code)
        ids.setdefault(holder, []).append(booth_id)
    assert {holder: session.get_one(Booking, holder).booth_ids for holder in found} == ids
    return found


def used(session: Session, event: Event) -> list[int]:
    rows = select(EventFloor.floor_plan_id).where(EventFloor.event_id == event.id)
    return list(session.scalars(rows.order_by(EventFloor.floor_plan_id)))


def strays(session: Session) -> int:
    """Count holds of booths that their event does not offer."""
    offered = select(Booth.id).join(EventFloor, EventFloor.floor_plan_id == Booth.floor_plan_id)
    return len(session.scalars(select(BoothHold.booth_id).where(BoothHold.booth_id.not_in(offered))).all())


def with_letter_box(session: Session, enterprise_id: int) -> None:
    accounts.create_account(
        session,
        login=f"firm-{enterprise_id}",
        password=None,
        display_name="示例",
        email="firm@fair.example",
        belonging=accounts.Belonging.employer(enterprise_id, EnterpriseRole.OWNER),
    )


def moved_letters(session: Session) -> int:
    return len(session.scalars(select(Message.id).where(Message.kind == "booth_moved")).all())


def test_everybody_keeps_the_code_wherever_the_booth_stands_now(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths_each=2)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        first, second = confirmed(session, fair, one, *booths[:2]), hold(session, fair, two, booths[3])
        session.add(BoothWish(event_id=fair.id, enterprise_id=one.id, rank=1, booth_id=booths[3]))
        session.add(BoothWish(event_id=fair.id, enterprise_id=one.id, rank=2, booth_id=booths[5]))
        session.flush()
        plan_id = draw(session, home(session, fair), *row_of("A4", "B1", "A2", "A1", first=9_000))
        use(session, fair, plan_id)
        assert places(session) == {first: ["A2", "A1"], second: ["A4"]}
        assert used(session, fair) == [plan_id]
        assert moved_letters(session) == 0
        wished = select(Booth.floor_plan_id, Booth.code).join(BoothWish, BoothWish.booth_id == Booth.id)
        assert session.execute(wished).all() == [(plan_id, "A4")]
        noted = session.scalars(select(AuditEntry.after).where(AuditEntry.subject == "booking")).all()
        assert session.get_one(Booking, first).booth_ids in [entry.get("booth_ids") for entry in noted]
        use(session, fair, plan_id)
        assert used(session, fair) == [plan_id]


def test_a_booked_booth_that_is_gone_is_refused_with_who_is_in_it(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        first, second = confirmed(session, fair, one, booths[0]), confirmed(session, fair, two, booths[1])
        plan_id = draw(session, home(session, fair), *row_of("A1", "A3"))
        with refuses(session, booking.BookedBoothsGone) as refused:
            use(session, fair, plan_id)
        assert f"A2 {two.name_zh}" in refused.value.text("zh")
        assert one.name_zh not in refused.value.text("en")
        assert places(session) == {first: ["A1"], second: ["A2"]}
        booking.move(session, booking_id=second, booth_ids=[booths[2]])
        use(session, fair, plan_id)
        assert places(session) == {first: ["A1"], second: ["A3"]}


def test_what_is_done_is_what_was_shown_or_nothing(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        one, two = make_firms(session, 2, fair)
        booths = booths_of(session, fair)
        confirmed(session, fair, one, booths[0])
        plan_id = draw(session, home(session, fair), *row_of("A1", "A2"))
        shown = seating(session, event_id=fair.id, floor_plan_id=plan_id).digest
        confirmed(session, fair, two, booths[1])
        with refuses(session, booking.SeatingChanged):
            use(session, fair, plan_id, shown)
        use(session, fair, plan_id, seating(session, event_id=fair.id, floor_plan_id=plan_id).digest)
        assert strays(session) == 0


def test_only_a_ready_plan_of_the_events_hall_is_used_and_not_once_it_is_over(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session)
        elsewhere = draw(session, make_venue(session).id, *row_of("A1"))
        for plan_id in (elsewhere, elsewhere + 99):
            with refuses(session, booking.PlanElsewhere):
                use(session, fair, plan_id)
        draft = draw(session, home(session, fair), *row_of("A1"))
        session.get_one(FloorPlan, draft).state = FloorState.DRAFT
        with refuses(session, booking.FloorNotReady):
            use(session, fair, draft)
        session.get_one(FloorPlan, draft).state = FloorState.READY
        fair.starts_at, fair.ends_at = BEFORE - timedelta(hours=9), BEFORE - timedelta(hours=1)
        session.flush()
        with refuses(session, booking.EventOver):
            use(session, fair, draft)


def test_in_another_hall_bookings_find_room_by_code_then_zone_then_anywhere(site: Engine) -> None:
    with transaction(site) as session:
        fair = make_fair(session, booths=6, booths_each=2)
        firms = make_firms(session, 5, fair)
        booths = booths_of(session, fair)
        session.execute(update(Booth).where(Booth.id == booths[4]).values(power=True))
        takes = [booths[:1], booths[1:3], booths[3:4], booths[4:5], booths[5:6]]
        ids = [confirmed(session, fair, firm, *each) for firm, each in zip(firms, takes, strict=True)]
        with_letter_box(session, firms[0].id)
        old = used(session, fair)
        rooms = (
            *row_of("A1", "A7", "A8"),
            *row_of("C1", first=9_000),
            *row_of("C2", power=True, first=18_000),
        )
        new = move_away(session, fair, *rooms)
        assert used(session, fair) == [*old, new]  # the bookings keep the old hall's plan in use
        (here, left) = sorted(halls_of_event(session, event_id=fair.id), key=lambda hall: hall.left)
        assert (here.bookings, left.bookings, left.left) == (0, 5, True)
        found = seating(session, event_id=fair.id, floor_plan_id=new)
        assert [seat.how for seat in found.seats] == [
            How.CODE,
            How.ZONE,
            How.ELSEWHERE,
            How.ELSEWHERE,
            How.NOWHERE,
        ]
        use(session, fair, new, found.digest)
        there = {ids[0]: ["A1"], ids[1]: ["A7", "A8"], ids[2]: ["C1"], ids[3]: ["C2"], ids[4]: ["A6"]}
        assert places(session) == there
        assert used(session, fair) == [*old, new]
        assert moved_letters(session) == 1
        booking.cancel(session, booking_id=ids[4], reason="原场地停用", by_organizer=True)
        assert floor_for_event(session, fair.id) == [new]
        assert [hall.left for hall in halls_of_event(session, event_id=fair.id)] == [False]
