"""From how many people on an event needs a police permit, and how many days ahead it is to be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Parameter
from scheduler.times import local

PEOPLE, CITY_PEOPLE, DAYS = 1_000, 5_000, 20
"""What holds where a parameter is missing (大型群众性活动安全管理条例, art. 2, 12 and 13)."""


@dataclass(frozen=True, slots=True)
class PermitRule:
    """`people` need a permit of the county's police, more than `city_people` the city's, `days` ahead."""

    people: int = PEOPLE
    city_people: int = CITY_PEOPLE
    days: int = DAYS

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "PermitRule":
        """Return the rule as the site's parameters have it."""
        return cls(
            int(parameters.get("permit_people", PEOPLE)),
            int(parameters.get("permit_city_people", CITY_PEOPLE)),
            int(parameters.get("permit_lead", DAYS)),
        )

    def concerns(self, people: int) -> bool:
        """Tell whether so many expected people need a permit."""
        return people >= self.people

    def due_on(self, starts_at: datetime) -> date:
        """Return the last day to apply for an event that starts then."""
        return local(starts_at).date() - timedelta(days=self.days)


def permit_rule(session: Session) -> PermitRule:
    """Return the rule in force."""
    rows = session.execute(
        select(Parameter.key, Parameter.default).where(Parameter.key.startswith("permit_", autoescape=True))
    )
    return PermitRule.of({row.key: row.default for row in rows})
