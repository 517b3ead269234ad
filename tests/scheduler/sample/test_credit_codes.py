"""Invented codes are genuine in every check."""

from scheduler.credit_codes import read
from scheduler.sample.chance import luck
from scheduler.sample.credit_codes import credit_code, serials


def test_a_known_code_is_built_again_from_its_parts() -> None:
    assert credit_code("370102", "MA3TERT1") == "91370102MA3TERT118"


def test_an_invented_code_passes_both_checks() -> None:
    codes = [credit_code("370181", serial) for serial in serials(500, luck(1, "x"))]
    assert [code for code in codes if read(code).text != code or read(code).is_weak] == []


def test_serials_are_different_and_the_same_for_the_same_seed() -> None:
    first, second = list(serials(500, luck(1, "x"))), list(serials(500, luck(1, "x")))
    assert first == second
    assert len(set(first)) == 500
