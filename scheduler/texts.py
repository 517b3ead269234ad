"""What text may come in from outside: one normal form, and nothing that hides or turns text around."""

import re
import unicodedata

# Controls, lone surrogates (PostgreSQL refuses both with an error of its own), line and paragraph
# separators, and the marks that hide or turn text around and so forge what a reader sees.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class UnfitText(ValueError):  # noqa: N818 — an answer, not a malfunction
    """A text that is too long, or holds what nobody can see."""


def normal_login(text: str) -> str:
    """Return a login as it is stored, however it is written."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def hides_something(text: str) -> bool:
    """Tell whether a text holds controls (line breaks too), lone surrogates or marks that turn it around."""
    return UNSEEN.search(text) is not None


def cleaned(text: str, *, longest: int, lines: bool = False) -> str:
    """Return the text in NFC without blanks at its ends; line breaks stay only where `lines` allows them.

    Raises UnfitText when it is longer than `longest` characters or hides something.
    """
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    if len(normal) > longest or hides_something(normal.replace("\n", "") if lines else normal):
        raise UnfitText(f"{len(normal)} characters")
    return normal
