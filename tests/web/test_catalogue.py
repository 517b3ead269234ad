"""Tests that the pages are whole in both languages."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from tests.support.catalogue import extracted, translated

CHINESE = re.compile("[\u4e00-\u9fff]")


def identities(catalogue: Catalog) -> set[tuple[object, object]]:
    return {(message.id, message.context) for message in texts(catalogue)}


def texts(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ("",))


def test_the_english_catalogue_has_exactly_the_texts_of_the_pages() -> None:
    """When it differs: `python -m tests.support.catalogue`."""
    assert identities(translated()) == identities(extracted())


def test_every_text_has_its_english() -> None:
    assert [message.id for message in texts(translated()) if not all(forms(message))] == []


def test_no_english_text_holds_chinese() -> None:
    assert [form for message in texts(translated()) for form in forms(message) if CHINESE.search(form)] == []


def test_both_languages_fill_in_the_same_values() -> None:
    placeholder = re.compile(r"%\((\w+)\)s")
    wrong = [
        message.id
        for message in texts(translated())
        for form in forms(message)
        if set(placeholder.findall(form)) != set(placeholder.findall(str(message.id)))
    ]
    assert wrong == []
