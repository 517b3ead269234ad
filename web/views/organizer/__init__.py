"""The workbench: what organizers see and decide, one file per subject."""

from web.views.organizer import (
    audit,
    drafts,
    duties,
    events,
    floors,
    members,
    publishing,
    repairs,
    resources,
    rights,
    runs,
    scarce,
    today,
    urgent,
    why,
    withdrawals,
    words,
)
from web.views.organizer.desk import blueprint

__all__ = [
    "audit",
    "blueprint",
    "drafts",
    "duties",
    "events",
    "floors",
    "members",
    "publishing",
    "repairs",
    "resources",
    "rights",
    "runs",
    "scarce",
    "today",
    "urgent",
    "why",
    "withdrawals",
    "words",
]
