"""When sample venues are closed: festivals, exams, trade shows, matches, renovation."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

FIRST_ON, LAST_ON = date(2026, 10, 1), date(2027, 6, 30)
"""Sample venues know their closures for this time."""
FESTIVALS = (
    (date(2026, 10, 1), date(2026, 10, 3), "国庆节闭馆"),
    (date(2027, 1, 1), date(2027, 1, 1), "元旦闭馆"),
    (date(2027, 2, 5), date(2027, 2, 8), "春节闭馆"),
    (date(2027, 5, 1), date(2027, 5, 2), "劳动节闭馆"),
)
NEW_YEAR = (date(2027, 2, 9), date(2027, 2, 11), "春节延长闭馆")
EXAMS = ((date(2027, 1, 4), 7, "期末考试"), (date(2027, 6, 14), 12, "期末考试"))
WINTER_BREAK = (date(2027, 1, 23), date(2027, 2, 21), "寒假")
ONE_IN = 10
"""So many venues share one renovation."""


class Closed(NamedTuple):
    """Days, both ends included, with the reason."""

    first_on: date
    last_on: date
    reason_zh: str


def closures(words: tuple[str, ...], random: Random) -> list[Closed]:
    """Return the closures a venue's words stand for, in the order of their days."""
    return sorted(closed for word in words for closed in _closures(word, random))


def _closures(word: str, random: Random) -> Iterator[Closed]:
    match word:
        case "festival":
            yield from (Closed(*one) for one in FESTIVALS)
        case "new_year":
            yield Closed(*NEW_YEAR)
        case "exams":
            for first_on, days, reason in EXAMS:
                yield _days(first_on + timedelta(days=random.randrange(5)), days, reason)
        case "winter_break":
            yield Closed(*WINTER_BREAK)
        case "shows":
            yield from _spread(random, 4, 4, "展会档期")
        case "matches":
            yield from _spread(random, 6, 2, "体育赛事")
        case "upkeep":
            yield from _spread(random, 3, 2, "设备检修")
        case "renovation" if random.randrange(ONE_IN) == 0:
            yield from _spread(random, 1, 21, "装修改造")


def _spread(random: Random, many: int, days: int, reason: str) -> Iterator[Closed]:
    """Yield so many closures, one in each equal part of the time, so that they never meet."""
    part = (LAST_ON - FIRST_ON).days // many
    for number in range(many):
        offset = number * part + random.randrange(part - days)
        yield _days(FIRST_ON + timedelta(days=offset), days, reason)


def _days(first_on: date, days: int, reason: str) -> Closed:
    return Closed(first_on, first_on + timedelta(days=days - 1), reason)
