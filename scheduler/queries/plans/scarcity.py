"""What is scarce in a plan: venues, crews and whole weeks, the scarcest first, within a member's scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import Division, Scarcity, VenueType
from scheduler.queries.names import POOLS
from scheduler.queries.tree import covers

MOST = 40


@dataclass(frozen=True, slots=True)
class Scarce:
    """One resource in the week that begins on `week_on`, in slots; `share` above 1 is more than there is."""

    kind: str
    name: str
    week_on: date
    demand: float
    used: int
    supply: int

    @property
    def share(self) -> float:
        """What is asked, or used where that is more, as a share of what there is."""
        return max(self.demand, self.used) / self.supply if self.supply else float(self.demand > 0)


def scarce_in(
    session: Session, *, plan_id: int, scope_code: str, language: Language
) -> tuple[Sequence[Scarce], Sequence[Scarce]]:
    """Return the weeks of a plan in their order, and its scarcest venues and crews."""
    divisions = {one.code: one for one in session.scalars(select(Division))}
    types = {one.code: one for one in session.scalars(select(VenueType))}

    def shown(thing: Division | VenueType | None, code: str) -> str:
        return code if thing is None else thing.name_zh if language == "zh" else thing.name_en

    def name(subject: str) -> str:
        first, _, second = subject.partition(":")
        if first in POOLS:
            return POOLS[first][language != "zh"].format(shown(divisions.get(second), second))
        return f"{shown(divisions.get(first), first)} {shown(types.get(second), second)}"

    weeks, others = [], []
    for row in session.scalars(select(Scarcity).where(Scarcity.plan_id == plan_id)):
        code = row.subject.partition(":")[2 if row.kind == "crews" else 0]
        if row.kind == "week":
            weeks.append(Scarce("week", "", row.week_on, row.demand, row.used, row.supply))
        elif covers(scope_code, code):
            others.append(Scarce(row.kind, name(row.subject), row.week_on, row.demand, row.used, row.supply))
    others.sort(key=lambda one: (-one.share, -one.demand, one.week_on, one.name))
    return sorted(weeks, key=lambda one: one.week_on), others[:MOST]
