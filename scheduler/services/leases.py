"""Due work is a row: whoever carries it has it for one attempt, under a lease that has to be renewed.

It is taken by one conditional UPDATE, and every later UPDATE names the attempt: a process that slept past
its lease may wake up, but it can no longer write. A subject says which rows are carried, and what becomes
of one whose carrier fell silent.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from scheduler.database import changed
from scheduler.errors import Refusal
from scheduler.models.base import Leased
from scheduler.times import now

MOST_ATTEMPTS = 3
"""Work that has outlived so many of those who carried it is what kills them."""
CARRIERS_DIED = "carriers_died"
"""Why letters and deliveries were given up of which nobody who took them was heard again."""
LOOKED_AT = 20
"""Rows that are seen at once: of many who look at the same moment each finds one that is still free."""


class LostClaim(Refusal):
    """The work was taken away from this process: its lease had run out."""

    status = 409
    code = "lost_claim"
    zh = "{table} 中编号 {key} 的工作已不属于本进程（租约过期），结果未保存。"
    en = "Row {key} of {table} no longer belongs to this process (its lease ran out); nothing was stored."


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to carry the work of one row, for one attempt."""

    key: int
    attempt: int
    lease: timedelta


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """The rows of one table as work: `key` tells them apart, `carried` which of them somebody may carry."""

    table: type[Leased]
    key: InstrumentedAttribute[int]
    carried: ColumnElement[bool]

    def silent(self) -> ColumnElement[bool]:
        """Return the condition of being carried by somebody who let the lease run out."""
        return and_(self.carried, self.table.lease_until < now())

    def hopeless(self, most: int = MOST_ATTEMPTS) -> ColumnElement[bool]:
        """Return the condition of silence after so many attempts: who takes it next would fall silent too."""
        return and_(self.silent(), self.table.attempt >= most)

    def claim(
        self,
        session: Session,
        *,
        due: ColumnElement[bool],
        by: InstrumentedAttribute[Any],
        lease: timedelta,
        **values: object,
    ) -> Claim | None:
        """Take what is due first by a column, and write `values`, which tell it is carried; None without."""
        seen = select(self.key, self.table.attempt).where(due).order_by(by, self.key).limit(LOOKED_AT)
        for key, attempt in session.execute(seen).all():
            claim = Claim(key, attempt + 1, lease)
            if self.take(session, claim=claim, due=due, **values):
                return claim
        return None

    def take(self, session: Session, *, claim: Claim, due: ColumnElement[bool], **values: object) -> bool:
        """Begin an attempt at a row that was seen to be due; tells whether nobody else was first."""
        until = now() + claim.lease
        taking = update(self.table).where(self._before(claim), due)
        return bool(changed(session, taking.values(attempt=claim.attempt, lease_until=until, **values)))

    def change(self, session: Session, *, claim: Claim, **values: object) -> bool:
        """Write to the row that is carried; tells whether it was still this claim's."""
        return bool(changed(session, update(self.table).where(self.mine(claim)).values(**values)))

    def renew(self, session: Session, *, claim: Claim, **values: object) -> None:
        """Write to the row and carry it for another lease. Raises LostClaim."""
        self._keep(session, claim, lease_until=now() + claim.lease, **values)

    def release(self, session: Session, *, claim: Claim, **values: object) -> None:
        """Carry the row no longer, and write how it ended or that it is due again. Raises LostClaim."""
        self._keep(session, claim, lease_until=None, **values)

    def give_up(self, session: Session, *, which: ColumnElement[bool], **values: object) -> int:
        """End rows that nobody carries to an end; returns how many."""
        return changed(session, update(self.table).where(which).values(lease_until=None, **values))

    def mine(self, claim: Claim) -> ColumnElement[bool]:
        """Return the condition of being carried in this very attempt."""
        return and_(self.key == claim.key, self.table.attempt == claim.attempt, self.carried)

    def _before(self, claim: Claim) -> ColumnElement[bool]:
        return and_(self.key == claim.key, self.table.attempt == claim.attempt - 1)

    def _keep(self, session: Session, claim: Claim, **values: object) -> None:
        if not self.change(session, claim=claim, **values):
            raise LostClaim(table=self.table.__tablename__, key=claim.key)


def begun() -> dict[str, object]:
    """Return what a search that begins now says of itself, whatever an attempt before it had reached."""
    return {"started_at": now(), "stage": "", "placed": 0, "cost": None, "bound": None}
