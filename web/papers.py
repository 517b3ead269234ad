"""In which language a paper speaks: what the reader chose at the print button, else that of the page."""

from collections.abc import Callable

from scheduler.errors import LANGUAGES, Language
from scheduler.printing import PaperLanguage
from web.language import current, speaking

SPOKEN: dict[PaperLanguage, tuple[Language, ...]] = {
    PaperLanguage.ZH: ("zh",),
    PaperLanguage.EN: ("en",),
    PaperLanguage.BOTH: LANGUAGES,
}


def chosen(wanted: PaperLanguage | None) -> PaperLanguage:
    """Return the language asked for, else the page's own."""
    return wanted or PaperLanguage(current())


def spoken(paper: PaperLanguage, write: Callable[[], str]) -> list[str]:
    """Return what a template writes in the language of the paper, not of the page; for both, each once."""
    return list(dict.fromkeys(_in(language, write) for language in SPOKEN[paper]))


def _in(language: Language, write: Callable[[], str]) -> str:
    with speaking(language):
        return write().strip()
