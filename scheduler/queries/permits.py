"""Which events need a police permit or a filing, and how many days ahead it is to be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import EventKind, Parameter
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep
from scheduler.times import local

PEOPLE, CITY_PEOPLE, DAYS = 1_000, 5_000, 20
"""What holds where a parameter is missing (大型群众性活动安全管理条例, art. 2, 12 and 13)."""
FILING_DAYS = 15
"""What holds where the parameter filing_lead is missing (Beijing's notice; Shandong has none)."""
FILED = frozenset(
    {EventKind.COMPREHENSIVE, EventKind.PROFESSIONAL, EventKind.CAMPUS, EventKind.TOUR, EventKind.OTHER}
)


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


@dataclass(frozen=True, slots=True)
class FilingRule:
    """A fair that people go to is filed with the authority so many `days` ahead (0: it need not be).

    An urgent event does not wait for that, and one that is public was filed before.
    """

    days: int = FILING_DAYS

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "FilingRule":
        """Return the rule as the site's parameters have it."""
        return cls(int(parameters.get("filing_lead", FILING_DAYS)))

    def concerns(self, kind: EventKind) -> bool:
        """Tell whether an event of a kind is to be filed."""
        return bool(self.days) and kind in FILED

    def due_on(self, starts_at: datetime) -> date:
        """Return the last day to file an event that starts then."""
        return local(starts_at).date() - timedelta(days=self.days)


def permit_rule(session: Session) -> PermitRule:
    """Return the rule in force."""
    rows = session.execute(
        select(Parameter.key, Parameter.default).where(Parameter.key.startswith("permit_", autoescape=True))
    )
    return PermitRule.of({row.key: row.default for row in rows})


def filing_rule(session: Session) -> FilingRule:
    """Return the rule in force."""
    rows = session.execute(select(Parameter.key, Parameter.default).where(Parameter.key == "filing_lead"))
    return FilingRule.of({row.key: row.default for row in rows})


def permit_of(session: Session, *, event_id: int) -> SafetyStep | None:
    """Return the permit that was granted for an event, with its head count."""
    return session.scalar(
        select(SafetyStep).where(
            SafetyStep.event_id == event_id,
            SafetyStep.kind == SafetyKind.PERMIT,
            SafetyStep.state == SafetyState.DONE,
        )
    )


def permitted_people(session: Session, *, event_id: int) -> int | None:
    """Return how many people the permit of an event allows; None without a permit, or without a number."""
    permit = permit_of(session, event_id=event_id)
    return permit.people if permit else None
