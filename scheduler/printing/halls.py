"""What several papers show of an event: its head, and floor plans as the pages take them."""

import re
from collections.abc import Mapping
from typing import Any

from scheduler.drawings import Fixture
from scheduler.drawings.words import FIXTURES
from scheduler.printing.wording import PaperLanguage, Said, when
from scheduler.queries.floors import PlanView
from scheduler.queries.stands import Stands


def head(stands: Stands, language: PaperLanguage) -> dict[str, Said]:
    """Return title, time and place."""
    event, venues = stands.event, stands.venues
    zh, en = "、".join(one.name_zh for one in venues), ", ".join(one.name_en or one.name_zh for one in venues)
    return {
        "title": language.say(event.title_zh, event.title_en),
        "when": when(event, language),
        "where": language.say(zh or "地点待定", en or "place to be settled"),
    }


def hall(plan: PlanView, firms: Mapping[int, str], language: PaperLanguage) -> dict[str, Any]:
    """Return a plan with who stands in which booth; lengths stay millimetres."""
    drawing = plan.drawing
    return {
        "name": plan.name_zh,
        "width": drawing.width,
        "depth": drawing.depth,
        "outline": drawing.outline,
        "fixtures": [
            {
                "kind": one.kind.value,
                "name": _called(one, language),
                **one.place._asdict(),
            }
            for one in drawing.fixtures
        ],
        "booths": [
            {"code": one.code, "firm": firms.get(plan.booth_ids[one.code], ""), **one.place._asdict()}
            for one in drawing.booths
        ],
    }


def _called(one: Fixture, language: PaperLanguage) -> Said:
    """Return a fixture's name: what people wrote stays, the usual word is said in the language."""
    zh, en = FIXTURES[one.kind]
    usual = re.fullmatch(rf"(?:{zh})?(\d*)", one.name_zh)
    return language.say(f"{zh}{usual[1]}", f"{en} {usual[1]}".rstrip()) if usual else [one.name_zh]
