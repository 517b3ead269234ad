"""How many people run an event: so many booths, one person (a site's parameter)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Parameter

BOOTHS_PER_STAFF = 10
"""What holds where the parameter staff_per_booths is missing (a safety notice asks for 1 : 10)."""
LEAST_STAFF = 2


@dataclass(frozen=True, slots=True)
class StaffRule:
    """One person for each so many booths, and at least two at any event."""

    booths_per_staff: int = BOOTHS_PER_STAFF

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "StaffRule":
        """Return the rule as the site's parameters have it; what is not written 1:n counts as missing."""
        one, _, many = parameters.get("staff_per_booths", "").partition(":")
        known = one == "1" and many.isascii() and many.isdecimal() and int(many) > 0
        return cls(int(many) if known else BOOTHS_PER_STAFF)

    def staff(self, booths: int) -> int:
        """Return how many people an event of so many booths takes."""
        return max(LEAST_STAFF, ceil(booths / self.booths_per_staff))


def staff_rule(session: Session) -> StaffRule:
    """Return the rule in force."""
    rows = session.execute(
        select(Parameter.key, Parameter.default).where(Parameter.key == "staff_per_booths")
    )
    return StaffRule.of({row.key: row.default for row in rows})
