"""In which language a paper speaks: Chinese, English, or both, the English small beneath the Chinese."""

from datetime import datetime
from enum import StrEnum

from scheduler.models import Event
from scheduler.times import local

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Said = list[str]
"""What a page in `pages/` writes: one text, or Chinese and then English."""


class PaperLanguage(StrEnum):
    """What the reader chose at the print button."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"

    def say(self, zh: str, en: str) -> Said:
        """Return a text in this language, or in both: once where they agree, Chinese where English lacks."""
        if self is PaperLanguage.BOTH:
            return list(dict.fromkeys((zh, en or zh)))
        return [zh if self is PaperLanguage.ZH else en or zh]

    def text(self, zh: str, en: str) -> str:
        """Return a text for where nothing can stand beneath: a file's name, a cell, a title."""
        return " ".join(self.say(zh, en))


def when(event: Event, language: PaperLanguage) -> Said:
    """Return day and hours as 2027年1月8日（周五）09:00–12:00; 待定 where they are not settled."""
    if event.starts_at is None or event.ends_at is None:
        return language.say("时间待定", "time to be settled")
    first, last = local(event.starts_at), local(event.ends_at)
    if first.date() == last.date():
        return language.say(
            f"{_day_zh(first)}{first:%H:%M}–{last:%H:%M}", f"{_day_en(first)} {first:%H:%M}–{last:%H:%M}"
        )
    return language.say(
        f"{_day_zh(first)}{first:%H:%M} 至 {_day_zh(last)}{last:%H:%M}",
        f"{_day_en(first)} {first:%H:%M} to {_day_en(last)} {last:%H:%M}",
    )


def _day_zh(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日（周{WEEKDAYS_ZH[moment.weekday()]}）"


def _day_en(moment: datetime) -> str:
    return f"{WEEKDAYS_EN[moment.weekday()]} {moment.day} {MONTHS_EN[moment.month - 1]} {moment.year}"
