"""Keeps the English texts in step with the pages: `python -m tests.support.catalogue` after a change."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.support.packages import ROOT

PO = ROOT / "web/translations/en/LC_MESSAGES/messages.po"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
HEADER = b"""msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}


def extracted() -> Catalog:
    """Return every text of the product's pages as a catalogue without translations."""
    catalogue = Catalog(locale="en", fuzzy=False)
    found = extract_from_dir(ROOT / "web", METHODS, OPTIONS, keywords=KEYWORDS)
    for _file, _line, message, _comments, context in found:
        catalogue.add(message, context=context)
    return catalogue


def translated() -> Catalog:
    """Return the English catalogue as it is kept."""
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compile_catalogue() -> Path:
    """Write the compiled English texts beside their source and return the file."""
    target = PO.with_suffix(".mo")
    draft = target.with_suffix(f".draft-{id(target)}")
    with draft.open("wb") as file:
        write_mo(file, translated())
    return draft.replace(target)


def main() -> int:
    """Rewrite the English catalogue with the texts of now; return the number of those without English."""
    wanted, kept = extracted(), translated()
    for message in wanted:
        known = kept.get(message.id, context=message.context) if message.id else None
        if known:
            message.string = known.string
    with PO.open("wb") as file:
        file.write(HEADER)  # without the moment of writing, which would differ each time
        write_po(file, wanted, sort_output=True, no_location=True, omit_header=True, width=0)
    missing = [message.id for message in wanted if message.id and not message.string]
    for text in missing:
        print(f"needs English: {text}", file=sys.stderr)
    return min(len(missing), 1)


if __name__ == "__main__":
    sys.exit(main())
