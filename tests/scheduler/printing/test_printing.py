"""Posters and cards, read back: size, text, font; every sign has a shape of its own."""

import io
import re
import time
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.drawings import Numbers, draw, hall_for
from scheduler.errors import NotFound
from scheduler.models import Event, FloorState, Industry, Opening, Organizer, RegistrationOpening
from scheduler.postings import WageUnit
from scheduler.printing import NoChineseFont, PaperLanguage, booth_cards, poster, setting
from scheduler.queries.floors import PlanView
from scheduler.queries.public_rows import OpeningLine
from scheduler.queries.stands import Firm, Stands, stands_of
from tests.scheduler.booking.conftest import _week_before, site
from tests.scheduler.booking.rows import booths_of, confirmed, make_fair, make_firms
from tests.support.schedule import JINAN, QINGDAO, make_event
from web.qr import qr_svg

__all__ = ["_week_before", "site"]
A3, A5 = (1190.55, 841.89), (595.28, 419.53)
NOBODY = Organizer(name_zh="办会机构", name_en="Bureau")
MAKING = Industry(name_zh="制造业", name_en="manufacturing")
CODE = qr_svg("https://fair.example/events/event-1@example.org")


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(pdf)).pages)


def size(page: PageObject) -> tuple[float, float]:
    return round(float(page.mediabox.width), 2), round(float(page.mediabox.height), 2)


def text(page: PageObject) -> str:
    return re.sub(r"\s", "", page.extract_text())


def shapes(page: PageObject) -> list[int]:
    """Return the numbers of the glyphs that a page draws, two octets each; 0 is the empty box."""
    reader = page.pdf
    stream = ContentStream(page.get_contents(), reader)
    shown = (operands for operands, operator in stream.operations if operator in {b"Tj", b"TJ"})
    strings = (
        one for operands in shown for one in (operands[0] if isinstance(operands[0], list) else operands)
    )
    octets = [one.original_bytes for one in strings if hasattr(one, "original_bytes")]
    return list(
        chain.from_iterable(
            (int.from_bytes(one[at : at + 2], "big") for at in range(0, len(one), 2)) for one in octets
        )
    )


def require_real_signs(pdf: bytes) -> None:
    """Every font is in the file, and no sign is drawn as the box of what a font lacks."""
    for page in pages(pdf):
        resources: Any = page["/Resources"].get_object()
        fonts = [one.get_object() for one in resources["/Font"].get_object().values()]
        assert fonts
        for font in fonts:
            below = font["/DescendantFonts"][0].get_object()
            assert "NotoSansCJK" in font["/BaseFont"]
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below["/FontDescriptor"].get_object())
        drawn = shapes(page)
        assert drawn
        assert 0 not in drawn


@pytest.fixture
def fair(site: Engine) -> int:
    """Add a fair with two firms in A1, and in A2 and A3; the second brings one of its three openings."""
    with transaction(site) as session:
        event = make_fair(session, booths_each=2)
        first, second = make_firms(session, 2, event)
        booths = booths_of(session, event)
        confirmed(session, event, first, booths[0])
        confirmed(session, event, second, *booths[1:3])
        first.name_zh, second.name_zh = "龘靐齾机械“示例”#[制造]$有限公司", "阿胶（示例）集团"
        for title in ("车工", "钳工"):
            session.add(opening_like(session.scalars(select(Opening)).first(), second.id, title))
        session.flush()
        chosen = session.scalars(select(Opening.id).where(Opening.title_zh == "钳工")).one()
        key = {"event_id": event.id, "enterprise_id": second.id, "opening_id": chosen}
        session.add(RegistrationOpening(**key))
        return event.id


def opening_like(one: Opening | None, enterprise_id: int, title: str) -> Opening:
    assert one is not None
    return Opening(
        enterprise_id=enterprise_id,
        title_zh=title,
        occupation_code=one.occupation_code,
        headcount=3,
        wage_min=6000,
        wage_max=9000,
        division_code=one.division_code,
    )


def test_who_stands_where_and_brings_what(site: Engine, fair: int) -> None:
    with reading(site) as session:
        found = stands_of(session, event_id=fair, scope=JINAN)
        firms = {firm.name_zh: firm for firm in found.firms}
        assert firms["阿胶（示例）集团"].codes == ("A2", "A3")
        assert [one.title_zh for one in firms["阿胶（示例）集团"].openings] == ["钳工"]
        assert [one.title_zh for one in firms["龘靐齾机械“示例”#[制造]$有限公司"].openings] == ["岗位1"]
        with pytest.raises(NotFound):
            stands_of(session, event_id=fair, scope=QINGDAO)


def test_a_poster_is_a3_with_plan_and_directory(site: Engine, fair: int) -> None:
    with reading(site) as session:
        pdf = poster(stands_of(session, event_id=fair, scope=JINAN), language=PaperLanguage.ZH, qr_svg=CODE)
    (page,) = pages(pdf)
    assert size(page) == A3
    said = text(page)
    for wanted in ("第1场招聘会", "2027年1月5日（周二）09:00–11:30", "A6", "阿胶（示例）集团", "A2、A3"):
        assert wanted in said
    assert "龘靐齾机械“示例”#[制造]$有限公司" in said
    assert said.index("阿胶（示例）集团A2") < said.index("有限公司A1")
    require_real_signs(pdf)


def test_each_booth_has_a_card_with_openings_and_wages(site: Engine, fair: int) -> None:
    with reading(site) as session:
        stands = stands_of(session, event_id=fair, scope=JINAN)
        in_chinese = partial(booth_cards, language=PaperLanguage.ZH, qr_svg=CODE, firm_codes={})
        pdf, taken = in_chinese(stands, every=True), pages(in_chinese(stands))
        before = pages(in_chinese(replace(stands, firms=())))
    assert [text(page)[:2] for page in taken] == ["A1", "A2", "A3"]
    assert len(before) == 6
    found = pages(pdf)
    assert len(found) == 6
    assert {size(page) for page in found} == {A5}
    assert "A2" in text(found[1])
    assert "钳工36,000–9,000" in text(found[1])
    assert "车工" not in text(found[1])
    assert "岗位12" in text(found[0])
    assert text(found[3]).startswith("A4")
    require_real_signs(pdf)


@pytest.mark.parametrize(
    ("language", "heads", "lacks"),
    [
        (PaperLanguage.ZH, ("招聘岗位人数薪资", "扫码看本单位岗位", "周二"), ("Openings", "Tue5Jan2027")),
        (PaperLanguage.EN, ("Openingswantedpay(yuan)", "9,000/month", "Tue5Jan2027"), ("招聘岗位", "周二")),
        (PaperLanguage.BOTH, ("招聘岗位Openings", "9,000/月", "/month", "周二", "Tue5Jan2027"), ()),
    ],
)
def test_papers_speak_chinese_english_or_both_and_leave_names_alone(
    site: Engine, fair: int, language: PaperLanguage, heads: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    with reading(site) as session:
        stands = stands_of(session, event_id=fair, scope=JINAN)
        codes = {firm.id: CODE for firm in stands.firms}
        cards = booth_cards(stands, language=language, qr_svg=CODE, firm_codes=codes, every=True)
        sheet = poster(stands, language=language, qr_svg=CODE)
    said = text(pages(cards)[1])
    assert [one for one in heads if one not in said] == []
    assert [one for one in lacks if one in said] == []
    assert ("扫码看活动详情" in text(pages(cards)[3])) is (language is not PaperLanguage.EN)
    for named in ("阿胶（示例）集团", "钳工"):
        assert named in said
    assert len(pages(cards)) == 6
    on_plan = text(pages(sheet)[0])
    assert ("免费参加" in on_plan, "freeofcharge" in on_plan) == (
        language is not PaperLanguage.EN,
        language is not PaperLanguage.ZH,
    )
    require_real_signs(cards)
    require_real_signs(sheet)


def test_eight_hundred_booths_are_printed_in_seconds(site: Engine) -> None:
    with reading(site) as session:
        empty = make_event(session)
        stands = stands_of(session, event_id=empty.id, scope=JINAN)
        session.rollback()
    stands = crowded(stands, 800)
    began = time.monotonic()
    cards = pages(booth_cards(stands, language=PaperLanguage.ZH, qr_svg=CODE, firm_codes={}, every=True))
    sheets = pages(poster(stands, language=PaperLanguage.ZH, qr_svg=CODE))
    assert time.monotonic() - began < 30
    assert len(cards) == 800
    assert "另有3个岗位" in text(cards[799])
    assert len(sheets) > 1
    assert {size(page) for page in sheets} == {A3}
    directory = "".join(text(page) for page in sheets[1:])
    assert all(firm.name_zh in directory for firm in stands.firms)


def crowded(stands: Stands, many: int) -> Stands:
    """Return the event in a hall of so many booths, each taken by a firm with ten openings."""
    drawing = draw(hall_for(Numbers(width=0, depth=0, booths=many, people=4_000, doors=3)))
    view = PlanView(
        id=1,
        venue_id=1,
        version=1,
        name_zh="一号馆",
        state=FloorState.READY,
        revision=1,
        is_sample=True,
        drawing=drawing,
        booth_ids={booth.code: number for number, booth in enumerate(drawing.booths)},
    )
    openings = tuple(OpeningLine(f"岗位{number}", 5, 5_000, 8_000, WageUnit.MONTH) for number in range(10))
    firms = tuple(
        Firm(number, f"示例企业第{number}号", MAKING, (number,), (booth.code,), openings)
        for number, booth in enumerate(drawing.booths)
    )
    return replace(stands, organizer=NOBODY, plans=(view,), firms=firms)


def test_without_the_font_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "FONT_PACKAGE", "a_package_that_is_not_there")
    setting.fonts.cache_clear()
    try:
        with pytest.raises(NoChineseFont):
            poster(Stands(Event(title_zh="x"), NOBODY, (), (), ()), language=PaperLanguage.ZH, qr_svg=CODE)
    finally:
        setting.fonts.cache_clear()


def test_a_sign_that_the_font_lacks_would_be_noticed() -> None:
    stands = Stands(Event(title_zh="招聘会 \U0001f9ff\ua4d0"), NOBODY, (), (), ())
    with pytest.raises(AssertionError):
        require_real_signs(poster(stands, language=PaperLanguage.ZH, qr_svg=CODE))
