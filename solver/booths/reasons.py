"""Why an enterprise was not admitted: no booth suits it, or those that do went to others before it."""

from collections.abc import Collection

from solver.answers import Sentence
from solver.booths.allocation import Waiting
from solver.booths.options import FITS, Options
from solver.booths.request import Request

WHY: dict[str, Sentence] = {
    "size": ("没有尺寸足够的展位", "no booth is large enough"),
    "power": ("没有带电源的合适展位", "no booth that suits has power"),
    "network": ("没有带网络的合适展位", "no booth that suits has a network"),
    "accessible": ("没有合适的无障碍展位", "no booth that suits is accessible"),
    "zone": ("可设展的展区内没有合适展位", "no booth that suits lies in a zone it may stand in"),
    "row": ("没有 {booths} 个相连的合适展位", "there are no {booths} booths in a row that suit"),
    "avoided": (
        "次序在前的企业入座后，无法与须回避的企业分开",
        "it cannot be kept apart from those it avoids once all before it are seated",
    ),
    "undecided": (
        "规定时间内未能确认能否安排",
        "whether it could be seated was not found out in the time given",
    ),
    "kept": ("剩余展位为预留展位", "the booths left are kept for others"),
    "order": (
        "合适的展位已按公布次序分给排在前面的企业",
        "the booths that suit went to those before it in the published order",
    ),
}


def why_waiting(  # noqa: PLR0913 - it names all its terms
    options: Options,
    request: Request,
    place: int,
    *,
    free: Collection[int],
    barred: Collection[str],
    undecided: Collection[str],
) -> Waiting:
    """Return an enterprise's place among those who wait, and what stood in its way."""
    rule = _alone(options, request)
    if rule is None and request.enterprise in barred:
        rule = "avoided"
    if rule is None and request.enterprise in undecided:
        rule = "undecided"
    if rule is None:
        suits = options.spots(options.needs(request))
        rule = "kept" if any(set(free).issuperset(spot) for spot in suits) else "order"
    zh, en = WHY[rule]
    return Waiting(
        request.enterprise, place, rule, zh.format(booths=request.booths), en.format(booths=request.booths)
    )


def _alone(options: Options, request: Request) -> str | None:
    """Name the rule that leaves it no spot even were it alone; None if it has one."""
    needs = options.needs(request)
    if options.spots(needs):
        return None
    left = [booth for place, booth in enumerate(options.layout.booths) if place not in options.settled]
    for rule in ("zone", "accessible", "size", "power", "network"):
        left = [booth for booth in left if FITS[rule](needs, booth)]
        if not left:
            return rule
    return "row"
