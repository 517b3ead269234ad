"""Which code a figure has: the text inside it, else its own name."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from scheduler.drawings import Rect
from scheduler.importing.plans.frames import frame
from scheduler.importing.plans.sketches import Label, Piece

CODE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff-]{0,11}")
PREFIX = re.compile(r"^(?:booth|stand|stall|展位|摊位)[-_ ]?", re.IGNORECASE)
UNNAMED = re.compile(
    r"(?:rect|path|polygon|polyline|g|circle|svg_?|shape|layer)[-_]?\d*(?:[-_]\d+)*", re.IGNORECASE
)
"""What drawing programs call figures that nobody has named."""


def code_of(name: str, texts: Sequence[str]) -> str:
    """Return a booth's code: the text in it that looks like one with a figure, else its own name."""
    fit = [text.replace(" ", "") for text in texts if CODE.fullmatch(text.replace(" ", ""))]
    own = PREFIX.sub("", name)
    named = "" if UNNAMED.fullmatch(own) else own
    numbered = (text for text in fit if any(sign.isdigit() for sign in text))
    return next(numbered, "") or named or next(iter(fit), "")


def labels_inside(pieces: Sequence[Piece], labels: Sequence[Label]) -> dict[int, list[str]]:
    """Return the texts inside each figure; of figures in one another the smallest has it."""
    rects = [frame(piece.corners) for piece in pieces]
    order = sorted(range(len(rects)), key=lambda number: rects[number].x)
    lefts = [rects[number].x for number in order]
    widest = max((rect.width for rect in rects), default=0)
    found: dict[int, list[str]] = {}
    for (x, y), text in labels:
        near = order[bisect_left(lefts, x - widest - 1) : bisect_left(lefts, x + 1)]
        around = [one for one in near if _holds(rects[one], x, y)]
        if around:
            smallest = min(around, key=lambda one: rects[one].width * rects[one].depth)
            found.setdefault(smallest, []).append(text)
    return found


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect.x <= x <= rect.right and rect.y <= y <= rect.bottom
