"""Organizers take an enterprise out of events and enter urgent ones: noted, and a repair runs if asked."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from scheduler.database import reading, transaction
from scheduler.models import (
    AuditEntry,
    Enterprise,
    Event,
    EventState,
    Plan,
    PlanRun,
    Registration,
    RegistrationState,
    UrgentRequest,
)
from scheduler.services.planning import RepairOrder
from tests.support.schedule import LIXIA, QINGDAO, make_employer, register
from tests.web.organizers import World, add_world, post, sign_in

WITHDRAWAL = "/organizer/repair?quarter=2027Q1&reason=withdrawal"
URGENT_PAGE = "/organizer/repair?quarter=2027Q1&reason=urgent"
BUDGET = {"quarter": "2027Q1", "frozen_days": "3", "most_moves": "2"}
URGENT = BUDGET | {
    "kind": "professional",
    "title": "急聘专场",
    "division": LIXIA,
    "first_on": "2027-01-11",
    "last_on": "2027-01-13",
    "booths": "20",
    "people": "300",
    "has_sound": "1",
    "why": "订单激增",
}


@pytest.fixture(autouse=True)
def world(site_engine: Engine, client: FlaskClient) -> World:
    world = add_world(site_engine)
    sign_in(client, "city-planner")
    return world


def browser_of(client: FlaskClient, login: str) -> FlaskClient:
    """Return another browser, in which a member is signed in."""
    other: FlaskClient = client.application.test_client()
    other.environ_base["HTTP_ACCEPT"] = "text/html"
    sign_in(other, login)
    return other


def newest_run(engine: Engine) -> PlanRun:
    with reading(engine) as session:
        run = session.scalars(select(PlanRun).order_by(PlanRun.id.desc())).first()
        assert run is not None
        session.expunge(run)
        return run


def runs(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(PlanRun)) or 0


def state(engine: Engine, event_id: int, firm: int) -> RegistrationState:
    with reading(engine) as session:
        return session.get_one(Registration, (event_id, firm)).state


def firm_of(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalars(select(Enterprise.id)).one()


def test_an_enterprise_is_found_and_leaves_and_a_repair_uses_the_freedom(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    firm = firm_of(site_engine)
    page = client.get(f"{WITHDRAWAL}&q=示例企业1").text
    assert f'value="{firm}-{world.published}"' in page
    assert f'value="{firm}-all"' in page
    form = BUDGET | {"leaving": f"{firm}-all", "why": "已招满", "mend": "1", "place_waiting": "1"}
    answer = post(client, "/organizer/withdrawals", page=WITHDRAWAL, **form)
    run = newest_run(site_engine)
    assert answer.headers["Location"] == f"/organizer/runs/{run.id}"
    assert state(site_engine, world.published, firm) is RegistrationState.WITHDRAWN
    assert run.repair is not None
    order = RepairOrder.of(run.repair)
    assert (order.reason, order.about, order.enterprise_id, order.note, order.most_moves) == (
        "withdrawal",
        (world.published,),
        firm,
        "已招满",
        2,
    )
    assert set(order.wanted) == {world.new, world.left_out}
    with reading(site_engine) as session:
        noted = select(AuditEntry).where(AuditEntry.subject == "registration")
        entry = session.scalars(noted.order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert (entry.before["state"], entry.after["state"]) == ("approved", "withdrawn")
        assert (entry.after["answered_by"], entry.reason) == (entry.account_id, "已招满")
    assert "没有找到" in client.get(f"{WITHDRAWAL}&q=示例企业1").text


def test_only_noting_a_withdrawal_starts_no_run(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    firm, before = firm_of(site_engine), runs(site_engine)
    page = f"{WITHDRAWAL}&event={world.published}"
    assert f'value="{firm}-{world.published}"' in client.get(page).text
    form = BUDGET | {"leaving": f"{firm}-{world.published}", "why": "已招满", "mend": ""}
    assert post(client, "/organizer/withdrawals", page=page, **form).status_code == 302
    assert state(site_engine, world.published, firm) is RegistrationState.WITHDRAWN
    assert runs(site_engine) == before


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"why": ""}, 422),
        ({"leaving": "1"}, 400),
        ({"leaving": "0-1"}, 400),
        ({"leaving": "999999-all"}, 409),
        ({"most_moves": "99999999"}, 422),
        ({"role": "publisher"}, 400),
    ],
)
def test_a_withdrawal_that_is_refused_changes_nothing(
    client: FlaskClient, site_engine: Engine, world: World, change: dict[str, str], status: int
) -> None:
    firm, before = firm_of(site_engine), runs(site_engine)
    form = BUDGET | {"leaving": f"{firm}-{world.published}", "why": "已招满", "mend": "1"} | change
    answer = post(client, "/organizer/withdrawals", page=WITHDRAWAL, **form)
    assert answer.status_code == status
    assert state(site_engine, world.published, firm) is RegistrationState.APPROVED
    assert runs(site_engine) == before


def test_no_bureau_withdraws_from_the_events_of_another(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    with transaction(site_engine) as session:
        stranger = make_employer(session, 2)
        register(session, session.get_one(Event, world.foreign), stranger)
        number = stranger.id
    assert "示例企业2" not in client.get(f"{WITHDRAWAL}&q=示例企业2").text.partition("<form")[2].replace(
        'value="示例企业2"', ""
    )
    form = BUDGET | {"leaving": f"{number}-{world.foreign}", "why": "x", "mend": ""}
    assert post(client, "/organizer/withdrawals", page=WITHDRAWAL, **form).status_code == 404
    assert state(site_engine, world.foreign, number) is RegistrationState.APPROVED


def test_an_urgent_event_is_entered_and_a_repair_inserts_it(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    answer = post(client, "/organizer/urgent-events", page=URGENT_PAGE, mend="1", **URGENT)
    run = newest_run(site_engine)
    assert answer.headers["Location"] == f"/organizer/runs/{run.id}"
    assert run.repair is not None
    order = RepairOrder.of(run.repair)
    with reading(site_engine) as session:
        request = session.scalars(select(UrgentRequest)).one()
        event = session.get_one(Event, request.event_id)
        assert (order.reason, order.wanted, order.most_moves) == ("urgent", (event.id,), 2)
        assert (event.state, event.equipment, request.reason) == (EventState.PLANNED, ["sound"], "订单激增")
    today = client.get("/organizer").text
    assert "急聘专场" in today
    assert "还剩 47 小时答复" in today or "还剩 48 小时答复" in today


def test_a_county_enters_an_urgent_event_and_its_city_sees_the_clock(
    client: FlaskClient, site_engine: Engine, world: World
) -> None:
    before = runs(site_engine)
    county, sister = browser_of(client, "county-publisher"), browser_of(client, "sister-publisher")
    assert "登记后由市级或省级安排" in county.get(URGENT_PAGE).text
    assert post(county, "/organizer/urgent-events", page=URGENT_PAGE, **URGENT).status_code == 302
    assert runs(site_engine) == before
    page = client.get("/organizer").text
    assert "急聘专场" in page
    assert "reason=insertion" in page
    assert "急聘专场" not in sister.get("/organizer").text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"title": ""}, 422),
        ({"why": ""}, 422),
        ({"first_on": "2020-01-01"}, 422),
        ({"first_on": "soon"}, 400),
        ({"booths": "-1"}, 400),
        ({"booths": "0"}, 422),
        ({"division": QINGDAO}, 404),
        ({"division": "x"}, 400),
        ({"kind": "party"}, 400),
        ({"credit_code": "91370100000000000X"}, 422),
        ({"frozen_days": "61"}, 422),
        ({"state": "published"}, 400),
    ],
)
def test_an_urgent_event_that_is_refused_leaves_nothing(
    client: FlaskClient, site_engine: Engine, world: World, change: dict[str, str], status: int
) -> None:
    before = runs(site_engine)
    form = URGENT | {"mend": "1"} | change
    answer = post(client, "/organizer/urgent-events", page=URGENT_PAGE, **form)
    assert answer.status_code == status
    assert runs(site_engine) == before
    with reading(site_engine) as session:
        assert session.scalars(select(UrgentRequest)).all() == []
        assert session.scalars(select(Event).where(Event.title_zh == URGENT["title"])).all() == []


def test_the_draft_says_what_it_was_asked_for(client: FlaskClient, site_engine: Engine, world: World) -> None:
    post(client, "/organizer/urgent-events", page=URGENT_PAGE, mend="1", **URGENT)
    with transaction(site_engine) as session:
        run = session.scalars(select(PlanRun).order_by(PlanRun.id.desc())).first()
        assert run is not None
        plan = session.get_one(Plan, world.draft)
        plan.run_id = run.id
        nothing = {"hit": 0, "moves": 0, "least_moves": 0, "proven": True, "cost_before": 1}
        plan.repair = nothing | {"changes": [], "reliefs": []}
    page = client.get(f"/organizer/plans/{world.draft}").text
    for words in ("绿色通道", "急聘专场", "订单激增", "答复期限", "最多移动 2 场", "冻结 3 天"):
        assert words in page
