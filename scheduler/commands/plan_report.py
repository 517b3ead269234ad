"""What `plan` tells at the end: in words on the terminal, in full as JSON."""

import json
import resource
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from scheduler.commands.console import Console
from scheduler.models import PlanState, RunState
from scheduler.queries.plans import RunLine, left_out, plan_summary

SHOWN = 10
STATES = {
    RunState.DONE: ("完成", "done"),
    RunState.CANCELLED: ("已停止，保存了目前最好的方案", "stopped; the best plan so far is kept"),
    RunState.FAILED: ("失败", "failed"),
    RunState.INTERRUPTED: ("中断", "interrupted"),
}


def report_of(session: Session, run: RunLine, seconds: dict[str, float]) -> dict[str, Any]:
    """Return everything about a run and its plan, as JSON values; `seconds` are the stages' times."""
    head: dict[str, Any] = {
        "run": run.id,
        "state": run.state.value,
        "quarter": run.quarter,
        "scope": run.scope_code,
        "seed": run.seed,
        "seconds": seconds,
        "error": run.error,
        "plan": run.plan_id,
        "peak_mib": _peak(),
    }
    if run.plan_id is None:
        return head
    plan = plan_summary(session, plan_id=run.plan_id)
    out = left_out(session, plan_id=run.plan_id)
    return head | {
        "seconds": seconds | {"solve": plan.solve_seconds},
        "published": plan.line.state == PlanState.PUBLISHED,
        "provisional": plan.line.provisional,
        "outcome": plan.line.outcome,
        "events": plan.line.events,
        "placed": plan.line.placed,
        "left_out": [
            {
                "event": one.event_id,
                "title": one.title_zh,
                "title_en": one.title_en,
                "reason": one.reason,
                "zh": one.zh,
                "en": one.en,
            }
            for one in out
        ],
        "cost": plan.line.cost,
        "costs": dict(plan.costs_by_goal),
        "bound": plan.line.bound,
        "gap": plan.line.gap,
        "broken_rules": [],  # a plan that breaks one is never stored: its run has failed
        "difference": dict(plan.line.difference),
        "problem_hash": plan.problem_hash,
        "parameters": dict(plan.parameters),
    }


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write the report as JSON."""
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")


def say_report(console: Console, run: RunLine, report: dict[str, Any]) -> None:
    """Say in a few lines what came out."""
    state = console.pick(*STATES.get(run.state, (run.state.value, run.state.value)))
    console.say(console.pick(f"编排 {run.quarter}：{state}", f"plan {run.quarter}: {state}"))
    if run.error:
        zh, _, en = run.error.partition("\n")
        console.complain(console.pick(zh, en or zh))
    if run.plan_id is None:
        return
    gap = "–" if report["gap"] is None else f"{report['gap']:.2%}"
    rows = [
        ("活动", "events", report["events"]),
        ("已排定", "placed", report["placed"]),
        ("未排定", "left out", len(report["left_out"])),
        ("成本", "cost", report["cost"]),
        ("下界", "bound", report["bound"]),
        ("差距", "gap", gap),
        ("求解秒数", "seconds", report["seconds"]["solve"]),
        ("方案", "plan", report["plan"]),
        ("已发布", "published", console.pick(*(("是", "yes") if report["published"] else ("否", "no")))),
    ]
    for zh, en, value in rows:
        console.say(console.pick(f"  {zh}：{value}", f"  {en}: {value}"))
    if report["provisional"]:
        console.say(
            console.pick(
                "  注意：本季度的放假安排尚未全部公布，结果为暂定。",
                "  Note: the holidays of this quarter are not final; the plan is provisional.",
            )
        )
    for one in report["left_out"][:SHOWN]:
        zh, en = f"{one['title']}：{one['zh']}", f"{one['title_en']}: {one['en']}"
        console.say(f"  - {console.pick(zh, en)}")


def _peak() -> dict[str, int]:
    """Return the peak memory of this process and of its largest child, in MiB."""
    own, child = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {"own": own // 1_024, "largest_child": child // 1_024}
