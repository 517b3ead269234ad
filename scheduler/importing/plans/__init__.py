"""Floor plans that were drawn elsewhere: a list, an SVG or a DXF becomes a drawing, or faults by place."""

from scheduler.importing.plans.layers import PARTS, Choices, Drawn, Part, guesses, part_called
from scheduler.importing.plans.listed import HEADER, SAMPLE, read_list
from scheduler.importing.plans.outcome import Fault, Outcome, UnreadablePlan
from scheduler.importing.plans.placing import likely_unit, place
from scheduler.importing.plans.reading import read_sketch
from scheduler.importing.plans.sketches import Sketch

__all__ = [
    "HEADER",
    "PARTS",
    "SAMPLE",
    "Choices",
    "Drawn",
    "Fault",
    "Outcome",
    "Part",
    "Sketch",
    "UnreadablePlan",
    "guesses",
    "likely_unit",
    "part_called",
    "place",
    "read_list",
    "read_sketch",
]
