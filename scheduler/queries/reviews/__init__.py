"""What reviewers see of enterprises: the queue, one case with its checks, and the list of enterprises."""

from scheduler.queries.reviews.checks import Check, Tone, checks
from scheduler.queries.reviews.enterprise import EnterpriseFile, enterprise_file, officers
from scheduler.queries.reviews.facts import AGENCY_INDUSTRY, Facts
from scheduler.queries.reviews.listing import (
    EnterpriseFilter,
    EnterpriseLine,
    Lacking,
    enterprise_by_code,
    enterprises,
)
from scheduler.queries.reviews.one_case import CaseFacts, PaperLine, case_facts
from scheduler.queries.reviews.places import Places, places
from scheduler.queries.reviews.queue import CaseLine, Which, counts, queue, standing_sign_ups
from scheduler.queries.reviews.standing import Standing, standing

__all__ = [
    "AGENCY_INDUSTRY",
    "CaseFacts",
    "CaseLine",
    "Check",
    "EnterpriseFile",
    "EnterpriseFilter",
    "EnterpriseLine",
    "Facts",
    "Lacking",
    "PaperLine",
    "Places",
    "Standing",
    "Tone",
    "Which",
    "case_facts",
    "checks",
    "counts",
    "enterprise_by_code",
    "enterprise_file",
    "enterprises",
    "officers",
    "places",
    "queue",
    "standing",
    "standing_sign_ups",
]
