"""What the product keeps about people, what for and for how long: declared once, and obeyed everywhere.

The privacy notice, everybody's copy of their data, correction, erasure, retention and the test that looks for
leaks all follow this register.
"""

from scheduler.privacy.impersonal import IMPERSONAL
from scheduler.privacy.kinds import Basis, Category, Erasing, Kept, Rule, Said, Sight, Term
from scheduler.privacy.of_accounts import ACCOUNTS
from scheduler.privacy.of_enterprises import ENTERPRISES
from scheduler.privacy.of_use import PROGRAMS_AND_PLACES, TRACES
from scheduler.privacy.people import Person, tried
from scheduler.privacy.terms import days

REGISTER: tuple[Kept, ...] = (*ACCOUNTS, *ENTERPRISES, *TRACES, *PROGRAMS_AND_PLACES)

__all__ = [
    "IMPERSONAL",
    "REGISTER",
    "Basis",
    "Category",
    "Erasing",
    "Kept",
    "Person",
    "Rule",
    "Said",
    "Sight",
    "Term",
    "days",
    "tried",
]
