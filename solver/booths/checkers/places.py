"""Checkers of booths: how many, in a row, one enterprise each, and whether each is as it has to be.

What a confirmed booking has was settled by people, so only that it stays, and is nobody else's, is judged.
"""

from collections.abc import Callable, Iterator

from solver.booths.checkers.judged import Checker, Facts, Judged
from solver.booths.hall import Booth
from solver.booths.request import Request


def count(judged: Judged) -> Iterator[Facts]:
    """An enterprise has as many booths as it asked for."""
    for request, held in judged.chosen():
        if len(held) != request.booths:
            yield {"enterprise": request.enterprise, "asked": request.booths, "has": len(held)}


def row(judged: Judged) -> Iterator[Facts]:
    """Several booths of one enterprise stand in a row."""
    for request, held in judged.chosen():
        if not judged.layout.together([judged.layout.place[booth.code] for booth in held]):
            yield {"enterprise": request.enterprise, "booths": ", ".join(booth.code for booth in held)}


def one_enterprise(judged: Judged) -> Iterator[Facts]:
    """A booth is one enterprise's."""
    for code, holders in judged.holders.items():
        for other in holders[1:]:
            yield {"enterprise": holders[0], "other": other, "booth": code}


def too_small(judged: Judged, request: Request, booth: Booth) -> bool:
    """The booth is less wide or less deep than was asked for."""
    return booth.width_mm < request.least_width_mm or booth.depth_mm < request.least_depth_mm


def without_power(judged: Judged, request: Request, booth: Booth) -> bool:
    """Power is needed and the booth has none."""
    return request.power and not booth.power


def without_network(judged: Judged, request: Request, booth: Booth) -> bool:
    """A network is needed and the booth has none."""
    return request.network and not booth.network


def out_of_reach(judged: Judged, request: Request, booth: Booth) -> bool:
    """An accessible booth is needed and this one is not."""
    return request.accessible and not booth.accessible


def wrong_zone(judged: Judged, request: Request, booth: Booth) -> bool:
    """The booth's zone is closed to the industry, or none of those the enterprise may stand in."""
    shut = judged.closed.get(booth.zone)
    closed = shut is not None and request.industry not in shut
    return closed or bool(request.zones and booth.zone not in request.zones)


MISFITS: dict[str, Callable[[Judged, Request, Booth], bool]] = {
    "size": too_small,
    "power": without_power,
    "network": without_network,
    "accessible": out_of_reach,
    "zone": wrong_zone,
}
"""The rules about an enterprise and one booth, by name."""


def misfits(rule: str) -> Checker:
    """Return the checker of one of these rules: no enterprise has a booth that is a misfit."""
    is_misfit = MISFITS[rule]

    def check(judged: Judged) -> Iterator[Facts]:
        for request, held in judged.chosen():
            for booth in held:
                if is_misfit(judged, request, booth):
                    zone = booth.zone or "-"
                    yield {"enterprise": request.enterprise, "booth": booth.code, "zone": zone}

    return check


def booked(judged: Judged) -> Iterator[Facts]:
    """A confirmed booking stays what it is."""
    for request in judged.requests.values():
        grant = judged.grants.get(request.enterprise)
        if request.booked and (grant is None or set(grant.booths) != set(request.booked)):
            yield {"enterprise": request.enterprise, "booths": ", ".join(request.booked)}


def avoided(judged: Judged) -> Iterator[Facts]:
    """Two who avoid each other are no neighbours, unless both are where they were booked."""
    for request, held in judged.chosen():
        own = {booth.code for booth in held}
        near = {other for booth in held for other in judged.beside(booth.code)} - own
        for code in sorted(near):
            for name in judged.holders.get(code, ()):
                other = judged.requests[name]
                first = other.booked or request.enterprise < other.enterprise
                at_odds = name in request.avoids or request.enterprise in other.avoids
                if at_odds and first and name != request.enterprise:
                    yield {"enterprise": request.enterprise, "other": name, "booth": code}
