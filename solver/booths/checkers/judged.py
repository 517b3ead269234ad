"""A problem and the grants that a checker is to judge."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from solver.booths.allocation import Grant
from solver.booths.hall import Booth
from solver.booths.layout import Layout
from solver.booths.problem import Problem
from solver.booths.request import Request

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Judged:
    """A problem and the grants to be judged, looked up by credit code and by booth.

    `closed` are the industries that may stand in each zone closed to others.
    """

    problem: Problem
    grants: Mapping[str, Grant]
    requests: Mapping[str, Request]
    booths: Mapping[str, Booth]
    holders: Mapping[str, tuple[str, ...]]
    layout: Layout
    closed: Mapping[str, frozenset[str]]

    def seated(self) -> Iterator[tuple[Request, list[Booth]]]:
        """Yield each request that was granted booths, with these."""
        for grant in self.grants.values():
            yield self.requests[grant.enterprise], [self.booths[code] for code in grant.booths]

    def chosen(self) -> Iterator[tuple[Request, list[Booth]]]:
        """Yield those of them whose booths nobody had settled before."""
        return ((request, held) for request, held in self.seated() if not request.booked)

    def beside(self, code: str) -> list[str]:
        """Return the booths that are neighbours of one."""
        return [self.problem.booths[other].code for other in self.layout.beside[self.layout.place[code]]]


Checker = Callable[[Judged], Iterator[Facts]]
