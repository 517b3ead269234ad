"""Who stands in line for an event: enterprises of its city, of its trade, and travellers of its circle."""

from collections import Counter
from collections.abc import Sequence

from scheduler.sample.chance import Rounds, luck
from scheduler.sample.enterprises import Member

ONE_TRAVELLER_IN = 3
"""A third of the enterprises also recruit in another city of their circle."""
MOST_EVENTS = 8
"""No enterprise asks for more events a quarter."""
OWN_TRADE = 0.75
"""Share of an industry's event that goes to enterprises of that industry, as far as the city has them."""


class Lines:
    """Deals out enterprises so that all of them get about equally many events."""

    def __init__(self, members: Sequence[Member], circles: dict[str, str | None], seed: int) -> None:
        """Put every enterprise in the lines it belongs to; `circles` are those of the cities."""
        self._city = {member.id: member.city_code for member in members}
        self._circles = circles
        self._asked: Counter[int] = Counter()
        lines: dict[tuple[str, str], list[int]] = {}
        for place, member in enumerate(members):
            for code in sorted({"", member.industry_code, member.industry_code[0]}):
                lines.setdefault((member.city_code, code), []).append(member.id)
            if place % ONE_TRAVELLER_IN == 0:
                circle = circles[member.city_code] or ""
                lines.setdefault(("circle", circle), []).append(member.id)
        self._lines = {key: Rounds(ids, luck(seed, "line", *key)) for key, ids in lines.items()}

    def members(self, city_code: str, industry_code: str | None, many: int) -> list[int]:
        """Return up to so many enterprises of a city, first some of an industry if one is named."""
        taken: list[int] = []
        if industry_code:
            self._take((city_code, industry_code), round(many * OWN_TRADE), taken)
        self._take((city_code, ""), many, taken)
        return taken

    def guests(self, city_code: str, many: int) -> list[int]:
        """Return up to so many travellers from the other cities of a city's circle."""
        taken: list[int] = []
        self._take(("circle", self._circles[city_code] or ""), many, taken, not_of=city_code)
        return taken

    def _take(self, key: tuple[str, str], until: int, taken: list[int], not_of: str = "") -> None:
        """Add enterprises of one line until there are so many, or no more that may come."""

        def may_come(member: int) -> bool:
            free = self._asked[member] < MOST_EVENTS and member not in taken
            return free and self._city[member] != not_of

        if key in self._lines:
            found = self._lines[key].take(until - len(taken), may_come)
            self._asked.update(found)
            taken += found
