"""Rules of sample bureaus: a city files its regular fairs yearly, a county asks branches for a letter."""

from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Organizer, Strictness
from scheduler.queries.booking.rules import FIELDS, Rules
from scheduler.sample.province import Region
from scheduler.services.booking.ruling import set_rules
from scheduler.services.safety import DayOfYear, set_safety_rules

FILED_BY = DayOfYear(12, 15)
"""As Beijing's notice has it; of Shandong no day is known."""
ASKING = 1
"""Which county of the region: the one whose fair takes registrations (trial.py)."""


def add_rules(session: Session, region: Region) -> None:
    """Let a region's city file its regular fairs by a day, and one of its counties ask for letters."""
    set_safety_rules(
        session,
        organizer_id=_bureau(session, region.city.code),
        publishing=Strictness.WARN,
        annual=FILED_BY,
    )
    rules = asdict(replace(Rules(), branch_authorised=True))
    set_rules(
        session,
        organizer_id=_bureau(session, region.counties[ASKING].code),
        values={name: rules[name] for name in FIELDS},
    )


def _bureau(session: Session, division_code: str) -> int:
    return session.scalars(select(Organizer.id).where(Organizer.division_code == division_code)).one()
