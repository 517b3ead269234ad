"""Files that people hand in, kept in the database and given out as downloads only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word


class FilePurpose(StrEnum):
    """What a file is for; it decides who may hand it in and who may take it out."""

    LICENCE = "licence"  # 营业执照
    AGENCY_LICENCE = "agency_licence"  # 人力资源服务许可证
    PARENT_LETTER = "parent_letter"  # 上级单位给分支机构的授权书
    CLAIM = "claim"  # what somebody shows who says that an enterprise is theirs
    EVENT_DOCUMENT = "event_document"  # 方案、应急预案、安全保卫方案


class StoredFile(Base):
    """A file of an enterprise or of an organizer; its type is what its first bytes say, never its name.

    The content is loaded only where it is asked for. A deleted file keeps its row and its hash, so
    that what was decided on its strength can still be told from another file.
    """

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("(enterprise_id IS NULL) <> (organizer_id IS NULL)", name="one_owner"),
        CheckConstraint("size_bytes > 0", name="size"),
        CheckConstraint("(deleted_at IS NULL) = (content IS NOT NULL)", name="content"),
        Index(
            "ix_stored_file_due",
            "keep_until",
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int | None] = mapped_column(
        ForeignKey("enterprise.id", ondelete="CASCADE"), index=True
    )
    organizer_id: Mapped[int | None] = mapped_column(ForeignKey("organizer.id"), index=True)
    purpose: Mapped[FilePurpose] = mapped_column(word(FilePurpose))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(80))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    keep_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
