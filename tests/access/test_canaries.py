"""Every personal field of everybody is marked, everything is asked, and no mark is where it must not be.

The register says who may see what: a field that the person alone sees shows on that person's own pages, one
that colleagues see on theirs. Strangers, feeds, exports, webhooks, logs and the audit show none at all.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.__main__ import main
from scheduler.database import connect, reading, transaction
from scheduler.mailing import deliver_due
from scheduler.models import Account, Base, Enterprise, Event, EventState, Organizer
from scheduler.privacy import REGISTER, Category, Sight
from scheduler.queries.tree import covers
from scheduler.settings import MailServer
from tests.access.asking import Site, read_table, settings_for
from tests.access.test_matrix import BY_LINK
from tests.access.world import ACTORS
from tests.support.canaries import add_canary, marks_in

pytestmark = pytest.mark.access_matrix
LINES = [line for line in read_table() if not line.address.startswith(BY_LINK)]
KEPT = {kept.table: kept for kept in REGISTER}
ASKING = ("anonymous", "seeker-1", "owner-1", "auditor", "county", "other-city", "province")
TYPED = ("新名", "新人", "a@example.org", "new@example.com", "泉城的春天")
LOOKED = "province"
"""Who has looked through everybody's eyes: they are told the name."""
Mark = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Who:
    """What decides who may see somebody: the name in this world, the enterprise, where the bureau is."""

    name: str
    enterprise_id: int | None
    division_code: str
    is_member: bool


def plant(session: Session) -> None:
    """Mark everybody who has an account."""
    event = session.scalars(select(Event).where(Event.state == EventState.PUBLISHED)).first()
    people = session.scalars(select(Account).where(Account.erased_at.is_(None)).order_by(Account.id)).all()
    assert event is not None
    looked = next(account.id for account in people if account.login == LOOKED)
    for account in people:
        add_canary(session, account=account, viewer_id=looked, event=event)


def people(engine: Engine) -> dict[int, Who]:
    """Return everybody by number, before names are marked."""
    with reading(engine) as session:
        bureaus = dict(session.execute(select(Organizer.id, Organizer.division_code)).all())
        firms = dict(session.execute(select(Enterprise.id, Enterprise.division_code)).all())
        return {
            account.id: Who(
                account.login,
                account.enterprise_id,
                bureaus.get(account.organizer_id or 0) or firms.get(account.enterprise_id or 0) or "",
                account.organizer_id is not None,
            )
            for account in session.scalars(select(Account))
        }


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Who]:
    """Return who is who in the world of the matrix, which is the same each time it is made."""
    site = Site(tmp_path_factory.mktemp("who"), "anonymous")
    found = people(site.engine)
    site.close()
    return found


class Marked(Site):
    """A site on which everybody is marked; it looks at what a deed has written before it is taken back."""

    def __init__(self, folder: Path, actor: str) -> None:
        self.written: set[tuple[str, Mark]] = set()
        super().__init__(folder, actor, prepare=plant)

    def put_back(self) -> None:
        with reading(self.engine) as session:
            self.written |= set(_elsewhere(session))
        super().put_back()


def _elsewhere(session: Session) -> Iterator[tuple[str, Mark]]:
    """Yield every mark in a table that the register does not declare."""
    for mapper in Base.registry.mappers:
        table = str(mapper.class_.__tablename__)
        if table not in KEPT:
            for row in session.execute(select(mapper.local_table)):
                yield from ((table, mark) for mark in marks_in(str(tuple(row))))


def may_see(actor: Who | None, seen: Mark, everybody: dict[int, Who]) -> bool:
    """Tell whether somebody may see a mark: the register's words, and who is a colleague of whom."""
    kept, person = KEPT[seen[0]], everybody[seen[2]]
    if kept.fields[seen[1]] is Category.SECRET or actor is None:
        return False
    if actor == person or (seen[1] == "display_name" and person.name == LOOKED):
        return True
    if kept.sight is Sight.SELF or not person.division_code:
        return False
    if not actor.is_member and kept.sight is Sight.SERVED:
        return actor.enterprise_id is not None
    if not actor.is_member:
        return actor.enterprise_id is not None and actor.enterprise_id == person.enterprise_id
    above = covers(actor.division_code, person.division_code)
    return above or (person.is_member and covers(person.division_code, actor.division_code))


@pytest.mark.parametrize("name", ASKING)
def test_nobody_sees_more_of_anybody_than_the_register_says(
    name: str, everybody: dict[int, Who], tmp_path: Path
) -> None:
    site = Marked(tmp_path, name)
    actor = next((who for who in everybody.values() if who.name == name), None)
    assert name in ACTORS
    wrong, seen = set(), set()
    for line in LINES:
        site.ask(line)
        found = marks_in(site.said)
        seen |= found
        wrong |= {(line.route, *mark) for mark in found if not may_see(actor, mark, everybody)}
    site.close()
    assert wrong == set()
    assert site.written == set()
    assert bool(seen) is (actor is not None)  # people see their own: the marks are there to be found


class Overheard(logging.Handler):
    """Keeps every line that is logged, with all that a line can carry."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += f"{self.format(record)} {vars(record)}\n"


@contextmanager
def overheard() -> Iterator[Overheard]:
    """Listen to everything that is logged, as a production site logs it."""
    handler, root = Overheard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield handler
    finally:
        root.setLevel(before)
        root.removeHandler(handler)


def _log_of(site: Site) -> str:
    with overheard() as heard:
        for line in LINES:
            site.ask(line)
        site.close()
        return heard.text


def test_logs_name_nobody_and_repeat_nothing_that_was_typed(tmp_path: Path) -> None:
    log = _log_of(Marked(tmp_path, "county"))
    assert log.count("request") >= len(LINES)
    assert marks_in(log) == set()
    assert [word for word in TYPED if word in log] == []


def test_a_log_that_leaks_is_found(tmp_path: Path) -> None:
    """The control: one line that says who asks, and the test above would fail."""
    site = Marked(tmp_path, "county")

    def leak() -> None:
        with reading(site.engine) as session:
            names = session.scalars(select(Account.display_name)).all()
        logging.getLogger("web.leak").info("asked by %s", names)

    site.app.before_request(leak)
    assert {mark[:2] for mark in marks_in(_log_of(site))} == {("account", "display_name")}


JUDGED = {
    ("county", "account", "display_name", "city"): True,
    ("county", "account", "display_name", "sister-county"): False,
    ("county", "account", "email", "seeker-1"): False,
    ("city", "sign_in", "address", "county"): False,
    ("owner-1", "account", "display_name", "staff-1"): True,
    ("owner-2", "account", "display_name", "staff-1"): False,
    ("seeker-1", "account", "email", "seeker-1"): True,
    ("seeker-1", "account", "password_hash", "seeker-1"): False,
}


def test_the_judge_knows_colleagues_from_strangers(everybody: dict[int, Who]) -> None:
    """The control of the first test: what would be wrong is called wrong."""
    numbers = {who.name: number for number, who in everybody.items()}
    found = {
        (name, table, field, whose): may_see(
            everybody[numbers[name]], (table, field, numbers[whose]), everybody
        )
        for name, table, field, whose in JUDGED
    }
    assert found == JUDGED


@pytest.fixture
def marked(tmp_path: Path) -> Iterator[tuple[Engine, str]]:
    """Lend a database in which everybody is marked."""
    site = Marked(tmp_path, "anonymous")
    engine = connect(str(site.engine.url))
    site.close()
    yield engine, str(engine.url)
    engine.dispose()


def test_letters_that_cannot_be_sent_leave_nothing_in_the_log(
    marked: tuple[Engine, str], tmp_path: Path
) -> None:
    engine, url = marked
    mail = MailServer("127.0.0.1", 1, "", "", "", "fair@example.org")
    with transaction(engine) as session:
        session.execute(Base.metadata.tables["message"].update().values(state="waiting"))
    with overheard() as heard:
        taken = deliver_due(engine, replace(settings_for(url, tmp_path), mail=mail))
    assert taken > len(ACTORS)
    assert "letter" in heard.text
    assert marks_in(heard.text) == set()


def test_errors_are_answered_and_logged_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page breaks with a person's rows in its hands, the others because the database does."""

    def broken(session: Session, **_: object) -> None:
        names = session.scalars(select(Account.display_name)).all()
        raise ValueError(len(names))

    site = Marked(tmp_path, "seeker-1")
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("web.views.account.privacy.own_copy", broken)
    with site.engine.begin() as connection:
        for table in ("consent", "failed_sign_in"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
    wanted = {"GET account.privacy_centre", "GET account.copy", "POST account.change_address"}
    with overheard() as heard:
        for line in LINES:
            if line.route in wanted:
                assert site.ask(line) in {500, 503}
                assert marks_in(site.said) == set()
    site.close()
    assert "ValueError: " in heard.text
    assert marks_in(heard.text) == set()


@pytest.mark.parametrize("kind", ["csv", "json", "ics"])
def test_what_commands_export_names_nobody(
    marked: tuple[Engine, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", marked[1])
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    path = tmp_path / f"out.{kind}"
    assert main(["export", "2027Q1", "--format", kind, "--out", str(path)]) == 0
    assert len(path.read_bytes()) > 100
    assert marks_in(path.read_text("utf-8")) == set()
