"""Finds the words of the groups in a text, and leaves alone what only looks like them."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from scheduler.postings.words import GROUPS, Ground, Group

PATTERNS = tuple((group, re.compile(group.pattern)) for group in GROUPS)
WAIVERS = ("不限", "均可", "皆可", "都可", "不作要求", "不做要求", "无要求", "不要求", "不看", "不论")
NEGATIONS = (
    "不限",
    "不论",
    "不查",
    "不问",
    "不得",
    "严禁",
    "禁止",
    "不做",
    "不检",
    "不看",
    "不设",
    "不歧视",
    "杜绝",
)
NO_FEE = (
    "不收",
    "无",
    "免",
    "零",
    "不交",
    "无需",
    "不需",
    "不用交",
    "免收",
    "不缴",
    "不收取",
    "不收任何",
    "拒收",
)
FAR = 4
"""Within so many characters a waiver speaks of the word before it: 未婚、已婚均可."""


class Hit(NamedTuple):
    """A word that was found, from `start` to before `end` of the text as it was given."""

    group: Group
    start: int
    end: int
    word: str


@lru_cache(maxsize=4096)
def find_words(text: str) -> tuple[Hit, ...]:
    """Return the words of all groups that a text holds, in the order of the text, none inside another."""
    plain, places = _plain(text)
    hits = []
    for group, pattern in PATTERNS:
        for match in pattern.finditer(plain):
            begin, end = match.start(), match.end()
            while begin < end and plain[begin] in ",、;。\n":
                begin += 1
            if not _is_waived(plain, begin, end, group.ground):
                start, stop = places[begin], places[end - 1] + 1
                hits.append(Hit(group, start, stop, text[start:stop]))
    return _apart(hits)


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text in half width and small letters without blanks, and where each character stood."""
    letters, places = [], []
    for place, letter in enumerate(text):
        if letter in " \t\u3000":
            continue
        for one in unicodedata.normalize("NFKC", letter).casefold():
            letters.append(one)
            places.append(place)
    return "".join(letters), places


def _is_waived(plain: str, start: int, end: int, ground: Ground) -> bool:
    """Tell whether the words around a match say the opposite: 婚否不限, 不收押金."""
    if ground is Ground.SUPERLATIVE:
        return False  # a claim, not a demand: 学历不限 beside it takes nothing back
    before = plain[max(0, start - FAR) : start]
    after = re.split(r"[,。;\n]", plain[end : end + 2 * FAR])[0]
    near = plain[start:end] + after[: FAR + max(map(len, WAIVERS))]
    if ground is Ground.FEE:
        return before.endswith(NO_FEE) or "单位承担" in after or "公司承担" in after or "全额退" in after
    begun = before + plain[start]  # 不限户籍: the demand begins inside of its negation
    return any(word in near for word in WAIVERS) or before.endswith(NEGATIONS) or begun.endswith(NEGATIONS)


def _apart(hits: list[Hit]) -> tuple[Hit, ...]:
    """Return hits of which none lies inside another; the longer one of two stays."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)
