"""Invented unified social credit codes that pass every check (GB 32100-2015, GB 11714)."""

from collections.abc import Iterator
from random import Random

from scheduler.credit_codes import ALPHABET, check_character, organisation_check

COMPANY = "91"  # registered by the market regulator, a company
FREE_PLACES = 6


def serials(many: int, random: Random) -> Iterator[str]:
    """Yield so many different beginnings of organisation codes: MA and six characters."""
    for number in random.sample(range(len(ALPHABET) ** FREE_PLACES), many):
        yield "MA" + _written(number)


def credit_code(division_code: str, serial: str) -> str:
    """Return the credit code of a company; both its check characters are right."""
    body = f"{COMPANY}{division_code}{serial}{organisation_check(serial)}"
    return body + check_character(body)


def _written(number: int) -> str:
    signs = []
    for _ in range(FREE_PLACES):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)
