"""How long an answer takes: why an event stands where it does, what if it stood elsewhere, why it cannot.

python -m benchmarks.explain --events 2784 --seed 1 --json FILE

The plan asked about is the first complete one. Three counties are impossible: the halls of one are shut for a
week, one's city has too few crews, an enterprise is invited to more events than a week has slots.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeVar

from benchmarks.report import Figures, add_outputs, publish
from benchmarks.timetable import add_quarter, make_problem
from solver.timetable import Attendee, Closure, Event, Problem
from solver.timetable.construct import construct
from solver.timetable.explain import Explainer, ImpossiblePlaceError
from solver.timetable.explain.clash import find_clash
from solver.timetable.ledger import Ledger

ASKED = 200
"""Events asked about."""
CLASH_SECONDS = 60.0
WEEK = (49, 55)
"""Days of the week in which the counties are impossible."""
MILLISECONDS = 1_000

Found = TypeVar("Found")


def main(words: list[str]) -> int:
    """Ask about a quarter of each seed and publish the figures."""
    parser = argparse.ArgumentParser("python -m benchmarks.explain", description=__doc__)
    add_quarter(parser)
    parser.add_argument(
        "--seed", type=int, nargs="+", default=[1], help="of the quarter and the choice of events"
    )
    add_outputs(parser)
    options = parser.parse_args(words)
    publish(options, [{"seed": seed, **measure(make_problem(options, seed), seed)} for seed in options.seed])
    return 0


def measure(problem: Problem, seed: int) -> Figures:
    """Return how long each kind of question takes on one quarter."""
    ledger = Ledger(problem)
    construct(ledger, seed, lambda: False)
    explainer, made = _timed(lambda: Explainer(problem, ledger.placed.values()))
    choice = random.Random(seed)  # noqa: S311 - which events to ask about
    events = choice.sample(sorted(ledger.placed), min(ASKED, len(ledger.placed)))
    here, elsewhere, shortest, refused = [], [], 0, 0
    for event in events:
        others, seconds = _timed(partial(explainer.why_here, event))
        here.append(seconds)
        blocked = [one.placement for one in others if one.blocks]
        if not blocked:
            continue
        there = choice.choice(blocked)
        try:
            found, seconds = _timed(partial(explainer.what_if, event, there.start, there.venues))
        except ImpossiblePlaceError:
            refused += 1
            continue
        elsewhere.append(seconds)
        shortest += found.proven
    return {
        "events": len(problem.events),
        "explainer_made_seconds": round(made, 2),
        **_spread("why_here", here),
        **_spread("what_if", elsewhere),
        "what_if_asked": len(elsewhere),
        "what_if_proven_shortest": shortest,
        "what_if_impossible": refused,
        **_clashes(problem),
    }


def _clashes(problem: Problem) -> Figures:
    figures: Figures = {}
    for name, impossible in _impossible(problem):
        found, seconds = _timed(partial(find_clash, impossible, seconds=CLASH_SECONDS))
        assert found is not None  # noqa: S101 - it was made impossible
        figures[f"clash_{name}_seconds"] = round(seconds, 2)
        figures[f"clash_{name}_rules"] = len(found.grounds)
        figures[f"clash_{name}_minimal"] = found.minimal
    return figures


def _impossible(problem: Problem) -> Iterator[tuple[str, Problem]]:
    """Yield the quarter with one county made impossible, in three ways."""
    county = next(event for event in problem.events if event.kind == "professional")
    closed = {reach.region for need in county.needs for reach in need.reaches}
    halls = (
        replace(venue, closures=(*venue.closures, Closure(*WEEK))) if venue.region in closed else venue
        for venue in problem.venues
    )
    yield "halls", replace(problem, venues=tuple(halls))
    away = frozenset(range(WEEK[0] + 4, WEEK[1] + 1))
    whole = frozenset(range(WEEK[0], WEEK[1] + 1))
    pools = (
        replace(
            pool,
            crews=tuple(
                replace(crew, away_days=whole if place else away) for place, crew in enumerate(pool.crews)
            ),
        )
        if pool.id == county.area
        else pool
        for pool in problem.crew_pools
    )
    yield "crews", replace(problem, crew_pools=tuple(pools))
    week = [
        event.id
        for event in problem.events
        if (event.first_day, event.last_day, event.kind) == (*WEEK, "professional")
    ]
    slots = 2 * (WEEK[1] - WEEK[0] + 1)
    star = Attendee("star", tuple(week[: slots + 1]))
    yield "enterprise", replace(problem, attendees=(*problem.attendees, star))


def _is_weekly(event: Event) -> bool:
    return event.kind == "professional" and (event.first_day, event.last_day) == WEEK


def _timed(ask: Callable[[], Found]) -> tuple[Found, float]:
    began = time.perf_counter()
    return ask(), time.perf_counter() - began


def _spread(name: str, seconds: list[float]) -> Figures:
    """Return median, 95th percentile and maximum in milliseconds."""
    ordered = sorted(seconds) or [0.0]
    places = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {
        f"{name}_{label}_ms": round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * MILLISECONDS)
        for label, share in places.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
