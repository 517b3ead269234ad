"""Registering for events: enterprises ask to attend with their openings and wishes, bureaus answer."""

from scheduler.services.registering.admitting import admit
from scheduler.services.registering.answering import answer_registrations
from scheduler.services.registering.bringing import Wanted
from scheduler.services.registering.leaving import give_up, withdraw
from scheduler.services.registering.registering import Form, bring_opening, leave_opening, register
from scheduler.services.registering.together import Outcome, register_together

__all__ = [
    "Form",
    "Outcome",
    "Wanted",
    "admit",
    "answer_registrations",
    "bring_opening",
    "give_up",
    "leave_opening",
    "register",
    "register_together",
    "withdraw",
]
