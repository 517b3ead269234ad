"""Runs CP-SAT on one model: limits, seed, hints, progress and cancel; the only caller of CpSolver."""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import Literal

POLL_SECONDS = 0.1
ROUNDING = 1e-6
LARGE_MODEL = 15_000
"""Variables from which on probing and looking for symmetry cost more time than they save (measured)."""
INFINITE = 1e15


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop, and what makes a run repeatable.

    With a limit on `work` (CP-SAT's own deterministic unit, about a second each) and one worker the same
    model and seed give the same answer on every machine; `seconds` depend on how busy the machine is.
    To `prove` is to care for the bound only: no time is spent around the plan that was handed in.
    """

    seconds: float
    seed: int = 0
    work: float | None = None
    workers: int = 1
    prove: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One value per variable (None: nothing found), its cost, the proven bound, and the work it took."""

    values: tuple[int, ...] | None
    cost: int
    bound: int | None
    proven: bool
    impossible: bool
    work: float


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the best values itself, because a search that ends in presolve hands nothing back."""

    def __init__(self, tell: Callable[[int, int], None] | None) -> None:
        super().__init__()
        self.tell = tell
        self.cost = 0
        self.values: tuple[int, ...] | None = None

    def on_solution_callback(self) -> None:
        """Remember the solution and tell the listener its cost and the bound so far."""
        self.cost = round(self.objective_value)
        self.values = tuple(self.response_proto.solution)
        if self.tell:
            self.tell(self.cost, round(self.best_objective_bound))


def search(
    model: cp_model.CpModel,
    limits: Limits,
    *,
    cancelled: Callable[[], bool] | None = None,
    on_better: Callable[[int, int], None] | None = None,
) -> Answer:
    """Minimize the model until proven, out of time or cancelled; never raises because of time."""
    solver = _make_solver(limits, large=len(model.proto.variables) > LARGE_MODEL)
    watch = _Watch(on_better)
    done = threading.Event()
    watcher = threading.Thread(target=_stop_when, args=(cancelled, solver, done), daemon=True)
    if cancelled:
        watcher.start()
    try:
        status = solver.solve(model, watch)
    finally:
        done.set()
    if cancelled:
        watcher.join()
    proven = status == cp_model.OPTIMAL
    bound, impossible = _bound(solver, status), status == cp_model.INFEASIBLE
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        watch.values, watch.cost = tuple(solver.response_proto.solution), round(solver.objective_value)
    work = solver.response_proto.deterministic_time
    return Answer(watch.values, watch.cost, bound, proven, impossible, work)


def _make_solver(limits: Limits, *, large: bool) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limits.workers
    parameters.linearization_level = 2  # the relaxation of a timetable is tight: cities close in a second
    parameters.max_presolve_iterations = 1  # a second round takes a quarter of the time and finds nothing
    parameters.random_seed = limits.seed
    parameters.catch_sigint_signal = False  # its handler aborts when another thread searches
    parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    if limits.prove:
        parameters.hint_conflict_limit = 0
    if large:
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    if limits.work is not None:
        parameters.max_deterministic_time = limits.work
    return solver


def _bound(solver: cp_model.CpSolver, status: cp_model.CpSolverStatus) -> int | None:
    """Return the bound rounded up, which holds because all costs are whole; None if nothing is known."""
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN}:
        return None
    bound = solver.best_objective_bound
    return math.ceil(bound - ROUNDING) if abs(bound) < INFINITE else None


def _stop_when(cancelled: Callable[[], bool], solver: cp_model.CpSolver, done: threading.Event) -> None:
    """Ask every tenth of a second whether to stop, until the search is over."""
    while not done.wait(POLL_SECONDS):
        if cancelled():
            solver.stop_search()


def contradiction(
    model: cp_model.CpModel, wishes: Sequence[Literal], limits: Limits
) -> frozenset[int] | None:
    """Return the places of some wishes that the model cannot grant together, none if it grants all.

    None: not decided in time. The model must have no objective, else all wishes would be named, and so may
    more than needed be: whoever wants a smallest set tries what can go.
    """
    solver = _make_solver(limits, large=len(model.proto.variables) > LARGE_MODEL)
    model.clear_assumptions()
    model.add_assumptions(wishes)
    status = solver.solve(model)
    if status in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return frozenset()
    if status != cp_model.INFEASIBLE:
        return None
    named = set(solver.sufficient_assumptions_for_infeasibility())
    found = frozenset(place for place, wish in enumerate(wishes) if wish.index in named)
    return found or frozenset(range(len(wishes)))
