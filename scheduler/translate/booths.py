"""An event's booths and everybody who asks for them into a problem of solver.booths, as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scheduler.drawings.neighbours import TOLERANCE
from scheduler.queries.floors import PlanView, names_of
from scheduler.translate.crowds import CROWD_HEADCOUNT
from solver.booths import Booth, LastTime, Lottery, Problem, Request, Share, Wish, Zone


@dataclass(frozen=True, slots=True)
class Standing:
    """What an enterprise's place in the published order depends on beside the lottery."""

    tier: str = ""
    no_shows: int = 0
    last_time: LastTime = LastTime.NOT_THERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """An enterprise that asks for booths; `wishes` are booths by id or zones by code, dearest first.

    `booked` are the booths, by id, of a booking that stands: they stay.
    """

    credit_code: str
    industry: str
    booths: int
    power: bool
    network: bool
    wishes: tuple[int | str, ...] = ()
    avoids: frozenset[str] = frozenset()
    headcount: int = 0
    standing: Standing = Standing()
    booked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The solver's question, and which rows its booths are."""

    problem: Problem
    booth_ids: Mapping[str, int]


def to_problem(
    event: str,
    lottery: Lottery,
    plans: Sequence[PlanView],
    applicants: Sequence[Applicant],
    shares: Sequence[Share],
) -> Translation:
    """Return the problem of an event whose booths are in these halls.

    Booths out of use are left out unless somebody has them. Shares are cut where there are fewer booths
    than were reserved.
    """
    names = names_of(plans)
    booked = {booth for one in applicants for booth in one.booked}
    booths = tuple(_booths(plans, names, booked))
    codes = {booth.code for booth in booths}
    zones = _zones(plans, booths, {one.industry for one in applicants})
    known, there = {one.credit_code for one in applicants}, {zone.code for zone in zones}
    problem = Problem(
        event=event,
        booths=booths,
        requests=tuple(_request(one, names, codes, there, known) for one in applicants),
        lottery=lottery,
        zones=zones,
        shares=tuple(_cut(shares, len(booths))),
        gap_mm=TOLERANCE,
    )
    return Translation(problem, {code: key for key, code in names.items() if code in codes})


def _booths(plans: Sequence[PlanView], names: Mapping[int, str], booked: set[int]) -> Iterator[Booth]:
    for plan in plans:
        for shape in plan.drawing.booths:
            key = plan.booth_ids[shape.code]
            if shape.usable or key in booked:
                yield Booth(
                    code=names[key],
                    hall=str(plan.id),
                    zone=shape.zone_code or "",
                    x_mm=shape.place.x,
                    y_mm=shape.place.y,
                    width_mm=shape.place.width,
                    depth_mm=shape.place.depth,
                    power=shape.power,
                    network=shape.network,
                    accessible=shape.accessible,
                )


def _zones(plans: Sequence[PlanView], booths: Iterable[Booth], asking: set[str]) -> tuple[Zone, ...]:
    """Return the zones; one of the same code in two halls is one, and a section means all that is in it."""
    meant: dict[str, list[tuple[str, ...]]] = {booth.zone: [] for booth in booths if booth.zone}
    for plan in plans:
        for zone in plan.drawing.zones:
            if zone.code in meant:
                meant[zone.code].append(zone.industry_codes)
    return tuple(Zone(code, _industries(lists, asking)) for code, lists in sorted(meant.items()))


def _industries(lists: Sequence[tuple[str, ...]], asking: set[str]) -> frozenset[str]:
    if not all(lists):
        return frozenset()
    codes = {code for one in lists for code in one}
    return frozenset(codes | {industry for industry in asking if industry.startswith(tuple(codes))})


def _cut(shares: Sequence[Share], booths: int) -> Iterator[Share]:
    left = booths
    for share in shares:
        yield replace(share, booths=min(share.booths, left))
        left -= min(share.booths, left)


def _request(
    one: Applicant, names: Mapping[int, str], codes: set[str], zones: set[str], known: set[str]
) -> Request:
    wishes = [
        Wish(booth=names.get(wish, "?")) if isinstance(wish, int) else Wish(zone=wish) for wish in one.wishes
    ]
    return Request(
        enterprise=one.credit_code,
        tier=one.standing.tier,
        industry=one.industry,
        booths=len(one.booked) or one.booths,
        power=one.power,
        network=one.network,
        wishes=tuple(wish for wish in dict.fromkeys(wishes) if wish.booth in codes or wish.zone in zones),
        avoids=one.avoids & known - {one.credit_code},
        crowd_puller=one.headcount >= CROWD_HEADCOUNT,
        no_shows=one.standing.no_shows,
        last_time=one.standing.last_time,
        booked=tuple(sorted(names[booth] for booth in one.booked)),
    )
