"""What organizers do with duties: turn them into events, or waive one with a reason."""

from scheduler.services.duties.building import OrganizerMissing
from scheduler.services.duties.chance import MissingParameter
from scheduler.services.duties.expanding import expand_duties
from scheduler.services.duties.expansion import Expansion, Part, Sum

__all__ = ["Expansion", "MissingParameter", "OrganizerMissing", "Part", "Sum", "expand_duties"]
