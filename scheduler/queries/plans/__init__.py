"""What the command line tells of one run and its plan; the workbench has queries of its own, by scope."""

from scheduler.queries.plans.leftovers import LeftOutLine, left_out
from scheduler.queries.plans.overview import PlanLine, PlanSummary, plan_summary
from scheduler.queries.plans.runs import RunLine, get_run

__all__ = ["LeftOutLine", "PlanLine", "PlanSummary", "RunLine", "get_run", "left_out", "plan_summary"]
