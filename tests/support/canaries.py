"""Marks every personal field of a person, as the register declares them, so that leaks are seen."""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, String, inspect, select, update
from sqlalchemy.orm import Session

from scheduler.models import (
    AccessToken,
    Account,
    AccountKind,
    AccountRole,
    Base,
    Consent,
    Delivery,
    EnterpriseContact,
    EnterpriseRole,
    Event,
    FailedSignIn,
    IdempotencyKey,
    Identity,
    Invitation,
    Message,
    MessageState,
    PrivacyNotice,
    Purpose,
    RecoveryCode,
    ResetHandover,
    Role,
    SecondFactor,
    ServiceOfficer,
    SignIn,
    SignUp,
    SupportView,
    Ticket,
    TicketState,
    Topic,
    UsedCode,
    Waiting,
    WaitingFor,
    WaitingState,
    Webhook,
)
from scheduler.privacy import REGISTER, Person, tried
from scheduler.times import now

MARK = re.compile(r"zz([a-z_]+)-([a-z_]+)-(\d+)")
SHORTEST_FIELD = 24
UNIQUE = {"sign_in", "access_token", "identity", "ticket", "message"}
FOUND_BY = {("failed_sign_in", "login_hash")}  # the rows are found by what stands here
OF_ACCOUNT = {(table, "email") for table in ("invitation", "sign_up", "enterprise_contact")} | {
    ("message", "recipient")
}  # … and here stands the account's address


def mark(table: str, field: str, account_id: int) -> str:
    """Return what stands in a field of a person."""
    return f"zz{table}-{field}-{account_id}"


def marks_in(text: str) -> set[tuple[str, str, int]]:
    """Return every mark in a text: table, field and whose."""
    return {(table, field, int(number)) for table, field, number in MARK.findall(text)}


def add_canary(session: Session, *, account: Account, viewer_id: int, event: Event) -> None:
    """Give a person a row in every table of the register, and mark every personal field of them all."""
    account.login, account.email = (mark("account", name, account.id) for name in ("login", "email"))
    session.flush()
    _notice(session)
    for row in _rows(account, viewer_id, event):
        if (
            inspect(type(row)).primary_key[0].name != "account_id"
            or session.get(type(row), _key(row)) is None
        ):
            session.add(row)
        session.flush()
    hook = session.scalars(select(Webhook).where(Webhook.account_id == account.id)).first()
    assert hook is not None
    session.add(
        Delivery(
            webhook_id=hook.id,
            topic=Topic.RUN_ENDED,
            cause="canary",
            body="{}",
            due_at=now(),
            created_at=now(),
        )
    )
    session.flush()
    _mark_all(session, Person.of(account))


def marked_fields() -> set[tuple[str, str]]:
    """Return every field that can carry a mark."""
    return {(kept.table, name) for kept in REGISTER for name in kept.fields if _fits(kept.model, name)}


def everything_in(session: Session) -> str:
    """Return the whole database as text."""
    values = [
        str(value)
        for table in Base.metadata.sorted_tables
        for row in session.execute(select(table))
        for value in row
        if value is not None
    ]
    return "\n".join(values)


def _mark_all(session: Session, person: Person) -> None:
    """Mark row by row: where a field is unique the second row of a person keeps what it has."""
    for kept in REGISTER:
        keys = inspect(kept.model).primary_key
        names = [name for name in kept.fields if _fits(kept.model, name)]
        rows = session.execute(select(*keys).where(kept.whose(person)).order_by(*keys)).all()
        # where fields are unique only the last row is marked: the one that was added here
        for key in rows[-1:] if kept.table in UNIQUE else rows:
            values = {name: _marked(kept.model, name, person) for name in names}
            if values:
                same = [column == part for column, part in zip(keys, key, strict=True)]
                session.execute(
                    update(kept.model)
                    .where(*same)
                    .values(values)
                    .execution_options(synchronize_session=False)
                )
    session.expire_all()


def _marked(model: type[Base], name: str, person: Person) -> Any:  # noqa: ANN401 — what the column takes
    table = str(model.__tablename__)
    if (table, name) in OF_ACCOUNT:
        return person.email
    text = mark(table, name, person.account_id)
    return {"text": text} if isinstance(inspect(model).columns[name].type, JSON) else text


def _fits(model: type[Base], name: str) -> bool:
    kind = inspect(model).columns[name].type
    long_enough = not isinstance(kind, String) or kind.length is None or kind.length >= SHORTEST_FIELD
    return long_enough and (model.__tablename__, name) not in FOUND_BY


def _key(row: Base) -> tuple[Any, ...]:
    return tuple(getattr(row, str(column.key)) for column in inspect(type(row)).primary_key)


def _notice(session: Session) -> None:
    if session.get(PrivacyNotice, 1) is None:
        session.add(PrivacyNotice(number=1, fingerprint="first", content={}, published_at=now()))
        session.flush()


def _sign_up(account: Account) -> SignUp:
    return SignUp(
        credit_code="91370000000000000X",
        name_zh="示例",
        division_code="370000",
        industry_code="C",
        contact_name="",
        contact_phone="",
        email=account.email or "",
        language="zh",
        consented_at=now(),
        created_at=now(),
        expires_at=now(),
    )


def _rows(account: Account, viewer_id: int, event: Event) -> Iterator[Base]:
    mine: dict[str, Any] = {"account_id": account.id}
    number = account.id
    if account.kind is AccountKind.ORGANIZER:
        yield AccountRole(**mine, role=Role.PLANNER)
        yield ServiceOfficer(**mine, office_phone="")
    if account.enterprise_role is EnterpriseRole.OWNER:
        yield EnterpriseContact(
            enterprise_id=account.enterprise_id,
            name="",
            phone="",
            email=account.email or "",
            consented_at=now(),
        )
    yield _sign_up(account)
    yield SecondFactor(**mine, sealed_secret="sealed", created_at=now(), confirmed_at=None)
    yield UsedCode(**mine, time_step=int(now().timestamp()) // 30)
    yield RecoveryCode(**mine, code_hash="hash")
    yield Identity(**mine, issuer="https://other.example", subject=str(number), linked_at=now())
    yield ResetHandover(**mine, handed_by=viewer_id, handed_at=now())
    yield Consent(**mine, purpose=Purpose.ACCOUNT, notice_number=1, given_at=now())
    yield SupportView(**mine, viewer_id=viewer_id, reason="", started_at=now())
    yield FailedSignIn(login_hash=tried(account.login), failed_at=now())
    yield Ticket(**mine, event_id=event.id, serial=f"serial {number}", state=TicketState.VALID)
    yield Webhook(**mine, url="https://hooks.example", topics=[], salt="salt", created_at=now())
    yield from _letters_and_programs(account, event)


def _letters_and_programs(account: Account, event: Event) -> Iterator[Base]:
    mine: dict[str, Any] = {"account_id": account.id}
    number = account.id
    yield IdempotencyKey(**mine, key="key", request_hash="hash", status=201, answer="{}", created_at=now())
    yield Invitation(
        kind=AccountKind.SEEKER,
        roles=[],
        display_name="",
        email=account.email,
        created_at=now(),
        expires_at=now(),
        withdrawn_at=now(),
    )
    yield SignIn(
        **mine,
        token_hash=f"token {number}",
        created_at=now(),
        complete_at=now(),
        expires_at=now(),
        address="",
        browser="",
    )
    yield AccessToken(
        **mine,
        name="",
        token_hash=f"token {number}",
        hint="abcd",
        scopes=[],
        created_at=now(),
        expires_at=now(),
    )
    yield Waiting(
        **mine,
        event_id=event.id,
        wanted=WaitingFor.PLACE,
        serial=f"canary {number}",
        state=WaitingState.WAITING,
    )
    yield Message(
        **mine,
        kind="invitation",
        cause=f"canary {number}",
        recipient=account.email or "",
        language="zh",
        payload={},
        state=MessageState.SENT,
        due_at=now(),
        created_at=now(),
        error="",
    )
