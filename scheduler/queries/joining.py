"""What somebody who holds an invitation or a sign-up's link is told about it."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Invitation, Organizer, ReviewCase, ReviewStep, SignUp
from scheduler.queries.public_rows import Named

EVERYBODY = Named("", "公共就业服务机构", "The public employment service")


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """A claim as the claimant sees it: where it stands, and the reviewer's last words."""

    case: ReviewCase
    last: ReviewStep


def invited_by_whom(session: Session, invitation: Invitation) -> Named:
    """Return the name of the bureau or enterprise that the account will belong to."""
    if invitation.organizer_id is not None:
        organizer = session.get_one(Organizer, invitation.organizer_id)
        return Named(organizer.division_code, organizer.name_zh, organizer.name_en)
    if invitation.enterprise_id is not None:
        name = session.get_one(Enterprise, invitation.enterprise_id).name_zh
        return Named("", name, name)
    return EVERYBODY


def enterprise_is_known(session: Session, *, credit_code: str) -> bool:
    """Tell whether a code is on record; asked only behind a link that somebody's letter box has proved."""
    return bool(session.scalar(select(exists().where(Enterprise.credit_code == credit_code))))


def claim_standing(session: Session, *, sign_up: SignUp) -> ClaimStanding | None:
    """Return where the claim of a sign-up stands; None before anything was handed in."""
    row = session.execute(
        select(ReviewCase, ReviewStep)
        .join(ReviewStep, ReviewStep.case_id == ReviewCase.id)
        .where(ReviewCase.sign_up_id == sign_up.id)
        .order_by(ReviewStep.id.desc())
        .limit(1)
    ).one_or_none()
    return ClaimStanding(*row) if row else None
