"""The judge: every hard rule by name, with its checker and its sentence in two languages."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from solver.answers import Sentence
from solver.booths.allocation import Allocation
from solver.booths.checkers import order, places
from solver.booths.checkers.judged import Checker, Facts, Judged
from solver.booths.layout import Layout
from solver.booths.problem import Problem


class BrokenAllocationError(RuntimeError):
    """An allocation that breaks a hard rule where none may: never to be confirmed."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: its name, the enterprise it shows in, and a sentence in Chinese and in English."""

    rule: str
    enterprise: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A checker, which yields the facts of each breach, and the sentence these facts are put into."""

    check: Checker
    sentence: Sentence


RULES: dict[str, Rule] = {
    "count": Rule(
        places.count,
        (
            "{enterprise} 申请 {asked} 个展位，分到 {has} 个",
            "{enterprise} asked for {asked} booths and has {has}",
        ),
    ),
    "row": Rule(
        places.row,
        ("{enterprise} 的展位 {booths} 不相连", "the booths {booths} of {enterprise} do not stand in a row"),
    ),
    "one_enterprise": Rule(
        places.one_enterprise,
        (
            "展位 {booth} 同时分给 {enterprise} 和 {other}",
            "booth {booth} is given to {enterprise} and to {other}",
        ),
    ),
    "size": Rule(
        places.misfits("size"),
        ("展位 {booth} 小于 {enterprise} 所需尺寸", "booth {booth} is smaller than {enterprise} needs"),
    ),
    "power": Rule(
        places.misfits("power"),
        ("展位 {booth} 没有 {enterprise} 所需的电源", "booth {booth} lacks the power {enterprise} needs"),
    ),
    "network": Rule(
        places.misfits("network"),
        ("展位 {booth} 没有 {enterprise} 所需的网络", "booth {booth} lacks the network {enterprise} needs"),
    ),
    "accessible": Rule(
        places.misfits("accessible"),
        (
            "{enterprise} 需要无障碍展位，{booth} 不是",
            "{enterprise} needs an accessible booth, and {booth} is none",
        ),
    ),
    "zone": Rule(
        places.misfits("zone"),
        (
            "{enterprise} 不能在展区 {zone} 设展（展位 {booth}）",
            "{enterprise} may not stand in zone {zone} (booth {booth})",
        ),
    ),
    "booked": Rule(
        places.booked,
        (
            "{enterprise} 已确认的展位 {booths} 被变动",
            "the confirmed booths {booths} of {enterprise} were touched",
        ),
    ),
    "avoided": Rule(
        places.avoided,
        (
            "{enterprise} 与须回避的 {other} 相邻（展位 {booth}）",
            "{enterprise} stands beside {other}, whom it is to avoid (booth {booth})",
        ),
    ),
    "share": Rule(
        order.share,
        (
            "{enterprise} 所属类别的预留份额未满，展位却给了 {other}",
            "{enterprise} waits below the share of its tier while {other} has a booth it could have",
        ),
    ),
    "order": Rule(
        order.order,
        (
            "{enterprise} 次序在 {other} 之前，却未获得其展位",
            "{enterprise} comes before {other} in the order and could have its booth, but waits",
        ),
    ),
    "left_over": Rule(
        order.left_over,
        (
            "展位 {booths} 空着，{enterprise} 却未获分配",
            "{enterprise} waits while the booths {booths} are left over",
        ),
    ),
    "kept": Rule(
        order.kept,
        (
            "{enterprise} 占用了预留展位，还差 {booths} 个",
            "{enterprise} has a booth that is kept for others ({booths} missing)",
        ),
    ),
}


ABOUT_ORDER = ("share", "order", "left_over")
"""The rules about who is admitted rather than somebody else."""


def violations(problem: Problem, allocation: Allocation) -> list[Violation]:
    """Return every breach of every hard rule; an empty list means the allocation is legal."""
    strange = list(_strangers(problem, allocation))
    if strange:
        return strange
    judged = judge_of(problem, allocation)
    return [say(name, facts) for name, rule in RULES.items() for facts in rule.check(judged)]


def judge_of(problem: Problem, allocation: Allocation) -> Judged:
    """Return the grants of an allocation, ready to be judged."""
    holders: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for grant in allocation.grants:
        for code in grant.booths:
            holders[code] += (grant.enterprise,)
    return Judged(
        problem,
        {grant.enterprise: grant for grant in allocation.grants},
        {request.enterprise: request for request in problem.requests},
        {booth.code: booth for booth in problem.booths},
        dict(holders),
        Layout(problem),
        {zone.code: zone.industries for zone in problem.zones if zone.closed},
    )


def say(name: str, facts: Facts) -> Violation:
    """Put the facts of a breach into the sentence of its rule."""
    zh, en = RULES[name].sentence
    return Violation(name, str(facts["enterprise"]), zh.format(**facts), en.format(**facts))


def _strangers(problem: Problem, allocation: Allocation) -> Iterator[Violation]:
    """Report what cannot even be judged: unknown names, and enterprises forgotten or named twice."""

    def report(enterprise: str, zh: str, en: str) -> Violation:
        return Violation("complete", enterprise, f"{enterprise}：{zh}", f"{enterprise}: {en}")

    named = Counter(
        [one.enterprise for one in allocation.grants] + [one.enterprise for one in allocation.waiting]
    )
    known, codes = {one.enterprise for one in problem.requests}, {booth.code for booth in problem.booths}
    for name in sorted(known - named.keys()):
        yield report(name, "既未分配也未列入候补", "neither granted booths nor waiting")
    for name in sorted(named.keys() - known):
        yield report(name, "没有提出申请", "has not asked")
    for grant in allocation.grants:
        if strange := sorted(set(grant.booths) - codes):
            yield report(
                grant.enterprise, f"展位不存在：{'、'.join(strange)}", f"no such booth: {', '.join(strange)}"
            )
