"""What may not stand in an opening, and what has to: plain texts and numbers in, findings out.

words     the groups of words, each with its clause and what to write instead
matching  where a text holds such words, and where it only looks so
checks    one opening judged: wage, words, freshness, workplace
saying    a finding in words, with its clause and what to do
"""

from scheduler.postings.checks import Finding, FindingKind, Posting, WageUnit, examine
from scheduler.postings.matching import Hit, find_words
from scheduler.postings.saying import Said, say
from scheduler.postings.words import GROUPS, Force, Ground, Group

__all__ = [
    "GROUPS",
    "Finding",
    "FindingKind",
    "Force",
    "Ground",
    "Group",
    "Hit",
    "Posting",
    "Said",
    "WageUnit",
    "examine",
    "find_words",
    "say",
]
