"""The rules on order: which event comes before which, and how far apart."""

from solver.timetable.model.frame import EventChoice, Frame, Term, weighted


def keep_precedence(frame: Frame) -> None:
    """Two events in order start far enough, and not too far, apart when both are placed."""
    for precedence in frame.problem.precedences:
        first, then = frame.choices[precedence.first], frame.choices[precedence.then]
        distance = weighted(_start_of(then, 1) + _start_of(first, -1))
        both = [first.out.negated(), then.out.negated()]
        frame.model.add(distance >= precedence.least_slots).only_enforce_if(both)
        if precedence.most_slots is not None:
            frame.model.add(distance <= precedence.most_slots).only_enforce_if(both)


def _start_of(choice: EventChoice, sign: int) -> list[Term]:
    return [(literal, sign * start) for start, literal in choice.starts.items()]
