"""What a hand does to a run sheet: moves a line, makes it longer or shorter, adds a break or another host."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scheduler.errors import Refusal
from scheduler.runsheets.lines import Line, LineKind, Lines

LONGEST_LINE, MOST_LINES = 180, 60
BREAK_MINUTES, HOST_MINUTES = 5, 1


class NoSuchLine(Refusal):
    """A change of a line that the sheet does not have."""

    status = 409
    code = "no_such_line"
    zh = "流程单中没有第 {number} 行，可能刚被别人改动。请刷新页面后再试。"
    en = "The run sheet has no line {number}; somebody may just have changed it. Load the page again."


class UnfitEdit(Refusal):
    """A change that leaves no run sheet."""

    status = 422
    code = "unfit_edit"
    zh = (
        "不能这样修改：每行应为 1 到 {longest} 分钟，最多 {most} 行，只能删除间隔、换主持人和已退出单位的行。"
    )
    en = (
        "That cannot be done: a line has 1 to {longest} minutes, a sheet up to {most} lines, and only "
        "breaks, changes of host and firms that have left can be taken out."
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `do` says what, `index` to which line; `to` is a place, `by` minutes."""

    do: str
    index: int = 0
    to: int = 0
    by: int = 0
    host_id: int | None = None
    enterprise_id: int | None = None


def edited(lines: Lines, edit: Edit) -> Lines:
    """Return the sheet after a change; raises NoSuchLine and UnfitEdit."""
    if not 0 <= edit.index < max(1, len(lines)):
        raise NoSuchLine(number=edit.index + 1)
    found = EDITS[edit.do](lines, edit)
    if len(found) > MOST_LINES or any(not 1 <= line.minutes <= LONGEST_LINE for line in found):
        raise _unfit()
    return found


def _moved(lines: Lines, edit: Edit, to: int) -> Lines:
    rest = list(lines)
    line = rest.pop(edit.index)
    rest.insert(min(max(to, 0), len(rest)), line)
    return tuple(rest)


def _stretched(lines: Lines, edit: Edit, by: int) -> Lines:
    line = lines[edit.index]
    return _with(lines, edit.index, replace(line, minutes=line.minutes + by))


def _with(lines: Lines, index: int, *instead: Line) -> Lines:
    return (*lines[:index], *instead, *lines[index + 1 :])


def _after(lines: Lines, edit: Edit, line: Line) -> Lines:
    return (*lines[: edit.index + 1], line, *lines[edit.index + 1 :])


def _removed(lines: Lines, edit: Edit) -> Lines:
    return _with(lines, edit.index)


def _unfit() -> UnfitEdit:
    return UnfitEdit(longest=LONGEST_LINE, most=MOST_LINES)


EDITS: Mapping[str, Callable[[Lines, Edit], Lines]] = {
    "up": lambda lines, edit: _moved(lines, edit, edit.index - 1),
    "down": lambda lines, edit: _moved(lines, edit, edit.index + 1),
    "place": lambda lines, edit: _moved(lines, edit, edit.to),
    "longer": lambda lines, edit: _stretched(lines, edit, 1),
    "shorter": lambda lines, edit: _stretched(lines, edit, -1),
    "stretch": lambda lines, edit: _stretched(lines, edit, edit.by),
    "break": lambda lines, edit: _after(lines, edit, Line(LineKind.BREAK, BREAK_MINUTES)),
    "host": lambda lines, edit: _after(lines, edit, Line(LineKind.HOST, HOST_MINUTES, host_id=edit.host_id)),
    "firm": lambda lines, edit: (
        *lines,
        Line(LineKind.TURN, edit.by, enterprise_id=edit.enterprise_id),
    ),
    "remove": _removed,
}
"""Every change there is; whether a firm may be taken out is the service's to say."""
