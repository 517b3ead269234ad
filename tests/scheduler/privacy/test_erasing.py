"""Erasing an account leaves nothing of the person, keeps the audit whole, and gives a receipt that holds."""

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from scheduler import auditing
from scheduler.__main__ import main
from scheduler.database import reading, settle, transaction
from scheduler.models import (
    Account,
    AccountKind,
    AccountRole,
    EnterpriseRole,
    Organizer,
    PlaceCount,
    Role,
    Ticket,
)
from scheduler.privacy import REGISTER, Person
from scheduler.services import accounts
from scheduler.services.privacy import (
    ErasedAlready,
    LastAdministrator,
    LastOwner,
    erase_account,
    erasing,
    find_text,
    prove,
)
from scheduler.services.sealing import seal, verify
from tests.support.canaries import OF_ACCOUNT, add_canary, everything_in, marked_fields, marks_in
from tests.support.schedule import JINAN, add_reference, make_employer, make_event

PASSWORD = "泉城的春天，2027 年"
TABLES = [kept.table for kept in REGISTER if kept.fields]
# Deliveries go with their webhook. What is found by names alone, a receipt cannot look for: it has none.
BY_NAME = ("invitation", "sign_up", "enterprise_contact")
ELSEWHERE = {
    AccountKind.ORGANIZER: {"enterprise_contact"},
    AccountKind.ENTERPRISE: {"account_role", "service_officer"},
    AccountKind.SEEKER: {"account_role", "service_officer", "enterprise_contact"},
}
PEOPLE = {
    "member": accounts.Belonging.member(1, [Role.PLANNER]),
    "employer": accounts.Belonging.employer(1, EnterpriseRole.OWNER),
    "seeker": accounts.Belonging.seeker(),
}


@pytest.fixture(autouse=True)
def watched() -> None:
    auditing.watch()


@pytest.fixture(params=PEOPLE)
def person_id(request: pytest.FixtureRequest, engine: Engine) -> int:
    """Add somebody with a marked row in every table of the register."""
    with transaction(engine) as session:
        add_reference(session)
        make_employer(session)
        event = make_event(session)
        viewer = _account(session, "viewer", accounts.Belonging.member(2, [Role.ADMINISTRATOR]))
        belonging = PEOPLE[request.param]
        if belonging.kind is AccountKind.ORGANIZER:
            belonging = replace(belonging, organizer_id=_bureau(session))
        account = _account(session, "somebody", belonging)
        session.add(PlaceCount(event_id=event.id, capacity=9, taken=3))
        add_canary(session, account=account, viewer_id=viewer.id, event=event)
        return account.id


def _account(session: Session, login: str, belonging: accounts.Belonging) -> Account:
    return accounts.create_account(
        session, login=login, password=None, display_name=login, belonging=belonging
    )


def _bureau(session: Session) -> int:
    return session.scalars(select(Organizer.id).where(Organizer.division_code == JINAN)).one()


def _erase(engine: Engine, account_id: int) -> dict[str, Any]:
    with transaction(engine) as session:
        document = erase_account(session, account_id=account_id).document()
    with transaction(engine) as session:
        seal(session)
    handed_out: dict[str, Any] = json.loads(json.dumps(document))
    return handed_out


def test_the_person_has_a_row_in_every_table_and_a_mark_in_every_field(
    engine: Engine, person_id: int
) -> None:
    """Where this fails after a new entry of the register, tests/support/canaries.py lacks a row of it."""
    with reading(engine) as session:
        person = Person.of(session.get_one(Account, person_id))
        kind = session.get_one(Account, person_id).kind
        kept = {one.table: one for one in REGISTER if one.table not in {"erasure", *ELSEWHERE[kind]}}
        empty = [
            table
            for table, one in kept.items()
            if not session.scalar(select(func.count()).select_from(one.model).where(one.whose(person)))
        ]
        found = {(table, field) for table, field, _ in marks_in(everything_in(session))}
    assert empty == []
    assert found == {one for one in marked_fields() if one[0] in kept} - OF_ACCOUNT


def test_nothing_of_the_person_is_left_anywhere(engine: Engine, person_id: int) -> None:
    _erase(engine, person_id)
    with reading(engine) as session:
        assert marks_in(everything_in(session)) == set()
        account = session.get_one(Account, person_id)
        assert (account.login, account.display_name, account.email) == (f"#{person_id}",) * 2 + (None,)
        assert account.disabled_at is not None


def test_the_very_file_of_the_database_holds_nothing_any_more(engine: Engine, person_id: int) -> None:
    if engine.dialect.name != "sqlite":
        return  # PostgreSQL overwrites on its own time: docs/privacy.md
    _erase(engine, person_id)
    settle(engine)
    path = Path(engine.url.database or "")
    octets = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert len(octets) > 100_000
    assert marks_in(octets.decode("latin-1")) == set()


def test_a_table_that_is_forgotten_is_found(
    engine: Engine, person_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without its entry in the register a table's marks stay, and the receipt does not hold."""
    left, holding = {}, set()
    for table in TABLES:
        monkeypatch.setattr(erasing, "REGISTER", [kept for kept in REGISTER if kept.table != table])
        with reading(engine) as session:
            receipt = erase_account(session, account_id=person_id).document()
            seal(session)
            left[table] = {found[0] for found in marks_in(everything_in(session))}
            if all(finding.holds for finding in prove(session, receipt=receipt)):
                holding.add(table)
    with reading(engine) as session:
        absent = ELSEWHERE[session.get_one(Account, person_id).kind]
    wanted = {table: {table} for table in TABLES}
    wanted |= {table: {"account", table} for table in (*BY_NAME, "message")}  # the account's address
    wanted |= {table: set() for table in ("delivery", "failed_sign_in", *absent) if table in wanted}
    assert left == wanted
    assert holding == {"delivery", "failed_sign_in", *BY_NAME, *(absent & set(TABLES))}


def test_the_audit_holds_and_names_nobody(engine: Engine, person_id: int) -> None:
    with transaction(engine) as session:
        while seal(session):
            pass
        head = verify(session).head
    _erase(engine, person_id)
    with reading(engine) as session:
        found = verify(session, expected=head)
    assert found.fault is None


def test_a_place_is_given_back(engine: Engine, person_id: int) -> None:
    with transaction(engine) as session:
        session.execute(text("UPDATE event SET starts_at = '2099-01-01', ends_at = '2099-01-02'"))
    _erase(engine, person_id)
    with reading(engine) as session:
        assert session.scalars(select(PlaceCount.taken)).all() == [2]
        (ticket,) = session.scalars(select(Ticket))
        assert (ticket.account_id, ticket.serial) == (None, f"#{ticket.id}")


def test_a_receipt_holds_until_something_of_it_is_altered(engine: Engine, person_id: int) -> None:
    receipt = _erase(engine, person_id)
    with reading(engine) as session:
        assert [one.holds for one in prove(session, receipt=receipt)] == [True, True, True]
        for field, value in (("account_id", 1), ("erased_at", "2020-01-01"), ("erased", {}), ("sha256", "f")):
            assert [one.holds for one in prove(session, receipt={**receipt, field: value})] == [False]


@pytest.fixture
def shell(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let commands run on this test's database; returns where a receipt may lie."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FAIR_DATA_DIR", str(tmp_path))
    return tmp_path / "receipt.json"


def test_a_receipt_is_checked_on_the_command_line(
    engine: Engine, person_id: int, shell: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shell
    path.write_text(json.dumps(_erase(engine, person_id)), "utf-8")
    assert main(["verify-erasure", str(path), "--find", f"zzaccount-email-{person_id}"]) == 0
    assert main(["verify-erasure", str(path), "--find", "历下"]) == 1
    path.write_text("[]", "utf-8")
    assert main(["verify-erasure", str(path)]) == 2
    said = capsys.readouterr().out
    assert "division.name_zh" in said


def test_a_text_is_found_wherever_it_stands(engine: Engine, person_id: int) -> None:
    with reading(engine) as session:
        found = set(find_text(session, text=f"zzaccount-email-{person_id}"))
    assert found - {"enterprise_contact.email"} == {
        "account.email",
        "invitation.email",
        "message.recipient",
        "sign_up.email",
    }


def test_nobody_is_erased_twice(engine: Engine, person_id: int) -> None:
    _erase(engine, person_id)
    with transaction(engine) as session, pytest.raises(ErasedAlready):
        erase_account(session, account_id=person_id)


@pytest.fixture
def two_administrators(engine: Engine) -> tuple[int, int]:
    with transaction(engine) as session:
        add_reference(session)
        belonging = accounts.Belonging.member(_bureau(session), [Role.ADMINISTRATOR])
        return _account(session, "one", belonging).id, _account(session, "two", belonging).id


def test_the_last_administrator_hands_over_first(engine: Engine, two_administrators: tuple[int, int]) -> None:
    one, two = two_administrators
    _erase(engine, one)
    with transaction(engine) as session, pytest.raises(LastAdministrator):
        erase_account(session, account_id=two)


@pytest.mark.parametrize("guarded", [True, False])
def test_of_two_administrators_who_leave_at_once_one_stays(
    engine: Engine, two_administrators: tuple[int, int], monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    """Each looks for a successor while the other one is still there; without turns both would go."""
    in_turn = guarded or engine.dialect.name == "sqlite"  # which has one writer
    meet = threading.Barrier(2, timeout=0.5 if in_turn else 60)
    looked = erasing._require_successor  # noqa: SLF001 - the moment between looking and leaving

    def slowly(session: Session, account: Account) -> None:
        looked(session, account)
        try:
            meet.wait()
        except threading.BrokenBarrierError:
            return  # the other one waits for its turn

    monkeypatch.setattr(erasing, "_require_successor", slowly)
    if not guarded:
        monkeypatch.setattr(erasing, "_take_turn", lambda *_: None)

    def leave(account_id: int) -> None:
        try:
            with transaction(engine) as session:
                erase_account(session, account_id=account_id)
        except LastAdministrator:
            return

    leaving = [threading.Thread(target=leave, args=(one,)) for one in two_administrators]
    for thread in leaving:
        thread.start()
    for thread in leaving:
        thread.join()
    with reading(engine) as session:
        left = session.scalars(select(AccountRole.account_id)).all()
    assert len(left) == (1 if in_turn else 0)


def test_the_last_owner_hands_over_to_a_member_first(engine: Engine) -> None:
    with transaction(engine) as session:
        add_reference(session)
        firm = make_employer(session).id
        owner = _account(session, "owner", accounts.Belonging.employer(firm, EnterpriseRole.OWNER)).id
        staff = _account(session, "staff", accounts.Belonging.employer(firm, EnterpriseRole.STAFF)).id
    with transaction(engine) as session, pytest.raises(LastOwner):
        erase_account(session, account_id=owner)
    _erase(engine, staff)
    _erase(engine, owner)
