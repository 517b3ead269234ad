"""Credit codes are read by one rule: the vectors of GB 32100-2015, and everything people type instead."""

import csv
from pathlib import Path

import pytest

from scheduler.credit_codes import UnfitCreditCode, check_character, organisation_check, read

with Path(__file__).with_name("uscc_vectors.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = [(row["code"], row["expected"]) for row in csv.DictReader(file)]
GOOD = "91370102MA3TERT118"


def _judged(text: str) -> str:
    try:
        code = read(text)
    except UnfitCreditCode:
        return "invalid"
    if code.text != text:
        return "normalize"
    return "weak" if code.is_weak else "valid"


@pytest.mark.parametrize(("code", "expected"), VECTORS)
def test_a_vector_is_judged_as_it_should_be(code: str, expected: str) -> None:
    assert _judged(code) == expected


def test_all_vectors_are_there() -> None:
    counts = {kind: [expected for _, expected in VECTORS].count(kind) for _, kind in VECTORS}
    assert counts == {"valid": 11, "invalid": 4, "normalize": 2, "weak": 1}


@pytest.mark.parametrize(
    "written",
    [
        GOOD.lower(),
        f"  {GOOD}\u3000",
        "9137 0102 MA3T ERT1 18",
        "91370102-MA3TERT11-8",
        "９１３７０１０２ＭＡ３ＴＥＲＴ１１８",
        "９１３７０１０２ｍａ３ｔｅｒｔ１１８",
        "9137\u00a00102MA3TERT118",
    ],
)
def test_all_ways_of_writing_a_code_are_one_code(written: str) -> None:
    assert read(written).text == GOOD


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (GOOD.replace("MA", "М" + "A"), 9),  # a Cyrillic М
        (GOOD.replace("MA", "M" + "Α"), 10),  # a Greek Α
        (GOOD.replace("T118", "T11𝟖"), 18),  # a mathematical 8
        (GOOD.replace("T118", "Tⅰ18"), 16),  # a Roman numeral
        (GOOD.replace("T118", "T①18"), 16),
        (GOOD.replace("370102", "37O102"), 5),
        (GOOD.replace("T118", "TI18"), 16),
        (GOOD.replace("T118", "TS18"), 16),
        ("९" + GOOD[1:], 1),  # a Devanagari 9
    ],
)
def test_what_only_looks_like_a_sign_is_refused_and_named(written: str, place: int) -> None:
    with pytest.raises(UnfitCreditCode) as caught:
        read(written)
    assert f"第 {place} 位" in caught.value.text("zh")
    assert f"sign {place} " in caught.value.text("en")


@pytest.mark.parametrize("written", ["", "1", GOOD[:-1], GOOD + "0", GOOD * 3])
def test_a_code_of_another_length_is_refused(written: str) -> None:
    with pytest.raises(UnfitCreditCode) as caught:
        read(written)
    assert "18" in caught.value.text("zh")


def test_every_single_wrong_sign_is_noticed() -> None:
    changed = [
        GOOD[:place] + sign + GOOD[place + 1 :]
        for place in range(18)
        for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if sign != GOOD[place]
    ]
    assert [code for code in changed if _judged(code) != "invalid"] == []
    swapped = [GOOD[:at] + GOOD[at + 1] + GOOD[at] + GOOD[at + 2 :] for at in range(17)]
    assert [code for code in swapped if code != GOOD and _judged(code) != "invalid"] == []


def test_registers_that_begin_with_a_letter_are_known() -> None:
    body = "N2370102MF3TERT1" + organisation_check("MF3TERT1")
    assert _judged(body + check_character(body)) == "valid"
    assert _judged("NN370102MF3TERT118") == "invalid"


def test_the_division_and_the_organisation_are_read_from_their_places() -> None:
    code = read("91370181712345672C")
    assert (code.registered_in, code.organisation) == ("370181", "712345672")
