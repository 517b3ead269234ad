"""Tests that whoever reads the letters beforehand sees all of them, with every gap named."""

from string import Formatter

import pytest

from scheduler.mailing.letters import WRITERS
from scheduler.mailing.previews import BLANKS, previews
from scheduler.mailing.writing import TEXTS

GAPS = sorted(
    {
        name
        for said in TEXTS.values()
        for text in said.values()
        for _, name, *_ in Formatter().parse(text)
        if name
    }
)


@pytest.mark.parametrize("gap", GAPS)
def test_every_gap_of_a_letter_has_a_name_in_both_languages(gap: str) -> None:
    assert set(BLANKS[gap]) == {"zh", "en"}


def test_no_name_is_kept_for_a_gap_that_is_gone() -> None:
    assert sorted(BLANKS) == GAPS


def test_letters_about_events_are_previewed_as_they_will_be_sent() -> None:
    shown = {preview.kind: preview for preview in previews()}
    assert shown.keys() <= WRITERS.keys()
    assert "invitation" not in shown
    offer = shown["booth_offer"]
    assert "〔展位编号〕" in offer.text["zh"]
    assert "Booth 〔booths〕 became free" in offer.text["en"]
