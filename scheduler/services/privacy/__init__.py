"""Privacy in deed: notices kept, consent given and withdrawn, accounts erased with proof, old rows swept."""

from scheduler.services.privacy.consenting import (
    ASKED,
    ConsentMissing,
    agree,
    keep_notice,
    require_consent,
    withdraw,
)
from scheduler.services.privacy.correcting import (
    address_link,
    confirm_address,
    remove_address,
    rename,
    request_address,
    standing_address,
)
from scheduler.services.privacy.erasing import (
    RECEIPT,
    ErasedAlready,
    LastAdministrator,
    LastOwner,
    Receipt,
    erase_account,
    receipt_of,
)
from scheduler.services.privacy.proving import Finding, find_text, prove
from scheduler.services.privacy.sweeping import SWEPT_EVERY, due_rules, postpone, sweep

__all__ = [
    "ASKED",
    "RECEIPT",
    "SWEPT_EVERY",
    "ConsentMissing",
    "ErasedAlready",
    "Finding",
    "LastAdministrator",
    "LastOwner",
    "Receipt",
    "address_link",
    "agree",
    "confirm_address",
    "due_rules",
    "erase_account",
    "find_text",
    "keep_notice",
    "postpone",
    "prove",
    "receipt_of",
    "remove_address",
    "rename",
    "request_address",
    "require_consent",
    "standing_address",
    "sweep",
    "withdraw",
]
