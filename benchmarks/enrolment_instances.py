"""Makes post-enrolment timetabling problems that hide a perfect timetable, in the competition's .tim format.

An instance has the size of one of the 24 of the International Timetabling Competition 2007, track 2, and
about its density of conflicts. As there, a timetable without any fault is hidden in it, which leaves the last
slot of each day empty: 400 events in 10 rooms fill all other slots. With `last_hours` even these are filled.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DAYS, HOURS = 5, 9
SLOTS = DAYS * HOURS
AVAILABLE_SHARE = 0.57
"""Share of all slots in which an event may be: 26 of 45."""
ORDERED_SHARE = 0.1
FEATURES_WANTED = (1, 1, 2, 2, 3)
FEATURES_SHARE = 0.4
FEWER_EVENTS = 6
"""By how many a student's number of events may fall short of the most."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large an instance is; `conflicts` is the share of pairs of events that have a student in common."""

    events: int
    rooms: int
    features: int
    students: int
    most_events: int
    conflicts: float
    last_hours: bool = False

    @property
    def used(self) -> float:
        """The share of all rooms and slots that the events fill."""
        return self.events / (self.rooms * SLOTS)


SHAPES = {
    "1": Shape(400, 10, 10, 500, 25, 0.34),
    "2": Shape(400, 10, 10, 500, 24, 0.37),
    "3": Shape(200, 20, 10, 1000, 15, 0.47),
    "4": Shape(200, 20, 10, 1000, 15, 0.52),
    "5": Shape(400, 20, 20, 300, 23, 0.31),
    "6": Shape(400, 20, 20, 300, 24, 0.30),
    "7": Shape(200, 20, 20, 500, 15, 0.53),
    "8": Shape(200, 20, 20, 500, 15, 0.52),
    "9": Shape(400, 10, 20, 500, 24, 0.34),
    "10": Shape(400, 10, 20, 500, 23, 0.38),
    "11": Shape(200, 10, 10, 1000, 15, 0.50),
    "12": Shape(200, 10, 10, 1000, 15, 0.58),
    "13": Shape(400, 20, 10, 300, 24, 0.32),
    "14": Shape(400, 20, 10, 300, 24, 0.31),
    "15": Shape(200, 10, 20, 500, 15, 0.54),
    "16": Shape(200, 10, 20, 500, 15, 0.46),
    "17": Shape(100, 10, 10, 500, 23, 0.71),
    "18": Shape(200, 10, 10, 500, 23, 0.65),
    "19": Shape(300, 10, 10, 1000, 14, 0.47),
    "20": Shape(400, 10, 10, 1000, 15, 0.28),
    "21": Shape(500, 20, 20, 300, 23, 0.23),
    "22": Shape(600, 20, 20, 500, 25, 0.26),
    "23": Shape(400, 20, 30, 1000, 24, 0.44),
    "24": Shape(400, 20, 30, 1000, 15, 0.31),
    "95": Shape(428, 10, 10, 500, 25, 0.34, last_hours=True),
    "98": Shape(441, 10, 10, 500, 25, 0.34, last_hours=True),
    "100": Shape(450, 10, 10, 500, 25, 0.34, last_hours=True),
}
"""The sizes of the competition by number, then three that fill so many per cent of all rooms and slots."""


@dataclass(slots=True)
class Instance:
    """An instance in the order of its file; numbers count from 0."""

    capacities: list[int]
    attends: list[set[int]]
    room_features: list[set[int]]
    event_features: list[set[int]]
    available: list[set[int]]
    before: set[tuple[int, int]]


def make_instance(shape: Shape, seed: int) -> Instance:
    """Hide a timetable, then ask for nothing that it does not give."""
    draw = random.Random(f"{shape} {seed}")  # noqa: S311 - makes examples, guards nothing
    slots = [slot for slot in range(SLOTS) if shape.last_hours or slot % HOURS < HOURS - 1]
    hidden = draw.sample([(slot, room) for slot in slots for room in range(shape.rooms)], shape.events)
    times = [slot for slot, _ in hidden]
    attends = _attendance(draw, shape, times)
    capacities = [1] * shape.rooms
    for event, (_, room) in enumerate(hidden):
        size = sum(event in chosen for chosen in attends)
        capacities[room] = max(capacities[room], size)
    equipment = [_features(draw, shape) for _ in range(shape.rooms)]
    wanted = [_some(draw, equipment[room], draw.choice(FEATURES_WANTED)) for _, room in hidden]
    available = [{at for at in range(SLOTS) if draw.random() < AVAILABLE_SHARE} | {time} for time in times]
    return Instance(capacities, attends, equipment, wanted, available, _orders(draw, times))


def _attendance(draw: random.Random, shape: Shape, times: Sequence[int]) -> list[set[int]]:
    """Let circles of students choose the same: the fewer circles, the fewer pairs of events in conflict."""
    in_a_circle = math.comb(shape.most_events - FEWER_EVENTS // 2, 2)
    wanted = -math.log(1 - shape.conflicts) * math.comb(shape.events, 2)
    circles = min(shape.students, max(1, round(wanted / in_a_circle)))
    chosen = [
        _without_clash(draw, times, draw.randint(shape.most_events - FEWER_EVENTS, shape.most_events))
        for _ in range(circles)
    ]
    return [chosen[number % circles] for number in range(shape.students)]


def _without_clash(draw: random.Random, times: Sequence[int], count: int) -> set[int]:
    events: dict[int, int] = {}
    for event in draw.sample(range(len(times)), len(times)):
        if len(events) < count:
            events.setdefault(times[event], event)
    return set(events.values())


def _features(draw: random.Random, shape: Shape) -> set[int]:
    count = max(1, round(draw.gauss(shape.features * FEATURES_SHARE, 1)))
    return set(draw.sample(range(shape.features), count))


def _some(draw: random.Random, features: set[int], count: int) -> set[int]:
    return set(draw.sample(sorted(features), min(len(features), count)))


def _orders(draw: random.Random, times: Sequence[int]) -> set[tuple[int, int]]:
    before: set[tuple[int, int]] = set()
    while len(before) < len(times) * ORDERED_SHARE:
        first, then = draw.sample(range(len(times)), 2)
        if times[first] < times[then]:
            before.add((first, then))
    return before


def to_tim(instance: Instance) -> str:
    """Return the instance as its file, one row of a matrix a line."""
    return "\n".join([*_lines(instance), ""])


def _lines(instance: Instance) -> Iterator[str]:
    events, rooms = len(instance.event_features), len(instance.capacities)
    features = 1 + max(max(some) for some in instance.room_features)
    yield f"{events} {rooms} {features} {len(instance.attends)}"
    yield from map(str, instance.capacities)
    matrices = (
        (instance.attends, events),
        (instance.room_features, features),
        (instance.event_features, features),
        (instance.available, SLOTS),
    )
    for marked, columns in matrices:
        for some in marked:
            yield " ".join(str(int(column in some)) for column in range(columns))
    for one in range(events):
        pairs = [((one, other), (other, one)) for other in range(events)]
        yield " ".join(str((row in instance.before) - (turned in instance.before)) for row, turned in pairs)
