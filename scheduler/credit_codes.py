"""Unified social credit codes (统一社会信用代码, GB 32100-2015): the one place that reads and judges them.

python-stdnum judges the code; what it does not do is here: full-width forms, letters that only look
like ours, the check character of the organisation code inside (GB 11714), and the first characters
A, N and Y, which registers outside the market regulator give out.
"""

import re
from dataclasses import dataclass

from stdnum.cn import uscc

from scheduler.errors import Refusal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
# Full-width letters, digits and hyphens, and the ideographic blank, as Chinese keyboards write them.
FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SEPARATORS = re.compile(r"[\s\-]+")
LETTER_FIRST = "ANY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class UnfitCreditCode(Refusal):
    """A code that is not one: of the wrong length, with a wrong sign, or with a wrong check character."""

    status = 422
    code = "unfit_credit_code"
    zh = "统一社会信用代码有误：{reason_zh}。请对照营业执照重新填写。"
    en = "The unified social credit code is wrong: {reason_en}. Compare it with the business licence."


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that has been judged: its normal form, and what can be read from it."""

    text: str

    @property
    def registered_in(self) -> str:
        """Return the division code of positions 3 to 8, which may have been abolished since."""
        return self.text[2:8]

    @property
    def organisation(self) -> str:
        """Return the organisation code of positions 9 to 17; a licence that is typed twice shares it."""
        return self.text[8:17]

    @property
    def is_weak(self) -> bool:
        """Tell whether the organisation code's own check character is wrong, as in some genuine codes."""
        return self.organisation[8] != organisation_check(self.organisation[:8])


def read(text: str) -> CreditCode:
    """Return a code however it is written; raises UnfitCreditCode, which says what is wrong."""
    code = SEPARATORS.sub("", text.translate(FULL_WIDTH)).upper()
    for place, sign in enumerate(code, 1):
        if sign not in ALPHABET:
            raise UnfitCreditCode(
                reason_zh=f"第 {place} 位的字符不在代码字符集内（不用字母 I、O、S、V、Z，也不用形似字母）",
                reason_en=f"sign {place} is not one of a code (no I, O, S, V, Z, and no look-alikes)",
            )
    if len(code) != LENGTH:
        raise UnfitCreditCode(
            reason_zh=f"应为 {LENGTH} 位，实际 {len(code)} 位",
            reason_en=f"it has {len(code)} signs in place of {LENGTH}",
        )
    if not _holds(code):
        raise UnfitCreditCode(
            reason_zh="校验不通过，可能有一位写错或两位颠倒",
            reason_en="its check fails; a sign may be wrong, or two have changed places",
        )
    return CreditCode(code)


def check_character(body: str) -> str:
    """Return the eighteenth character of a code from the seventeen before it."""
    return str(uscc.calc_check_digit(body))


def organisation_check(serial: str) -> str:
    """Return the ninth character of an organisation code (GB 11714: weighted sum modulo 11)."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(serial, ORGANISATION_WEIGHTS, strict=True))
    check = (11 - total % 11) % 11
    return "X" if check == 10 else str(check)  # noqa: PLR2004 — the standard writes ten as X


def _holds(code: str) -> bool:
    if code[0] in LETTER_FIRST:
        return code[1:8].isdigit() and code[-1] == check_character(code[:-1])
    return bool(uscc.is_valid(code))
