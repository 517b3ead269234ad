"""What a check finds: which rule is broken by which booths, with a sentence in both languages."""

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.errors import Language

NAMED = 6
"""So many booths are named in a sentence; the picture marks all of them."""

SENTENCES: dict[str, tuple[str, str]] = {
    "no_booths": ("没有任何展位。", "There is no booth."),
    "too_many_booths": (
        "共 {many} 个展位，超过 {most} 个。请分成多张展位图。",
        "{many} booths are more than {most}: make several plans.",
    ),
    "outline": (
        "场地轮廓无法使用：须有 3–200 个角，各边不相交，且不超出 {width} × {depth} 米。",
        "The hall's outline cannot be used: 3 to 200 corners, no crossing sides, within {width} × {depth} m.",
    ),
    "code": (
        "展位号“{booths}”无法使用：须为 1–12 个字母、数字、汉字或连字符。",
        "These codes cannot be used: {booths}. A code has 1 to 12 letters, figures or hyphens.",
    ),
    "same_code": ("展位号重复：{booths}。", "More than one booth has the code {booths}."),
    "no_zone": (
        "{booths} 所属的展区“{zone}”不存在。",
        "{booths}: there is no zone “{zone}”.",
    ),
    "outside": ("{booths} 超出场地轮廓。", "{booths}: outside the hall."),
    "size": (
        "{booths} 的边长须为 0.5–30 米。",
        "{booths}: a booth has sides of 0.5 to 30 m.",
    ),
    "overlap": ("{booths} 互相重叠。", "{booths} overlap."),
    "on_fixture": ("{booths} 与{fixture_zh}重叠。", "{booths}: overlaps with the {fixture_en}."),
    "narrow": (
        "{booths} 之间只有 {gap} 米：作通道须不少于 {least} 米，放线缆不超过 {most} 米。",
        "{booths} are {gap} m apart: an aisle needs {least} m, a gap for cables at most {most} m.",
    ),
    "no_main_aisle": (
        "没有从入口通往场内的主通道。",
        "No main aisle leads from an entrance into the hall.",
    ),
    "main_aisle_narrow": (
        "“{name}”宽 {width} 米，主通道须不少于 {least} 米。",
        "Main aisle “{name}” is {width} m wide; {least} m are needed.",
    ),
    "main_aisle_blocked": ("主通道被 {booths} 占用。", "{booths}: stands in a main aisle."),
    "main_aisle_fixture": (
        "主通道被{fixture_zh}占用。",
        "The {fixture_en} stands in a main aisle.",
    ),
    "no_door": ("没有入口。", "There is no entrance."),
    "few_exits": (
        "入口和安全出口合计 {many} 个，至少须有 {least} 个。",
        "There are {many} entrances and exits; {least} are needed at least.",
    ),
    "door_in_no_wall": (
        "“{name}”不在场地的外墙上。",
        "“{name}” is in no outer wall of the hall.",
    ),
    "door_blocked": (
        "“{name}”前 {clear} 米内有 {booths}，须保持畅通。",
        "{booths}: within {clear} m of “{name}”, which must stay free.",
    ),
    "door_fixture": (
        "“{name}”前 {clear} 米内有{fixture_zh}，须保持畅通。",
        "The {fixture_en} stands within {clear} m of “{name}”, which must stay free.",
    ),
    "exit_width": (
        "入口和安全出口共宽 {width} 米；同时在场约 {people} 人，须不少于 {least} 米。",
        "All exits together are {width} m wide; for {people} people at once {least} m are needed.",
    ),
    "area": (
        "场地 {area} 平方米；同时在场约 {people} 人，须不少于 {least} 平方米。",
        "The hall has {area} m²; for {people} people at once {least} m² are needed.",
    ),
    "accessible": (
        "无障碍展位 {many} 个，须不少于 {least} 个。",
        "{many} booths are accessible; {least} are needed.",
    ),
    "no_way": ("从入口走不到 {booths}。", "{booths}: no way leads there from an entrance."),
    "narrow_way": (
        "到 {booths} 的通道不足 {least} 米宽。",
        "{booths}: the way there from an entrance is narrower than {least} m.",
    ),
    "far_exit": (
        "{booths} 距最近出口超过 {most} 米，请与消防部门确认。",
        "{booths}: more than {most} m from the nearest exit; ask the fire service.",
    ),
}
WARNINGS = {"far_exit"}


class Finding(NamedTuple):
    """A broken rule, the booths that break it, and the values of its sentence."""

    rule: str
    booths: tuple[str, ...] = ()
    values: tuple[tuple[str, object], ...] = ()

    @property
    def is_error(self) -> bool:
        """Tell whether a plan with this cannot be used."""
        return self.rule not in WARNINGS

    def text(self, language: Language) -> str:
        """Return the sentence in one language."""
        chinese, english = SENTENCES[self.rule]
        template = chinese if language == "zh" else english
        return template.format(booths=named(self.booths, language), **dict(self.values))


def finding(rule: str, booths: Sequence[str] = (), **values: object) -> Finding:
    """Return a finding."""
    return Finding(rule, tuple(booths), tuple(values.items()))


def named(booths: Sequence[str], language: Language) -> str:
    """Return the first booths' codes, and how many there are where not all are named."""
    shown = ("、" if language == "zh" else ", ").join(booths[:NAMED])
    if len(booths) <= NAMED:
        return shown
    return f"{shown} 等 {len(booths)} 个" if language == "zh" else f"{shown} and {len(booths) - NAMED} more"


def metres(millimetres: float) -> str:
    """Return a length in metres, as 3 or 2.5."""
    return f"{round(millimetres) / 1000:g}"
