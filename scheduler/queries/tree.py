"""The tree of divisions, which is written in their codes: 37 a province, 3701 its city, 370102 a county."""

LEVEL = 2  # digits that a division's code has for the province, the city and the county each
CODE = 6


def prefix(code: str) -> str:
    """Return the digits that the codes of a division and of everything below it share."""
    digits = code
    while len(digits) > LEVEL and digits.endswith("0" * LEVEL):
        digits = digits[:-LEVEL]
    return digits


def covers(scope_code: str, code: str) -> bool:
    """Tell whether a division is the scope itself or lies below it."""
    return code.startswith(prefix(scope_code))


def line(code: str) -> tuple[str, ...]:
    """Return the codes of a division and of all above it."""
    return tuple(dict.fromkeys(code[:end].ljust(CODE, "0") for end in range(LEVEL, CODE + 1, LEVEL)))
