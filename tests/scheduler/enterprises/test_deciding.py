"""A reviewer decides what was seen, once; the enterprise is told, and what it said becomes true."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from scheduler.database import reading, transaction
from scheduler.errors import Forbidden
from scheduler.models import (
    CalendarDay,
    CaseState,
    DayKind,
    Enterprise,
    Message,
    ReviewCase,
    ReviewDeed,
    ReviewReason,
    ReviewStep,
    Verification,
)
from scheduler.queries.working_days import working_day_after
from scheduler.services import enterprises
from scheduler.services.enterprises import CaseMoved, LicenceMissing, Papers, ReasonMissing
from scheduler.services.verifying import NoAgencyLicence, require_verified
from scheduler.times import now
from tests.scheduler.enterprises.people import FACTS, LICENCE, owner, reviewer, submitted, unverified
from tests.scheduler.enterprises.test_signing_up import race
from tests.support.schedule import JINAN, SHINAN, add_reference

WHY = [ReviewReason.LICENCE_UNREADABLE]
TOGETHER = 4


def _send_back(session: Session, case: ReviewCase, deed: ReviewDeed, **changes: object) -> None:
    values = {"revision": case.revision, "reasons": WHY, "note": "", **changes}
    enterprises.send_back(session, case_id=case.id, by=reviewer(session), deed=deed, **values)  # type: ignore[arg-type]


def _states(session: Session) -> list[Verification]:
    return list(session.scalars(select(Enterprise.verification)))


def _deeds(session: Session) -> list[str]:
    return [step.deed.value for step in session.scalars(select(ReviewStep).order_by(ReviewStep.id))]


def test_what_is_approved_becomes_what_is_on_record(session: Session) -> None:
    firm = unverified(session)
    case = submitted(session, firm, owner(session, firm))
    assert firm.verification is Verification.IN_REVIEW
    enterprises.approve(session, case_id=case.id, revision=1, by=reviewer(session))
    assert (firm.verification, firm.verified_at) == (Verification.VERIFIED, now())
    assert (firm.name_zh, case.state) == (FACTS.name_zh, CaseState.APPROVED)
    assert _deeds(session) == ["submitted", "approved"]
    letters = session.scalars(select(Message).where(Message.kind == "review")).all()
    assert [(letter.recipient, set(letter.payload)) for letter in letters] == [
        ("owner@example.org", {"step"})
    ]


def test_an_answer_is_due_after_three_working_days(session: Session) -> None:
    firm = unverified(session)
    case = submitted(session, firm, owner(session, firm))
    assert case.due_on == date(2027, 1, 7)
    session.add(
        CalendarDay(day_on=date(2027, 2, 6), kind=DayKind.MAKEUP_WORKDAY, name_zh="春节", provisional=True)
    )
    session.add(CalendarDay(day_on=date(2027, 2, 8), kind=DayKind.HOLIDAY, name_zh="春节", provisional=True))
    session.flush()
    assert working_day_after(session, date(2027, 2, 5), 2) == date(2027, 2, 9)


def test_a_case_needs_a_licence(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    with pytest.raises(LicenceMissing), session.begin_nested():
        enterprises.submit_for_review(session, enterprise_id=firm.id, by=by, facts=FACTS, papers=Papers())
    assert session.scalars(select(ReviewCase)).all() == []


def test_a_correction_goes_back_and_forth_in_one_case(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    case = submitted(session, firm, by)
    _send_back(session, case, ReviewDeed.CORRECTION_ASKED)
    assert (case.state, firm.verification) == (CaseState.CORRECTION, Verification.IN_REVIEW)
    again = submitted(session, firm, by)
    assert (again.id, again.state, again.revision) == (case.id, CaseState.OPEN, 2)
    enterprises.approve(session, case_id=case.id, revision=2, by=reviewer(session))
    assert _deeds(session) == ["submitted", "correction_asked", "submitted", "approved"]


def test_nobody_approves_what_has_been_replaced_meanwhile(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    case = submitted(session, firm, by)
    submitted(session, firm, by, replace(FACTS, name_zh="另一个名称有限公司"))
    with pytest.raises(CaseMoved):
        enterprises.approve(session, case_id=case.id, revision=1, by=reviewer(session))
    assert firm.verification is Verification.IN_REVIEW


def test_a_refused_enterprise_may_ask_again_in_a_new_case(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    first = submitted(session, firm, by)
    _send_back(session, first, ReviewDeed.REFUSED, note="印章看不清")
    session.refresh(firm)
    assert firm.verification is Verification.REFUSED
    step = session.scalars(select(ReviewStep).where(ReviewStep.deed == ReviewDeed.REFUSED)).one()
    assert (step.reasons, step.note) == (["licence_unreadable"], "印章看不清")
    second = submitted(session, firm, by)
    session.refresh(firm)
    assert (second.id != first.id, firm.verification) == (True, Verification.IN_REVIEW)


def test_a_renewal_that_is_refused_does_not_undo_what_holds(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    enterprises.approve(session, case_id=submitted(session, firm, by).id, revision=1, by=reviewer(session))
    renewal = submitted(session, firm, by)
    assert firm.verification is Verification.VERIFIED
    _send_back(session, renewal, ReviewDeed.REFUSED)
    session.refresh(firm)
    assert firm.verification is Verification.VERIFIED


@pytest.mark.parametrize(
    ("reasons", "note"), [([], "some words"), ([ReviewReason.OTHER], "")], ids=["none", "other"]
)
def test_a_no_needs_a_reason(session: Session, reasons: list[ReviewReason], note: str) -> None:
    firm = unverified(session)
    case = submitted(session, firm, owner(session, firm))
    with pytest.raises(ReasonMissing):
        _send_back(session, case, ReviewDeed.REFUSED, reasons=reasons, note=note)
    assert case.state is CaseState.OPEN


def test_a_move_to_another_county_is_for_who_speaks_for_both(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    away = submitted(session, firm, by, replace(FACTS, division_code=SHINAN))
    for code in (JINAN, SHINAN):
        with pytest.raises(Forbidden), session.begin_nested():
            enterprises.approve(session, case_id=away.id, revision=1, by=reviewer(session, code))
    enterprises.approve(session, case_id=away.id, revision=1, by=reviewer(session, "370000"))
    assert (firm.division_code, firm.city_code) == (SHINAN, "370200")


def test_a_suspended_enterprise_takes_part_again_once_let(session: Session) -> None:
    firm = unverified(session)
    firm.verification = Verification.VERIFIED
    session.flush()
    by = reviewer(session)
    enterprises.suspend(session, enterprise_id=firm.id, by=by, reasons=[ReviewReason.UNLAWFUL], note="")
    assert _states(session) == [Verification.SUSPENDED]
    with pytest.raises(CaseMoved):
        enterprises.suspend(session, enterprise_id=firm.id, by=by, reasons=[ReviewReason.UNLAWFUL], note="")
    enterprises.resume(session, enterprise_id=firm.id, by=by)
    assert _states(session) == [Verification.VERIFIED]
    assert _deeds(session) == ["suspended", "resumed"]


def test_a_renewal_of_a_suspended_enterprise_does_not_let_it_in(session: Session) -> None:
    firm = unverified(session)
    by = owner(session, firm)
    firm.verification = Verification.SUSPENDED
    case = submitted(session, firm, by)
    enterprises.approve(session, case_id=case.id, revision=1, by=reviewer(session))
    assert (firm.verification, firm.name_zh) == (Verification.SUSPENDED, FACTS.name_zh)


def test_an_agency_takes_part_only_with_its_licence_in_force(session: Session) -> None:
    firm = unverified(session)
    firm.verification = Verification.VERIFIED
    given: list[tuple[str, str | None, date | None]] = [
        ("C36", "1234", date(2030, 1, 1)),
        ("L726", None, date(2030, 1, 1)),
        ("L726", "1234", None),
        ("L726", "1234", date(2027, 1, 3)),
        ("L726", "1234", date(2027, 1, 4)),
    ]
    let_in = []
    for industry, number, last_on in given:
        with session.no_autoflush:
            firm.industry_code, firm.agency_licence, firm.agency_licence_to = industry, number, last_on
            try:
                let_in.append(require_verified(session, firm.id) is firm)
            except NoAgencyLicence:
                let_in.append(False)
    session.expire(firm)
    assert let_in == [True, False, False, False, True]


def test_of_reviewers_who_decide_at_once_one_does(engine: Engine) -> None:
    with transaction(engine) as session:
        add_reference(session)
        firm = unverified(session)
        case = submitted(session, firm, owner(session, firm)).id
        by = reviewer(session)

    def decide(session: Session, number: int) -> None:
        if number % 2:
            enterprises.approve(session, case_id=case, revision=1, by=by)
        else:
            enterprises.send_back(
                session,
                case_id=case,
                revision=1,
                by=by,
                deed=ReviewDeed.REFUSED,
                reasons=WHY,
                note="",
            )

    assert race(engine, decide, list(range(TOGETHER))) == ["case_moved"] * (TOGETHER - 1) + ["done"]
    with reading(engine) as session:
        assert (
            len(session.scalars(select(ReviewStep).where(ReviewStep.deed != ReviewDeed.SUBMITTED)).all()) == 1
        )


def test_a_look_before_deciding_would_let_several_decide(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the condition in the UPDATE every reviewer's decision is taken."""
    with transaction(engine) as session:
        add_reference(session)
        firm = unverified(session)
        case = submitted(session, firm, owner(session, firm)).id
        by = reviewer(session)

    def careless(session: Session, **values: object) -> ReviewCase:
        row = session.get_one(ReviewCase, values["case_id"])
        row.state, row.decided_at = values["state"], now()  # type: ignore[assignment]
        return row

    monkeypatch.setattr("scheduler.services.enterprises.deciding.move_case", careless)

    def decide(session: Session, _number: int) -> None:
        enterprises.approve(session, case_id=case, revision=1, by=by)

    assert race(engine, decide, list(range(TOGETHER))) == ["done"] * TOGETHER


def test_of_two_windows_that_hand_in_at_once_one_case_comes_about(engine: Engine) -> None:
    with transaction(engine) as session:
        add_reference(session)
        firm = unverified(session)
        by, key = owner(session, firm), firm.id

    def hand_in(session: Session, _number: int) -> None:
        enterprises.submit_for_review(session, enterprise_id=key, by=by, facts=FACTS, papers=Papers(LICENCE))

    answers: set[str] = set(race(engine, hand_in, list(range(TOGETHER))))
    assert answers <= {"done", "case_moved"}
    with reading(engine) as session:
        assert len(session.scalars(select(ReviewCase)).all()) == 1
