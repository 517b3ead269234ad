"""The judge of run sheets: every hard rule with its checker and its sentence, and the price of every goal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from solver.answers import Sentence
from solver.runsheet.problem import Firm, Problem
from solver.runsheet.sheet import Sheet, Turn

Facts = dict[str, object]


class BrokenSheetError(RuntimeError):
    """A run sheet that breaks a hard rule where none may."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: its name, the firm or pause it shows in, and a sentence in Chinese and in English."""

    rule: str
    about: str
    zh: str
    en: str


def complete(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """Every firm is on air or left out, every pause is held, and nobody else is there."""
    named = [turn.enterprise for turn in sheet.turns] + list(sheet.left_out)
    firms, pauses = [firm.enterprise for firm in problem.firms], [pause.id for pause in problem.pauses]
    for about in sorted({*named} ^ {*firms} | {*sheet.pauses} ^ {*pauses}):
        yield {"about": about}


def length(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """A turn has at least the firm's least and at most its wanted minutes."""
    for turn, firm in _both(problem, sheet):
        if not firm.least_minutes <= turn.minutes <= firm.wanted_minutes:
            yield {"about": firm.enterprise, "minutes": turn.minutes}


def window(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """A turn lies within the firm's own window and within the broadcast, after the host's lead."""
    for turn, firm in _both(problem, sheet):
        last = problem.minutes if firm.latest is None else min(firm.latest, problem.minutes)
        if turn.start < max(firm.earliest, problem.lead_minutes) or turn.end > last:
            yield {"about": firm.enterprise, "minute": turn.start}


def pause(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """A pause begins when it may, and is over by the end."""
    for one in problem.pauses:
        start = sheet.pauses[one.id]
        if not one.earliest <= start <= min(one.latest, problem.minutes - one.minutes):
            yield {"about": one.id, "minute": start}


def one_at_a_time(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """Nobody is on air while another is, or in a pause."""
    held = [(turn.start, turn.end, turn.enterprise) for turn in sheet.turns]
    held += [(sheet.pauses[one.id], sheet.pauses[one.id] + one.minutes, one.id) for one in problem.pauses]
    for (_, end, first), (start, _, then) in pairwise(sorted(held)):
        if start < end:
            yield {"about": then, "other": first, "minute": start}


def apart(problem: Problem, sheet: Sheet) -> Iterator[Facts]:
    """Two who avoid each other do not follow one another without a pause between them."""
    for first, then in _following(problem, sheet):
        if first.enterprise in then.avoids or then.enterprise in first.avoids:
            yield {"about": then.enterprise, "other": first.enterprise}


RULES: dict[str, tuple[Callable[[Problem, Sheet], Iterator[Facts]], Sentence]] = {
    "complete": (complete, ("{about} 缺失或不应出现", "{about} is missing or does not belong there")),
    "length": (length, ("{about} 的 {minutes} 分钟不合其要求", "{minutes} minutes do not suit {about}")),
    "window": (window, ("{about} 不能在第 {minute} 分钟开始", "{about} cannot begin in minute {minute}")),
    "pause": (pause, ("“{about}”不能在第 {minute} 分钟开始", "{about} may not begin in minute {minute}")),
    "one_at_a_time": (
        one_at_a_time,
        ("第 {minute} 分钟 {about} 与 {other} 重叠", "in minute {minute} {about} and {other} overlap"),
    ),
    "apart": (apart, ("{about} 紧接须回避的 {other}", "{about} follows {other}, whom it is to avoid")),
}


def violations(problem: Problem, sheet: Sheet) -> list[Violation]:
    """Return every breach of every hard rule; an empty list means the sheet is legal."""
    strange = [_say("complete", facts) for facts in complete(problem, sheet)]
    if strange:
        return strange
    return [_say(name, facts) for name, (check, _) in RULES.items() for facts in check(problem, sheet)]


def score(problem: Problem, sheet: Sheet) -> dict[str, int]:
    """Return the cost of each goal, multiplied by its weight."""
    following, weights = list(_following(problem, sheet)), problem.weights
    used = sum(turn.minutes for turn in sheet.turns) + sum(one.minutes for one in problem.pauses)
    ends = [turn.end for turn in sheet.turns]
    ends += [sheet.pauses[one.id] + one.minutes for one in problem.pauses]
    units = {
        "minutes": sum(firm.wanted_minutes - turn.minutes for turn, firm in _both(problem, sheet)),
        "prime": sum(firm.prime and not _in_prime(problem, turn) for turn, firm in _both(problem, sheet)),
        "industry": sum(
            bool(first.industry) and first.industry == then.industry for first, then in following
        ),
        "pullers": sum(first.crowd_puller and then.crowd_puller for first, then in following),
        "idle": max(ends, default=problem.lead_minutes) - problem.lead_minutes - used,
    }
    return {goal: count * int(getattr(weights, goal)) for goal, count in units.items()}


def _in_prime(problem: Problem, turn: Turn) -> bool:
    return problem.prime_from <= turn.start and turn.end <= problem.prime_to


def _both(problem: Problem, sheet: Sheet) -> Iterator[tuple[Turn, Firm]]:
    firms = {firm.enterprise: firm for firm in problem.firms}
    return ((turn, firms[turn.enterprise]) for turn in sheet.turns)


def _following(problem: Problem, sheet: Sheet) -> Iterator[tuple[Firm, Firm]]:
    """Yield each firm with the next one on air, unless there is a pause between them."""
    firms = {firm.enterprise: firm for firm in problem.firms}
    for first, then in pairwise(sorted(sheet.turns, key=lambda turn: turn.start)):
        if not any(first.start < start < then.start for start in sheet.pauses.values()):
            yield firms[first.enterprise], firms[then.enterprise]


def _say(name: str, facts: Facts) -> Violation:
    zh, en = RULES[name][1]
    return Violation(name, str(facts["about"]), zh.format(**facts), en.format(**facts))
