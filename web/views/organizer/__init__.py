"""The workbench: what organizers see and decide, one file per subject."""

from web.views.organizer import (
    drafts,
    duties,
    events,
    members,
    publishing,
    resources,
    rights,
    runs,
    today,
    tokens,
    why,
    words,
)
from web.views.organizer.desk import blueprint

__all__ = [
    "blueprint",
    "drafts",
    "duties",
    "events",
    "members",
    "publishing",
    "resources",
    "rights",
    "runs",
    "today",
    "tokens",
    "why",
    "words",
]
