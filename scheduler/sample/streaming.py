"""A sample livestream to come: firms have turns and show openings, and its run sheet is in force."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import EventKind, SlotPattern, StreamChannel
from scheduler.sample.livestreams import QUESTIONS
from scheduler.sample.province import Region
from scheduler.sample.staging import Act, Cast, acting, open_day, stage, told, venue_of
from scheduler.sample.venues import STUDIO
from scheduler.services import livestreams
from scheduler.times import today

TURNS = 6
ABOUT = "主营业务稳定，常年招工，欢迎来厂看看。"


def go_on_air(session: Session, region: Region, cast: Cast) -> None:
    """Stage a livestream of which one turn is left; the employer goes on air among others."""
    studio = venue_of(session, region.city, STUDIO)
    act = Act(
        name="livestream",
        kind=EventKind.LIVESTREAM,
        title_zh=f"{region.city.name_zh}直播带岗（示例·流程单已发布）",
        title_en=f"{region.city.name_en} livestream (sample, run sheet published)",
        division=region.city,
        venue=studio,
        day=open_day(session, studio, today() + timedelta(days=10)),
        booths=TURNS,
        pattern=SlotPattern.EVENING,
    )
    channel = select(StreamChannel.id).where(StreamChannel.city_code == region.city.code)
    with told(14), acting(session, "city-publisher@sample") as publisher:
        event_id = stage(session, act, published_by=publisher).id
        livestreams.open_turns(session, event_id=event_id, turns=TURNS)
        first = session.scalars(channel.order_by(StreamChannel.id)).first()
        livestreams.assign_channel(session, event_id=event_id, channel_id=first)
    for firm in (cast.employer.id, *cast.firms(TURNS - 2)):
        with told(12):
            livestreams.take_turn(session, event_id=event_id, enterprise_id=firm)
        with told(11):
            shown = cast.openings[firm]
            livestreams.choose_openings(session, event_id=event_id, enterprise_id=firm, opening_ids=shown)
            livestreams.present_firm(
                session, event_id=event_id, enterprise_id=firm, about_zh=ABOUT, questions_zh=QUESTIONS
            )
            livestreams.accept_rules(session, event_id=event_id, enterprise_id=firm)
    with told(5), acting(session, "city-publisher@sample") as publisher:
        sheet = livestreams.draft_sheet(session, event_id=event_id)
        livestreams.publish_sheet(session, event_id=event_id, revision=sheet.revision, published_by=publisher)
