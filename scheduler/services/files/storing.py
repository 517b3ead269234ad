"""Keeps a file under the name of its owner, and lets go of it: at once, or when its time is over."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import FilePurpose, StoredFile
from scheduler.services.files.sniffing import MEGABYTE, kind_of
from scheduler.texts import UnfitText, cleaned
from scheduler.times import now

MOST_BYTES = 5 * MEGABYTE
LONGEST_NAME = 100
UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|;%\x00-\x1f]+')


class FileGone(Refusal):
    """A file whose content has been deleted."""

    status = 410
    code = "file_gone"
    zh = "这个文件已按保存期限或要求删除，只保留了登记信息。"
    en = "This file has been deleted, on request or because its time was over; only its record is left."


@dataclass(frozen=True, slots=True)
class Given:
    """A file as somebody hands it in: the name that it came with, and its bytes."""

    name: str
    content: bytes


def store_file(  # noqa: PLR0913 — a file is all of this
    session: Session,
    *,
    given: Given,
    purpose: FilePurpose,
    enterprise_id: int | None = None,
    organizer_id: int | None = None,
    created_by: int | None = None,
    keep_until: datetime | None = None,
) -> StoredFile:
    """Keep a file of an enterprise or of an organizer; raises UnknownFile and UnfitFile."""
    kind = kind_of(given.content, most_bytes=MOST_BYTES)
    row = StoredFile(
        enterprise_id=enterprise_id,
        organizer_id=organizer_id,
        purpose=purpose,
        name=fit_name(given.name, ending=kind.ending),
        media_type=kind.media_type,
        size_bytes=len(given.content),
        sha256=hashlib.sha256(given.content).hexdigest(),
        content=given.content,
        created_at=now(),
        created_by=created_by,
        keep_until=keep_until,
    )
    session.add(row)
    session.flush()
    return row


def delete_file(session: Session, *, file_id: int) -> bool:
    """Delete a file's content and keep its record; returns False when it was gone already."""
    return _empty(session, StoredFile.id == file_id) == 1


def drop_expired_files(session: Session) -> int:
    """Delete the content of every file whose time is over; returns how many."""
    return _empty(session, StoredFile.keep_until <= now())


def fit_name(name: str, *, ending: str) -> str:
    """Return a name that is safe to show and to save under, ending in what the file really is."""
    stem = UNFIT_FOR_NAMES.sub(" ", name.rpartition("/")[2].rpartition("\\")[2])
    stem = stem.rpartition(".")[0] or stem
    try:
        stem = cleaned(stem[:LONGEST_NAME], longest=LONGEST_NAME).strip(". ")
    except UnfitText:
        stem = ""
    return f"{stem or 'file'}.{ending}"


def _empty(session: Session, which: ColumnElement[bool]) -> int:
    rows = session.scalars(
        update(StoredFile)
        .where(which, StoredFile.deleted_at.is_(None))
        .values(content=None, deleted_at=now())
        .returning(StoredFile.id)
    )
    return len(rows.all())
