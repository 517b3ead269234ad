"""Boring rows for pages on livestreams: one of Lixia's with three ready firms, and who signs in."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.models import (
    Enterprise,
    EnterpriseRole,
    Event,
    Host,
    Insurance,
    Livestream,
    Opening,
    Organizer,
    Platform,
    Role,
    Verification,
)
from scheduler.services import livestreams
from scheduler.services.accounts import Belonging, create_account
from scheduler.times import now
from tests.scheduler.livestreams.rows import make_firms, make_livestream
from tests.support.schedule import JINAN, LIXIA, add_reference, make_venue

PASSWORD = "泉城的春天，2027 年"


@dataclass(frozen=True, slots=True)
class World:
    """Numbers of the rows: the last firm has no turn."""

    event: int
    uid: str
    firms: tuple[int, ...]
    openings: tuple[int, ...]
    channel: int


def add_world(engine: Engine) -> World:
    """Add a livestream in six weeks, open to firms; three of four have a turn and a finished checklist."""
    with transaction(engine) as session:
        add_reference(session)
        starts_at = now() + timedelta(days=42)
        event = make_livestream(
            session,
            closes_at=starts_at - timedelta(days=3),
            cancel_until=starts_at - timedelta(days=2),
        )
        begin(session, event, starts_at - now())
        event.host_id = _host(session, "主持人甲")
        _host(session, "主持人乙")
        firms = make_firms(session, 4)
        for firm in firms[:3]:
            livestreams.take_turn(session, event_id=event.id, enterprise_id=firm.id)
            complete(session, event.id, firm)
        channel = livestreams.add_channel(
            session,
            city_code=JINAN,
            platform=Platform.DOUYIN,
            name_zh="历下就业",
            name_en="Lixia Jobs",
            is_verified=True,
        )
        make_venue(session)
        _add_people(session, firms[0].id, firms[3].id)
        openings = session.scalars(
            select(Opening.id).where(Opening.enterprise_id == firms[0].id).order_by(Opening.id)
        ).all()
        return World(event.id, event.uid, tuple(it.id for it in firms), tuple(openings), channel.id)


def begin(session: Session, event: Event, later: timedelta) -> None:
    """Let a livestream begin so much later than now."""
    event.starts_at = now() + later
    event.ends_at = event.starts_at + timedelta(hours=2)
    session.flush()


def complete(session: Session, event_id: int, firm: Enterprise) -> None:
    """Complete a firm's checklist with all its openings."""
    firm.verification = Verification.VERIFIED
    openings = session.scalars(select(Opening).where(Opening.enterprise_id == firm.id)).all()
    for opening in openings:
        opening.hours_zh, opening.insurance = "8:00–17:00，双休", Insurance.FIVE
    named = {"event_id": event_id, "enterprise_id": firm.id}
    livestreams.choose_openings(session, **named, opening_ids=[opening.id for opening in openings])
    livestreams.present_firm(session, **named, about_zh="生产汽车零部件", questions_zh="包吃住吗？——包。")
    livestreams.accept_rules(session, **named)


def publish_sheet(engine: Engine, world: World) -> None:
    """Publish the livestream's first run sheet."""
    with transaction(engine) as session:
        sheet = livestreams.draft_sheet(session, event_id=world.event)
        livestreams.publish_sheet(session, event_id=world.event, revision=sheet.revision, published_by=None)


def broadcast(engine: Engine, world: World) -> None:
    """Let the livestream be over, with its recording."""
    with transaction(engine) as session:
        begin(session, session.get_one(Event, world.event), timedelta(hours=-3))
        stream = session.get_one(Livestream, world.event)
        stream.replay_url = "https://www.bilibili.com/video/BV1"


def _host(session: Session, name: str) -> int:
    session.add(host := Host(city_code=JINAN, name_zh=name, name_en=name))
    session.flush()
    return host.id


def _add_people(session: Session, firm: int, other: int) -> None:
    county = session.scalars(select(Organizer).where(Organizer.division_code == LIXIA)).one()
    city = session.scalars(select(Organizer).where(Organizer.division_code == JINAN)).one()
    staff = EnterpriseRole.STAFF
    for login, belonging in (
        ("planner", Belonging.member(county.id, [Role.PLANNER])),
        ("publisher", Belonging.member(county.id, [Role.PUBLISHER])),
        ("city", Belonging.member(city.id, [Role.PUBLISHER])),
        ("firm", Belonging.employer(firm, staff)),
        ("other-firm", Belonging.employer(other, staff)),
    ):
        create_account(
            session,
            login=login,
            password=PASSWORD,
            display_name=login,
            email=f"{login}@example.org",
            belonging=belonging,
        )
