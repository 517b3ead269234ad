"""What has been kept long enough is erased by itself: by rule, in batches, once, and not a day too early."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.database import reading, transaction
from scheduler.models import (
    Account,
    AuditEntry,
    Base,
    Enterprise,
    EnterpriseContact,
    Event,
    FailedSignIn,
    Message,
    MessageState,
    Opening,
    Parameter,
    Registration,
    Role,
    SupportView,
    Sweeping,
)
from scheduler.privacy import REGISTER, Rule
from scheduler.queries.health import health
from scheduler.services import accounts
from scheduler.services.privacy import SWEPT_EVERY, due_rules, sweep, sweeping
from scheduler.settings import Settings
from scheduler.sweeping import sweep_due
from scheduler.times import now
from scheduler.worker import Worker
from tests.support.canaries import add_canary, marks_in
from tests.support.schedule import add_reference, make_employer, make_event, register

BEGAN = datetime.fromisoformat("2027-01-05T12:00:00+08:00")
RULES = {rule.name: (kept.model, rule) for kept in REGISTER for rule in kept.rules}
RECORDS: tuple[type[Base], ...] = (Event, Enterprise, Opening, Registration)


@pytest.fixture
def site(engine: Engine) -> Iterator[Engine]:
    """Add somebody who left at BEGAN, with a row of everything that had ended by then."""
    auditing.watch()
    with time_machine.travel(BEGAN, tick=False):
        with transaction(engine) as session:
            add_reference(session)
            event = make_event(session)
            firm = make_employer(session)
            register(session, event, firm)
            contact = {"name": "张三", "phone": "1", "email": "a@example.org", "consented_at": now()}
            session.add(EnterpriseContact(enterprise_id=firm.id, **contact))
            member = accounts.Belonging.member(1, [Role.PLANNER])
            viewer, left = (
                accounts.create_account(
                    session, login=login, password=None, display_name=login, belonging=member
                )
                for login in ("viewer", "left")
            )
            add_canary(session, account=left, viewer_id=viewer.id, event=event)
            left.disabled_at = now()
            _end_everything(session)
        yield engine


def _end_everything(session: Session) -> None:
    """Let every rule find a row whose time began to run at BEGAN."""
    for kept in REGISTER:
        for name in ("revoked_at", "withdrawn_at"):
            if hasattr(kept.model, name):
                session.execute(update(kept.model).values({name: now()}))
    first = session.scalars(select(Message)).one()
    first.kind = "reset"
    session.add(
        Message(
            kind="invitation",
            cause="1",
            recipient="a@example.org",
            language="zh",
            payload={},
            state=MessageState.DROPPED,
            due_at=now(),
            created_at=now(),
        )
    )
    session.execute(
        update(RULES["deliveries"][0]).values(state="sent").execution_options(synchronize_session=False)
    )


def _due(engine: Engine, rule: Rule, model: type[Base]) -> int:
    with reading(engine) as session:
        due = rule.due(now() - timedelta(days=rule.term.days))
        return session.scalar(select(func.count()).select_from(model).where(due)) or 0


@pytest.mark.parametrize("name", RULES)
def test_a_rule_erases_once_its_term_is_over_and_not_before(site: Engine, name: str) -> None:
    model, rule = RULES[name]
    lapse = timedelta(days=rule.term.days)
    if name == "ended-sign-ins":
        with transaction(site) as session:  # a look that a sign-in still points to outlives it
            assert session.scalar(select(func.count()).select_from(SupportView)) == 1
    for after, left in ((lapse - timedelta(hours=1), 0), (lapse + timedelta(days=1), 1)):
        with time_machine.travel(BEGAN + after, tick=False):
            assert _due(site, rule, model) == left
    with time_machine.travel(BEGAN + lapse + timedelta(days=1), tick=False):
        with transaction(site) as session:
            due_rules(session)
            assert sweep(session, rule=name) == 1
        assert _due(site, rule, model) == 0


def test_everything_goes_in_the_end_but_what_is_recorded_for_years(site: Engine) -> None:
    with time_machine.travel(BEGAN + timedelta(days=5_000), tick=False):
        assert sweep_due(site, contact="0531", batches=200) > 0
        with reading(site) as session:
            rows = session.execute(select(Sweeping.rule, Sweeping.rows_total)).all()
            left = {model: session.scalar(select(func.count()).select_from(model)) for model in RECORDS}
            erased_at = session.scalars(select(Account.erased_at).where(Account.login == "#2")).one()
            noted = session.scalar(select(func.count()).where(AuditEntry.subject == "erasure"))
            found = marks_in("\n".join(str(row) for row in session.execute(select(Account.__table__))))
    assert {rule for rule, _ in rows} == set(RULES)
    assert left == dict.fromkeys(RECORDS, 1)
    assert erased_at is not None
    assert (noted, found) == (1, set())


def test_no_rule_touches_records_of_recruitment() -> None:
    assert {model for model, _ in RULES.values()} & set(RECORDS) == set()


def _add_tries(engine: Engine, count: int) -> None:
    with transaction(engine) as session:
        session.execute(delete(FailedSignIn))
        session.add_all(FailedSignIn(login_hash=str(n), failed_at=BEGAN) for n in range(count))


def test_many_rows_go_in_batches_that_are_counted(site: Engine) -> None:
    _add_tries(site, 25)
    with time_machine.travel(BEGAN + timedelta(days=3), tick=False):
        with transaction(site) as session:
            due_rules(session)
        found = []
        for _ in range(4):
            with transaction(site) as session:
                found.append(sweep(session, rule="failed-sign-ins", batch=10))
        with reading(site) as session:
            state = session.scalars(select(Sweeping).where(Sweeping.rule == "failed-sign-ins")).one()
            assert (state.rows_last, state.rows_total, state.due_at) == (5, 25, now() + SWEPT_EVERY)
    assert found == [10, 10, 5, 0]


def test_a_rule_that_fails_rests_and_stops_no_other(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _add_tries(site, 1)
    erase = sweeping._erase  # noqa: SLF001 — the place where a database might complain

    def failing(session: Session, kept: object, rule: Rule, batch: int) -> int:
        if rule.name == "letters":
            raise RuntimeError("broken")
        return erase(session, kept, rule, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(sweeping, "_erase", failing)
    with time_machine.travel(BEGAN + timedelta(days=40), tick=False):
        sweep_due(site, contact="0531")
        with reading(site) as session:
            assert due_rules(session) == ()
            assert session.scalar(select(func.count()).select_from(FailedSignIn)) == 0
            letters = session.scalars(select(Sweeping).where(Sweeping.rule == "letters")).one()
            assert (letters.swept_at, letters.due_at) == (None, now() + SWEPT_EVERY)


def test_a_site_may_keep_things_for_longer(site: Engine) -> None:
    _add_tries(site, 1)
    parameter = {"applies_to": "", "unit": "days", "low": "1", "high": "30", "evidence": "", "loaded": {}}
    with transaction(site) as session:
        session.add(Parameter(key="keep_failed_sign_ins", default="20", **parameter))
    for day, left in ((10, 1), (21, 0)):
        with time_machine.travel(BEGAN + timedelta(days=day), tick=False):
            sweep_due(site, contact="0531")
            with reading(site) as session:
                assert session.scalar(select(func.count()).select_from(FailedSignIn)) == left


def test_the_worker_sweeps_and_a_watcher_sees_it(site: Engine, tmp_path: Path) -> None:
    _add_tries(site, 3)
    settings = Settings("", "a secret of forty characters for the tests", tmp_path, "", production=False)
    with time_machine.travel(BEGAN + timedelta(days=3), tick=False):
        Worker(site, settings=settings).erase()
        with reading(site) as session:
            swept = health(session).swept
    assert swept.rows["failed-sign-ins"] == 3
    assert swept.late_seconds == 0
    with time_machine.travel(BEGAN + timedelta(days=4), tick=False), reading(site) as session:
        assert health(session).swept.late_seconds == 23 * 60 * 60
