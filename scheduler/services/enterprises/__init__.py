"""Enterprises: signing up, claiming, being verified, being served, and being made one."""

from scheduler.services.enterprises.claiming import claim_of, file_claim, grant_claim, refuse_claim
from scheduler.services.enterprises.deciding import approve, resume, send_back, suspend
from scheduler.services.enterprises.facts import UnfitFacts, UnfitParent, city_of, require_fit
from scheduler.services.enterprises.merging import MergeOver, UnfitMerge, merge_enterprises, undo_merge
from scheduler.services.enterprises.moving_registrations import MergeBlocked
from scheduler.services.enterprises.serving import (
    OfficerNeeded,
    SourceMissing,
    appoint_officer,
    assign_officer,
    set_tiers,
    wanted_people,
)
from scheduler.services.enterprises.signing_up import (
    SIGN_UP_LASTS,
    Contact,
    EnterpriseKnown,
    ask_to_sign_up,
    open_enterprise,
    put_contact,
    sign_up_link,
    standing_sign_up,
)
from scheduler.services.enterprises.submitting import (
    CaseMoved,
    LetterMissing,
    LicenceMissing,
    Papers,
    submit_for_review,
)
from scheduler.services.enterprises.telling import ReasonMissing
from scheduler.services.privacy.consenting import ConsentMissing

__all__ = [
    "SIGN_UP_LASTS",
    "CaseMoved",
    "ConsentMissing",
    "Contact",
    "EnterpriseKnown",
    "LetterMissing",
    "LicenceMissing",
    "MergeBlocked",
    "MergeOver",
    "OfficerNeeded",
    "Papers",
    "ReasonMissing",
    "SourceMissing",
    "UnfitFacts",
    "UnfitMerge",
    "UnfitParent",
    "appoint_officer",
    "approve",
    "ask_to_sign_up",
    "assign_officer",
    "city_of",
    "claim_of",
    "file_claim",
    "grant_claim",
    "merge_enterprises",
    "open_enterprise",
    "put_contact",
    "refuse_claim",
    "require_fit",
    "resume",
    "send_back",
    "set_tiers",
    "sign_up_link",
    "standing_sign_up",
    "submit_for_review",
    "suspend",
    "undo_merge",
    "wanted_people",
]
