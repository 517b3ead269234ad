"""The customary programme: what bureaus hold beyond their duties, as data that each site may edit."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.models.base import Base, word
from scheduler.models.events import SlotPattern
from scheduler.models.reference import Reference


class Programme(Reference, Base):
    """What bureaus hold by custom beyond their duties, as data: livestreams, campus fairs, openings.

    `level`, `event_kinds`, `count`, `period` and `theme` mean what they mean for a Duty. `size` and
    `attendees` name the Parameter from which booths and people per booth are drawn; `within_days`
    keeps an event in the first days of its period (a campaign's opening).
    """

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_zh: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(String(40))
    event_kinds: Mapped[list[str]]
    count: Mapped[int]
    period: Mapped[str] = mapped_column(String(40))
    theme: Mapped[str] = mapped_column(String(80))
    size: Mapped[str] = mapped_column(String(48))
    attendees: Mapped[str] = mapped_column(String(48))
    pattern: Mapped[SlotPattern] = mapped_column(word(SlotPattern))
    within_days: Mapped[int | None]
    venue_types: Mapped[list[str]]
    equipment: Mapped[list[str]]
    priority: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
