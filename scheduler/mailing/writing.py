"""What the writers of letters share: the finished letter, and names that put no link of their own into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.errors import Language
from scheduler.mailing import booking_words, fair_day_words, livestream_words, words
from scheduler.models import Message

LINKLIKE = re.compile(r"[\x00-\x1f<>]|[:/@.](?=[A-Za-z0-9/])")
LINK = re.compile(r"https?://\S+")
SUBJECTS = words.SUBJECTS | booking_words.SUBJECTS | fair_day_words.SUBJECTS | livestream_words.SUBJECTS
TEXTS = words.TEXTS | booking_words.TEXTS | fair_day_words.TEXTS | livestream_words.TEXTS


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be handed in."""

    to: str
    subject: str
    text: str


def harmless(name: str) -> str:
    """Return a name that no mail reader turns into a link."""
    return LINKLIKE.sub(" ", name).strip()


def without_links(letter: Letter) -> str:
    """Return subject and text of a letter for the record: a link may be a key."""
    return LINK.sub("〔…〕", f"{letter.subject}\n\n{letter.text}")


def language_of(message: Message) -> Language:
    """Return the language a letter is to be written in."""
    return "en" if message.language == "en" else "zh"


def written(message: Message, to: str, values: Mapping[str, str]) -> Letter:
    """Return the letter of a message's kind, filled in."""
    language = language_of(message)
    subject = f"{words.SITE[language]} · {SUBJECTS[message.kind][language]}"
    return Letter(to, subject, TEXTS[message.kind][language].format_map(values))
