"""Urgent requests (绿色通道): an event that is wanted at once, and until when its bureau has to answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base


class UrgentRequest(Base):
    """Somebody needs an event at once; it is answered as soon as the event is public, or cancelled.

    `due_at` is settled when it is asked: a parameter that changes later moves no promise. `enterprise_id`
    is for whom, where it is one enterprise.
    """

    __tablename__ = "urgent_request"
    __table_args__ = (CheckConstraint("asked_at <= due_at", name="clock"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(200))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
