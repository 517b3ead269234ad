"""Which industry a professional event is for: each city's own industries take turns."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import Enterprise, Industry
from scheduler.services.duties.chance import share

TURNS = 24
DIVISION = len("C36")
# Without any enterprise on record a city turns through the sections that recruit at fairs.
USUAL_SECTIONS = ("C", "G", "F", "H", "C", "I", "E", "O", "C", "Q", "R", "A")


@dataclass(frozen=True, slots=True)
class Rotation:
    """The order of turns of each city, and the industries by code."""

    turns: dict[str, tuple[str, ...]]
    industries: dict[str, Industry]

    def pick(self, city_code: str, division_code: str, turn: int) -> str | None:
        """Return the industry whose turn it is; neighbouring counties start at different places."""
        order = self.turns.get(city_code) or self._usual()
        if not order:
            return None
        start = int(share("industry", division_code) * len(order))
        return order[(start + turn) % len(order)]

    def _usual(self) -> tuple[str, ...]:
        return tuple(code for code in USUAL_SECTIONS if code in self.industries)


def rotation(session: Session) -> Rotation:
    """Read how many enterprises of each industry a city has and deal out the turns."""
    industries = {row.code: row for row in session.scalars(select(Industry))}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    grouped = select(Enterprise.city_code, Enterprise.industry_code, func.count()).group_by(
        Enterprise.city_code, Enterprise.industry_code
    )
    for city_code, code, count in session.execute(grouped):
        theme = code if len(code) <= DIVISION else code[0]  # a group takes its turn with its section
        counts[city_code][theme] = counts[city_code].get(theme, 0) + count
    return Rotation({city: _deal(weights) for city, weights in counts.items()}, industries)


def _deal(weights: dict[str, int]) -> tuple[str, ...]:
    """Spread the turns in proportion to the weights (highest quotient first, D'Hondt)."""
    given = dict.fromkeys(weights, 0)
    order = []
    for _ in range(TURNS):
        code = max(sorted(weights), key=lambda code: weights[code] / (given[code] + 1))
        given[code] += 1
        order.append(code)
    return tuple(order)
