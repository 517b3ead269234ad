"""Why an enterprise stands where it does, why it was not admitted, and what would change that; no solver."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from solver.answers import Sentence
from solver.booths.admission import Walk
from solver.booths.allocation import OPEN, Allocation, Grant, Turn, Waiting
from solver.booths.board import Board, Move
from solver.booths.goals import score
from solver.booths.layout import Block
from solver.booths.options import FITS, Options
from solver.booths.prices import Prices
from solver.booths.problem import Problem
from solver.booths.request import Request, Wish
from solver.booths.rules import say

SENTENCES: dict[str, Sentence] = {
    "granted": ("已满足", "granted"),
    "settled": ("本企业的展位已确认，不再变动", "its own booking is confirmed and stays"),
    "booked": ("{booth} 是 {other} 已确认的展位", "{booth} is a confirmed booking of {other}"),
    "order": (
        "{booth} 由次序在前（第 {place}）的 {other} 使用，互换会使其意愿落空",
        "{other}, number {place} in the order and before it, has {booth} and would lose a wish",
    ),
    "dearer": (
        "{booth} 由 {other}（次序第 {place}）使用，互换会使总代价增加 {cost}（{goals_zh}）",
        "{other}, number {place} in the order, has {booth}; an exchange would cost {cost} more ({goals})",
    ),
    "dearer_free": (
        "{booth} 空着，换过去会使总代价增加 {cost}（{goals_zh}）",
        "{booth} is free, but to move there would cost {cost} more ({goals})",
    ),
    "avoided": (
        "换到 {booth} 后会与须回避的企业相邻",
        "at {booth} somebody would stand beside an enterprise to be avoided",
    ),
    "no_exchange": (
        "{booth} 由 {other} 使用，其不适合换到本企业的展位，一次互换不能实现",
        "{other} has {booth} and could not have these booths in exchange",
    ),
    "no_row": ("没有包含它的 {count} 个相连的合适展位", "no {count} booths in a row that suit include it"),
    "power": ("不要求电源即可入选", "it would be admitted if it needed no power"),
    "network": ("不要求网络即可入选", "it would be admitted if it needed no network"),
    "accessible": ("不要求无障碍展位即可入选", "it would be admitted if it needed no accessible booth"),
    "size": ("不限展位尺寸即可入选", "it would be admitted if booths of any size would do"),
    "zones": ("不限展区即可入选", "it would be admitted if any zone open to it would do"),
    "booths": ("改申请 {count} 个展位即可入选", "it would be admitted if it asked for {count}"),
}
GOALS_ZH = {"wishes": "意愿", "zones": "展区", "spread": "分散", "moves": "变动"}


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: the rule or circumstance, and a sentence in Chinese and in English."""

    rule: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the order says of an enterprise, and then of its wishes down to the one granted, or why it waits.

    `last` is the turn of the last in the order whom the open round admitted (None: nobody).
    """

    turn: Turn
    of: int
    last: Turn | None
    booths: tuple[str, ...] = ()
    wishes: tuple[tuple[Wish, Because], ...] = ()
    waiting: Waiting | None = None
    would_help: tuple[Because, ...] = ()


def explain(
    problem: Problem, allocation: Allocation, enterprise: str, previous: tuple[Grant, ...] = ()
) -> Explanation:
    """Return why an enterprise has what it has; `previous` is what moves are counted against.

    Raises KeyError if it did not ask.
    """
    turns = {turn.enterprise: turn for turn in allocation.turns}
    opened = [turn for turn in allocation.turns if turn.round == OPEN]
    last = max(opened, key=lambda turn: turn.place, default=None)
    waiting = {one.enterprise: one for one in allocation.waiting}
    request = next((one for one in problem.requests if one.enterprise == enterprise), None)
    if request is None:
        raise KeyError(enterprise)
    if enterprise in waiting:
        apart = [one.enterprise for one in allocation.waiting if one.rule == "avoided"]
        return Explanation(
            turns[enterprise],
            len(turns),
            last,
            waiting=waiting[enterprise],
            would_help=tuple(_would_help(problem, request, apart)),
        )
    hall = _Hall(problem, allocation, turns, previous)
    return Explanation(
        turns[enterprise],
        len(turns),
        last,
        hall.booths[enterprise],
        tuple(hall.answers(request)),
    )


def _would_help(problem: Problem, request: Request, apart: Collection[str]) -> Iterator[Because]:
    """Walk the order again with one need less at a time, and yield what would have been enough."""
    easier = {
        "power": replace(request, power=False),
        "network": replace(request, network=False),
        "accessible": replace(request, accessible=False),
        "size": replace(request, least_width_mm=0, least_depth_mm=0),
        "zones": replace(request, zones=frozenset()),
        "booths": replace(request, booths=max(1, request.booths - 1)),
    }
    for rule, changed in easier.items():
        if changed != request:
            asked = tuple(
                changed if one.enterprise == request.enterprise else one for one in problem.requests
            )
            rounds = Walk(Options(replace(problem, requests=asked)), apart).walk().rounds
            if request.enterprise in rounds:
                yield _because(rule, count=changed.booths)


class _Hall:
    """The seating of an allocation, on which exchanges are tried out."""

    def __init__(
        self,
        problem: Problem,
        allocation: Allocation,
        turns: Mapping[str, Turn],
        previous: tuple[Grant, ...],
    ) -> None:
        self._problem, self._turns, self._previous = problem, turns, previous
        self._options = options = Options(problem)
        self.booths = {grant.enterprise: grant.booths for grant in allocation.grants}
        place = options.layout.place
        spots = {name: tuple(sorted(place[code] for code in codes)) for name, codes in self.booths.items()}
        self._board = Board(options, Prices(options, previous), spots)
        self._holders = {code: name for name, codes in self.booths.items() for code in codes}

    def answers(self, request: Request) -> Iterator[tuple[Wish, Because]]:
        """Yield each wish and why it was not granted, down to the one that was."""
        for wish in request.wishes:
            why = self._why(request, wish)
            yield wish, why
            if why.rule == "granted":
                return

    def _why(self, request: Request, wish: Wish) -> Because:
        if self._grants(wish, self._board.spots[request.enterprise]):
            return _because("granted")
        if request.booked:
            return _because("settled")
        inside = self._options.in_zone(wish.zone) if wish.zone else {self._options.layout.place[wish.booth]}
        spots = sorted(
            {
                spot
                for place in inside
                for spot in self._options.touching(self._options.needs(request)).get(place, ())
                if self._grants(wish, spot)
            }
        )
        if not spots:
            return self._why_none(request, sorted(inside))
        reasons = [self._why_not(request, spot) for spot in spots]
        return min(reasons, key=lambda one: one[0])[1]

    def _grants(self, wish: Wish, spot: Block) -> bool:
        booths = [self._options.layout.booths[place] for place in spot]
        if wish.booth:
            return wish.booth in {booth.code for booth in booths}
        return all(booth.zone == wish.zone for booth in booths)

    def _why_none(self, request: Request, inside: list[int]) -> Because:
        """Return why no spot there suits: booked by others, a rule about the booth, or no row of its size."""
        needs = self._options.needs(request)
        for place in inside:
            booth = self._options.layout.booths[place]
            if place in self._options.settled:
                return _because("booked", booth=booth.code, other=self._holders[booth.code])
            for rule, fits in FITS.items():
                if not fits(needs, booth):
                    who, zone = request.enterprise, booth.zone or "-"
                    broken = say(rule, {"enterprise": who, "booth": booth.code, "zone": zone})
                    return Because(rule, broken.zh, broken.en)
        return _because("no_row", count=request.booths)

    def _why_not(self, request: Request, spot: Block) -> tuple[tuple[int, int], Because]:
        """Return why an enterprise is not at a spot that suits it, and how telling that is: least is most."""
        name = request.enterprise
        codes = "+".join(self._options.layout.booths[place].code for place in spot)
        holders = sorted(
            {self._board.holder[place] for place in spot if place in self._board.holder} - {name}
        )
        move = self._board.move_to(name, spot)
        if move is None:
            return (3, 0), _because("no_exchange", booth=codes, other=", ".join(holders))
        if self._board.breaches(move):
            return (2, 0), _because("avoided", booth=codes)
        cost = self._board.change(move)
        facts = {"booth": codes, "cost": cost, **self._goals(move)}
        if not holders:
            return (1, cost), _because("dearer_free", **facts)
        facts |= {"other": holders[0], "place": self._turns[holders[0]].place}
        before = self._turns[holders[0]].place < self._turns[name].place
        return (1, cost), _because("order" if before and cost <= 0 else "dearer", **facts)

    def _goals(self, move: Move) -> dict[str, str]:
        """Return in two languages by how much each goal would change."""
        codes = [booth.code for booth in self._problem.booths]
        moved = {name: tuple(codes[place] for place in spot) for name, spot in move}
        before = [Grant(name, booths) for name, booths in self.booths.items()]
        after = [Grant(name, moved.get(name, booths)) for name, booths in self.booths.items()]
        now, then = (score(self._problem, grants, self._previous) for grants in (before, after))
        changes = {goal: f"{then[goal] - now[goal]:+d}" for goal in now if then[goal] != now[goal]}
        return {
            "goals": ", ".join(f"{goal} {change}" for goal, change in changes.items()) or "=",
            "goals_zh": "、".join(f"{GOALS_ZH[goal]} {change}" for goal, change in changes.items()) or "=",
        }


def _because(rule: str, **facts: object) -> Because:
    zh, en = SENTENCES[rule]
    return Because(rule, zh.format(**facts), en.format(**facts))
