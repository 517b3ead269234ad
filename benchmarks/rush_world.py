"""The rows of a rush: enterprises with tokens, fairs with booths, livestreams and places, all open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import (
    AccessToken,
    Account,
    Bar,
    BookingTerms,
    Booth,
    Enterprise,
    Event,
    EventFloor,
    EventKind,
    FloorPlan,
    FloorState,
    Livestream,
    LivestreamState,
    PlaceCount,
    Registration,
    RegistrationState,
    TokenScope,
    Venue,
    Verification,
    Way,
)
from scheduler.queries.tokens import PREFIX, token_hash
from scheduler.times import moment, now, today
from tests.support import schedule

SIDE_MM = 3_000
ROW = 50
DAYS_AHEAD = 10
CONTROLS = 5
"""Rounds without the guard, however many there are with it: in a single one luck may have nobody oversell."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program that acts for an enterprise."""

    enterprise_id: int
    secret: str


def add_clients(engine: Engine, many: int) -> list[Client]:
    """Fill an empty database with the reference rows and so many verified enterprises with a token each."""
    with transaction(engine) as session:
        schedule.add_reference(session)
        session.execute(insert(Enterprise), [enterprise_row(number) for number in range(1, many + 1)])
        ids = session.scalars(select(Enterprise.id).order_by(Enterprise.id)).all()
        session.execute(insert(Account), [_account(one) for one in ids])
        accounts = session.scalars(select(Account.id).order_by(Account.id)).all()
        clients = [Client(one, f"{PREFIX}rush-{one:08d}") for one in ids]
        rows = [_token(account, client.secret) for account, client in zip(accounts, clients, strict=True)]
        session.execute(insert(AccessToken), rows)
    return clients


def add_fair(
    session: Session, number: int, *, booths: int, clients: Sequence[Client], hall: int = 0
) -> tuple[int, list[int], int]:
    """Add a fair to come that admits the clients, with its booths; returns event, booths and hall.

    Its rules let an enterprise attend every fair: a rush asks whether they do, as always.
    """
    plan_id = hall or _hall(session, booths)
    venue = session.get_one(Venue, session.get_one(FloorPlan, plan_id).venue_id)
    event = schedule.make_event(session, number, venues=(venue,), starts_at=_starts_at())
    session.add(EventFloor(event_id=event.id, floor_plan_id=plan_id))
    session.add(_terms(event))
    _admit(session, event.id, clients)
    chosen = select(Booth.id).where(Booth.floor_plan_id == plan_id).order_by(Booth.id)
    return event.id, list(session.scalars(chosen)), plan_id


def add_livestream(session: Session, number: int, *, turns: int) -> int:
    """Add a livestream to come that is open to firms."""
    event = schedule.make_event(session, number, starts_at=_starts_at(), kind=EventKind.LIVESTREAM)
    session.add(
        Livestream(
            event_id=event.id,
            state=LivestreamState.OPEN,
            turns=turns,
            lead_minutes=5,
            closes_at=_starts_at() - timedelta(days=1),
            cancel_until=_starts_at() - timedelta(days=1),
        )
    )
    session.flush()
    return event.id


def add_places(session: Session, number: int, *, places: int) -> tuple[int, str]:
    """Add a fair to come with so many places for seekers; returns it and its uid."""
    event = schedule.make_event(session, number, starts_at=_starts_at())
    session.add(PlaceCount(event_id=event.id, capacity=places))
    session.flush()
    return event.id, event.uid


def _starts_at() -> datetime:
    return moment(today() + timedelta(days=DAYS_AHEAD), 9 * 60)


def _hall(session: Session, booths: int) -> int:
    venue = schedule.make_venue(session, booths=booths)
    plan = FloorPlan(
        venue_id=venue.id,
        version=1,
        name_zh="示例展位图",
        state=FloorState.READY,
        width_mm=SIDE_MM * ROW,
        depth_mm=SIDE_MM * 3 * (booths // ROW + 1),
        outline=[],
        fixtures=[],
    )
    session.add(plan)
    session.flush()
    session.execute(insert(Booth), [_booth(plan.id, number) for number in range(booths)])
    return plan.id


def _booth(plan_id: int, number: int) -> dict[str, object]:
    return {
        "floor_plan_id": plan_id,
        "code": f"A{number + 1}",
        "x_mm": SIDE_MM * (number % ROW),
        "y_mm": SIDE_MM * 3 * (number // ROW),
        "width_mm": SIDE_MM,
        "depth_mm": SIDE_MM,
    }


def _terms(event: Event) -> BookingTerms:
    starts_at = _starts_at()
    return BookingTerms(
        event_id=event.id,
        way=Way.FIRST_COME,
        opens_at=now() - timedelta(minutes=1),
        closes_at=starts_at - timedelta(days=1),
        cancel_until=starts_at - timedelta(days=1),
        check_in_until=starts_at,
        booths_each=1,
        hold_minutes=15,
        needs_review=True,
        walk_in=False,
        no_show_limit=2,
        no_show_bar=Bar.YEAR,
        fairs_a_month=1_000,
        consecutive=True,
        seed="0" * 64,
        seed_hash="0" * 64,
    )


def _admit(session: Session, event_id: int, clients: Sequence[Client]) -> None:
    common = {"event_id": event_id, "state": RegistrationState.APPROVED, "requested_at": now()}
    rows = [{**common, "enterprise_id": client.enterprise_id} for client in clients]
    if rows:
        session.execute(insert(Registration), rows)


def enterprise_row(number: int) -> dict[str, object]:
    """Return the row of an invented, verified enterprise."""
    return {
        "credit_code": f"9137010200{number:08d}",
        "name_zh": f"示例企业{number}",
        "division_code": schedule.LIXIA,
        "city_code": schedule.JINAN,
        "industry_code": "C36",
        "verification": Verification.VERIFIED,
        "is_sample": True,
    }


def _account(enterprise_id: int) -> dict[str, object]:
    return {
        "login": f"rush-{enterprise_id}",
        "display_name": "示例",
        "password_hash": "",
        "kind": "enterprise",
        "enterprise_id": enterprise_id,
        "enterprise_role": "owner",
        "created_at": now(),
    }


def _token(account_id: int, secret: str) -> dict[str, object]:
    return {
        "account_id": account_id,
        "name": "rush",
        "token_hash": token_hash(secret),
        "hint": secret[-4:],
        "scopes": [TokenScope.READ.value, TokenScope.BOOK.value],
        "created_at": now(),
        "expires_at": now() + timedelta(days=1),
    }
