"""Reads problems in the .tim format of a timetabling competition; reads and writes its .sln plans.

A problem is a list of whole numbers: events, rooms, features, students; the capacity of each room; then
five matrices, row by row: who attends (student, event), what a room has (room, feature), what an event
needs (event, feature), when it may be (event, slot), and which of two events comes first (1: the row's,
-1: the column's). A week has 5 days of 9 slots. A plan has one line for each event: its slot and its room,
from 0, or -1 -1 for an event without a place. Source: International Timetabling Competition 2007, track 2,
post-enrolment based course timetabling.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from solver.plain import FormatError
from solver.timetable.calendar import Calendar, Period
from solver.timetable.conditions import Attendee, Precedence
from solver.timetable.event import Event, Need
from solver.timetable.problem import Problem
from solver.timetable.solution import LeftOut, Outcome, Placement, Solution
from solver.timetable.venue import Venue

DAYS, HOURS, FIRST_HOUR = 5, 9, 8
SLOTS = DAYS * HOURS
WEEK = Calendar(
    date(2007, 10, 1),  # a Monday; the format knows no dates
    DAYS,
    tuple(
        Period(f"hour{hour}", 60 * (FIRST_HOUR + hour), 60 * (FIRST_HOUR + hour + 1)) for hour in range(HOURS)
    ),
)
MOST_EVENTS, MOST_ROOMS, MOST_FEATURES, MOST_STUDENTS = 5_000, 1_000, 1_000, 50_000
NOT_PLACED = ("time", "计划文件未安排", "the plan has no slot for it")


class Numbers:
    """The whole numbers of a text, in order, each of which must lie where its reader expects it."""

    def __init__(self, text: str) -> None:
        """Split the text at white space, whatever the line breaks."""
        self._words = ((word, at) for at, line in enumerate(text.splitlines(), 1) for word in line.split())
        self._line = 1

    def take(self, what: str, least: int, most: int) -> int:
        """Return the next number; raise FormatError naming the line if it is missing or out of range."""
        word, self._line = next(self._words, ("", self._line))
        if not word:
            raise self.error(f"the file ends where {what} should follow")
        try:
            value = int(word)
        except ValueError:
            raise self.error(f"{what}: {word!r} is not a whole number") from None
        if not least <= value <= most:
            raise self.error(f"{what}: {value} is not from {least} to {most}")
        return value

    def row(self, what: str, length: int) -> list[int]:
        """Return the places of the ones in the next `length` numbers, each 0 or 1."""
        return [place for place in range(length) if self.take(what, 0, 1)]

    def error(self, why: str) -> FormatError:
        """Return the refusal of what was read last."""
        return FormatError(f"line {self._line}: {why}")

    def end(self) -> None:
        """Raise FormatError if anything is left."""
        word, self._line = next(self._words, ("", self._line))
        if word:
            raise self.error(f"{word!r} stands behind the last number announced")


def read_tim(text: str) -> Problem:
    """Return the problem a .tim text describes; raise FormatError naming the line of what is wrong."""
    numbers = Numbers(text)
    events = numbers.take("number of events", 1, MOST_EVENTS)
    rooms = numbers.take("number of rooms", 1, MOST_ROOMS)
    features = numbers.take("number of features", 0, MOST_FEATURES)
    students = numbers.take("number of students", 0, MOST_STUDENTS)
    capacities = [numbers.take(f"capacity of room {room}", 1, MOST_STUDENTS) for room in range(rooms)]
    attended = [numbers.row(f"events of student {student}", events) for student in range(students)]
    equipment = [numbers.row(f"features of room {room}", features) for room in range(rooms)]
    wanted = [numbers.row(f"features for event {event}", features) for event in range(events)]
    slots = [numbers.row(f"slots of event {event}", SLOTS) for event in range(events)]
    orders = tuple(_orders(numbers, events))
    numbers.end()
    sizes = [0] * events
    for chosen in attended:
        for event in chosen:
            sizes[event] += 1
    return Problem(
        WEEK,
        tuple(
            Event(
                event_id(number),
                0,
                DAYS - 1,
                needs=(Need(people=sizes[number], features=_names(wanted[number])),),
                starts=frozenset(slots[number]),
            )
            for number in range(events)
        ),
        tuple(
            Venue(room_id(number), "campus", people=capacities[number], features=_names(equipment[number]))
            for number in range(rooms)
        ),
        attendees=tuple(
            Attendee(f"student{number}", tuple(map(event_id, chosen)), "student")
            for number, chosen in enumerate(attended)
        ),
        precedences=orders,
    )


def _orders(numbers: Numbers, events: int) -> Iterator[Precedence]:
    """Yield each pair in order once, whichever of its two numbers says so; refuse a contradiction."""
    said: dict[tuple[int, int], int] = {}
    for one in range(events):
        for other in range(events):
            sign = numbers.take(f"order of events {one} and {other}", -1, 1)
            if sign and (one == other or said.get((other, one), -sign) != -sign):
                raise numbers.error(f"events {one} and {other} are each to come before the other")
            if sign:
                said[one, other] = sign
    for first, then in sorted({pair if sign > 0 else pair[::-1] for pair, sign in said.items()}):
        yield Precedence(event_id(first), event_id(then))


def event_id(number: int) -> str:
    """Return the name of the event with this number."""
    return f"event{number}"


def room_id(number: int) -> str:
    """Return the name of the room with this number."""
    return f"room{number}"


def _names(features: Iterable[int]) -> frozenset[str]:
    return frozenset(f"feature{number}" for number in features)


def write_sln(problem: Problem, placements: Iterable[Placement]) -> str:
    """Return a plan as .sln; raise FormatError unless every event has exactly one venue."""
    _require_one_need(problem)
    rooms = {venue.id: number for number, venue in enumerate(problem.venues)}
    placed = {one.event: f"{one.start} {rooms[one.venues[0]]}" for one in placements}
    return "".join(f"{placed.get(event.id, '-1 -1')}\n" for event in problem.events)


def read_sln(problem: Problem, text: str) -> Solution:
    """Return the plan a .sln text describes; raise FormatError naming the line of what is wrong."""
    _require_one_need(problem)
    numbers, slots = Numbers(text), problem.calendar.slots
    placements, left_out = [], []
    for event in problem.events:
        slot = numbers.take(f"slot of {event.id}", -1, slots - 1)
        room = numbers.take(f"room of {event.id}", -1, len(problem.venues) - 1)
        if (slot < 0) != (room < 0):
            raise numbers.error(f"{event.id} has a slot or a room, but not both")
        if slot < 0:
            left_out.append(LeftOut(event.id, *NOT_PLACED))
        else:
            placements.append(Placement(event.id, slot, (problem.venues[room].id,)))
    numbers.end()
    return Solution(Outcome.GOOD, tuple(placements), tuple(left_out))


def _require_one_need(problem: Problem) -> None:
    for event in problem.events:
        if len(event.needs) != 1:
            raise FormatError(f".sln has one room for each event; {event.id!r} needs {len(event.needs)}")
