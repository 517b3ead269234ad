"""What the machine has looked at before a reviewer decides: code, place, double entries, papers, days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduler import credit_codes
from scheduler.models import Enterprise, FilePurpose, OfficerAssignment, Opening, StoredFile, name_key
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.reviews.places import registered_in
from scheduler.queries.verification_rules import verification_rules
from scheduler.times import today

SOON = timedelta(days=30)
MOST_ALIKE = 5


class Tone(StrEnum):
    """How much a check matters: fine, worth a look, or against approving."""

    FINE = "fine"
    LOOK = "look"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found, by its word; `values` fill its sentence, `alike` are enterprises to compare."""

    word: str
    tone: Tone
    values: dict[str, object] = field(default_factory=dict)
    alike: tuple[Enterprise, ...] = ()


def checks(session: Session, enterprise: Enterprise, said: Facts) -> tuple[Check, ...]:
    """Return what was found about an enterprise that says these things of itself."""
    return (
        *_code(enterprise),
        *_place(session, enterprise, said),
        *_alike(session, enterprise, said),
        *_papers(session, enterprise),
        *_days(said),
        *_agency(said),
        *_branch(session, enterprise, said),
        *_officer(session, enterprise),
    )


def _code(enterprise: Enterprise) -> Iterator[Check]:
    try:
        code = credit_codes.read(enterprise.credit_code)
    except credit_codes.UnfitCreditCode:
        yield Check("code_wrong", Tone.AGAINST)
        return
    yield Check("code_weak", Tone.LOOK) if code.is_weak else Check("code_right", Tone.FINE)


def _place(session: Session, enterprise: Enterprise, said: Facts) -> Iterator[Check]:
    found = registered_in(session, enterprise.credit_code[2:8])
    if found.division is None:
        yield Check("place_unknown", Tone.LOOK, {"code": enterprise.credit_code[2:8]})
        return
    values: dict[str, object] = {"place": found.division, "historic": found.historic}
    if found.division.code == said.division_code:
        yield Check("place_historic" if found.historic else "place_same", Tone.FINE, values)
    elif found.division.code[:4] == said.division_code[:4]:
        yield Check("place_same_city", Tone.FINE, values)
    else:
        yield Check("place_other", Tone.LOOK, values)


def _alike(session: Session, enterprise: Enterprise, said: Facts) -> Iterator[Check]:
    organisation = enterprise.credit_code[8:17]
    others = session.scalars(
        select(Enterprise)
        .where(
            Enterprise.id != enterprise.id,
            Enterprise.merged_into_id.is_(None),
            or_(
                Enterprise.name_key == name_key(said.name_zh),
                func.substr(Enterprise.credit_code, 9, 9) == organisation,
            ),
        )
        .order_by(Enterprise.id)
        .limit(MOST_ALIKE)
    ).all()
    if others:
        yield Check("alike", Tone.LOOK, {"count": len(others)}, tuple(others))
    else:
        yield Check("not_alike", Tone.FINE)


def _papers(session: Session, enterprise: Enterprise) -> Iterator[Check]:
    """Look whether another enterprise has handed in the very same licence."""
    mine = select(StoredFile.sha256).where(
        StoredFile.enterprise_id == enterprise.id, StoredFile.purpose == FilePurpose.LICENCE
    )
    others = session.scalars(
        select(Enterprise)
        .join(StoredFile, StoredFile.enterprise_id == Enterprise.id)
        .where(
            StoredFile.sha256.in_(mine),
            StoredFile.purpose == FilePurpose.LICENCE,
            Enterprise.id != enterprise.id,
        )
        .distinct()
        .order_by(Enterprise.id)
        .limit(MOST_ALIKE)
    ).all()
    if others:
        yield Check("same_paper", Tone.AGAINST, {"count": len(others)}, tuple(others))


def _days(said: Facts) -> Iterator[Check]:
    last = said.licence_to
    if last is not None:
        yield Check("licence_days", _until(last), {"day": last})


def _agency(said: Facts) -> Iterator[Check]:
    if not said.is_agency:
        return
    if not said.agency_licence or said.agency_licence_to is None:
        yield Check("agency_missing", Tone.LOOK)
    else:
        values: dict[str, object] = {"number": said.agency_licence, "day": said.agency_licence_to}
        yield Check("agency_days", _until(said.agency_licence_to), values)


def _branch(session: Session, enterprise: Enterprise, said: Facts) -> Iterator[Check]:
    """Look at a branch: who its parent is, and until when it authorises."""
    if not said.is_branch:
        return
    if not said.parent_code:
        yield Check("parent_unnamed", Tone.LOOK)
        return
    found = session.scalars(select(Enterprise).where(Enterprise.credit_code == said.parent_code)).all()
    values: dict[str, object] = {"code": said.parent_code}
    yield Check("parent_known" if found else "parent_unknown", Tone.FINE, values, tuple(found))
    if said.authorised_to is None:
        yield Check("letter_missing", Tone.LOOK)
    else:
        yield Check("letter_days", _until(said.authorised_to), {"day": said.authorised_to})


def _officer(session: Session, enterprise: Enterprise) -> Iterator[Check]:
    least = verification_rules(session).officer_headcount
    asked = select(func.coalesce(func.sum(Opening.headcount), 0)).where(
        Opening.enterprise_id == enterprise.id
    )
    wanted = int(session.scalar(asked) or 0)
    served = select(OfficerAssignment).where(OfficerAssignment.enterprise_id == enterprise.id)
    if wanted >= least and session.scalar(served) is None:
        yield Check("officer_needed", Tone.LOOK, {"wanted": wanted, "least": least})


def _until(last: date) -> Tone:
    if last < today():
        return Tone.AGAINST
    return Tone.LOOK if last <= today() + SOON else Tone.FINE
