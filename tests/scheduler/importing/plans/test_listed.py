"""Floor plans from lists: what people write is understood, what is wrong is said at its row and column."""

import csv
import io
from collections.abc import Iterable

import pytest

from scheduler.drawings import FixtureKind, Limits, Rect
from scheduler.drawings.checks import check
from scheduler.exporting.text_workbook import text_workbook
from scheduler.importing import UnreadableTable
from scheduler.importing.plans import HEADER, SAMPLE, UnreadablePlan, read_list


def comma(*rows: Iterable[str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def test_the_template_is_a_legal_plan_as_excel_and_as_csv_of_either_encoding() -> None:
    as_workbook = read_list(text_workbook(HEADER, SAMPLE))
    assert as_workbook.drawing is not None
    assert (as_workbook.faults, as_workbook.notes) == ((), ())
    assert check(as_workbook.drawing, Limits(), people=0) == ()
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert read_list(comma(HEADER, *SAMPLE, encoding=encoding)) == as_workbook
    booths = as_workbook.drawing.booths
    assert [booth.code for booth in booths] == ["A01", "A02", "B01", "B02"]
    assert [booth.accessible for booth in booths] == [True, False, False, False]
    assert [zone.code for zone in as_workbook.drawing.zones] == ["A", "B"]
    assert [one.kind for one in as_workbook.drawing.fixtures] == [
        FixtureKind.DOOR,
        FixtureKind.FIRE_EXIT,
        FixtureKind.MAIN_AISLE,
    ]


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        (("编号", "距西墙（米）", "距北墙（米）", "宽（米）", "深（米）"), ("A1", "1", "2", "3", "2.5")),
        (("编号", "横坐标", "纵坐标", "宽度", "进深"), ("A1", "1", "2", "3", "2.5")),
        (("code", "x", "y", "width", "depth"), ("A1", "1000", "2000", "3000", "2500")),
        (("Booth", "X (m)", "Y (m)", "Width (mm)", "Length (mm)"), ("A1", "1", "2", "3,000", "2500")),
        (
            ("展位", "左（毫米）", "上（毫米）", "面宽（厘米）", "长（米）"),
            ("A1", "1000", "2000", "300", "2.5"),
        ),
    ],
)
def test_titles_and_units_of_many_kinds(titles: tuple[str, ...], row: tuple[str, ...]) -> None:
    found = read_list(comma(titles, row))
    assert found.faults == ()
    assert found.drawing is not None
    assert found.drawing.booths[0].place == Rect(1_000, 2_000, 3_000, 2_500)
    assert (found.drawing.width, found.drawing.depth) == (4_000, 4_500)
    assert len(found.notes) == 1


def test_a_hall_elsewhere_is_moved_to_the_corner_and_what_lies_outside_is_said() -> None:
    found = read_list(
        comma(
            ("类别", "编号", "x", "y", "宽", "深"),
            ("场地", "", "10", "10", "20", "20"),
            ("", "A1", "12", "12", "3", "3"),
            ("展位", "A2", "2", "12", "3", "3"),
        )
    )
    assert found.drawing is not None
    assert found.drawing.booths[0].place == Rect(2_000, 2_000, 3_000, 3_000)
    assert [(one.where, one.field_en) for one in found.faults] == [("4", "place")]


def test_each_wrong_cell_is_named_by_row_and_column() -> None:
    found = read_list(
        comma(
            ("展位号", "x", "y", "宽", "深", "展区", "电源", "类别"),
            ("A1", "0", "0", "3", "3", "A区", "是", ""),
            ("", "3", "0", "3", "3", "A", "", ""),
            ("A1", "6", "0", "3", "3", "A", "", ""),
            ("A3", "九", "", "3", "-3", "A", "", ""),
            ("A4", "9", "0", "0", "3", "A", "", ""),
            ("A5", "9", "0", "3", "3", "甲乙丙丁戊己庚辛壬癸子丑寅", "也许", "花坛"),
            ("=1+1", "12", "0", "3", "3", "A", "", ""),
        )
    )
    said = [(one.where, one.field_zh, one.zh) for one in found.faults]
    assert [(where, column) for where, column, _ in said] == [
        ("2", "展位号"),
        ("3", "展位号"),
        ("4", "展位号"),
        ("5", "距西边"),
        ("5", "距北边"),
        ("6", "宽"),
        ("7", "类别"),
        ("7", "展区"),
        ("7", "电源"),
        ("8", "展位号"),
    ]
    assert said[0][2] == "“A1”重复"
    assert said[3][2] == "“九”不是数字"
    assert all(one.en.isascii() or "“" in one.en for one in found.faults)


def test_a_list_without_the_needed_columns_or_rows_is_refused() -> None:
    with pytest.raises(UnreadablePlan, match="width, depth"):
        read_list(comma(("code", "x", "y"), ("A1", "1", "1")))
    with pytest.raises(UnreadablePlan, match="no row"):
        read_list(comma(("code", "x", "y", "width", "depth")))
    with pytest.raises(UnreadableTable):
        read_list(b"\x00\x01\x02")
