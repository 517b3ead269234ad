"""Every decision leaves a record that only grows, and tampering with it is found."""

from datetime import date

import pytest
from sqlalchemy import Delete, Engine, Update, delete, event, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from scheduler.auditing import By, act_as, watch
from scheduler.auditing.noted import AUDITED, fields
from scheduler.auditing.unnoted import NOT_DECISIONS
from scheduler.auditing.watching import _after_flush, _around_statement
from scheduler.database import reading, transaction
from scheduler.models import AuditEntry, AuditSeal, Base, Deed, Delegation, SupportView, Venue, VenueClosure
from scheduler.services.sealing import seal, verify
from tests.scheduler.planning.world import add_regions, add_venue
from tests.support.statements import before_each, selected

SECRETS = ("password_hash", "secret", "hash", "email", "display_name", "name_", "login", "address", "contact")


@pytest.fixture
def venue_id(engine: Engine) -> int:
    """Begin with a venue, the first thing that is noted."""
    unwatch()
    with transaction(engine) as session:
        add_regions(session)
    watch()
    with transaction(engine) as session:
        act_as(session, By(7, "370102"))
        return add_venue(session).id


def unwatch() -> None:
    """Stop noting, which the product never does: an application made by another test has begun to."""
    if event.contains(Session, "after_flush", _after_flush):
        event.remove(Session, "after_flush", _after_flush)
        event.remove(Session, "do_orm_execute", _around_statement)


def entries(engine: Engine) -> list[AuditEntry]:
    with reading(engine) as session:
        found = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
        session.expunge_all()
        return found


def sealed(engine: Engine) -> str:
    with transaction(engine) as session:
        seal(session)
        return verify(session).head


def tamper(engine: Engine, statement: str) -> None:
    """Change the record as somebody with the database's own password would: the guard switched off first."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for (name,) in names.all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for table in ("audit_entry", "audit_seal"):
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        connection.execute(text(statement))


def test_what_is_made_is_noted_with_who_where_and_what(engine: Engine, venue_id: int) -> None:
    (made,) = entries(engine)
    assert (made.deed, made.subject, made.subject_id) == (Deed.MADE, "venue", str(venue_id))
    assert (made.account_id, made.division_code) == (7, "370102")
    assert made.after == {"division_code": "370102", "booths": 40, "people": made.after["people"]}


def test_a_change_notes_what_it_was_and_what_it_became(engine: Engine, venue_id: int) -> None:
    with transaction(engine) as session:
        session.get_one(Venue, venue_id).booths = 60
    changed = entries(engine)[-1]
    assert (changed.before, changed.after) == ({"booths": 40}, {"booths": 60})
    assert changed.account_id is None


def test_a_bulk_statement_is_noted_row_by_row(engine: Engine, venue_id: int) -> None:
    with transaction(engine) as session:
        session.execute(update(Venue).where(Venue.id == venue_id).values(booths=10))
        session.execute(delete(Venue).where(Venue.id == venue_id))
    changed, removed = entries(engine)[-2:]
    assert (changed.deed, changed.before, changed.after) == (Deed.CHANGED, {"booths": 40}, {"booths": 10})
    assert (removed.deed, removed.after) == (Deed.REMOVED, {})


def test_a_bulk_statement_changes_no_row_that_it_has_not_noted(engine: Engine, venue_id: int) -> None:
    """Somebody else's deed makes a row answer the condition just after the rows were read."""
    with transaction(engine) as session:
        other_id = add_venue(session, booths=10).id

    def meanwhile(statement: str) -> None:
        if "booths=%(booths)s" in statement and engine.dialect.name == "postgresql":
            with engine.begin() as other:
                other.execute(text("UPDATE venue SET booths = 40 WHERE id = :id"), {"id": other_id})

    with transaction(engine) as session, before_each(engine, meanwhile):
        session.execute(update(Venue).where(Venue.booths == 40).values(booths=50))
    assert [entry.subject_id for entry in entries(engine) if entry.deed is Deed.CHANGED] == [str(venue_id)]
    with reading(engine) as session:
        assert session.get_one(Venue, venue_id).booths == 50
        assert session.get_one(Venue, other_id).booths != 50


def test_what_nobody_decides_about_leaves_no_note(engine: Engine, venue_id: int) -> None:
    with transaction(engine) as session:
        session.get_one(Venue, venue_id).name_en = "Another hall"
        session.execute(update(Venue).values(lon=117.5))
    assert len(entries(engine)) == 1


def test_the_reason_stands_with_the_deed(engine: Engine, venue_id: int) -> None:
    with transaction(engine) as session:
        day = date(2027, 1, 4)
        session.add(VenueClosure(venue_id=venue_id, first_on=day, last_on=day, reason_zh="屋顶漏水"))
    assert entries(engine)[-1].reason == "屋顶漏水"


def test_what_is_rolled_back_was_not_done(engine: Engine, venue_id: int) -> None:
    with reading(engine) as session:
        session.get_one(Venue, venue_id).booths = 99
        session.flush()
    assert len(entries(engine)) == 1


@pytest.mark.parametrize("statement", [update(AuditEntry).values(account_id=1), delete(AuditEntry)])
def test_the_record_only_grows(engine: Engine, venue_id: int, statement: object) -> None:
    assert venue_id
    with pytest.raises(DatabaseError), transaction(engine) as session:
        session.execute(statement)  # type: ignore[call-overload]


def test_an_untouched_record_holds(engine: Engine, venue_id: int) -> None:
    head = sealed(engine)
    with transaction(engine) as session:
        session.get_one(Venue, venue_id).booths = 41
    sealed(engine)
    with reading(engine) as session:
        found = verify(session, expected=head)
    assert (found.entries, found.fault) == (2, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET account_id = 8",
        "UPDATE audit_entry SET reason = 'because'",
        "UPDATE audit_seal SET hash = 'g' || substr(hash, 2) WHERE number = 1",
        "DELETE FROM audit_seal WHERE number = 1",
    ],
)
def test_tampering_is_found(engine: Engine, venue_id: int, statement: str) -> None:
    with transaction(engine) as session:
        session.get_one(Venue, venue_id).booths = 41
    sealed(engine)
    tamper(engine, statement)
    with reading(engine) as session:
        found = verify(session)
    assert found.fault is not None
    assert found.entries == 0


def test_an_end_that_was_cut_off_is_found_by_a_hash_kept_elsewhere(engine: Engine, venue_id: int) -> None:
    with transaction(engine) as session:
        session.get_one(Venue, venue_id).booths = 41
    head = sealed(engine)
    tamper(engine, "DELETE FROM audit_seal WHERE number = 2")
    tamper(engine, "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)")
    with reading(engine) as session:
        assert verify(session).fault is None
        assert verify(session, expected=head).fault is not None


def test_entries_that_wait_are_sealed_once(engine: Engine, venue_id: int) -> None:
    assert venue_id
    with transaction(engine) as session:
        assert (seal(session), seal(session)) == (1, 0)
    with reading(engine) as session:
        assert [one.number for one in session.scalars(select(AuditSeal))] == [1]


def test_no_name_address_or_secret_is_noted() -> None:
    noted = {field for model in AUDITED for field in fields(model)}
    assert [field for field in noted if any(secret in field for secret in SECRETS)] == []


def test_every_table_is_noted_or_is_no_decision_for_a_reason() -> None:
    """A new table takes its place in AUDITED (noted.py) or in NOT_DECISIONS (unnoted.py)."""
    every = {mapper.class_ for mapper in Base.registry.mappers}
    assert every - set(AUDITED) == set(NOT_DECISIONS)
    assert [model for model, reason in NOT_DECISIONS.items() if not reason] == []


@pytest.mark.parametrize(
    ("statement", "reads"),
    [
        (update(Venue).values(lon=117.5), 0),
        (update(Venue).values(lon=117.5, booths=9), 2),
        (update(Venue).values({Venue.booths: 9}), 2),
        (delete(Venue), 2),
    ],
)
def test_a_statement_that_sets_nothing_noted_reads_nothing(
    engine: Engine, venue_id: int, statement: Update | Delete, reads: int
) -> None:
    assert venue_id
    with transaction(engine) as session, selected(engine) as seen:
        session.execute(statement.execution_options(synchronize_session=False))
    assert len(seen) == reads


def test_why_somebody_looked_at_a_person_is_not_kept_for_good() -> None:
    """It speaks of the person and is erased with the account; the audit never is."""
    assert "reason" not in fields(SupportView)
    assert "reason" in fields(Delegation)
