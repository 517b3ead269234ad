"""The small sample is one city; the same seed makes the same rows on both databases."""

import pytest
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.models import Division, Event, Organizer, Registration
from scheduler.sample import SampleInTheWay, SampleReport, load_sample
from scheduler.sample.loading import UnknownSampleSize
from scheduler.services.accounts import matching_account
from tests.scheduler.sample.conftest import load
from tests.scheduler.sample.dumps import dump

Small = tuple[Engine, SampleReport]


def test_it_is_one_city(small: Small) -> None:
    engine, report = small
    with reading(engine) as session:
        events = session.scalar(select(func.count()).select_from(Event).where(Event.city_code == "371000"))
        bureaus = set(session.scalars(select(Organizer.division_code)))
        own = set(
            session.scalars(
                select(Division.code).where(
                    (Division.code == "371000")
                    | (Division.parent_code == "371000")
                    | (Division.code == "370000")
                )
            )
        )
        registrations = session.scalar(select(func.count()).select_from(Registration))
    assert bureaus == own
    assert (report.organizers, report.studios, report.enterprises) == (9, 2, 720)
    assert (report.events, report.registrations) == (events, registrations)


def test_the_same_seed_gives_the_same_rows_on_every_database(engine: Engine, second_engine: Engine) -> None:
    load(engine)
    load(second_engine)
    assert dump(engine) == dump(second_engine)


def test_another_seed_gives_other_enterprises(small: Small, second_engine: Engine) -> None:
    load(second_engine, seed=2)
    first, second = dump(small[0]), dump(second_engine)
    assert len(first["enterprise"]) == len(second["enterprise"])
    assert first["enterprise"] != second["enterprise"]
    assert first["division"] == second["division"]


def test_the_accounts_can_sign_in(small: Small) -> None:
    engine, report = small
    with reading(engine) as session:
        ids = [
            matching_account(session, login=account.login, password=account.password)
            for account in report.accounts
        ]
    assert sorted(ids) == sorted(set(ids))


def test_a_database_in_use_gets_no_sample(small: Small) -> None:
    engine = small[0]
    before = dump(engine)
    with pytest.raises(SampleInTheWay), transaction(engine) as session:
        load_sample(session, size="small", seed=2)
    assert dump(engine) == before


def test_an_unknown_size_is_refused(second_engine: Engine) -> None:
    with pytest.raises(UnknownSampleSize) as caught, transaction(second_engine) as session:
        load_sample(session, size="huge", seed=1)
    assert caught.value.text("en") == ("There is no sample of size “huge”; choose one of province, small.")
