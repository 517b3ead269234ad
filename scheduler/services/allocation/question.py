"""Reads who asks for booths at an event, and on what each one's place in the published order depends."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, undefer

from scheduler.errors import NotFound, Refusal
from scheduler.models import (
    STANDING,
    AllocationState,
    AvoidedNeighbour,
    Booking,
    BookingTerms,
    BoothAllocation,
    BoothWish,
    Enterprise,
    Event,
    Opening,
    Registration,
    RegistrationOpening,
    RegistrationState,
    Tier,
)
from scheduler.queries.booking.booths import lasts
from scheduler.queries.booking.kept import kept_now, shared_tier
from scheduler.queries.booking.luck import luck_of
from scheduler.queries.booking.records import REMEMBERED, Record, records_with
from scheduler.queries.floors import plans_of_event
from scheduler.queries.tiers import tiers_of
from scheduler.services.allocation.refusals import NothingToAllocate
from scheduler.services.booking import asking, gate
from scheduler.services.verifying import require_standing
from scheduler.translate.booths import Applicant, Standing, to_problem
from solver.booths import LastTime, Lottery, Problem, Share
from solver.booths.exchange import read_problem


@dataclass(frozen=True, slots=True)
class Question:
    """An event's problem, which rows it is about, and whom a rule keeps from having a booth."""

    problem: Problem
    booth_ids: Mapping[str, int]
    enterprise_ids: Mapping[str, int]
    excluded: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Asking:
    registration: Registration
    enterprise: Enterprise
    booked: tuple[int, ...]


def read_question(session: Session, *, event_id: int) -> Question:
    """Read an event's registrations that were approved, and its bookings that stand.

    What the place of an enterprise depended on in an allocation that is published already stays what it was.
    Raises NotFound and NothingToAllocate.
    """
    event, terms = session.get(Event, event_id), session.get(BookingTerms, event_id)
    if event is None or terms is None:
        raise NotFound
    kept = kept_now(terms)
    records = records_with(session, organizer_id=event.organizer_id, event_id=event.id)
    asking_now, excluded = _sorted_out(session, event_id, _asking(session, event_id), records)
    standings = _standings(session, event, asking_now, records, terms.shares)
    applicants = _applicants(session, event_id, asking_now, standings)
    translation = to_problem(
        event.uid,
        _lottery(terms),
        plans_of_event(session, event_id=event_id),
        applicants,
        [Share(tier.value, terms.shares[tier], tier in kept) for tier in Tier if tier in terms.shares],
    )
    ids = {one.enterprise.credit_code: one.enterprise.id for one in asking_now}
    return Question(translation.problem, translation.booth_ids, ids, tuple(excluded))


def _asking(session: Session, event_id: int) -> list[_Asking]:
    """Return who was admitted to the event, and who has booths there, by credit code."""
    standing = select(Booking.enterprise_id, Booking.booth_ids).where(
        Booking.event_id == event_id, Booking.state.in_(STANDING), lasts()
    )
    booked = {enterprise_id: tuple(booths) for enterprise_id, booths in session.execute(standing)}
    rows = session.execute(
        select(Registration, Enterprise)
        .join(Enterprise, Enterprise.id == Registration.enterprise_id)
        .where(
            Registration.event_id == event_id,
            or_(Registration.state == RegistrationState.APPROVED, Enterprise.id.in_(booked)),
        )
        .order_by(Enterprise.credit_code)
        .execution_options(populate_existing=True)
    )
    found = [_Asking(row, enterprise, booked.get(enterprise.id, ())) for row, enterprise in rows]
    if not found:
        raise NothingToAllocate
    return found


def _lottery(terms: BookingTerms) -> Lottery:
    day = terms.drawn_on if terms.public_word else None
    return Lottery(terms.seed, terms.seed_hash, terms.public_word or "", day)


def _sorted_out(
    session: Session, event_id: int, found: Sequence[_Asking], records: Mapping[int, Record]
) -> tuple[list[_Asking], list[dict[str, Any]]]:
    """Return who may have booths, and of the others by which rule not; who has booths keeps them."""
    facts = gate.ask(session, event_id=event_id, enterprise_id=found[0].enterprise.id)  # all but two alike
    may, excluded = [], []
    for one in found:
        try:
            if not one.booked:
                require_standing(session, one.enterprise.verification)
                asking.require_letter(one.enterprise, facts)
                asking.require_good_record(session, facts, records.get(one.enterprise.id, Record()))
            may.append(one)
        except Refusal as refusal:
            who = {"enterprise": one.enterprise.credit_code, "enterprise_id": one.enterprise.id}
            said = {"rule": refusal.code, "zh": refusal.text("zh"), "en": refusal.text("en")}
            excluded.append({**who, **said})
    return may, excluded


def _standings(
    session: Session,
    event: Event,
    found: Sequence[_Asking],
    records: Mapping[int, Record],
    shares: Collection[str],
) -> dict[str, Standing]:
    tiers = tiers_of(session, [one.enterprise.id for one in found])
    luck = luck_of(session, organizer_id=event.organizer_id, but=event.id)
    standings = {}
    for one in found:
        key = one.enterprise.id
        missed = [
            at
            for at in records.get(key, Record()).missed
            if event.starts_at and at > event.starts_at - REMEMBERED
        ]
        last = LastTime.NOT_THERE
        if key in luck:
            last = LastTime.ADMITTED if luck[key] else LastTime.LEFT_OUT
        standings[one.enterprise.credit_code] = Standing(
            shared_tier(tiers.get(key, ()), shares), len(missed), last
        )
    return {**standings, **_published(session, event.id)}


def _published(session: Session, event_id: int) -> dict[str, Standing]:
    """Return on what each one's place depended when the event's booths were first allocated."""
    first = session.scalars(
        select(BoothAllocation)
        .where(BoothAllocation.event_id == event_id, BoothAllocation.state == AllocationState.PUBLISHED)
        .order_by(BoothAllocation.id)
        .options(undefer(BoothAllocation.problem))
        .limit(1)
    ).first()
    if first is None:
        return {}
    asked = read_problem(first.problem or "").requests
    return {one.enterprise: Standing(one.tier, one.no_shows, one.last_time) for one in asked}


def _applicants(
    session: Session, event_id: int, found: Sequence[_Asking], standings: Mapping[str, Standing]
) -> list[Applicant]:
    wishes: defaultdict[int, list[int | str]] = defaultdict(list)
    for row in session.scalars(
        select(BoothWish)
        .where(BoothWish.event_id == event_id)
        .order_by(BoothWish.enterprise_id, BoothWish.rank)
    ):
        wishes[row.enterprise_id].append(row.booth_id or row.zone_code or "")
    avoided: defaultdict[int, set[str]] = defaultdict(set)
    avoiding = (
        select(AvoidedNeighbour.enterprise_id, Enterprise.credit_code)
        .join(Enterprise, Enterprise.id == AvoidedNeighbour.other_id)
        .where(AvoidedNeighbour.event_id == event_id)
    )
    for key, other in session.execute(avoiding):
        avoided[key].add(other)
    wanted = dict(
        session.execute(
            select(RegistrationOpening.enterprise_id, func.sum(Opening.headcount))
            .join(Opening, Opening.id == RegistrationOpening.opening_id)
            .where(RegistrationOpening.event_id == event_id)
            .group_by(RegistrationOpening.enterprise_id)
        ).all()
    )
    return [
        Applicant(
            credit_code=one.enterprise.credit_code,
            industry=one.enterprise.industry_code,
            booths=one.registration.booths_wanted,
            power=one.registration.needs_power,
            network=one.registration.needs_network,
            wishes=tuple(wishes[one.enterprise.id]),
            avoids=frozenset(avoided[one.enterprise.id]),
            headcount=int(wanted.get(one.enterprise.id, 0)),
            standing=standings[one.enterprise.credit_code],
            booked=one.booked,
        )
        for one in found
    ]
