"""Floor plans and moments as the pages take them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scheduler.drawings.words import FIXTURES
from scheduler.queries.floors import PlanView
from scheduler.times import local

WEEKDAYS = "一二三四五六日"


def hall(plan: PlanView, firms: Mapping[int, str]) -> dict[str, Any]:
    """Return a plan with who stands in which booth; lengths stay millimetres."""
    drawing = plan.drawing
    return {
        "name": plan.name_zh,
        "width": drawing.width,
        "depth": drawing.depth,
        "outline": drawing.outline,
        "fixtures": [
            {"kind": one.kind.value, "name": one.name_zh or FIXTURES[one.kind][0], **one.place._asdict()}
            for one in drawing.fixtures
        ],
        "booths": [
            {"code": one.code, "firm": firms.get(plan.booth_ids[one.code], ""), **one.place._asdict()}
            for one in drawing.booths
        ],
    }


def when(starts_at: datetime | None, ends_at: datetime | None) -> str:
    """Return day and hours as 2027年1月8日（周五）09:00–12:00; 待定 where they are not settled."""
    if starts_at is None or ends_at is None:
        return "时间待定"
    first, last = local(starts_at), local(ends_at)
    text = f"{first.year}年{first.month}月{first.day}日（周{WEEKDAYS[first.weekday()]}）{first:%H:%M}"
    if first.date() == last.date():
        return f"{text}–{last:%H:%M}"
    return f"{text} 至 {last.month}月{last.day}日（周{WEEKDAYS[last.weekday()]}）{last:%H:%M}"
