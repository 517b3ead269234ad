"""Works out again what an allocation or a receipt claims, and says what differs."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from solver.answers import Sentence
from solver.booths.admission import Walk
from solver.booths.allocation import Allocation, Turn
from solver.booths.fingerprint import problem_hash
from solver.booths.goals import score
from solver.booths.lottery import Lottery, commit_of
from solver.booths.options import Options
from solver.booths.order import LUCK, published_order
from solver.booths.problem import Problem
from solver.booths.receipt import CutOff, Receipt, receipts
from solver.booths.rules import violations

DOUBT_SECONDS = 60.0
"""Most time for one doubtful case: what a fast machine proved in a second must not differ on a slow one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is claimed and what comes out: `about` names the field, of an enterprise if it is one's."""

    about: str
    zh: str
    en: str


SENTENCES: dict[str, Sentence] = {
    "commit": (
        "公布的哈希不是该种子的 SHA-256",
        "the hash that was announced is not the SHA-256 of the seed",
    ),
    "drawn_on": (
        "写了公开词的日期，却没有公开词",
        "it has the day of a public word, and no word",
    ),
    "ticket": ("抽签号应为 {right}", "the ticket should be {right}"),
    "place": ("次序应为第 {right}", "the place should be {right}"),
    "round": ("应为“{right}”", "the round should be {right!r}"),
    "cut_off": (
        "与截止次序比较，次序前后颠倒",
        "compared with the cut-off the place is on the wrong side of it",
    ),
    "booths": (
        "获展位与候补不能同时成立，也不能都不成立",
        "booths and waiting exclude each other, and one holds",
    ),
    "problem_hash": ("不是同一份申请数据", "it belongs to another problem"),
    "costs": ("各项代价应为 {right}", "the costs should be {right}"),
    "receipt": ("应为 {right}", "it should be {right}"),
}


def verify_receipt(receipt: Receipt) -> list[Difference]:
    """Return what of a receipt does not come out right by itself."""
    return list(_alone(receipt))


def compare_receipt(receipt: Receipt, problem: Problem, allocation: Allocation) -> list[Difference]:
    """Return in which fields a receipt is not what the problem and the allocation make of it."""
    for right in receipts(problem, allocation):
        if right.enterprise == receipt.enterprise:
            return [
                _say("receipt", f"receipt.{field.name}", right=getattr(right, field.name))
                for field in fields(Receipt)
                if getattr(receipt, field.name) != getattr(right, field.name)
            ]
    return [_say("receipt", "receipt.enterprise", right="one who asked")]


def verify_allocation(problem: Problem, allocation: Allocation) -> list[Difference]:
    """Return what of an allocation does not come out right when the order is walked and judged again.

    Who is said to be impossible to keep apart from those it avoids is taken for that; the judge still tries
    whether a single exchange would do. Moves are not counted again, for that takes the allocation before.
    """
    if allocation.problem_hash not in {"", problem_hash(problem)}:
        return [_say("problem_hash", "problem_hash")]
    broken = violations(problem, allocation)
    found = [*_turns(problem, allocation)]
    found += [Difference(f"{one.enterprise}: {one.rule}", one.zh, one.en) for one in broken]
    if not any(one.rule == "complete" for one in broken):
        costs = {goal: cost for goal, cost in score(problem, allocation.grants).items() if goal != "moves"}
        if any(allocation.costs.get(goal, cost) != cost for goal, cost in costs.items()):
            found.append(_say("costs", "costs", right=costs))
    return found


def _turns(problem: Problem, allocation: Allocation) -> Iterator[Difference]:
    """Yield whose ticket, place or round is not what comes out."""
    apart = [one.enterprise for one in allocation.waiting if one.rule in {"avoided", "undecided"}]
    rounds = Walk(Options(problem), apart, DOUBT_SECONDS).walk().rounds
    claimed = {turn.enterprise: turn for turn in allocation.turns}
    for place, request in enumerate(published_order(problem), 1):
        name = request.enterprise
        right = Turn(name, place, problem.lottery.ticket(name), rounds.get(name, ""))
        turn = claimed.get(name, Turn(name, 0, ""))
        for field in ("ticket", "place", "round"):
            if getattr(turn, field) != getattr(right, field):
                yield _say(field, f"{name}: {field}", right=getattr(right, field))


def _alone(receipt: Receipt) -> Iterator[Difference]:
    if receipt.commit and receipt.commit != commit_of(receipt.seed):
        yield _say("commit", "commit")
    if receipt.drawn_on and not receipt.public:
        yield _say("drawn_on", "drawn_on")
    right = Lottery(receipt.seed, public=receipt.public).ticket(receipt.enterprise)
    if receipt.ticket != right:
        yield _say("ticket", "ticket", right=right)
    if bool(receipt.booths) == bool(receipt.waiting) or bool(receipt.booths) != bool(receipt.round):
        yield _say("booths", "booths")
    if receipt.cut_off and (receipt.place <= receipt.cut_off.place) != (
        _key(receipt) <= _key(receipt.cut_off)
    ):
        yield _say("cut_off", "place")


def _key(one: Receipt | CutOff) -> tuple[int, int, str]:
    return one.no_shows, LUCK[one.last_time], one.ticket


def _say(sentence: str, about: str, **facts: object) -> Difference:
    zh, en = SENTENCES[sentence]
    return Difference(about, zh.format(**facts), en.format(**facts))
