"""An enterprise signs itself up: asking tells nobody what is known, and one code is one enterprise."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from scheduler import schema
from scheduler.credit_codes import UnfitCreditCode
from scheduler.database import reading, transaction
from scheduler.errors import Refusal
from scheduler.links import DeadLink
from scheduler.models import (
    Account,
    Enterprise,
    EnterpriseContact,
    EnterpriseRole,
    Message,
    SignUp,
    Verification,
    name_key,
)
from scheduler.queries.reviews import Facts
from scheduler.services import enterprises
from scheduler.services.accounts import FREE_TRIES, TooManyTries
from scheduler.services.enterprises import EnterpriseKnown, UnfitFacts
from scheduler.services.privacy.sweeping import due_rules, sweep
from tests.scheduler.enterprises.conftest import NOON
from tests.scheduler.enterprises.people import CODE, FACTS, PASSWORD, sign_up
from tests.support.schedule import JINAN, LIXIA, add_reference, make_employer
from tests.support.statements import selected

TOGETHER = 6
SECRET = "a secret of forty characters for the tests"


def _open(session: Session, asked: SignUp, login: str = "owner") -> int:
    return enterprises.open_enterprise(
        session, sign_up_id=asked.id, login=login, password=PASSWORD, display_name="张经办"
    )


def test_a_new_enterprise_has_an_owner_a_contact_and_is_not_verified(session: Session) -> None:
    asked = sign_up(session, "９１３７０１０２ma3tert118")
    account = session.get_one(Account, _open(session, asked))
    enterprise = session.get_one(Enterprise, account.enterprise_id)
    assert (enterprise.credit_code, enterprise.name_zh) == (CODE, FACTS.name_zh)
    assert (enterprise.division_code, enterprise.city_code) == (LIXIA, JINAN)
    assert enterprise.verification is Verification.UNVERIFIED
    assert (account.enterprise_role, account.email) == (EnterpriseRole.OWNER, "new@example.org")
    contact = session.get_one(EnterpriseContact, enterprise.id)
    assert (contact.name, contact.consented_at) == ("张经办", asked.consented_at)


def test_asking_looks_nothing_up_and_leaves_the_same_traces(engine: Engine) -> None:
    with transaction(engine) as session:
        add_reference(session)
        make_employer(session).credit_code = CODE
    statements = []
    for code, email in ((CODE, "one@example.org"), ("91370211MA3TERT2X6", "two@example.org")):
        with transaction(engine) as session, selected(engine) as seen:
            sign_up(session, code, email)
        statements.append(seen)
        assert not any("enterprise" in text for text in seen)
    assert statements[0] == statements[1]
    with reading(engine) as session:
        letters = session.execute(select(Message.kind, Message.recipient).order_by(Message.id)).all()
    assert [tuple(row) for row in letters] == [("sign_up", "one@example.org"), ("sign_up", "two@example.org")]


def test_a_letter_box_is_not_filled_by_strangers(session: Session) -> None:
    for _ in range(FREE_TRIES):
        sign_up(session)
    with pytest.raises(TooManyTries):
        sign_up(session)


@pytest.mark.parametrize(
    ("code", "facts", "refusal"),
    [
        ("91370102MA3TERT119", FACTS, UnfitCreditCode),
        (CODE, Facts("示例", "370000", "C36"), UnfitFacts),
        (CODE, Facts("示例", "999999", "C36"), UnfitFacts),
        (CODE, Facts("示例", LIXIA, "X99"), UnfitFacts),
    ],
)
def test_what_cannot_be_is_refused(session: Session, code: str, facts: Facts, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        sign_up(session, code, facts=facts)
    assert session.scalar(select(func.count()).select_from(SignUp)) == 0


def test_a_link_is_good_once(session: Session) -> None:
    asked = sign_up(session)
    link = enterprises.sign_up_link(SECRET, asked.id)
    assert enterprises.standing_sign_up(session, secret_key=SECRET, link=link).id == asked.id
    _open(session, asked)
    for again in (
        lambda: enterprises.standing_sign_up(session, secret_key=SECRET, link=link),
        lambda: _open(session, asked, "another"),
    ):
        with pytest.raises(DeadLink):
            again()


def test_a_known_code_opens_no_second_enterprise(session: Session) -> None:
    make_employer(session).credit_code = CODE
    asked = sign_up(session)
    with pytest.raises(EnterpriseKnown), session.begin_nested():
        _open(session, asked)
    assert session.scalar(select(func.count()).select_from(Enterprise)) == 1
    assert session.scalar(select(func.count()).select_from(Account)) == 0


def _sweep_all(session: Session) -> None:
    for rule in due_rules(session):
        sweep(session, rule=rule)


def test_who_never_went_on_is_forgotten_a_month_after_the_link(session: Session) -> None:
    asked, used = sign_up(session), sign_up(session, email="used@example.org")
    _open(session, used)
    with time_machine.travel(NOON + timedelta(days=36), tick=False):
        _sweep_all(session)
        assert set(session.scalars(select(SignUp.id))) == {asked.id, used.id}
    with time_machine.travel(NOON + timedelta(days=38), tick=False):
        _sweep_all(session)
    assert session.scalars(select(SignUp.id)).all() == [used.id]
    assert asked.id != used.id


@pytest.mark.parametrize(
    "written",
    [
        "济南泉城机械有限公司",
        "济南泉城机械 有限公司",
        "（济南）泉城机械有限责任公司",
        "济南泉城机械有限公司。",
    ],
)
def test_names_that_people_write_differently_have_one_key(written: str) -> None:
    assert name_key(written) == "济南泉城机械有限公司"


def race(engine: Engine, work: Callable[[Session, int], object], arguments: list[int]) -> list[str]:
    """Do the same with each argument at one moment; returns what became of each, sorted."""
    start = Barrier(len(arguments))

    def one(argument: int) -> str:
        start.wait()
        try:
            with transaction(engine) as session:
                work(session, argument)
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(arguments)) as threads:
        return sorted(threads.map(one, arguments))


def _six_sign_ups(engine: Engine) -> list[int]:
    with transaction(engine) as session:
        add_reference(session)
        return [sign_up(session, CODE, f"{number}@example.org").id for number in range(TOGETHER)]


def _open_one(session: Session, sign_up_id: int) -> None:
    enterprises.open_enterprise(
        session,
        sign_up_id=sign_up_id,
        login=f"owner-{sign_up_id}",
        password=PASSWORD,
        display_name="张经办",
    )


def _counts(engine: Engine) -> tuple[int, int]:
    with reading(engine) as session:
        firms = session.scalar(select(func.count()).select_from(Enterprise)) or 0
        return firms, session.scalar(select(func.count()).select_from(Account)) or 0


def test_of_sign_ups_with_one_code_at_one_moment_one_opens_the_enterprise(engine: Engine) -> None:
    answers = race(engine, _open_one, _six_sign_ups(engine))
    assert answers == ["done"] + ["enterprise_known"] * (TOGETHER - 1)
    assert _counts(engine) == (1, 1)


def test_without_the_unique_code_they_all_would(engine: Engine) -> None:
    sign_ups = _six_sign_ups(engine)
    with schema.changing(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("enterprise") as batch:
            batch.drop_constraint("uq_enterprise_credit_code", type_="unique")
    assert race(engine, _open_one, sign_ups) == ["done"] * TOGETHER
    assert _counts(engine) == (TOGETHER, TOGETHER)


def test_one_link_used_from_many_browsers_at_once_works_once(engine: Engine) -> None:
    (first, *_) = _six_sign_ups(engine)
    assert race(engine, _open_one, [first] * TOGETHER) == ["dead_link"] * (TOGETHER - 1) + ["done"]
    assert _counts(engine) == (1, 1)
