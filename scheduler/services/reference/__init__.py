"""Reference data from files into the database: strictly read, merged with local edits, all or nothing."""

from scheduler.services.reference.loading import NoReferenceFiles, load_reference
from scheduler.services.reference.merging import KeptLocal, ReferenceReport
from scheduler.services.reference.tables import REFERENCE_DIR

__all__ = ["REFERENCE_DIR", "KeptLocal", "NoReferenceFiles", "ReferenceReport", "load_reference"]
