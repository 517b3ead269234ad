"""What an event owes by when, what is noted of it, and how a bureau holds publishing back."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.models import (
    Account,
    Event,
    EventKind,
    EventState,
    Organizer,
    Parameter,
    Publication,
    Role,
    StoredFile,
    Strictness,
)
from scheduler.models.safety import SafetyKind, SafetyState, SafetyStep
from scheduler.queries.permits import FilingRule, PermitRule
from scheduler.queries.safety import SafetyRule, late_at, steps_of, strictness_for, waiting_steps
from scheduler.queries.workbench.today import today_board
from scheduler.services import accounts, safety
from scheduler.services.files import Given, UnknownFile
from scheduler.services.publishing import publish_plan
from tests.scheduler.planning.plans import add_draft, at, morning
from tests.scheduler.planning.world import add_event, add_regions, add_venue
from tests.support.papers import pdf
from tests.support.schedule import JINAN, LIXIA, QINGDAO, add_reference, make_event

RULE = SafetyRule(PermitRule(), FilingRule(), 1)
STARTS = at(20, 9)
DONE, OPEN, NOT_NEEDED = SafetyState.DONE, SafetyState.OPEN, SafetyState.NOT_NEEDED
PROVINCE = "370000"


def test_what_is_owed_follows_from_kind_and_head_count() -> None:
    small = RULE.due(EventKind.PROFESSIONAL, 999, STARTS)
    assert SafetyKind.PERMIT not in small
    assert SafetyKind.VENUE_CONSENT not in small
    assert small[SafetyKind.FILING] == small[SafetyKind.SECURITY_PLAN] == date(2027, 1, 5)
    assert small[SafetyKind.FIRE] == date(2027, 1, 19)
    large = RULE.due(EventKind.PROFESSIONAL, 1_000, STARTS)
    assert large[SafetyKind.PERMIT] == large[SafetyKind.SECURITY_PLAN] == date(2026, 12, 31)
    assert large[SafetyKind.FILING] == date(2027, 1, 5)
    assert len(large) == len(SafetyKind)
    assert RULE.due(EventKind.LIVESTREAM, 5_000, STARTS) == {}
    assert set(RULE.due(EventKind.CAMPUS, 10, None).values()) == {None}
    unfiled = SafetyRule(PermitRule(), FilingRule(0), 2).due(EventKind.CAMPUS, 10, STARTS)
    assert SafetyKind.FILING not in unfiled
    assert unfiled[SafetyKind.EMERGENCY_PLAN] == unfiled[SafetyKind.POWER] == date(2027, 1, 18)


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    """Lend a site on 1 January with a published fair of 2,000 people in Lixia on the 20th."""
    time_machine.move_to(datetime(2027, 1, 1, 9).astimezone(), tick=False)
    with transaction(engine) as session:
        add_reference(session)
        make_event(session, people=2_000, starts_at=STARTS)
        for division in (LIXIA, QINGDAO):
            organizer = session.scalars(select(Organizer).where(Organizer.division_code == division)).one()
            accounts.create_account(
                session,
                login=f"planner-{division}",
                password=None,
                display_name=f"经办 {division}",
                belonging=accounts.Belonging.member(organizer.id, [Role.PLANNER]),
            )
    return engine


def note(engine: Engine, kind: SafetyKind, state: SafetyState, paper: bytes = b"", **said: Any) -> None:  # noqa: ANN401
    with transaction(engine) as session:
        safety.note_step(
            session,
            event=session.scalars(select(Event)).one(),
            kind=kind,
            said=safety.Said(state, **said),
            paper=Given("许可决定书.pdf", paper) if paper else None,
            by=who(engine, LIXIA),
        )


def who(engine: Engine, division: str) -> int:
    with reading(engine) as session:
        return session.scalars(select(Account.id).where(Account.login == f"planner-{division}")).one()


def told(engine: Engine, kind: SafetyKind) -> dict[str, Any]:
    """Return what an event's matter says, as plain values."""
    with reading(engine) as session:
        event = session.scalars(select(Event)).one()
        (line,) = (one for one in steps_of(session, event) if one.kind is kind)
        return {
            "state": line.state,
            "people": (line.owner, line.done_by),
            "days": (line.due_on, line.row and line.row.done_on),
            "number": line.row and line.row.number,
            "file": line.file and line.file.name,
            "late": line.is_late,
        }


def test_a_matter_is_noted_with_owner_number_reason_and_paper(site: Engine) -> None:
    rule_day, today, third = date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 3)
    assert told(site, SafetyKind.PERMIT)["late"]
    owner, name = who(site, LIXIA), f"经办 {LIXIA}"
    note(site, SafetyKind.PERMIT, DONE, pdf(), owner_id=owner, number="济公许〔2027〕1号", note="附决定书")
    assert told(site, SafetyKind.PERMIT) == {
        "state": DONE,
        "people": (name, name),
        "days": (rule_day, today),
        "number": "济公许〔2027〕1号",
        "file": "许可决定书.pdf",
        "late": False,
    }
    note(site, SafetyKind.PERMIT, OPEN, due_on=third)
    assert told(site, SafetyKind.PERMIT) == {
        "state": OPEN,
        "people": ("", ""),
        "days": (third, None),
        "number": "",
        "file": "许可决定书.pdf",
        "late": False,
    }


def test_what_is_not_owed_or_not_explained_is_refused(site: Engine) -> None:
    for refusal, kind, said in (
        (safety.ReasonMissing, SafetyKind.FIRE, {"state": NOT_NEEDED}),
        (safety.ReasonMissing, SafetyKind.PERMIT, {"state": SafetyState.REFUSED}),
        (safety.UnknownOwner, SafetyKind.FIRE, {"state": DONE, "owner_id": who(site, QINGDAO)}),
        (UnknownFile, SafetyKind.FIRE, {"state": DONE, "paper": b"MZ\x90"}),
    ):
        with pytest.raises(refusal):
            note(site, kind, **said)
    with transaction(site) as session:
        session.scalars(select(Event)).one().people = 10
    with pytest.raises(safety.NotOwed):
        note(site, SafetyKind.PERMIT, DONE)
    with reading(site) as session:
        assert session.scalars(select(SafetyStep)).all() == []
        assert session.scalars(select(StoredFile)).all() == []


@pytest.mark.parametrize(
    "wrong",
    [{"state": NOT_NEEDED, "done_on": date(2027, 1, 1)}, {"state": DONE}, {"done_on": date(2027, 1, 1)}],
)
def test_the_database_itself_keeps_reasons_and_days(site: Engine, wrong: dict[str, Any]) -> None:
    with reading(site) as session:
        event_id = session.scalars(select(Event.id)).one()
    with pytest.raises(IntegrityError), transaction(site) as session:
        session.add(SafetyStep(event_id=event_id, kind=SafetyKind.FIRE, **wrong))


def test_the_list_and_today_count_what_nobody_has_seen_to(site: Engine) -> None:
    with reading(site) as session:
        waiting = waiting_steps(session, scope=LIXIA)
        assert waiting_steps(session, scope=QINGDAO) == ()
        board = today_board(session, scope_code=LIXIA, quarter="2027Q1")
    assert [one.step.kind for one in waiting if one.step.is_late] == [
        SafetyKind.PERMIT,
        *(SafetyKind.IMPLEMENTATION_PLAN, SafetyKind.EMERGENCY_PLAN, SafetyKind.SECURITY_PLAN),
        *(SafetyKind.VENUE_CONSENT, SafetyKind.SAFETY_OFFICER, SafetyKind.CROWD_PLAN),
    ]
    assert waiting[-1].step.kind is SafetyKind.FILING
    assert (board.permits.overdue, board.filings.soon) == (1, 1)
    note(site, SafetyKind.PERMIT, SafetyState.HANDED_IN)
    note(site, SafetyKind.FILING, NOT_NEEDED, note="省级统一备案")
    with reading(site) as session:
        kinds = {one.step.kind for one in waiting_steps(session, scope=JINAN)}
        board = today_board(session, scope_code=LIXIA, quarter="2027Q1")
    assert not kinds & {SafetyKind.PERMIT, SafetyKind.FILING}
    assert (board.permits.overdue, board.filings.soon) == (0, 0)


def test_a_bureaus_rule_holds_below_it_until_it_is_withdrawn(site: Engine) -> None:
    def rule(code: str) -> Strictness:
        with reading(site) as session:
            return strictness_for(session, division_code=code)

    assert rule(LIXIA) is Strictness.WARN
    with transaction(site) as session:
        city = session.scalars(select(Organizer.id).where(Organizer.division_code == JINAN)).one()
        safety.set_safety_rules(session, organizer_id=city, publishing=Strictness.BLOCK)
    assert (rule(LIXIA), rule(JINAN), rule(QINGDAO)) == (Strictness.BLOCK, Strictness.BLOCK, Strictness.WARN)
    with transaction(site) as session:
        county = session.scalars(select(Organizer.id).where(Organizer.division_code == LIXIA)).one()
        safety.set_safety_rules(session, organizer_id=county, publishing=Strictness.WARN)
    assert rule(LIXIA) is Strictness.WARN
    with transaction(site) as session:
        for one in (city, county):
            safety.drop_safety_rules(session, organizer_id=one)
    assert rule(JINAN) is Strictness.WARN


def test_publishing_is_held_back_where_the_bureau_wants_it_and_only_there(
    engine: Engine, time_machine: TimeMachineFixture
) -> None:
    with transaction(engine) as session:
        add_regions(session)
        session.add(
            Parameter(
                key="filing_lead", applies_to="", unit="days", default="15", low="0", high="30", evidence=""
            )
        )
    time_machine.move_to(datetime(2027, 1, 1, 9).astimezone(), tick=False)
    with transaction(engine) as session:
        hall_id, event = add_venue(session).id, add_event(session)
        event_id, bureau = event.id, event.organizer_id
        plan_id = add_draft(session, [morning(event_id, 11, hall_id)]).id
        safety.set_safety_rules(session, organizer_id=bureau, publishing=Strictness.BLOCK)
    with pytest.raises(safety.SafetyLate, match="filing"), transaction(engine) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url="http://fair.test")
    with reading(engine) as session:
        assert session.scalars(select(Publication)).all() == []
        assert session.get_one(Event, event_id).state is EventState.PLANNED
        assert late_at(session, [(event_id, at(11, 9))])
        assert late_at(session, [(event_id, at(30, 9))]) == {}
    with transaction(engine) as session:
        safety.set_safety_rules(session, organizer_id=bureau, publishing=Strictness.WARN)
    with transaction(engine) as session:
        publish_plan(session, plan_id=plan_id, published_by=None, public_url="http://fair.test")
    with reading(engine) as session:
        assert session.get_one(Event, event_id).state is EventState.PUBLISHED
