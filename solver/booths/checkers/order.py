"""Checkers of the order: nobody waits who could have the booths of somebody with less claim to them.

They try single exchanges only, by hand; `verification` walks the whole order again.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from solver.booths.checkers.judged import Facts, Judged
from solver.booths.checkers.places import MISFITS
from solver.booths.order import published_order
from solver.booths.request import Request

MOST_TRIED = 12
"""Booths of one enterprise up to which every choice of some of them is tried for another."""


def share(judged: Judged) -> Iterator[Facts]:
    """Nobody of a tier waits below its share who could have the booths of somebody without such a claim."""
    tiers = [share.tier for share in judged.problem.shares]
    held, waiting = _held(judged), _waiting(judged)
    for number, reserved in enumerate(judged.problem.shares):
        left = reserved.booths - held[reserved.tier]
        due = [one for one in waiting if one.tier == reserved.tier and one.booths <= left]
        served_later = [one for one in _not_settled(judged) if one.tier not in tiers[: number + 1]]
        yield from _envied(judged, due, served_later)


def order(judged: Judged) -> Iterator[Facts]:
    """Nobody waits whose place could be had from somebody behind them in the published order."""
    place = {one.enterprise: number for number, one in enumerate(published_order(judged.problem))}
    shared = {share.tier for share in judged.problem.shares}
    waiting, holders = _waiting(judged), _not_settled(judged)
    for tier in {one.tier for one in waiting}:
        yield from _envied(
            judged,
            [one for one in waiting if one.tier == tier],
            [one for one in holders if one.tier not in shared - {tier}],
            place,
        )


def left_over(judged: Judged) -> Iterator[Facts]:
    """Nobody waits for whom free booths would do that are not kept for others."""
    free = {code for code in judged.booths if code not in judged.holders}
    rows = {count: list(_rows(judged, count, free)) for count in {one.booths for one in _waiting(judged)}}
    held = _held(judged)
    for request in _first_of_their_kind(_waiting(judged)):
        if len(free) - request.booths < _kept(judged, held + Counter({request.tier: request.booths})):
            continue
        for spot in rows[request.booths]:
            if _could_have(judged, request, spot, None):
                yield {"enterprise": request.enterprise, "booths": ", ".join(spot)}
                break


def kept(judged: Judged) -> Iterator[Facts]:
    """Booths kept for a tier that has not claimed them go to nobody without such a claim."""
    free = sum(code not in judged.holders for code in judged.booths)
    tiers = {share.tier for share in judged.problem.shares}
    missing = _kept(judged, _held(judged)) - free
    if missing > 0:
        for request in [one for one in _not_settled(judged) if one.tier not in tiers][:missing]:
            yield {"enterprise": request.enterprise, "booths": missing}


def _waiting(judged: Judged) -> list[Request]:
    """Return who has nothing, in the published order."""
    return [one for one in published_order(judged.problem) if one.enterprise not in judged.grants]


def _not_settled(judged: Judged) -> list[Request]:
    """Return who has booths that were neither booked nor promised before."""
    return [request for request, _ in judged.seated() if not request.booked and not request.admitted]


def _held(judged: Judged) -> Counter[str]:
    held: Counter[str] = Counter()
    for request, booths in judged.seated():
        held[request.tier] += len(booths)
    return held


def _kept(judged: Judged, held: Counter[str]) -> int:
    """Return how many booths are kept for tiers that hold so many."""
    return sum(max(0, share.booths - held[share.tier]) for share in judged.problem.shares if share.keep)


def _envied(
    judged: Judged,
    waiting: Iterable[Request],
    holders: Iterable[Request],
    place: Mapping[str, int] | None = None,
) -> Iterator[Facts]:
    """Yield who waits and could have the booths of a holder, all others staying put.

    With `place` only of a holder behind them in the order.
    """
    at = place or {}
    holders = sorted(holders, key=lambda one: at.get(one.enterprise, 0))
    for request in _first_of_their_kind(waiting):
        first = bisect(holders, at.get(request.enterprise, -1), key=lambda one: at.get(one.enterprise, 0))
        for other in holders[first:]:
            booths = judged.grants[other.enterprise].booths
            if request.booths > len(booths):
                continue
            if any(_could_have(judged, request, spot, other) for spot in _choices(booths, request.booths)):
                yield {"enterprise": request.enterprise, "other": other.enterprise}
                break


def _first_of_their_kind(waiting: Iterable[Request]) -> Iterator[Request]:
    """Yield those who could stand where nobody before them could: the first of each kind."""
    seen = set()
    for one in waiting:
        needs = (one.booths, one.power, one.network, one.accessible, one.least_width_mm, one.least_depth_mm)
        kind = (*needs, one.industry, one.zones, one.tier, one.avoids)
        if kind not in seen:
            seen.add(kind)
            yield one


def _choices(booths: tuple[str, ...], count: int) -> Iterable[tuple[str, ...]]:
    return combinations(booths, count) if len(booths) <= MOST_TRIED else (booths[:count],)


def _rows(judged: Judged, count: int, free: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield the ways for so many booths to stand in a row among the free ones."""
    if len(free) < count:
        return
    for block in judged.layout.blocks(count):
        spot = tuple(judged.problem.booths[place].code for place in block)
        if free.issuperset(spot):
            yield spot


def _could_have(judged: Judged, request: Request, spot: tuple[str, ...], instead_of: Request | None) -> bool:
    """Say whether an enterprise could stand there, were somebody (None: nobody) not there."""
    if any(misfit(judged, request, judged.booths[code]) for misfit in MISFITS.values() for code in spot):
        return False
    if not judged.layout.together([judged.layout.place[code] for code in spot]):
        return False
    met = {name for code in spot for near in judged.beside(code) for name in judged.holders.get(near, ())}
    return not any(
        name in request.avoids or request.enterprise in judged.requests[name].avoids
        for name in met
        if instead_of is None or name != instead_of.enterprise
    )
