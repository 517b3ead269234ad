"""The workbench: what organizers see and decide, one file per subject."""

from web.views.organizer import drafts, duties, events, publishing, resources, runs, today, words
from web.views.organizer.desk import blueprint

__all__ = ["blueprint", "drafts", "duties", "events", "publishing", "resources", "runs", "today", "words"]
