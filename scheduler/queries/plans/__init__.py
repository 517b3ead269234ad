"""What an organizer sees of planning: runs as they move, drafts, placements, and what differs."""

from scheduler.queries.plans.difference import DifferenceLine, plan_difference
from scheduler.queries.plans.overview import PlanLine, PlanSummary, list_plans, plan_summary
from scheduler.queries.plans.placements import (
    LeftOutLine,
    PlacementFilter,
    PlacementLine,
    PlacementPage,
    VenueName,
    left_out,
    plan_days,
    plan_placements,
)
from scheduler.queries.plans.runs import ProgressPoint, RunLine, get_run, list_runs, run_progress

__all__ = [
    "DifferenceLine",
    "LeftOutLine",
    "PlacementFilter",
    "PlacementLine",
    "PlacementPage",
    "PlanLine",
    "PlanSummary",
    "ProgressPoint",
    "RunLine",
    "VenueName",
    "get_run",
    "left_out",
    "list_plans",
    "list_runs",
    "plan_days",
    "plan_difference",
    "plan_placements",
    "plan_summary",
    "run_progress",
]
