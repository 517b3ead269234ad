"""Why not all events can be placed: a smallest set of rules that clash, and the cheapest way out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from solver.timetable.construct import construct
from solver.timetable.explain.feasible import Judgement, UndecidedError
from solver.timetable.explain.grounds import SENTENCES, Ground, grounds, relaxed
from solver.timetable.explain.relaxations import Relaxation, relaxations
from solver.timetable.explain.shortages import Shortage, shortages
from solver.timetable.explain.sub_problem import only, with_few_venues
from solver.timetable.ledger import Ledger
from solver.timetable.problem import Problem

SECONDS = 5.0

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that cannot all hold: without any one of them the others could, if `minimal`.

    `shortage` says the same in one number, where counting is enough. `relaxations` resolve this clash, each
    on its own, the cheapest first; other events of the problem may clash as well.
    """

    events: tuple[str, ...]
    grounds: tuple[Ground, ...]
    shortage: Shortage | None
    relaxations: tuple[Relaxation, ...]
    minimal: bool


def find_clash(problem: Problem, about: Collection[str] = (), seconds: float = SECONDS) -> Clash | None:
    """Return a clash of the problem's events, or of those it is `about`; None if all of them can be placed.

    Raises UndecidedError if time is up before anything is known.
    """
    judgement = Judgement(seconds)
    whole = only(problem, about) if about else problem
    ledger = Ledger(whole)
    found = shortages(ledger)
    events = _few(whole, found[0].events, judgement) if found else _search(ledger, judgement)
    if not events:
        return None
    return _explain(with_few_venues(only(whole, events)), found[0] if found else None, judgement)


def _search(ledger: Ledger, judgement: Judgement) -> Collection[str]:
    """Return events that clash, looking first around one that finds no place, then further away."""
    homeless = construct(ledger, 0, lambda: judgement.left <= 0)
    if not homeless:
        return ()
    for around in _circles(ledger, homeless[0]):
        if events := judgement.clashing(only(ledger.problem, around)):
            return _few(ledger.problem, events, judgement)
    return ()


def _circles(ledger: Ledger, event_id: str) -> Sequence[Collection[str]]:
    """Return who is near an event: its area at the same time, with whoever shares attendees, and so on."""
    centre = ledger.choices[event_id].event
    area = {one.id for one in ledger.problem.events if one.area == centre.area}
    meanwhile = {
        one.id
        for one in ledger.problem.events
        if one.first_day <= centre.last_day and centre.first_day <= one.last_day
    }
    near = area | ledger.neighbours[event_id]
    return area & meanwhile, near & meanwhile, area, ledger.choices.keys()


def _few(problem: Problem, events: Collection[str], judgement: Judgement) -> Collection[str]:
    """Drop events, many at a time while that works, until all that are left are needed."""

    small = only(problem, events)

    def clash(some: Sequence[str]) -> bool:
        return not judgement.fits(only(small, some))

    return smallest(sorted(events), clash)


def smallest(items: Sequence[Item], clash: Callable[[Sequence[Item]], bool]) -> list[Item]:
    """Return items that clash, each of which is needed for it; when time is up, what is left by then.

    A deletion filter that tries to drop half of the rest, then a quarter, and so on. Fewer items never clash
    where more do not.
    """
    kept, place, step = list(items), 0, max(1, len(items) // 2)
    while place < len(kept):
        step = min(step, len(kept) - place)
        rest = kept[:place] + kept[place + step :]
        try:
            spare = clash(rest)
        except UndecidedError:
            return kept
        if spare:
            kept = rest
        elif step > 1:
            step //= 2
        else:
            place += 1
            step = max(1, (len(kept) - place) // 2)
    return kept


def _explain(core: Problem, shortage: Shortage | None, judgement: Judgement) -> Clash:
    every = grounds(core)

    def clash(some: Sequence[Ground]) -> bool:
        given_up = [ground for ground in every if ground not in some]
        return not judgement.fits(relaxed(core, given_up))

    needed = smallest(_without_idle_rules(every, clash), clash)
    minimal = judgement.left > 0
    events = tuple(event.id for event in core.events)
    return Clash(events, tuple(needed), shortage, tuple(relaxations(core, needed, judgement)), minimal)


def _without_idle_rules(every: Sequence[Ground], clash: Callable[[Sequence[Ground]], bool]) -> list[Ground]:
    """Give up each rule that has no part in the clash at all: most have none."""
    kept = list(every)
    for rule in SENTENCES:
        rest = [ground for ground in kept if ground.rule != rule]
        try:
            kept = rest if len(rest) < len(kept) and clash(rest) else kept
        except UndecidedError:
            break
    return kept
