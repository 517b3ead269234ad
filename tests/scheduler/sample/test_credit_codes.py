"""The library and our own check of the organisation code agree with the vectors of GB 32100-2015."""

import csv
from pathlib import Path

import pytest
from stdnum.cn import uscc

from scheduler.sample.chance import luck
from scheduler.sample.credit_codes import credit_code, organisation_check, serials

with Path(__file__).with_name("uscc_vectors.csv").open(encoding="utf-8", newline="") as file:
    VECTORS = [(row["code"], row["expected"]) for row in csv.DictReader(file)]
BOTH_RIGHT = [code for code, expected in VECTORS if expected == "valid"]


@pytest.mark.parametrize(("code", "expected"), VECTORS)
def test_a_vector_is_judged_as_it_should_be(code: str, expected: str) -> None:
    assert uscc.is_valid(code) is (expected != "invalid")
    assert (uscc.compact(code) == code) is (expected != "normalize")


def test_a_weak_code_fails_only_the_older_check() -> None:
    (weak,) = [code for code, expected in VECTORS if expected == "weak"]
    assert weak[16] != organisation_check(weak[8:16])
    synthetic = [code for code in BOTH_RIGHT if code[8:10] in {"MA", "MJ"} or code[8:16].isdigit()]
    assert [code for code in synthetic if code[16] != organisation_check(code[8:16])] == []


def test_a_known_code_is_built_again_from_its_parts() -> None:
    assert credit_code("370102", "MA3TERT1") == "91370102MA3TERT118"


def test_serials_are_different_and_the_same_for_the_same_seed() -> None:
    first, second = list(serials(500, luck(1, "x"))), list(serials(500, luck(1, "x")))
    assert first == second
    assert len(set(first)) == 500
