"""Floor plans that were drawn elsewhere: a list, an SVG or a DXF becomes a drawing, or faults by place."""

from scheduler.importing.plans.layers import Choices, Part, guesses
from scheduler.importing.plans.listed import HEADER, SAMPLE, read_list
from scheduler.importing.plans.outcome import Fault, Outcome, UnreadablePlan
from scheduler.importing.plans.placing import likely_unit, place
from scheduler.importing.plans.reading import read_sketch
from scheduler.importing.plans.sketches import Sketch

__all__ = [
    "HEADER",
    "SAMPLE",
    "Choices",
    "Fault",
    "Outcome",
    "Part",
    "Sketch",
    "UnreadablePlan",
    "guesses",
    "likely_unit",
    "place",
    "read_list",
    "read_sketch",
]
