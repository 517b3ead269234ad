"""What a plan costs, goal by goal: one function for each bundle of goals."""

from solver.timetable.event import Event
from solver.timetable.model.frame import EventChoice, Frame


def price_choices(frame: Frame) -> None:
    """Price each start, each venue and leaving an event out."""
    for choice in frame.choices.values():
        event = choice.options.event
        out = left_out_price(frame.problem.weights.left_out, event)
        frame.price(choice.out, min(out, frame.elsewhere.get(event.id, out)))
        for start, literal in choice.starts.items():
            frame.price(literal, choice.options.start_costs[start])
        for eligible, venues in zip(choice.options.needs, choice.venues, strict=True):
            for (_, venue), literal in venues.items():
                frame.price(literal, eligible[venue])


def price_moves(frame: Frame) -> None:
    """Price being placed elsewhere than in the previous plan."""
    for choice in frame.choices.values():
        _price_move(frame, choice, frame.problem.weights.stability * choice.options.event.move_cost)


def _price_move(frame: Frame, choice: EventChoice, price: int) -> None:
    before = frame.previous.get(choice.options.event.id)
    if before is None or not price:
        return
    moved = frame.model.new_bool_var("")
    frame.price(moved, price)
    frame.moves.append((moved, choice))
    stays = [choice.starts.get(before.start)]
    stays += [
        venues.get((before.start, venue)) for venue, venues in zip(before.venues, choice.venues, strict=False)
    ]
    stays += [None] * (len(before.venues) != len(choice.venues))  # what it needs has changed since
    for stay in stays:
        frame.model.add_bool_or([moved, choice.out] if stay is None else [moved, choice.out, stay])


def left_out_price(weight: int, event: Event) -> int:
    """Return what leaving an event out costs: five times as much with each step of priority."""
    return int(weight * 5**event.priority)
