"""Gates in real browsers: without network they go on, two of them are merged, and conflicts come to light."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, select

from scheduler.database import reading, transaction
from scheduler.entry_codes import EntryKind, booking_subject
from scheduler.models import BookingState, Role, Ticket, TicketState
from scheduler.models.fair_days import CheckIn, CheckInMeans, Passage, Verdict
from scheduler.services import accounts, fair_day
from scheduler.services.fair_day.checking import Arrival, Door
from tests.scheduler.fair_day import world
from tests.support.axe import obstacles
from tests.support.schedule import add_reference
from tests.web.conftest import app, english, site, site_engine

__all__ = ["app", "english", "site", "site_engine"]
PASSWORD = "泉城的春天，2027 年"


@pytest.fixture(autouse=True)
def _in_the_morning() -> Iterator[None]:
    with time_machine.travel(world.MORNING, tick=False):
        yield


class Fair:
    """A fair with two gates, three tickets and three firms."""

    def __init__(self, engine: Engine) -> None:
        """Add the rows and keep what the doors need."""
        with transaction(engine) as session:
            add_reference(session)
            event = world.add_fair(session)
            self.event_id = event.id
            self.tickets = [world.add_ticket(session, event) for _ in range(3)]
            firms = [world.book(session, event, place) for place in (1, 2)]
            late = world.book(session, event, 3, BookingState.NO_SHOW)
            self.firm_codes = [world.booking_code(one) for one in (*firms, late)]
            self.keys = [
                fair_day.open_gate(
                    session, event_id=event.id, name_zh=name, zone_zh="", hours=12, opened_by=None
                )[1]
                for name in ("东门", "西门")
            ]
            self.unsigned = self.tickets[0][:-4] + "AAAA"
            accounts.create_account(
                session,
                login="door",
                password=PASSWORD,
                display_name="签到员",
                belonging=accounts.Belonging.member(event.organizer_id, [Role.CHECK_IN]),
            )


@pytest.fixture
def fair(site_engine: Engine) -> Fair:
    return Fair(site_engine)


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Lend two phones that know nothing of each other."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN"))
            for _ in range(2)
        ]


def open_gate(context: BrowserContext, site: str, key: str) -> Page:
    page = context.new_page()
    page.goto(f"{site}/gate/#k={key}")
    expect(page.locator("#link")).to_contain_text("在线")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def scan(page: Page, text: str, expected: str) -> None:
    """Type as a hand scanner does, and read the verdict."""
    page.locator("#code").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".verdict-word")).to_contain_text(expected)


Gates = tuple[str, Page, Page]
"""The address of the site, the east gate and the west gate."""


@pytest.fixture
def gates(site: str, fair: Fair, phones: list[BrowserContext]) -> Gates:
    """Open both gates, each on its phone."""
    east, west = (open_gate(phone, site, key) for phone, key in zip(phones, fair.keys, strict=True))
    return site, east, west


def test_two_gates_work_without_network_and_are_merged_afterwards(
    gates: Gates,
    site_engine: Engine,
    fair: Fair,
    phones: list[BrowserContext],
) -> None:
    site, east, west = gates
    for phone in phones:
        phone.set_offline(True)
    for page in (east, west):
        page.reload()  # the page itself comes from the device
        expect(page.locator("#link")).to_contain_text("离线")
        expect(page.get_by_role("heading", level=1)).to_contain_text("招聘会")
    both, alone, _ = fair.tickets
    scan(east, f"{site}/t/{both}", "可以入场（离线核验")
    scan(west, f"{site}/t/{both}", "可以入场（离线核验")
    scan(west, alone, "可以入场（离线核验")
    scan(west, alone, "不能入场")
    expect(west.locator(".verdict-more")).to_contain_text("此码已用过")
    scan(east, fair.unsigned, "不能入场")
    expect(east.locator(".verdict-more")).to_contain_text("不是本站签发的码")
    scan(east, fair.firm_codes[0], "可以入场（离线核验")
    scan(east, fair.firm_codes[2], "不能入场")
    expect(east.locator(".verdict-more")).to_contain_text("展位已释放")
    west.get_by_label("展位号或单位名称").fill("A02")
    west.locator("#firms").get_by_role("button").click()
    east.get_by_role("button", name="＋5 进").click()
    east.get_by_role("button", name="－1 出").click()
    expect(east.locator("#waiting")).to_have_text("4 条待上传")
    expect(west.locator("#waiting")).to_have_text("3 条待上传")

    phones[1].set_offline(False)
    expect(west.locator("#waiting")).to_be_hidden()
    phones[0].set_offline(False)
    expect(east.locator("#waiting")).to_be_hidden()
    expect(east.locator("#conflicts")).to_contain_text("首次：西门")
    expect(west.locator("#conflicts")).to_contain_text("没有需要核对的")
    with reading(site_engine) as session:
        noted = session.execute(select(CheckIn.verdict, CheckIn.objection).order_by(CheckIn.id)).all()
        assert sorted(tuple(row) for row in noted) == [
            (Verdict.ACCEPTED, None),
            (Verdict.ACCEPTED, None),
            (Verdict.ACCEPTED, None),
            (Verdict.ACCEPTED, None),
            (Verdict.CONFLICT, "twice"),
        ]
        assert sorted(session.scalars(select(Passage.people))) == [-1, 5]


def test_who_is_not_here_yet_is_listed_without_network_in_the_order_of_booths(
    site: str, fair: Fair, phones: list[BrowserContext]
) -> None:
    phones[0].clock.set_fixed_time(world.MORNING - timedelta(days=1))
    gate = open_gate(phones[0], site, fair.keys[0])
    expect(gate.locator("#early")).to_contain_text("活动在 1月5日，还没有到")
    phones[0].clock.set_fixed_time(world.MORNING)
    phones[0].set_offline(True)
    gate.reload()
    expect(gate.locator("#early")).to_be_hidden()
    gate.get_by_label("只看未签到的单位").check()
    expect(gate.locator("#firms .figures")).to_have_text(["展位 A01", "展位 A02"])
    gate.locator("#firms").get_by_role("button").first.click()
    expect(gate.locator("#firms .figures")).to_have_text(["展位 A02"])
    gate.get_by_label("只看未签到的单位").focus()
    gate.keyboard.type("x")  # a hand scanner types wherever the focus is
    expect(gate.locator("#code")).to_have_value("x")


def test_with_network_the_second_gate_hears_at_once_where_a_ticket_was_used(gates: Gates, fair: Fair) -> None:
    _, east, west = gates
    scan(east, fair.tickets[0], "可以入场")
    scan(west, fair.tickets[0], "不能入场")
    expect(west.locator(".verdict-more")).to_contain_text("首次：东门")
    scan(west, world.code(EntryKind.BOOKING, fair.event_id + 1, booking_subject(1)), "不能入场")
    expect(west.locator(".verdict-more")).to_contain_text("另一场活动")
    scan(west, "not a code", "没有识别出入场码")
    scan(west, "8cac9265", "不能入场")
    expect(west.locator(".verdict-more")).to_contain_text("查无此码")
    west.get_by_role("button", name="＋1 进").click()
    west.keyboard.type(fair.unsigned)  # a hand scanner types wherever the focus is, and ends with Enter
    west.keyboard.press("Enter")
    expect(west.locator(".verdict-more")).to_contain_text("不是本站签发的码")
    expect(west.locator("#counted")).to_have_text("本机今天：进 1，出 0")


def test_a_ticket_opened_by_the_phones_own_scanner_leads_to_the_gate(
    site: str, fair: Fair, phones: list[BrowserContext]
) -> None:
    open_gate(phones[0], site, fair.keys[0])
    scanned = phones[0].new_page()
    scanned.goto(f"{site}/t/{fair.tickets[0]}")
    expect(scanned.locator(".verdict-word")).to_contain_text("可以入场")
    stranger = phones[1].new_page()
    stranger.goto(f"{site}/t/{fair.tickets[0]}")
    expect(stranger.get_by_text("本站签发的入场码")).to_be_visible()


def test_a_gate_that_is_closed_says_so_and_keeps_what_it_has_noted(
    site: str, site_engine: Engine, fair: Fair, phones: list[BrowserContext]
) -> None:
    east = open_gate(phones[0], site, fair.keys[0])
    phones[0].set_offline(True)
    scan(east, fair.tickets[0], "可以入场（离线核验")
    with transaction(site_engine) as session:
        fair_day.revoke_gate(session, gate_id=1)
    phones[0].set_offline(False)
    expect(east.locator(".verdict-word")).to_contain_text("已关闭")
    expect(east.locator("#waiting")).to_have_text("1 条待上传")
    east.goto(f"{site}/gate/#k={fair.keys[1]}")  # the link of another gate of the same fair
    expect(east.locator("#waiting")).to_be_hidden()
    with reading(site_engine) as session:
        assert session.scalars(select(CheckIn.verdict)).all() == [Verdict.ACCEPTED]


def test_a_gate_hears_how_full_the_fair_is_and_lets_in_again_whose_check_in_was_undone(
    site: str,
    site_engine: Engine,
    fair: Fair,
    phones: list[BrowserContext],
) -> None:
    east = open_gate(phones[0], site, fair.keys[0])
    scan(east, fair.firm_codes[0], "可以入场")
    expect(east.locator("#crowd")).to_have_text("✓ 场内 1 / 900 人")
    with transaction(site_engine) as session:
        fair_day.undo_check_in(session, booking_id=1, reason="点错了单位", undone_by=None)
    expect(east.locator("#crowd")).to_have_text("✓ 场内 0 / 900 人")
    phones[0].set_offline(True)
    scan(east, fair.firm_codes[0], "可以入场（离线核验")


def test_a_seeker_let_in_by_mistake_is_taken_back_without_network_and_other_gates_hear_of_it(
    gates: Gates,
    site_engine: Engine,
    fair: Fair,
    phones: list[BrowserContext],
) -> None:
    _, east, west = gates
    phones[0].set_offline(True)
    for _ in range(2):
        scan(east, fair.tickets[0], "可以入场（离线核验")
        scan(east, fair.tickets[0], "不能入场")
        east.locator("#recent").get_by_role("button").click()
        expect(east.locator(".verdict-word")).to_contain_text("已撤销入场")
    scan(east, fair.tickets[0], "可以入场（离线核验")
    phones[0].set_offline(False)
    expect(east.locator("#waiting")).to_be_hidden(timeout=20_000)
    expect(east.locator("#conflicts")).to_contain_text("没有需要核对的")
    scan(west, fair.tickets[0], "不能入场")
    with east.expect_response("**/gate/hand-in"):
        east.locator("#recent").get_by_role("button").click()
    scan(west, fair.tickets[0], "可以入场")
    with transaction(site_engine) as session:
        session.add(Ticket(event_id=fair.event_id, serial="5eea0001" * 4, state=TicketState.VALID))
    scan(west, "5EEA0001", "可以入场")  # let in by the number under the code
    with west.expect_response("**/gate/hand-in"):
        west.get_by_role("button", name="5EEA0001").click()
    expect(west.locator(".verdict-word")).to_contain_text("已撤销入场")
    with reading(site_engine) as session:
        noted = session.execute(select(CheckIn.verdict, CheckIn.objection)).all()
        assert sorted((str(verdict), str(objection)) for verdict, objection in noted) == [
            ("accepted", "None"),
            ("refused", "twice"),
            *[("refused", "undone")] * 4,
        ]


def test_every_page_of_the_day_is_for_everybody(
    site: str, site_engine: Engine, fair: Fair, browser: Browser
) -> None:
    with transaction(site_engine) as session:
        gate = fair_day.gate_of_key(session, key=fair.keys[0])
        arrivals = [
            Arrival(f"client-{n:04d}", CheckInMeans.CODE, world.MORNING, code=fair.tickets[0], let_in=True)
            for n in range(2)
        ]
        fair_day.check_in(session, door=Door.of(gate), arrivals=arrivals, secret_key=world.SECRET)
    found = {}
    for width in (390, 1440):
        with browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", bypass_csp=True
        ) as context:
            page = open_gate(context, site, fair.keys[0])
            page.get_by_label("展位号或单位名称").fill("A")
            scan(page, fair.tickets[1 if width == 390 else 2], "可以入场")
            found[f"gate {width}"] = obstacles(page)
            closed = context.new_page()
            closed.goto(f"{site}/organizer/events/{fair.event_id}/fair-day")
            closed.get_by_label("账号").fill("door")
            closed.get_by_label("密码").fill(PASSWORD)
            closed.get_by_role("button", name="登录").click()
            closed.wait_for_load_state()
            for path in ("fair-day", "sign-in-sheet"):
                closed.goto(f"{site}/organizer/events/{fair.event_id}/{path}")
                found[f"{path} {width}"] = obstacles(closed)
    assert found == {name: [] for name in found}
    assert len(found) == 6
