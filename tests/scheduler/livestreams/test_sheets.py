"""Run sheets are drafted, changed by two hands at once, undone, published and told to the firms."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import reading, transaction
from scheduler.errors import NotFound
from scheduler.models import (
    Enterprise,
    Hold,
    Host,
    Insurance,
    Message,
    Opening,
    Organizer,
    Registration,
    RegistrationState,
    Resource,
    RunSheet,
    SheetState,
    StreamRules,
    Strictness,
    Verification,
)
from scheduler.runsheets import Edit, Line, LineKind, UnfitEdit, from_rows
from scheduler.services.livestreams import (
    HostBusy,
    NoDraftSheet,
    NoEditToUndo,
    SheetChanged,
    SheetUnfit,
    accept_rules,
    choose_openings,
    draft_sheet,
    edit_sheet,
    present_firm,
    publish_sheet,
    release_turn,
    restore_sheet,
    take_turn,
    undo_edit,
)
from tests.scheduler.livestreams.rows import BEFORE, STARTS_AT, make_firms, make_livestream, make_person
from tests.support.schedule import JINAN, LIXIA, add_reference, make_employer


@pytest.fixture
def site(engine: Engine, time_machine: TimeMachineFixture) -> Engine:
    time_machine.move_to(BEFORE)
    with transaction(engine) as session:
        add_reference(session)
    return engine


@contextmanager
def ready(site: Engine, many: int = 3) -> Iterator[tuple[Session, int, list[int]]]:
    """Lend a session with a livestream whose firms have everything on their checklists."""
    with transaction(site) as session:
        event, firms = make_livestream(session), make_firms(session, many)
        for number, firm in enumerate(firms):
            take_turn(session, event_id=event.id, enterprise_id=firm.id)
            complete(session, event.id, firm.id)
            make_person(session, firm.id, f"hr-{number}")
        session.flush()
        yield session, event.id, [firm.id for firm in firms]


def complete(session: Session, event_id: int, enterprise_id: int) -> None:
    openings = session.scalars(select(Opening).where(Opening.enterprise_id == enterprise_id)).all()
    for opening in openings:
        opening.hours_zh, opening.insurance = "8:00–17:00，双休", Insurance.FIVE_AND_FUND
        opening.wage_min, opening.wage_max = 5000, 8000
    ids = [opening.id for opening in openings]
    choose_openings(session, event_id=event_id, enterprise_id=enterprise_id, opening_ids=ids)
    present_firm(
        session,
        event_id=event_id,
        enterprise_id=enterprise_id,
        about_zh="生产汽车零部件",
        questions_zh="",
    )
    accept_rules(session, event_id=event_id, enterprise_id=enterprise_id)
    verify(session, enterprise_id)


def verify(session: Session, enterprise_id: int) -> None:
    session.get_one(Enterprise, enterprise_id).verification = Verification.VERIFIED
    session.flush()


def firms_on(sheet: RunSheet) -> list[int | None]:
    return [line.enterprise_id for line in from_rows(sheet.lines) if line.kind is LineKind.TURN]


def letters(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(Message).order_by(Message.id))
    return [(row.recipient, row.payload["at"]) for row in rows]


def test_a_first_draft_has_the_admitted_firms_in_the_order_of_their_coming(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        session.get_one(Registration, (event_id, firms[1])).state = RegistrationState.REQUESTED
        session.flush()
        sheet = draft_sheet(session, event_id=event_id)
        assert (sheet.version, sheet.revision, firms_on(sheet)) == (1, 1, [firms[0], firms[2]])
        assert draft_sheet(session, event_id=event_id).id == sheet.id


def test_changes_are_counted_undone_and_refused_when_the_page_was_old(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        one, two, three = firms
        sheet = draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("up", 2))
        edit_sheet(session, event_id=event_id, revision=2, edit=Edit("longer", 0))
        assert (sheet.revision, firms_on(sheet), sheet.lines[0]["minutes"]) == (3, [two, one, three], 6)
        with pytest.raises(SheetChanged):
            edit_sheet(session, event_id=event_id, revision=2, edit=Edit("down", 1))
        with pytest.raises(SheetChanged):
            undo_edit(session, event_id=event_id, revision=1)
        undo_edit(session, event_id=event_id, revision=3)
        undo_edit(session, event_id=event_id, revision=4)
        assert (sheet.revision, firms_on(sheet), sheet.lines[0]["minutes"]) == (5, firms, 5)
        with pytest.raises(NoEditToUndo):
            undo_edit(session, event_id=event_id, revision=5)


def test_a_firm_with_a_turn_is_not_taken_out_and_one_that_has_left_is(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        draft_sheet(session, event_id=event_id)
        with pytest.raises(UnfitEdit):
            edit_sheet(session, event_id=event_id, revision=1, edit=Edit("remove", 1))
        release_turn(session, event_id=event_id, enterprise_id=firms[0])
        with pytest.raises(SheetUnfit, match="has left"):
            publish_sheet(session, event_id=event_id, revision=1, published_by=None)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("remove", 1))
        publish_sheet(session, event_id=event_id, revision=2, published_by=None)


def test_publishing_tells_every_firm_its_minute_and_later_only_those_that_move(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        draft_sheet(session, event_id=event_id)
        publish_sheet(session, event_id=event_id, revision=1, published_by=None)
        assert letters(session) == [
            ("hr-0", "2027-01-05T10:35:00+00:00"),
            ("hr-1", "2027-01-05T11:00:00+00:00"),
            ("hr-2", "2027-01-05T11:25:00+00:00"),
        ]
        second = draft_sheet(session, event_id=event_id)
        assert second.version == 2
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("down", 2))
        publish_sheet(session, event_id=event_id, revision=2, published_by=None)
        assert letters(session)[3:] == [
            ("hr-1", "2027-01-05T11:25:00+00:00"),
            ("hr-2", "2027-01-05T11:00:00+00:00"),
        ]
        states = session.execute(select(RunSheet.version, RunSheet.state).order_by(RunSheet.version))
        assert [tuple(row) for row in states] == [(1, SheetState.REPLACED), (2, SheetState.PUBLISHED)]


def test_an_earlier_version_is_had_back_as_a_draft(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        first = draft_sheet(session, event_id=event_id)
        publish_sheet(session, event_id=event_id, revision=1, published_by=None)
        draft = draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("down", 1))
        assert firms_on(restore_sheet(session, event_id=event_id, sheet_id=first.id)) == firms
        undo_edit(session, event_id=event_id, revision=draft.revision)
        assert firms_on(draft) != firms
        with pytest.raises(NotFound):
            restore_sheet(session, event_id=event_id, sheet_id=draft.id)


def test_what_the_solver_finds_becomes_the_draft_and_can_be_undone(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        draft_sheet(session, event_id=event_id)
        found = tuple(Line(LineKind.TURN, 20, firm) for firm in reversed(firms))
        draft = draft_sheet(session, event_id=event_id, lines=found)
        assert (firms_on(draft), draft.made_by_solver) == ([*reversed(firms)], True)
        undo_edit(session, event_id=event_id, revision=draft.revision)
        assert firms_on(draft) == firms


def test_an_unfinished_checklist_blocks_unless_the_bureau_only_warns(site: Engine) -> None:
    with ready(site) as (session, event_id, firms):
        opening = session.scalars(select(Opening).where(Opening.enterprise_id == firms[0])).first()
        assert opening is not None
        opening.hours_zh = None
        draft_sheet(session, event_id=event_id)
        with pytest.raises(SheetUnfit, match="checklist"):
            publish_sheet(session, event_id=event_id, revision=1, published_by=None)
        set_rules(session, Strictness.WARN)
        assert publish_sheet(session, event_id=event_id, revision=1, published_by=None).published_at


def set_rules(session: Session, checklist: Strictness) -> None:
    county = session.scalars(select(Organizer).where(Organizer.division_code == LIXIA)).one()
    session.add(
        StreamRules(
            organizer_id=county.id,
            least_minutes=15,
            most_minutes=25,
            lead_minutes=5,
            closes_lead_days=2,
            cancel_lead_days=1,
            checklist=checklist,
        )
    )
    session.flush()


def test_nothing_is_published_without_a_draft_or_from_an_old_page(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        with pytest.raises(NoDraftSheet):
            publish_sheet(session, event_id=event_id, revision=1, published_by=None)
        draft_sheet(session, event_id=event_id)
        with pytest.raises(SheetChanged):
            publish_sheet(session, event_id=event_id, revision=2, published_by=None)


def test_a_host_who_takes_over_is_held_and_is_not_in_two_livestreams(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        session.add(host := Host(city_code=JINAN, name_zh="小鲁", name_en="Xiao Lu"))
        session.flush()
        hold(session, Resource.VENUE, 1, event_id)
        other = make_livestream(session, 2)
        hold(session, Resource.VENUE, 2, other.id)
        draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("host", 2, host_id=host.id))
        publish_sheet(session, event_id=event_id, revision=2, published_by=None)
        held = select(Hold.event_id, Hold.resource_id).where(Hold.resource == Resource.HOST)
        assert [tuple(row) for row in session.execute(held)] == [(event_id, host.id)]
        firm = make_employer(session, 10).id
        take_turn(session, event_id=other.id, enterprise_id=firm)
        complete(session, other.id, firm)
        draft_sheet(session, event_id=other.id)
        edit_sheet(session, event_id=other.id, revision=1, edit=Edit("host", 1, host_id=host.id))
        with pytest.raises(SheetUnfit, match="busy"):
            publish_sheet(session, event_id=other.id, revision=2, published_by=None)


def hold(session: Session, resource: Resource, number: int, event_id: int) -> None:
    session.add(
        Hold(
            resource=resource,
            resource_id=number,
            day_on=STARTS_AT.date(),
            period="evening",
            event_id=event_id,
        )
    )
    session.flush()


def test_the_key_of_a_hold_keeps_a_host_out_of_two_livestreams_whatever_was_seen(
    site: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule looks first; when two publish at the same moment, the database decides."""
    with ready(site) as (session, event_id, _):
        session.add(host := Host(city_code=JINAN, name_zh="小鲁", name_en="Xiao Lu"))
        session.flush()
        hold(session, Resource.VENUE, 1, event_id)
        other = make_livestream(session, 2)
        draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("host", 2, host_id=host.id))
        hold(session, Resource.HOST, host.id, other.id)
        monkeypatch.setattr(
            "scheduler.queries.livestreams.given.free_hosts", lambda _session, _event: (host,)
        )
        with pytest.raises(HostBusy):
            publish_sheet(session, event_id=event_id, revision=2, published_by=None)


def test_nothing_is_left_of_a_sheet_that_was_not_published(site: Engine) -> None:
    with ready(site) as (session, event_id, _):
        draft_sheet(session, event_id=event_id)
        edit_sheet(session, event_id=event_id, revision=1, edit=Edit("stretch", 1, by=-11))
    with pytest.raises(SheetUnfit, match="at least 15"), transaction(site) as session:
        publish_sheet(session, event_id=event_id, revision=2, published_by=None)
    with reading(site) as session:
        assert session.scalars(select(RunSheet.state)).all() == [SheetState.DRAFT]
        assert letters(session) == []
