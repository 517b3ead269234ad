"""The divisions of a scope, and who waived which duty there."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import PROVINCE, Division, DutyWaiver, Level
from scheduler.queries.scope import scoped


@dataclass(frozen=True, slots=True)
class Scope:
    """A division with everything below it, in the order of the codes; zones owe nothing."""

    code: str
    tree: dict[str, Division]
    members: tuple[Division, ...]

    def at(self, level: Level) -> list[Division]:
        """Return the divisions of one level."""
        return [division for division in self.members if division.level is level]

    @property
    def cities(self) -> list[str] | None:
        """Return the codes of the cities concerned; None stands for all."""
        if self.tree[self.code].level is Level.PROVINCE:
            return None
        return sorted({self.city_of(division) for division in self.members})

    def city_of(self, division: Division) -> str:
        """Return the code of the city in which a city, county or zone lies."""
        return division.code if division.level is Level.CITY else division.parent_code or division.code

    def sisters(self, division: Division) -> list[Division]:
        """Return the divisions of the same level below the same parent, itself among them."""
        kin = (division.parent_code, division.level)
        return [other for other in self.tree.values() if (other.parent_code, other.level) == kin]

    def line(self, division: Division) -> list[str]:
        """Return the codes of a division and of all above it."""
        codes = [division.code]
        while (parent := self.tree[codes[-1]].parent_code) is not None:
            codes.append(parent)
        return codes


@dataclass(frozen=True, slots=True)
class Waivers:
    """The reasons by duty, division and period; one for a city or the province covers all below."""

    reasons: dict[tuple[str, str, str], str]

    def reason(self, duty_code: str, line: list[str], period: str) -> str | None:
        """Return why a duty is waived for a division (given with all above it) in a period."""
        found = (self.reasons.get((duty_code, code, period)) for code in line)
        return next((reason for reason in found if reason is not None), None)


def scope(session: Session, code: str = PROVINCE) -> Scope:
    """Return a division with all below it; raises NotFound for an unknown code."""
    tree = {row.code: row for row in session.scalars(select(Division).order_by(Division.code))}
    if code not in tree:
        raise NotFound
    whole = Scope(code, tree, ())
    members = tuple(division for division in tree.values() if code in whole.line(division))
    return Scope(code, tree, members)


def waivers(session: Session) -> Waivers:
    """Return every waiver."""
    rows = session.scalars(select(DutyWaiver))
    return Waivers({(row.duty_code, row.division_code, row.period): row.reason for row in rows})


def waiver_of(session: Session, *, duty_code: str, division_code: str, period: str) -> DutyWaiver | None:
    """Return the waiver of exactly this division, not one of a division above it."""
    return session.scalar(
        select(DutyWaiver).where(
            DutyWaiver.duty_code == duty_code,
            DutyWaiver.division_code == division_code,
            DutyWaiver.period == period,
        )
    )


def waivers_within(session: Session, *, scope_code: str) -> list[DutyWaiver]:
    """Return the waivers of a division and everything below it, oldest first."""
    query = select(DutyWaiver).where(scoped(DutyWaiver, scope_code)).order_by(DutyWaiver.id)
    return list(session.scalars(query))
