"""The site's numbers for verifying enterprises: how long a review may take, and who needs an officer."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Parameter

REVIEW_FIRST, REVIEW_DAYS = "review_before_first_booking", "review_days"
OFFICER_HEADCOUNT, UNDO_DAYS = "officer_headcount", "merge_undo_days"
DAYS_FOR_REVIEW, WANTED_PEOPLE, DAYS_FOR_UNDO = 3, 50, 30


@dataclass(frozen=True, slots=True)
class VerificationRules:
    """Within `review_days` working days a case is decided; from `officer_headcount` wanted people on an
    enterprise has to have a service officer; a merge can be undone for `undo_days`.
    """

    reviews_first: bool = True
    review_days: int = DAYS_FOR_REVIEW
    officer_headcount: int = WANTED_PEOPLE
    undo_days: int = DAYS_FOR_UNDO

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "VerificationRules":
        """Return the rules as the site's parameters have them."""
        return cls(
            parameters.get(REVIEW_FIRST, "1") != "0",
            int(parameters.get(REVIEW_DAYS, DAYS_FOR_REVIEW)),
            int(parameters.get(OFFICER_HEADCOUNT, WANTED_PEOPLE)),
            int(parameters.get(UNDO_DAYS, DAYS_FOR_UNDO)),
        )


def verification_rules(session: Session) -> VerificationRules:
    """Return the rules in force."""
    keys = (REVIEW_FIRST, REVIEW_DAYS, OFFICER_HEADCOUNT, UNDO_DAYS)
    rows = session.execute(select(Parameter.key, Parameter.default).where(Parameter.key.in_(keys)))
    return VerificationRules.of({row.key: row.default for row in rows})
