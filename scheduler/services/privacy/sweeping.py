"""Erases what has been kept long enough: every rule of the register is due work of its own, in batches."""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, insert, inspect, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import changed
from scheduler.models import Account, Base, Sweeping
from scheduler.privacy import REGISTER, Kept, Rule, days
from scheduler.services.privacy.erasing import OPTIONS, erase_account
from scheduler.times import now

SWEPT_EVERY = timedelta(hours=1)
BATCH = 500
ACCOUNTS = 20
RULES: dict[str, tuple[Kept, Rule]] = {rule.name: (kept, rule) for kept in REGISTER for rule in kept.rules}


def due_rules(session: Session) -> tuple[str, ...]:
    """Return the rules that are due, the longest waiting first; a rule that is new is due at once."""
    known = set(session.scalars(select(Sweeping.rule)))
    for name in sorted(RULES.keys() - known):
        row = {"rule": name, "due_at": now(), "rows_last": 0, "rows_total": 0}
        with suppress(IntegrityError), session.begin_nested():  # another worker was first
            session.execute(insert(Sweeping), row)
    due = select(Sweeping.rule).where(Sweeping.due_at <= now(), Sweeping.rule.in_(RULES))
    return tuple(session.scalars(due.order_by(Sweeping.due_at, Sweeping.rule)))


def sweep(session: Session, *, rule: str, batch: int = BATCH) -> int:
    """Erase one batch of what a rule names; returns how many rows, 0 too where another worker was faster.

    Claim and erasure are one transaction: a worker that is killed leaves the rule due. A batch that was full
    leaves it due as well.
    """
    if not postpone(session, rule=rule):
        return 0
    kept, wanted = RULES[rule]
    rows = _erase(session, kept, wanted, batch)
    values = {"swept_at": now(), "rows_last": rows, "rows_total": Sweeping.rows_total + rows}
    if rows >= (ACCOUNTS if wanted.account else batch):
        values["due_at"] = now()
    session.execute(update(Sweeping).where(Sweeping.rule == rule).values(values).execution_options(**OPTIONS))
    return rows


def postpone(session: Session, *, rule: str) -> bool:
    """Let a rule that is due rest until the next time; tells whether it was due."""
    resting = update(Sweeping).where(Sweeping.rule == rule, Sweeping.due_at <= now())
    return bool(changed(session, resting.values(due_at=now() + SWEPT_EVERY)))


def _erase(session: Session, kept: Kept, rule: Rule, batch: int) -> int:
    due = rule.due(now() - timedelta(days=days(session, rule.term)))
    if rule.account:
        leavers = session.scalars(select(Account.id).where(due).order_by(Account.id).limit(ACCOUNTS)).all()
        for account_id in leavers:
            erase_account(session, account_id=account_id, asked=False)
        return len(leavers)
    chosen = _among(kept.model, due, batch)
    statement = (
        update(kept.model).where(chosen).values(rule.blank)
        if rule.blank
        else delete(kept.model).where(chosen)
    )
    return changed(session, statement)


def _among(model: type[Base], due: ColumnElement[bool], batch: int) -> ColumnElement[bool]:
    """Return the condition for a batch of the rows that are due."""
    keys = inspect(model).primary_key
    return tuple_(*keys).in_(select(*keys).where(due).limit(batch))
