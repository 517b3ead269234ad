"""One solver problem from the rows of a quarter."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from scheduler.models import Importance
from scheduler.quarters import Quarter
from scheduler.translate.costs import make_profiles
from scheduler.translate.demand import Demand
from scheduler.translate.inputs import Inputs, read_inputs
from scheduler.translate.journeys import make_travel
from scheduler.translate.names import id_of
from scheduler.translate.resources import make_pools, make_venues
from scheduler.translate.tallies import make_tallies
from scheduler.translate.timetable import Timetable, make_timetable
from scheduler.translate.weights import CUSTOMARY, weights_of, with_left_out_dearest
from solver.timetable import Attendee, Placement, Problem


@dataclass(frozen=True, slots=True)
class Translation:
    """A problem with what is needed to understand its solution.

    `previous` is where the published events stand, `guests` are the events of other plans that are
    in the problem only because their enterprises are, `provisional` says that holidays are not final.
    """

    problem: Problem
    previous: tuple[Placement, ...]
    guests: frozenset[str]
    timetable: Timetable
    provisional: bool


def to_problem(session: Session, *, quarter: Quarter, scope_code: str, as_of: date) -> Problem:
    """Return the planning problem of a quarter for the province or one city, as on the day `as_of`."""
    return translate(session, quarter=quarter, scope_code=scope_code, as_of=as_of).problem


def translate(
    session: Session,
    *,
    quarter: Quarter,
    scope_code: str,
    as_of: date,
    importance: Mapping[str, Importance] = CUSTOMARY,
) -> Translation:
    """Return the planning problem with its context, its goals as important as asked. Raises BadSlotHours."""
    inputs = read_inputs(session, quarter=quarter, scope_code=scope_code, as_of=as_of)
    return translate_inputs(inputs, importance)


def translate_inputs(inputs: Inputs, importance: Mapping[str, Importance] = CUSTOMARY) -> Translation:
    """Return the problem of rows that were read; the same rows always give the same problem."""
    weights = weights_of(importance)
    timetable = make_timetable([inputs.first_on, inputs.last_on], inputs.parameters)
    demand = Demand.of(inputs, timetable)
    guests = {guest.id: guest for guest in demand.guests()}
    attendees = tuple(_attendees(inputs, guests.keys()))
    invited = {event for attendee in attendees for event in attendee.events}
    present = [guest for guest_id, guest in guests.items() if guest_id in invited]
    events, venues = (*demand.events(), *present), make_venues(inputs, timetable)
    regions = {venue.region for venue in venues} | {event.region for event in events if not event.needs}
    problem = Problem(
        calendar=timetable.calendar,
        events=events,
        venues=venues,
        crew_pools=make_pools(inputs, timetable),
        attendees=attendees,
        lead_times=demand.lead_times,
        profiles=make_profiles(inputs, timetable),
        tallies=make_tallies(inputs, timetable, weights),
        weights=weights,
        today=timetable.day(inputs.as_of),
        travel=tuple(make_travel(inputs, timetable, regions)),
    )
    return Translation(
        with_left_out_dearest(problem),
        tuple(demand.previous()),
        frozenset(guest.id for guest in present),
        timetable,
        inputs.provisional,
    )


def _attendees(inputs: Inputs, guests: Set[str]) -> Iterator[Attendee]:
    """Yield the enterprises that could be called to two places: one of them at least to be planned."""
    elsewhere = [(who, where) for who, where in inputs.attending_fixed if id_of("event", where) in guests]
    ours = {who for who, _ in inputs.attending}
    for enterprise, rows in groupby(sorted([*inputs.attending, *elsewhere]), key=lambda row: row[0]):
        events = tuple(id_of("event", event) for _, event in rows)
        if len(events) > 1 and enterprise in ours:
            yield Attendee(id_of("enterprise", enterprise), events)
