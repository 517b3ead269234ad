"""Why each event of a repair is not where it was: a rule that broke it, or somebody it makes room for."""

from collections.abc import Collection, Iterator, Mapping

from solver.timetable.checkers.plan import Plan
from solver.timetable.difference import differences
from solver.timetable.options import slots_of
from solver.timetable.repair.damage import Damage
from solver.timetable.repair.surroundings import Surroundings
from solver.timetable.rules import RULES, Violation, say
from solver.timetable.solution import LeftOut, Placement, Sentence

NEW: Sentence = ("新增活动 {event}", "event {event} is new")
GONE: Sentence = ("活动 {event} 已撤销", "event {event} was withdrawn")
ROOM: Sentence = ("活动 {event} 为 {other} 让出时段或场地", "event {event} makes room for {other}")
CHAIN: Sentence = ("活动 {event} 为其他变动让位", "event {event} gives way to the other changes")


def why_changed(
    surroundings: Surroundings,
    damage: Damage,
    plan: Mapping[str, Placement],
    left_out: Collection[LeftOut],
) -> dict[str, tuple[Violation, ...]]:
    """Return for each event that is not where it was the reasons, as sentences in two languages."""
    why: dict[str, tuple[Violation, ...]]
    why = {place.event: (_say("withdrawn", GONE, event=place.event),) for place in damage.gone}
    changed = [one.event for one in differences(damage.standing.values(), plan.values()) if one.after]
    room = _Room(surroundings, damage, plan, {*changed, *damage.broken})
    for name in changed:
        if name not in damage.standing:
            why[name] = (_say("new", NEW, event=name),)
        else:
            why[name] = damage.broken.get(name) or tuple(room.made_by(name))
    for one in left_out:
        reason = Violation(one.rule, one.event, one.zh, one.en)
        why[one.event] = (*damage.broken.get(one.event, ()), reason)
    return why


def _say(rule: str, sentence: Sentence, **facts: str) -> Violation:
    zh, en = sentence
    return Violation(rule, facts["event"], zh.format(**facts), en.format(**facts))


class _Room:
    """Puts one event back where it was and looks who of the others is there now."""

    def __init__(
        self,
        surroundings: Surroundings,
        damage: Damage,
        plan: Mapping[str, Placement],
        others: Collection[str],
    ) -> None:
        self._others, self._plan, self._damage = sorted(others), plan, damage
        self._events, self._venues = surroundings.events, surroundings.options.venues
        self._problem = surroundings.cut([self._events[name] for name in self._others])

    def made_by(self, name: str) -> list[Violation]:
        """Return for whom an event that could have stayed has made room."""
        before = self._damage.standing[name]
        met = [(self._plan[other], other) for other in self._others if other in self._plan and other != name]
        for meeting in (self._breach, self._shortage):
            if found := [one for now, _ in met for one in meeting(before, now)]:
                return found
        return [_say("room", CHAIN, event=name)]

    def _breach(self, before: Placement, now: Placement) -> Iterator[Violation]:
        """Yield what the two would break together: a rule if the other stays, else who has come."""
        both = {before.event: before, now.event: now}
        plan = Plan(self._problem, both, self._events, self._venues, both)
        for rule, checked in RULES.items():
            for facts in checked.check(plan):
                if {facts["event"], facts.get("other")} == both.keys():
                    stayed = self._damage.standing.get(now.event) == now
                    yield say(rule, facts) if stayed else self._room_for(before, now)
                    return

    def _shortage(self, before: Placement, now: Placement) -> Iterator[Violation]:
        """Yield that the other takes a crew which both would need."""
        one, other = self._events[before.event], self._events[now.event]
        periods = len(self._problem.calendar.periods)
        if one.crew and other.crew and one.crew.pool == other.crew.pool:
            slots = set(slots_of(before.start, one.takes, one.days, periods))
            if slots.intersection(slots_of(now.start, other.takes, other.days, periods)):
                yield self._room_for(before, now)

    def _room_for(self, before: Placement, now: Placement) -> Violation:
        return _say("room", ROOM, event=before.event, other=now.event)
