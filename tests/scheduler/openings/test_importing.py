"""Openings from a table: every cell is judged, all rows are kept or none, and nothing comes twice."""

import pytest
from sqlalchemy import Engine, func, select

from scheduler.database import transaction
from scheduler.exporting.text_workbook import text_workbook
from scheduler.importing import UnreadableTable
from scheduler.models import Enterprise, Insurance, Level, Opening
from scheduler.postings import WageUnit
from scheduler.services.openings import ImportReport, import_openings
from scheduler.services.openings.cells import COLUMNS
from tests.scheduler.booking.rows import refuses
from tests.support.schedule import LIXIA, SHINAN, make_division, make_employer

HEAD = "岗位名称,职业大类,招聘人数,最低工资,最高工资,工作地点"
FINE = f"{HEAD}\n数控车工,6,3,6000,9000,历下区\n质检员,6,2,面议,,{SHINAN}\n"


def load(site: Engine, text: str) -> ImportReport:
    with transaction(site) as session:
        firm = session.scalar(select(Enterprise.id)) or make_employer(session, openings=0).id
        return import_openings(session, enterprise_id=firm, content=text.encode())


def count(site: Engine) -> int:
    with transaction(site) as session:
        return session.scalar(select(func.count()).select_from(Opening)) or 0


def test_a_table_is_added_once(site: Engine) -> None:
    assert (load(site, FINE).added, count(site)) == (2, 2)
    again = load(site, FINE)
    assert (again.added, again.known, count(site)) == (0, 2, 2)


def test_what_was_copied_out_of_a_spreadsheet_is_read(site: Engine) -> None:
    head, *rows = FINE.replace(",", "\t").splitlines()
    full = f'{head}\t计薪单位\t社会保险\t任职要求\n{rows[0]}\t小时\t五险\t"能上夜班\n性别不限"\n'
    assert load(site, full).added == 1
    with transaction(site) as session:
        one = session.scalars(select(Opening)).one()
        assert (one.wage_unit, one.insurance, one.requirements_zh) == (
            WageUnit.HOUR,
            Insurance.FIVE,
            "能上夜班\n性别不限",
        )


def test_a_workbook_is_read(site: Engine) -> None:
    row = ("焊工", "6", "", "1", "5,000", "7000元", "元/月", LIXIA, "工业路 1 号", "", "", "")
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
        content = text_workbook(tuple(COLUMNS), [row])
        assert import_openings(session, enterprise_id=firm, content=content).added == 1
        one = session.scalars(select(Opening)).one()
        assert (one.wage_min, one.wage_max, one.workplace_zh) == (5000, 7000, "工业路 1 号")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (",6,3,1,2,历下区", "岗位名称", "不能为空"),
        ("车工,九,3,1,2,历下区", "职业大类", "九"),
        ("车工,6,零,1,2,历下区", "招聘人数", "零"),
        ("车工,6,0,1,2,历下区", "招聘人数", "0"),
        ("车工,6,3,六千,9000,历下区", "最低工资", "六千"),
        ("车工,6,3,9000,6000,历下区", "最高工资", "低于"),
        ("车工,6,3,9000,,历下区", "最高工资", "同时"),
        ("车工,6,3,1,2,海淀区", "工作地点", "海淀区"),
        ("车工,6,3,1,2,", "工作地点", ""),
        ("车" * 81 + ",6,3,1,2,历下区", "岗位名称", "81"),
    ],
)
def test_each_bad_cell_is_named_and_nothing_is_kept(site: Engine, row: str, column: str, says: str) -> None:
    report = load(site, f"{FINE}{row}\n")
    assert [(one.number, [it.column for it in one.faults]) for one in report.faults] == [(4, [column])]
    assert says in report.faults[0].faults[0].zh
    assert (report.added, count(site)) == (None, 0)


def test_a_long_text_keeps_its_lines_and_one_too_long_is_one_bad_cell(site: Engine) -> None:
    head, row = f"{HEAD},任职要求", '车工,6,3,1,2,历下区,"{}"'
    report = load(site, f"{head}\n{row.format('字' * 1001)}\n")
    assert [it.column for it in report.faults[0].faults] == ["任职要求"]
    text = f"会看图纸\n{'字' * 600}"
    assert load(site, f"{head}\n{row.format(text)}\n").added == 1
    with transaction(site) as session:
        assert text in session.scalars(select(Opening.requirements_zh)).all()


def test_every_bad_cell_of_a_row_is_named(site: Engine) -> None:
    report = load(site, f"{HEAD}\n,九,零,六千,9000,海淀区\n")
    assert [it.column for it in report.faults[0].faults] == [
        "岗位名称",
        "职业大类",
        "招聘人数",
        "最低工资",
        "工作地点",
    ]


def test_a_name_that_two_places_share_asks_for_the_city(site: Engine) -> None:
    with transaction(site) as session:
        for code, parent in (("370103", "370100"), ("370211", "370200")):
            make_division(session, code, "市中区", Level.COUNTY, parent)
    report = load(site, f"{HEAD}\n车工,6,3,1,2,市中区\n")
    assert "同名" in report.faults[0].faults[0].zh
    assert load(site, f"{HEAD}\n车工,6,3,1,2,济南市市中区\n").added == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        "岗位名称,职业大类\n车工,6\n",
        f"{HEAD},联系电话\n车工,6,3,1,2,历下区,1\n",
        "\0\0",
        HEAD + "\n车工" * 301,
    ],
)
def test_what_is_no_such_table_is_refused(site: Engine, text: str) -> None:
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
        with refuses(session, UnreadableTable):
            import_openings(session, enterprise_id=firm, content=text.encode())
