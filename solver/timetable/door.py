"""The one door: a problem goes in, the best legal plan that time allows comes out."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from importlib import metadata

from solver.timetable.board import Board
from solver.timetable.construct import construct
from solver.timetable.coordinate import WHOLE_SIZE, Coordinator
from solver.timetable.crews import name_crews
from solver.timetable.decompose import size_of
from solver.timetable.fingerprint import PROBLEM_FORMAT, problem_hash
from solver.timetable.goals import score
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem
from solver.timetable.reasons import why_left_out
from solver.timetable.regions import COUNTRY_EVENTS, Regions
from solver.timetable.rules import BrokenPlanError, violations
from solver.timetable.solution import OnProgress, Outcome, Placement, Solution
from solver.timetable.tight.search import place_homeless
from solver.timetable.workers import Workers

CLOSING_SHARE, CLOSING_SECONDS, CLOSING_SECONDS_PER_EVENT = 0.1, 1.0, 2e-4
"""Part of the time, and the most of it, that is kept for naming crews and judging the plan."""

WORTH_SECONDS = 3.0


def solve(  # noqa: PLR0913 - the one door names all its terms
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    previous: Iterable[Placement] | None = None,
    executor: Executor | None = None,
    on_progress: OnProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
    by_work: bool = False,
    worker_mib: int | None = None,
) -> Solution:
    """Return the best legal plan found in `seconds`, with its price, its bound, and why some were left out.

    `previous` is where the search starts, and what `move_cost` is counted against: without it, the plan in
    force that the problem names.
    `executor` solves parts elsewhere (`solver.cluster`), as many at a time as its `places` says, else one per
    core; without one a larger problem uses a process per core, each with at most `worker_mib` MiB of data.
    `cancelled` is asked several times a second; the best plan so far is then returned. Time that is too short
    gives a partial plan, never an exception. With `by_work` the limit counts CP-SAT's deterministic units
    instead of seconds, in one process: same problem, seed and limit, same plan on every machine.
    Raises BrokenPlanError if the judge finds a broken rule.
    """
    ledger = Ledger(problem)
    most = max(CLOSING_SECONDS, CLOSING_SECONDS_PER_EVENT * len(problem.events))
    closing = min(seconds * CLOSING_SHARE, most)
    before = problem.in_force if previous is None else tuple(previous)
    board = Board(
        ledger,
        seconds - closing,
        by_work=by_work,
        previous=before,
        on_progress=on_progress,
        cancelled=cancelled,
    )
    with _workers(ledger, executor, board, worker_mib) as workers:
        construct(ledger, seed, board.stop, before)
        board.note_first_plan()
        board.tell("first plan")
        many = len(problem.events) > COUNTRY_EVENTS
        if len(board.plan) < len(problem.events) and not many and not board.stop():
            place_homeless(board, seed)
        if not board.stop() and not board.solved:
            (Regions if many else Coordinator)(board, workers, seed).improve()
        return _close(board, seed, workers)


def _workers(ledger: Ledger, executor: Executor | None, board: Board, memory_mib: int | None) -> Workers:
    """Use a process per core for what is too large to solve whole and has time to wait for them."""
    if board.by_work:
        return Workers(None, 1, board.stop)
    worth_it = size_of(ledger, ledger.choices) > WHOLE_SIZE and board.left > WORTH_SECONDS
    places = getattr(executor, "places", os.cpu_count() or 1) if worth_it or executor else 1
    return Workers(executor, places, board.stop, memory_mib)


def _close(board: Board, seed: int, workers: Workers) -> Solution:
    """Name the crews, explain who was left out, and have the judge look at everything."""
    ledger = board.ledger
    placements = tuple(
        name_crews(ledger.problem, [board.plan[event] for event in ledger.choices if event in board.plan])
    )
    solution = Solution(
        outcome=_outcome(board),
        placements=placements,
        left_out=tuple(why_left_out(ledger, event) for event in ledger.choices if event not in board.plan),
        costs=score(ledger.problem, placements, board.previous),
        bound=board.bound,
        seconds=board.elapsed,
        first_seconds=board.first_seconds,
        seed=seed,
        parameters=_parameters(board, workers),
        problem_hash=problem_hash(ledger.problem),
        notes=(*workers.notes, *_open_level(board)),
    )
    broken = violations(ledger.problem, solution)
    if broken:
        raise BrokenPlanError("; ".join(f"{one.rule}: {one.en}" for one in broken[:10]))
    return solution


def _parameters(board: Board, workers: Workers) -> dict[str, str]:
    """Return all that, beside problem and seed, decides which plan comes out."""
    return {
        "limit": f"{board.limit:g}",
        "by_work": str(board.by_work),
        "processes": str(workers.processes),
        "ortools": metadata.version("ortools"),
        "format": PROBLEM_FORMAT,
    }


def _open_level(board: Board) -> Iterator[str]:
    """Say so where fewer might be left out: what is proven about the cost says nothing about that."""
    if not board.settled:
        yield f"left out: {board.out} by priority, at least {board.least_out} is proven"


def _outcome(board: Board) -> Outcome:
    if board.solved:
        return Outcome.PROVEN
    if board.was_cancelled:
        return Outcome.CANCELLED
    return Outcome.GOOD if board.plan else Outcome.NOTHING_YET
