"""The prices of the model that no single step can carry: crowd-pullers in one bay, and who is fixed."""

from collections import Counter, defaultdict
from collections.abc import Callable

from solver.booths.model.frame import NO_BAY, Frame


def fixed(frame: Frame) -> None:
    """What those cost who are fixed is paid, whatever else is decided."""
    requests = frame.options.requests
    frame.rows.offset += sum(
        frame.prices.of(requests[name], spot) for name, spot in frame.options.fixed.items()
    )


def spread(frame: Frame) -> None:
    """Each crowd-puller in a bay costs one unit for each that is there already."""
    weight, bays = frame.options.problem.weights.spread, frame.options.layout.bays
    settled = Counter(
        bay
        for name, spot in frame.options.fixed.items()
        if frame.options.requests[name].crowd_puller
        for bay in {bays[place] for place in spot} - {""}
    )
    frame.rows.offset += weight * sum(count * (count - 1) // 2 for count in settled.values())
    come: defaultdict[str, list[int]] = defaultdict(list)
    for step in frame.steps:
        if step.pulls:
            reached = {step.sort[1]} if step.sort else {bays[place] for place in step.spot}
            for bay in reached - {"", NO_BAY}:
                come[bay].append(step.column)
    pullers = sum(request.crowd_puller for request in frame.requests)
    for bay, columns in come.items():
        free = int(not settled[bay])
        most = min(pullers, bays.count(bay))
        beyond = [frame.rows.column((settled[bay] + more) * weight) for more in range(free, most)]
        terms = [(column, 1) for column in columns] + [(column, -1) for column in beyond]
        frame.rows.at_most(free, terms)


GOALS: dict[str, Callable[[Frame], None]] = {"fixed": fixed, "spread": spread}
