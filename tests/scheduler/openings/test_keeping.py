"""The library: the same opening once, changes that bureaus would not let in, withdrawing and confirming."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from time_machine import TimeMachineFixture

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import (
    BookingRules,
    EnterpriseRole,
    HistoricDivision,
    Opening,
    Organizer,
    RegistrationOpening,
    Strictness,
)
from scheduler.postings import FindingKind
from scheduler.queries.actors import Employer
from scheduler.queries.booking.rules import FIELDS, Rules
from scheduler.queries.openings.at_event import brought_to
from scheduler.queries.openings.library import Shelf, library, one_opening
from scheduler.queries.public import employers
from scheduler.services import openings, registering
from scheduler.services.openings import keeping
from scheduler.services.openings.keeping import Facts
from tests.scheduler.booking.rows import BEFORE, make_fair, make_firms, refuses, together
from tests.support.schedule import LIXIA, make_employer

FACTS = Facts(
    title_zh="数控车工", occupation_code="6", headcount=3, division_code=LIXIA, wage_min=6000, wage_max=9000
)


def set_rules(session: Session, **changes: object) -> None:
    bureau = session.scalars(select(Organizer.id).where(Organizer.division_code == LIXIA)).one()
    values = {name: getattr(Rules(), name) for name in FIELDS}
    session.add(BookingRules(organizer_id=bureau, **{**values, **changes}))
    session.flush()


def add(session: Session, firm: int, **changes: object) -> Opening:
    facts = replace(FACTS, **changes)  # type: ignore[arg-type]
    return openings.add_opening(session, enterprise_id=firm, facts=facts)[0]


def bring(session: Session, event: int, firm: int, *opening_ids: int) -> None:
    form = registering.Form(opening_ids=opening_ids)
    registering.register(session, event_id=event, enterprise_id=firm, form=form)


def actor(firm: int) -> Employer:
    return Employer(
        account_id=0, display_name="", enterprise_id=firm, enterprise_zh="", role=EnterpriseRole.STAFF
    )


def test_the_same_opening_twice_is_one(site: Engine) -> None:
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
    deeds = [lambda session: add(session, firm)] * 4
    assert together(site, deeds) == ["done"] * 4
    with transaction(site) as session:
        assert session.scalar(select(func.count()).select_from(Opening)) == 1
        withdrawn = session.scalars(select(Opening)).one()
        openings.withdraw_opening(session, opening_id=withdrawn.id)
        assert add(session, firm).id != withdrawn.id


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)  # SQLite has one writer anyway
def test_without_the_lock_the_same_opening_comes_twice(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
    monkeypatch.setattr(keeping, "lock_library", lambda *_: None)
    with Session(site) as one, Session(site) as other:
        add(one, firm)
        add(other, firm)  # the first one is not committed yet, so it is not seen
        one.commit()
        other.commit()
    with transaction(site) as session:
        assert session.scalar(select(func.count()).select_from(Opening)) == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"wage_max": None}, openings.UnfitWage),
        ({"wage_min": 9001}, openings.UnfitWage),
        ({"wage_min": 0}, openings.UnfitWage),
        ({"division_code": "999999"}, openings.UnknownCode),
        ({"occupation_code": "Z"}, openings.UnknownCode),
        ({"skill_rank": 99}, openings.UnknownCode),
    ],
)
def test_what_no_opening_can_be_is_refused(
    site: Engine, changes: dict[str, object], refusal: type[openings.UnfitWage]
) -> None:
    with transaction(site) as session:
        firm = make_employer(session).id
        with refuses(session, refusal):
            add(session, firm, **changes)


def test_there_is_a_most(site: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_OPENINGS", 2)
    with transaction(site) as session:
        firm = make_employer(session).id
        add(session, firm)
        with refuses(session, openings.TooManyOpenings):
            add(session, firm, headcount=9)


def test_a_word_that_shuts_people_out_is_brought_nowhere_and_slips_into_nothing(site: Engine) -> None:
    with transaction(site) as session:
        event, firm = make_fair(session).id, make_employer(session, openings=0).id
        bad, good = add(session, firm, requirements_zh="限女性"), add(session, firm)
        with refuses(session, openings.UnfitOpening) as refused:
            bring(session, event, firm, bad.id)
        assert "“限女性”" in str(refused.value.text("zh"))
        assert "就业促进法" in str(refused.value.text("zh"))
        bring(session, event, firm, good.id)
        with refuses(session, openings.UnfitOpening):
            openings.change_opening(
                session, opening_id=good.id, facts=replace(FACTS, requirements_zh="限女性")
            )
        openings.change_opening(
            session, opening_id=good.id, facts=replace(FACTS, wage_min=None, wage_max=None)
        )


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("wage_check", {"wage_min": None, "wage_max": None}),
        ("word_check", {"title_zh": "女文员"}),
        ("stale_check", {"hired": 3}),
    ],
)
def test_a_bureau_sets_what_blocks_and_what_warns(
    site: Engine, rule: str, changes: dict[str, object]
) -> None:
    with transaction(site) as session:
        event, firm = make_fair(session).id, make_employer(session, openings=0).id
        one = add(session, firm, **changes)
        set_rules(session, **{rule: Strictness.BLOCK})
        with refuses(session, openings.UnfitOpening):
            bring(session, event, firm, one.id)
        session.query(BookingRules).delete()
        set_rules(session, **{rule: Strictness.WARN})
        bring(session, event, firm, one.id)
        found = brought_to(session, event_id=event)[firm]
        assert [(line.opening.id, [it.blocks for it in line.findings]) for line in found] == [
            (one.id, [False])
        ]


def test_an_opening_grows_stale_and_is_confirmed(site: Engine, time_machine: TimeMachineFixture) -> None:
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
        one = add(session, firm)
        time_machine.move_to(BEFORE + timedelta(days=61))
        assert [
            line.opening.id for line in library(session, actor=actor(firm), shelf=Shelf.FAULTY).lines
        ] == [one.id]
        openings.confirm_opening(session, opening_id=one.id)
        assert library(session, actor=actor(firm), shelf=Shelf.FAULTY).lines == ()


def test_a_workplace_that_was_abolished_is_found(site: Engine) -> None:
    with transaction(site) as session:
        firm = make_employer(session, openings=0).id
        one = add(session, firm)
        session.add(HistoricDivision(code=LIXIA, name_zh="历下区", current_code=LIXIA))
        session.flush()
        (found,) = one_opening(session, actor=actor(firm), opening_id=one.id).line.findings
        assert found.finding.kind is FindingKind.WORKPLACE_GONE


def test_a_withdrawn_opening_is_brought_nowhere_and_seen_by_nobody(site: Engine) -> None:
    with transaction(site) as session:
        event = make_fair(session)
        firm = make_firms(session, 1, event)[0].id
        one, other = add(session, firm), add(session, firm, title_zh="钳工")
        bring(session, event.id, firm, one.id, other.id)
        openings.withdraw_opening(session, opening_id=one.id)
        (line,) = employers(session, event_id=event.id)
        assert [it.title_zh for it in line.openings] == ["钳工"]
        assert session.scalar(select(func.count()).select_from(RegistrationOpening)) == 2
        assert one_opening(session, actor=actor(firm), opening_id=one.id).uses[0].event.id == event.id
        with refuses(session, registering.refusals.ForeignOpening):
            bring(session, event.id, firm, one.id, other.id)
        with refuses(session, openings.OpeningWithdrawn):
            openings.change_opening(session, opening_id=one.id, facts=FACTS)
        openings.confirm_opening(session, opening_id=one.id)
        bring(session, event.id, firm, one.id, other.id)


def test_only_what_was_brought_is_shown_and_all_where_nothing_was_named(site: Engine) -> None:
    with transaction(site) as session:
        event = make_fair(session)
        firm = make_firms(session, 1, event)[0].id
        one = add(session, firm)
        assert len(employers(session, event_id=event.id)[0].openings) == 2
        bring(session, event.id, firm, one.id)
        assert [it.title_zh for it in employers(session, event_id=event.id)[0].openings] == ["数控车工"]


def test_another_firms_opening_is_not_there(site: Engine) -> None:
    with transaction(site) as session:
        one, other = make_employer(session, 1).id, make_employer(session, 2).id
        theirs = add(session, one)
        with refuses(session, NotFound):
            one_opening(session, actor=actor(other), opening_id=theirs.id)
        assert library(session, actor=actor(other), text="数控").lines == ()
        assert library(session, actor=actor(one), text="数控").total == 1
        with refuses(session, NotFound):
            openings.withdraw_opening(session, opening_id=99_999)
