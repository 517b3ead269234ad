"""What is printed: PDF with a Chinese font in it, set from plain values; the only importer of typst."""

from scheduler.printing.cards import booth_cards
from scheduler.printing.packs import pack
from scheduler.printing.posters import poster
from scheduler.printing.setting import NoChineseFont
from scheduler.printing.wording import PaperLanguage

__all__ = ["NoChineseFont", "PaperLanguage", "booth_cards", "pack", "poster"]
