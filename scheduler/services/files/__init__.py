"""Files that people hand in: what they really are, keeping them, and letting go of them."""

from scheduler.services.files.sniffing import Kind, UnfitFile, UnknownFile, kind_of
from scheduler.services.files.storing import FileGone, Given, delete_file, drop_expired_files, store_file

__all__ = [
    "FileGone",
    "Given",
    "Kind",
    "UnfitFile",
    "UnknownFile",
    "delete_file",
    "drop_expired_files",
    "kind_of",
    "store_file",
]
