"""Lends rights to bureaus below, reserves publishing, and shares with the circle."""

from datetime import date, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import DELEGABLE, CircleShare, Delegation, Division, Level, Organizer, Role, Shareable
from scheduler.queries.actors import Member
from scheduler.queries.tree import covers
from scheduler.times import now, today

LONGEST_DAYS = 366


class UnfitDelegation(Refusal):
    """Something that cannot be lent: upwards, beyond the own division, or for too long."""

    status = 422
    code = "unfit_delegation"
    zh = "无法授权：只能把本单位区域内的编排、发布、审核或签到权授给下级单位，期限最长一年且不早于今天。"
    en = (
        "This cannot be delegated: only planning, publishing, reviewing or check-in, within the own "
        "division, to a bureau below, from today and for a year at most."
    )


class AlreadyDelegated(Refusal):
    """The same right is lent to the same bureau already."""

    status = 409
    code = "already_delegated"
    zh = "这项权限已经授给该单位。如需改变期限，请先收回再重新授权。"
    en = "This right is delegated to the bureau already. To change its end, withdraw it first."


def delegate(  # noqa: PLR0913 — a delegation is all of this
    session: Session,
    *,
    by: Member,
    to: Organizer,
    division_code: str,
    role: Role,
    last_on: date,
    reason: str,
) -> Delegation:
    """Lend a right of the member's own bureau; what is lent to it cannot be lent on.

    Raises UnfitDelegation and AlreadyDelegated, and NotFound for a division outside the own one.
    """
    if not covers(by.home_code, division_code) or session.get(Division, division_code) is None:
        raise NotFound
    below = covers(by.home_code, to.division_code) and to.division_code != by.home_code
    soon = today() <= last_on <= today() + timedelta(days=LONGEST_DAYS)
    if not below or not soon or role not in DELEGABLE:
        raise UnfitDelegation
    _close_what_has_ended(session, to.id)
    delegation = Delegation(
        from_organizer_id=by.organizer_id,
        to_organizer_id=to.id,
        division_code=division_code,
        role=role,
        last_on=last_on,
        reason=reason,
        delegated_by=by.account_id,
        delegated_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(delegation)
    except IntegrityError as error:
        raise AlreadyDelegated from error
    return delegation


def withdraw_delegation(session: Session, *, delegation_id: int) -> None:
    """Take a right back; acts on the next request."""
    session.execute(
        update(Delegation)
        .where(Delegation.id == delegation_id, Delegation.withdrawn_at.is_(None))
        .values(withdrawn_at=now())
    )


def reserve_publishing(session: Session, *, organizer: Organizer, reserved: bool) -> None:
    """Let a bureau's publishers plan only, unless publishing is lent to them; or let them publish again."""
    session.execute(
        update(Organizer).where(Organizer.id == organizer.id).values(publishes_itself=not reserved)
    )


def set_shared(session: Session, *, by: Member, what: Shareable, shared: bool) -> None:
    """Let the other cities of the own city's circle read one kind of rows, or let them no more.

    Raises NotFound for a bureau that is not a city's: venues, crews and hosts are shared by the city.
    """
    if session.get_one(Division, by.home_code).level is not Level.CITY:
        raise NotFound
    session.execute(
        delete(CircleShare).where(CircleShare.city_code == by.home_code, CircleShare.what == what)
    )
    if shared:
        session.add(CircleShare(city_code=by.home_code, what=what, shared_by=by.account_id, shared_at=now()))


def _close_what_has_ended(session: Session, organizer_id: int) -> None:
    """Make room for a new loan where an old one has run out."""
    session.execute(
        update(Delegation)
        .where(
            Delegation.to_organizer_id == organizer_id,
            Delegation.last_on < today(),
            Delegation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
    )
