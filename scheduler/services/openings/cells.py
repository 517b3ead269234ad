"""The columns of a table of openings, and how each cell is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Division, Insurance, Level, OccupationGroup, SkillLevel
from scheduler.postings import WageUnit

TITLE = "岗位名称"
HIGHEST_WAGE, MOST_PEOPLE = 10_000_000, 9_999
LONGEST_REQUIREMENTS = 1_000
UNITS = {
    "月": WageUnit.MONTH,
    "日": WageUnit.DAY,
    "天": WageUnit.DAY,
    "小时": WageUnit.HOUR,
    "年": WageUnit.YEAR,
}
INSURANCES = {
    "五险一金": Insurance.FIVE_AND_FUND,
    "五险": Insurance.FIVE,
    "工伤保险": Insurance.INJURY,
    "无": Insurance.NONE,
}
OPEN_WAGES = {"", "面议", "薪资面议", "工资面议"}


class UnfitCell(ValueError):  # noqa: N818 — an answer about one cell
    """A cell that cannot be kept: why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may name, by code and by name: a name that two divisions share gives both."""

    divisions: Mapping[str, tuple[str, ...]]
    occupations: Mapping[str, str]
    skills: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: which field it says, how a cell is read, if it must be there, if lines break in it."""

    field: str
    read: Callable[[str, Known], object]
    required: bool = False
    lines: bool = False


def known(session: Session) -> Known:
    """Return the divisions, occupations and skill levels of the reference lists."""
    divisions: dict[str, tuple[str, ...]] = {}
    rows = session.scalars(select(Division).where(Division.level != Level.PROVINCE)).all()
    names = {one.code: one.name_zh for one in rows}
    for one in rows:
        for name in {one.code, one.name_zh, names.get(one.parent_code or "", "") + one.name_zh}:
            divisions[name] = (*divisions.get(name, ()), one.code)
    groups: Sequence[OccupationGroup] = session.scalars(select(OccupationGroup)).all()
    levels: Sequence[SkillLevel] = session.scalars(select(SkillLevel)).all()
    return Known(
        divisions,
        {name: one.code for one in groups for name in (one.code, one.name_zh)},
        {name: one.rank for one in levels for name in (str(one.rank), one.name_zh)},
    )


def _text(longest: int, *, least: int = 0) -> Callable[[str, Known], str]:
    def read(cell: str, _: Known) -> str:
        if not least <= len(cell) <= longest:
            raise UnfitCell(
                f"须为 {least}–{longest} 个字，现为 {len(cell)} 个" if cell else "不能为空",
                f"must have {least} to {longest} characters" if cell else "must not be empty",
            )
        return cell

    return read


def _count(least: int, most: int, usual: int | None = None) -> Callable[[str, Known], int]:
    def read(cell: str, _: Known) -> int:
        if not cell and usual is not None:
            return usual
        plain = cell.replace(",", "").replace("，", "").removesuffix("人")
        if not (plain.isascii() and plain.isdecimal() and len(plain) < 10 and least <= int(plain) <= most):  # noqa: PLR2004
            raise UnfitCell(
                f"“{cell}”不是 {least}–{most} 的整数", f"“{cell}” is no whole number from {least} to {most}"
            )
        return int(plain)

    return read


def _wage(cell: str, lists: Known) -> int | None:
    return None if cell in OPEN_WAGES else _count(1, HIGHEST_WAGE)(cell.removesuffix("元"), lists)


def _unit(cell: str, _: Known) -> WageUnit:
    plain = cell.removeprefix("元").removeprefix("/").removeprefix("每")
    if not plain:
        return WageUnit.MONTH
    if plain not in UNITS:
        raise UnfitCell(f"“{cell}”应为 月、日、小时、年 之一", f"“{cell}” is not one of 月, 日, 小时, 年")
    return UNITS[plain]


def _division(cell: str, lists: Known) -> str:
    found = lists.divisions.get(cell.removeprefix("山东省"), ())
    if not found:
        raise UnfitCell(
            f"“{cell}”不是本省的市、县（市、区）", f"“{cell}” is no city or county of the province"
        )
    if len(found) > 1:
        raise UnfitCell(
            f"“{cell}”有 {len(found)} 处同名，请写上市名或用代码 {'、'.join(found)}",
            f"“{cell}” is the name of several; write the city too, or a code of {', '.join(found)}",
        )
    return found[0]


def _occupation(cell: str, lists: Known) -> str:
    if cell not in lists.occupations:
        raise UnfitCell(
            f"“{cell}”不是职业大类的代码或名称" if cell else "不能为空",
            f"“{cell}” is no major group of occupations" if cell else "must not be empty",
        )
    return lists.occupations[cell]


def _skill(cell: str, lists: Known) -> int | None:
    if cell in {"", "不限", "无"}:
        return None
    if cell not in lists.skills:
        raise UnfitCell(f"“{cell}”不是技能等级", f"“{cell}” is no skill level")
    return lists.skills[cell]


def _insurance(cell: str, _: Known) -> Insurance | None:
    if cell and cell not in INSURANCES:
        raise UnfitCell(f"“{cell}”应为 {'、'.join(INSURANCES)} 之一", f"“{cell}” is not one of those known")
    return INSURANCES.get(cell)


def _hours(cell: str, lists: Known) -> str | None:
    return _text(80)(cell, lists) or None


COLUMNS: Mapping[str, Column] = {
    TITLE: Column("title_zh", _text(80, least=1), required=True),
    "职业大类": Column("occupation_code", _occupation, required=True),
    "技能等级": Column("skill_rank", _skill),
    "招聘人数": Column("headcount", _count(1, MOST_PEOPLE), required=True),
    "最低工资": Column("wage_min", _wage),
    "最高工资": Column("wage_max", _wage),
    "计薪单位": Column("wage_unit", _unit),
    "工作地点": Column("division_code", _division, required=True),
    "详细地址": Column("workplace_zh", _text(120)),
    "工作时间": Column("hours_zh", _hours),
    "社会保险": Column("insurance", _insurance),
    "任职要求": Column("requirements_zh", _text(LONGEST_REQUIREMENTS), lines=True),
}
