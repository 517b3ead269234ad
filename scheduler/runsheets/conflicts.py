"""What is wrong with a run sheet: each rule in plain words, the same for a hand and for the solver."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scheduler.runsheets.lines import LineKind, Lines, Timed, timed


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm that has a turn: whether it is admitted, and what its checklist still lacks."""

    name: str
    admitted: bool = True
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a run sheet is judged by: the livestream's minutes, the firms with a turn, the hosts to be had.

    With `checklist_blocks` a firm whose checklist is unfinished keeps the sheet from being published.
    """

    minutes: int
    least: int
    most: int
    firms: Mapping[int, Firm] = field(default_factory=dict)
    hosts: frozenset[int] = frozenset()
    checklist_blocks: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """One fault: by which rule, in which line, and the values that its sentence names."""

    rule: str
    index: int | None = None
    blocks: bool = True
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Return the sentence in one language."""
        zh, en = SENTENCES[self.rule]
        return (zh if language == "zh" else en).format_map(self.values)


SENTENCES: Mapping[str, tuple[str, str]] = {
    "too_short": (
        "“{firm}”只有 {minutes} 分钟，每家至少 {least} 分钟。",
        "“{firm}” has only {minutes} minutes; a turn has at least {least}.",
    ),
    "too_long": (
        "“{firm}”有 {minutes} 分钟，每家至多 {most} 分钟。",
        "“{firm}” has {minutes} minutes; a turn has at most {most}.",
    ),
    "overrun": (
        "总长 {minutes} 分钟，超出直播时长 {over} 分钟。",
        "It takes {minutes} minutes, {over} more than the livestream has.",
    ),
    "missing": ("“{firm}”有场次，但不在流程单中。", "“{firm}” has a turn and is not on the sheet."),
    "gone": (
        "第 {number} 行的单位已退出，请删除这一行。",
        "The firm of line {number} has left; take the line out.",
    ),
    "twice": ("“{firm}”在流程单中出现了 {times} 次。", "“{firm}” is on the sheet {times} times."),
    "not_admitted": ("“{firm}”的报名尚未审核通过。", "The registration of “{firm}” is not approved yet."),
    "checklist": (
        "“{firm}”的清单还缺 {many} 项。",
        "{many} things are lacking on the checklist of “{firm}”.",
    ),
    "host_taken": (
        "第 {number} 行的主持人在这一时段有其他直播，或已不在本市名单中。",
        "The host of line {number} is busy with another livestream, or not the city's any more.",
    ),
    "no_firm": ("流程单中还没有用人单位。", "There is no firm on the sheet yet."),
}


def conflicts(lines: Lines, given: Given) -> tuple[Conflict, ...]:
    """Return everything that is wrong with a sheet, in the order of its lines, the whole sheet's last."""
    sheet = timed(lines)
    return (
        *(fault for line in sheet for fault in _of_line(line, given)),
        *_of_firms(lines, given),
        *_of_sheet(sheet, given),
    )


def _of_line(line: Timed, given: Given) -> Iterator[Conflict]:
    index, kind = line.index, line.line.kind
    if kind is LineKind.HOST and line.line.host_id not in given.hosts:
        yield Conflict("host_taken", index, values={"number": index + 1})
    if kind is not LineKind.TURN:
        return
    firm = given.firms.get(line.line.enterprise_id or 0)
    if firm is None:
        yield Conflict("gone", index, values={"number": index + 1})
        return
    values = {"firm": firm.name, "minutes": line.line.minutes, "least": given.least, "most": given.most}
    if line.line.minutes < given.least:
        yield Conflict("too_short", index, values=values)
    if line.line.minutes > given.most:
        yield Conflict("too_long", index, values=values)
    if not firm.admitted:
        yield Conflict("not_admitted", index, values=values)
    if firm.lacking:
        many = {**values, "many": len(firm.lacking)}
        yield Conflict("checklist", index, given.checklist_blocks, many)


def _of_firms(lines: Lines, given: Given) -> Iterator[Conflict]:
    times = Counter(line.enterprise_id for line in lines if line.kind is LineKind.TURN)
    for key, firm in given.firms.items():
        if times[key] > 1:
            yield Conflict("twice", values={"firm": firm.name, "times": times[key]})
        elif not times[key] and firm.admitted:
            yield Conflict("missing", values={"firm": firm.name})


def _of_sheet(sheet: tuple[Timed, ...], given: Given) -> Iterator[Conflict]:
    if not any(line.line.kind is LineKind.TURN for line in sheet):
        yield Conflict("no_firm")
    minutes = sheet[-1].end if sheet else 0
    if minutes > given.minutes:
        yield Conflict("overrun", values={"minutes": minutes, "over": minutes - given.minutes})
