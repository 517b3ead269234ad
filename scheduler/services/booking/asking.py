"""Whether an enterprise may book at an event now: each rule asks, and refuses by name."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Bar, BookingTerms, Enterprise, Event, EventState, RegistrationState, Way
from scheduler.quarters import Quarter
from scheduler.queries.booking.booths import are_side_by_side, booths_of
from scheduler.queries.booking.choosing import given_until
from scheduler.queries.booking.records import REMEMBERED, Record, fair_between
from scheduler.services.booking.gate import Facts
from scheduler.services.booking.refusals import (
    Barred,
    BarredForMisconduct,
    ByAllocation,
    Closed,
    MonthIsFull,
    NotAdmitted,
    NotOpen,
    NotSideBySide,
    OthersWait,
    TooManyBooths,
    WeekAfterWeek,
)
from scheduler.services.verifying import require_authorised, require_standing
from scheduler.times import local, now, to_the_minute

STANDS_AS = {
    None: ("未报名", "not registered"),
    RegistrationState.REQUESTED: ("待审核", "to be reviewed"),
    RegistrationState.REFUSED: ("未通过", "refused"),
    RegistrationState.WITHDRAWN: ("已撤回", "withdrawn"),
}


def require_open(facts: Facts) -> None:
    """Raise NotOpen, Closed or ByAllocation unless booths of the event are given to who comes now."""
    moment = now()
    if moment < facts.opens_at:
        opens = to_the_minute(facts.opens_at)
        raise NotOpen(**facts.titles, opens_zh=f"{opens} 开放", opens_en=f"it opens {opens}")
    if facts.event_state is not EventState.PUBLISHED or facts.starts_at is None or facts.ends_at is None:
        raise Closed(**facts.titles)
    until = given_until(
        closes_at=facts.closes_at,
        walk_in=facts.walk_in,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        moment=moment,
    )
    if moment >= until:
        raise Closed(**facts.titles)
    if facts.way is not Way.FIRST_COME:
        raise ByAllocation(**facts.titles)


def is_open(facts: Facts) -> bool:
    """Tell whether booths of the event are given to who comes now."""
    try:
        require_open(facts)
    except Refusal:
        return False
    return True


def require_to_come(facts: Facts) -> None:
    """Raise Closed unless the event is published and not over."""
    if facts.event_state is not EventState.PUBLISHED or facts.ends_at is None or now() >= facts.ends_at:
        raise Closed(**facts.titles)


def require_admitted(session: Session, facts: Facts) -> None:
    """Raise NotVerified, NotAdmitted or BranchUnauthorised unless the enterprise is verified, its
    registration approved, and a branch has its parent's letter where the terms ask for one.
    """
    require_standing(session, facts.verification)
    if facts.registration is not RegistrationState.APPROVED:
        zh, en = STANDS_AS[facts.registration]
        raise NotAdmitted(**facts.titles, state_zh=zh, state_en=en)
    if facts.branch_authorised:
        enterprise = session.get_one(Enterprise, facts.enterprise_id, populate_existing=True)
        require_letter(enterprise, facts)


def require_letter(enterprise: Enterprise, facts: Facts) -> None:
    """Raise BranchUnauthorised for a branch whose letter does not last until an event that asks for it."""
    if facts.branch_authorised:
        require_authorised(enterprise, starts_at=facts.starts_at, titles=facts.titles)


def require_letter_at(session: Session, *, event_id: int, enterprise_id: int) -> None:
    """Raise BranchUnauthorised as `require_letter` does, where nothing else is asked about the booking."""
    question = (
        select(Event, Enterprise)
        .join(BookingTerms, BookingTerms.event_id == Event.id)
        .join(Enterprise, Enterprise.id == enterprise_id)
        .where(Event.id == event_id, BookingTerms.branch_authorised)
    )
    found = session.execute(question.execution_options(populate_existing=True)).one_or_none()
    if found is not None:
        event, enterprise = found
        require_authorised(enterprise, starts_at=event.starts_at, titles=event.titles)


def require_good_record(session: Session, facts: Facts, record: Record) -> None:
    """Raise Barred, MonthIsFull or WeekAfterWeek unless a record lets its enterprise attend."""
    if facts.starts_at is None:
        raise Closed(**facts.titles)
    if _is_barred(session, facts, record.missed, facts.starts_at):
        zh, en = BARRED[facts.no_show_bar]
        raise Barred(**facts.titles, times=len(record.missed), until_zh=zh, until_en=en)
    day = local(facts.starts_at).date()
    if any(Quarter.of(local(at).date()) == Quarter.of(day) for at in record.misconduct):
        raise BarredForMisconduct(**facts.titles)
    if facts.fairs_a_month and record.in_month(day) >= facts.fairs_a_month:
        raise MonthIsFull(most=facts.fairs_a_month)
    if not facts.consecutive and record.in_next_weeks(day):
        raise WeekAfterWeek


def _is_barred(session: Session, facts: Facts, times: Sequence[datetime], starts_at: datetime) -> bool:
    """Tell whether fairs at which the enterprise did not come bar it from one that begins at a moment."""
    remembered_from = datetime.min.replace(tzinfo=UTC)
    if facts.no_show_bar is not Bar.LIFTED:
        remembered_from = starts_at - REMEMBERED
    missed = [at for at in times if remembered_from < at < starts_at]
    if facts.no_show_bar is Bar.QUARTER:
        quarter = Quarter.of(local(starts_at).date())
        missed = [at for at in missed if Quarter.of(local(at).date()) == quarter]
    if facts.no_show_bar is Bar.NONE or len(missed) < facts.no_show_limit:
        return False
    return facts.no_show_bar is not Bar.NEXT_FAIR or not fair_between(
        session, organizer_id=facts.organizer_id, after=missed[-1], before=starts_at
    )


def require_fitting(session: Session, facts: Facts, booth_ids: Collection[int]) -> None:
    """Raise TooManyBooths or NotSideBySide unless an enterprise may have these booths together."""
    if not 1 <= len(set(booth_ids)) <= facts.booths_each:
        raise TooManyBooths(most=facts.booths_each)
    if len(booth_ids) > 1:
        require_side_by_side(session, facts, booth_ids)


def require_side_by_side(session: Session, facts: Facts, booth_ids: Collection[int]) -> None:
    """Raise NotSideBySide unless booths stand in one row of neighbours."""
    booths = booths_of(session, event_id=facts.event_id, booth_ids=booth_ids)
    if not are_side_by_side(booths):
        raise NotSideBySide(codes="、".join(booth.code for booth in booths))


def require_no_one_waits(facts: Facts, quantity: int) -> None:
    """Raise OthersWait when somebody waits who would be content with what is wanted now."""
    if 0 < facts.others_wait <= quantity:
        raise OthersWait(**facts.titles)


BARRED = {
    Bar.NONE: ("", ""),
    Bar.NEXT_FAIR: ("本场", "this time"),
    Bar.QUARTER: ("本季度内", "this quarter"),
    Bar.YEAR: ("12 个月内", "for twelve months"),
    Bar.LIFTED: (
        "在办会机构处理完结（如补缴展位费、提交盖章说明）前",
        "until the bureau has settled the matter",
    ),
}
