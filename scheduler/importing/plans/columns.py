"""The columns of a list of booths: what people call them, in which unit, and what a cell may say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduler.importing.plans.layers import PARTS, Drawn, Part, guess, part_called

LONGEST_METRES = 400
ZONE = re.compile(r"[0-9A-Za-z\u4e00-\u9fff-]{1,12}")
NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?", re.ASCII)
YES = {"是", "有", "1", "y", "yes", "true", "√", "✓", "x"}
NO = {"否", "无", "0", "n", "no", "false", "", "-", "—", "×"}


class Column(StrEnum):
    """A column that is known."""

    CODE = "code"
    X = "x"
    Y = "y"
    WIDTH = "width"
    DEPTH = "depth"
    ZONE = "zone"
    POWER = "power"
    NETWORK = "network"
    ACCESSIBLE = "accessible"
    KIND = "kind"


LENGTHS = (Column.X, Column.Y, Column.WIDTH, Column.DEPTH)
TITLES: dict[Column, tuple[str, str]] = {
    Column.CODE: ("展位号", "code"),
    Column.X: ("距西边", "x"),
    Column.Y: ("距北边", "y"),
    Column.WIDTH: ("宽", "width"),
    Column.DEPTH: ("深", "depth"),
    Column.ZONE: ("展区", "zone"),
    Column.POWER: ("电源", "power"),
    Column.NETWORK: ("网络", "network"),
    Column.ACCESSIBLE: ("无障碍", "accessible"),
    Column.KIND: ("类别", "kind"),
}
SYNONYMS: dict[Column, set[str]] = {
    Column.CODE: {
        "展位号",
        "展位编号",
        "编号",
        "展位",
        "摊位号",
        "摊位",
        "名称",
        "code",
        "booth",
        "no",
        "name",
    },
    Column.X: {"距西边", "距西墙", "横坐标", "东西", "左", "x", "x坐标", "left"},
    Column.Y: {"距北边", "距北墙", "纵坐标", "南北", "上", "y", "y坐标", "top"},
    Column.WIDTH: {"宽", "宽度", "面宽", "开间", "width", "w"},
    Column.DEPTH: {"深", "深度", "进深", "长", "长度", "depth", "d", "height", "length"},
    Column.ZONE: {"展区", "区", "区域", "分区", "zone", "area"},
    Column.POWER: {"电源", "电", "有电源", "用电", "power", "electricity"},
    Column.NETWORK: {"网络", "网", "有网络", "宽带", "network", "internet"},
    Column.ACCESSIBLE: {"无障碍", "无障碍展位", "accessible", "wheelchair"},
    Column.KIND: {"类别", "类型", "种类", "kind", "type"},
}
KNOWN = {name: column for column, names in SYNONYMS.items() for name in names}
UNITS = {"米": 1_000.0, "m": 1_000.0, "毫米": 1.0, "mm": 1.0, "厘米": 10.0, "cm": 10.0}
USUAL: Part = Drawn.BOOTH
"""What a row draws that does not say it."""
HEADING = re.compile(r"(?P<name>[^（）()\[\]]*)[（(\[]?(?P<unit>[^（）()\[\]]*)[）)\]]?")


class UnfitCell(ValueError):  # noqa: N818 — an answer about one cell
    """A cell that cannot be used: why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both sentences."""
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Header:
    """Which title in the table is which column, and the millimetres of the unit that it names, if any."""

    titles: Mapping[Column, str]
    units: Mapping[Column, float | None]

    @classmethod
    def of(cls, titles: Iterable[str]) -> "Header":
        """Read the titles; of two for one column the first counts."""
        found: dict[Column, str] = {}
        units: dict[Column, float | None] = {}
        for title in titles:
            match = HEADING.fullmatch(title.strip())
            name = match["name"].strip().casefold() if match else ""
            column = KNOWN.get(name)
            if match and column and column not in found:
                found[column] = title
                units[column] = UNITS.get(match["unit"].strip().casefold())
        return cls(found, units)

    def cell(self, cells: Mapping[str, str], column: Column) -> str:
        """Return what a row says in a column; nothing where the table has no such column."""
        title = self.titles.get(column)
        return cells.get(title, "").strip() if title else ""


def millimetres(text: str, unit: float) -> int:
    """Return a length; raises UnfitCell."""
    plain = text.replace(",", "").replace("，", "")
    if not plain:
        raise UnfitCell("不能为空", "must not be empty")
    if not NUMBER.fullmatch(plain):
        raise UnfitCell(f"“{text}”不是数字", f"“{text}” is not a number")
    found = round(float(plain) * unit)
    if abs(found) > LONGEST_METRES * 1_000:
        raise UnfitCell(f"“{text}”超过 {LONGEST_METRES} 米", f"“{text}” is more than {LONGEST_METRES} m")
    return found


def truth(text: str) -> bool:
    """Return whether a cell says yes; raises UnfitCell."""
    said = text.casefold()
    if said not in YES | NO:
        raise UnfitCell(f"“{text}”应为“是”或“否”", f"“{text}” must be yes or no")
    return said in YES


def zone(text: str) -> str | None:
    """Return a zone's code, without the word for zone; raises UnfitCell."""
    plain = text.removesuffix("展区").removesuffix("区").strip() or text
    if plain and not ZONE.fullmatch(plain):
        raise UnfitCell(
            f"“{text}”须为 1–12 个字母、数字或汉字", f"“{text}” is not 1 to 12 letters or figures"
        )
    return plain or None


def part(text: str) -> Part:
    """Return what a row draws, a booth where it says nothing; raises UnfitCell."""
    if not text:
        return USUAL
    found = part_called(text.casefold()) or guess(text)
    if found is Drawn.NOTHING:
        zh = f"“{text}”无法识别，可填：展位、场地、入口、安全出口、主通道、柱、墙、舞台、服务台"
        raise UnfitCell(
            zh, f"“{text}” is none of {', '.join(one for one in PARTS if one is not Drawn.NOTHING)}"
        )
    return found
