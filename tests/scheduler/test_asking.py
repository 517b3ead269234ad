"""A session that only asks changes nothing, and sees at once what others have committed."""

import pytest
from sqlalchemy import Engine, delete, func, select, update

from scheduler.database import asked, asking, transaction
from scheduler.models import Venue
from tests.support import schedule

MISTAKE = "told to change something"


def test_what_is_committed_meanwhile_is_seen_by_the_next_question_of_a_new_session(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
    questions = asked(engine)
    with asking(questions) as session:
        before = session.scalar(select(func.count()).select_from(Venue))
    with transaction(engine) as session:
        schedule.make_venue(session)
    with asking(questions) as session:
        assert session.scalar(select(func.count()).select_from(Venue)) == (before or 0) + 1


def test_nothing_is_changed_through_it_however_it_is_tried(engine: Engine) -> None:
    with transaction(engine) as session:
        schedule.add_reference(session)
        venue_id = schedule.make_venue(session, name_zh="示例会堂").id
    for statement in (update(Venue).values(name_zh="改"), delete(Venue)):
        with asking(asked(engine)) as session, pytest.raises(RuntimeError, match=MISTAKE):
            session.execute(statement)
    with asking(asked(engine)) as session:
        session.get_one(Venue, venue_id).name_zh = "改"
        with pytest.raises(RuntimeError, match=MISTAKE):
            session.flush()
    with asking(asked(engine)) as session:
        assert session.get_one(Venue, venue_id).name_zh == "示例会堂"
