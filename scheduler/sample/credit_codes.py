"""Invented unified social credit codes that pass every check (GB 32100-2015, GB 11714)."""

from collections.abc import Iterator
from random import Random

from stdnum.cn import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COMPANY = "91"  # registered by the market regulator, a company
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
FREE_PLACES = 6


def serials(many: int, random: Random) -> Iterator[str]:
    """Yield so many different beginnings of organisation codes: MA and six characters."""
    for number in random.sample(range(len(ALPHABET) ** FREE_PLACES), many):
        yield "MA" + _written(number)


def credit_code(division_code: str, serial: str) -> str:
    """Return the credit code of a company; both its check characters are right."""
    body = f"{COMPANY}{division_code}{serial}{organisation_check(serial)}"
    return body + str(uscc.calc_check_digit(body))


def organisation_check(serial: str) -> str:
    """Return the ninth character of an organisation code (GB 11714: weighted sum modulo 11)."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(serial, ORGANISATION_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return "X" if check == 10 else str(check)  # noqa: PLR2004 — the standard writes ten as X


def _written(number: int) -> str:
    signs = []
    for _ in range(FREE_PLACES):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)
