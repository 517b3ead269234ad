"""The two samples, each loaded once and only read by the tests that ask for them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from scheduler import auditing
from scheduler.database import connect, transaction
from scheduler.sample import SampleReport, load_sample
from tests.support.databases import fresh_database


def load(engine: Engine, size: str = "small", seed: int = 1) -> SampleReport:
    """Load a sample in a transaction of its own."""
    with transaction(engine) as session:
        return load_sample(session, size=size, seed=seed)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, SampleReport]]:
    """Lend the sample province, with the report of loading it."""
    with fresh_database("sqlite", tmp_path_factory.mktemp("province")) as url:
        engine = connect(url)
        yield engine, load(engine, "province")
        engine.dispose()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, SampleReport]]:
    """Lend the small sample, with everything audited, and the report of loading it."""
    auditing.watch()
    with fresh_database("sqlite", tmp_path_factory.mktemp("small")) as url:
        engine = connect(url)
        yield engine, load(engine)
        engine.dispose()


@pytest.fixture
def second_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Lend a further database, to compare with."""
    with fresh_database("sqlite", tmp_path_factory.mktemp("second")) as url:
        engine = connect(url)
        yield engine
        engine.dispose()
