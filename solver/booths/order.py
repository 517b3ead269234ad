"""The published order: who comes before whom, from facts and a lottery that everybody can recompute."""

from solver.booths.problem import Problem
from solver.booths.request import LastTime, Request

LUCK = {LastTime.LEFT_OUT: 0, LastTime.NOT_THERE: 1, LastTime.ADMITTED: 2}
"""Who was left out last time comes before who was not there, and both before who was admitted."""

Key = tuple[int, int, str, str]
"""No-shows, last time's luck, ticket, credit code; the smaller comes first."""


def key_of(problem: Problem, request: Request) -> Key:
    """Return what a request's place in the order is decided by."""
    ticket = problem.lottery.ticket(request.enterprise)
    return request.no_shows, LUCK[request.last_time], ticket, request.enterprise


def published_order(problem: Problem) -> list[Request]:
    """Return all requests in the published order, whatever their tier."""
    return sorted(problem.requests, key=lambda request: key_of(problem, request))
