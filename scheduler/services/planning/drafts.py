"""Keeps a found plan as a draft: its placements, its price, and how it differs from the plan in force."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from scheduler.errors import Language
from scheduler.models import (
    LeftOut,
    Placement,
    PlacementVenue,
    Plan,
    PlanRun,
    PlanState,
    RunState,
    Scarcity,
    Shift,
)
from scheduler.queries.names import names_of
from scheduler.queries.placed import Placed, digest
from scheduler.services.leases import Claim
from scheduler.services.planning.finding import Asked
from scheduler.services.planning.importance import importance_of
from scheduler.services.planning.leases import end_run
from scheduler.services.planning.mending import describe
from scheduler.times import now
from scheduler.translate.answer import Answer
from scheduler.translate.names import number_of, tokens_in, with_names
from solver.answers import Sentence
from solver.timetable import LeftOut as SolverLeftOut
from solver.timetable import Outcome

LEAST_SCARCE = 0.3
"""Venues of which less is asked or used in a week are no bottleneck worth a row."""
DIFFERENCES = ("new", "moved", "unchanged", "gone")


def store_plan(session: Session, *, claim: Claim, asked: Asked, answer: Answer, state: RunState) -> Plan:
    """Store the answer of a run as a draft and end the run as done or cancelled. Raises LostClaim."""
    placed = answer.placed()
    run = session.get_one(PlanRun, claim.key)
    plan = _plan(run, asked, answer, placed)
    plan.repair = describe(session, answer)
    plan.difference = count_differences(answer, placed)
    session.add(plan)
    session.flush()
    insert_placements(session, plan.id, placed, answer)
    _insert_left_out(session, plan.id, answer)
    _insert_scarcity(session, plan.id, answer)
    end_run(session, claim=claim, state=state)
    return plan


def _plan(run: PlanRun, asked: Asked, answer: Answer, placed: Sequence[Placed]) -> Plan:
    solution = answer.solution
    return Plan(
        quarter=run.quarter,
        scope_code=run.scope_code,
        run_id=run.id,
        state=PlanState.DRAFT,
        outcome=_outcome(answer),
        events=answer.events,
        placed=len(placed),
        cost=solution.cost,
        bound=None if answer.repair else solution.bound,
        costs_by_goal=dict(solution.costs),
        solve_seconds=round(solution.seconds, 2),
        seed=solution.seed,
        parameters=_parameters(run, asked, answer, placed),
        problem_hash=solution.problem_hash,
        input_version=asked.version,
        difference={},
        provisional=asked.translation.provisional,
        created_at=now(),
    )


def _outcome(answer: Answer) -> str:
    """Return how good the plan is known to be: of a repair, whether fewer moves are possible."""
    if answer.repair is None or answer.solution.outcome is Outcome.CANCELLED:
        return answer.solution.outcome.value
    return "fewest" if answer.repair.proven else "few"


def _parameters(run: PlanRun, asked: Asked, answer: Answer, placed: Sequence[Placed]) -> dict[str, Any]:
    """Return what it takes to repeat the plan, and which placements were judged on which day."""
    return {
        **answer.solution.parameters,
        "seconds": run.seconds,
        "importance": importance_of(run),
        "as_of": asked.as_of.isoformat(),
        "first_seconds": answer.solution.first_seconds,
        "notes": list(answer.solution.notes),
        "judged": digest(placed),
    }


def count_differences(answer: Answer, placed: Sequence[Placed]) -> dict[str, Any]:
    """Count the events that are new, moved, unchanged or gone against what is public now."""
    before = {
        number_of(one.event): (one.start, tuple(sorted(map(number_of, one.venues))))
        for one in answer.translation.previous
    }
    timetable = answer.translation.timetable
    counts: Counter[str] = Counter()
    for one in placed:
        if one.event_id not in before:
            counts["new"] += 1
        else:
            same = before[one.event_id] == (timetable.slot_of(one.starts_at), one.venues)
            counts["unchanged" if same else "moved"] += 1
    counts["gone"] = len(before.keys() - {one.event_id for one in placed})
    return {name: counts[name] for name in DIFFERENCES}


def insert_placements(session: Session, plan_id: int, placed: Sequence[Placed], answer: Answer) -> None:
    """Write placements of a plan with their venues and shifts, and what each costs in the answer."""
    costs = answer.costs()
    _insert(
        session,
        Placement,
        (
            {
                "plan_id": plan_id,
                "event_id": one.event_id,
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "crew_id": one.crew_id,
                "host_id": one.host_id,
                "costs": costs[one.event_id],
            }
            for one in placed
        ),
    )
    _insert(
        session,
        PlacementVenue,
        (
            {"plan_id": plan_id, "event_id": one.event_id, "venue_id": venue}
            for one in placed
            for venue in one.venues
        ),
    )
    _insert(
        session,
        Shift,
        (
            {"plan_id": plan_id, "event_id": one.event_id, **duty._asdict()}
            for one in placed
            for duty in one.duties
        ),
    )


def _insert_left_out(session: Session, plan_id: int, answer: Answer) -> None:
    left_out = answer.left_out()
    said = [sentence for one in left_out for sentence in _sentences(answer, one)]
    names: dict[Language, Mapping[tuple[str, int], str]] = {
        "zh": names_of(session, tokens_in(zh for zh, _ in said), language="zh"),
        "en": names_of(session, tokens_in(en for _, en in said), language="en"),
    }
    _insert(
        session,
        LeftOut,
        (
            {
                "plan_id": plan_id,
                "event_id": number_of(one.event),
                "reason": one.rule,
                "facts": _facts(answer, one, names),
            }
            for one in left_out
        ),
    )


def _sentences(answer: Answer, one: SolverLeftOut) -> Sequence[Sentence]:
    reasons = answer.reasons.get(one.event)
    return [(one.zh, one.en), *reasons.because, *reasons.ways] if reasons else [(one.zh, one.en)]


def _facts(
    answer: Answer, one: SolverLeftOut, names: Mapping[Language, Mapping[tuple[str, int], str]]
) -> dict[str, Any]:
    """Return what is said of an event left out: in a line, and why at length with the ways to change it."""

    def told(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
        return {
            "zh": [with_names(zh, names["zh"]) for zh, _ in sentences],
            "en": [with_names(en, names["en"]) for _, en in sentences],
        }

    line = told([(one.zh, one.en)])
    facts: dict[str, Any] = {"zh": line["zh"][0], "en": line["en"][0]}
    if reasons := answer.reasons.get(one.event):
        facts |= {"because": told(reasons.because), "ways": told(reasons.ways)}
    return facts


def _insert_scarcity(session: Session, plan_id: int, answer: Answer) -> None:
    calendar = answer.translation.problem.calendar
    rows = [one for one in answer.scarce if one.of != "venues" or one.scarcity >= LEAST_SCARCE]
    _insert(
        session,
        Scarcity,
        (
            {
                "plan_id": plan_id,
                "kind": one.of,
                "subject": f"{one.region}:{one.kind}" if one.kind else one.region,
                "week_on": calendar.on(one.first_day * len(calendar.periods)),
                "demand": one.demand,
                "supply": one.supply,
                "used": one.used or 0,
            }
            for one in rows
        ),
    )


def _insert(session: Session, table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.execute(insert(table), found)
