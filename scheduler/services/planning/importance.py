"""What a run's organizer cares about: by goal, in words, completed by what is customary."""

from collections.abc import Mapping

from scheduler.errors import Refusal
from scheduler.models import Importance, Plan, PlanRun
from scheduler.translate.weights import CUSTOMARY


class UnknownGoal(Refusal):
    """A goal that nobody can weigh."""

    status = 422
    code = "unknown_goal"
    zh = "没有“{goal}”这个目标，可选：{goals}。"
    en = "There is no goal “{goal}”; choose from {goals}."


def completed(importance: Mapping[str, Importance]) -> dict[str, Importance]:
    """Return how important each goal is, in the order in which goals are shown. Raises UnknownGoal."""
    for goal in importance:
        if goal not in CUSTOMARY:
            raise UnknownGoal(goal=goal, goals=", ".join(CUSTOMARY))
    return {**CUSTOMARY, **importance}


def importance_of(run: PlanRun) -> dict[str, Importance]:
    """Return how important each goal is to a run."""
    return completed({goal: Importance(value) for goal, value in run.importance.items()})


def importance_for(plan: Plan) -> dict[str, Importance]:
    """Return how important each goal was when a plan was made."""
    named = plan.parameters.get("importance", {})
    return completed({goal: Importance(value) for goal, value in named.items()})
