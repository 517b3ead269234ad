"""How much each goal of a plan matters: five stops on a form, and what was chosen in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext

from scheduler.models import Importance
from scheduler.services.planning import completed
from web.language import current
from web.views.organizer.desk import blueprint
from web.views.organizer.words import word

WISHES = {
    "days": lazy_gettext("避开周末和节假日，靠近期望日"),
    "times": lazy_gettext("安排在方便的时段"),
    "waste": lazy_gettext("场地大小合适"),
    "distance": lazy_gettext("就在本县区举办"),
    "rivals": lazy_gettext("同主题活动错开"),
    "nearby": lazy_gettext("相邻地区同主题活动错开几天"),
    "load": lazy_gettext("活动和人员忙闲均匀"),
    "livestreams": lazy_gettext("直播错开受众和黄金时段"),
    "access": lazy_gettext("各县两周内附近有活动"),
    "burden": lazy_gettext("用人单位每月参会不过多"),
    "wishes": lazy_gettext("用人单位一周不参会两次"),
    "stability": lazy_gettext("已发布的活动尽量不动"),
}
"""What an organizer would like, goal by goal; what a plan lacks of it has words of its own."""
PREFIX = "weigh_"
"""What the form calls a goal: the prefix and its name."""


def chosen(form: Mapping[str, Any]) -> dict[str, Importance]:
    """Return how important each goal is, as a form says; where it says nothing, as is customary."""
    given = {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}
    return completed(given)


@blueprint.app_template_filter("wish")
def wish(goal: str) -> str:
    """Return what an organizer would like of a goal."""
    return str(WISHES[goal])


@blueprint.app_template_filter("by_level")
def by_level(importance: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each level that was chosen, the highest first, and the goals it was chosen for, both in words."""
    for level in reversed(Importance):
        goals = [wish(goal) for goal, value in importance.items() if value == level]
        if goals:
            yield word(level, "importance"), "；".join(goals) if current() == "zh" else "; ".join(goals)
