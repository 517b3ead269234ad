"""What reviewers and enterprises are shown: the queue, the checks, the lists, the own standing."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import (
    EnterpriseTier,
    FilePurpose,
    HistoricDivision,
    Industry,
    Level,
    Opening,
    ReviewDeed,
    ReviewReason,
    Tier,
    Verification,
)
from scheduler.queries.actors import Employer, actor_of
from scheduler.queries.reviews import (
    EnterpriseFilter,
    Facts,
    Lacking,
    Tone,
    Which,
    case_facts,
    counts,
    enterprise_file,
    enterprises,
    officers,
    queue,
    standing,
    standing_sign_ups,
)
from scheduler.services import enterprises as services
from scheduler.services.files import store_file
from scheduler.times import now
from tests.scheduler.enterprises.conftest import NOON
from tests.scheduler.enterprises.people import (
    CODE,
    LICENCE,
    OTHER_CODE,
    owner,
    reviewer,
    sign_up,
    submitted,
    unverified,
)
from tests.support.schedule import JINAN, LIXIA, QINGDAO, make_division, make_employer


def _found(session: Session, case_id: int) -> dict[str, Tone]:
    facts = case_facts(session, actor=reviewer(session), case_id=case_id)
    return {check.word: check.tone for check in facts.checks}


def test_the_queue_is_by_deadline_and_each_bureau_sees_its_own(session: Session) -> None:
    firms = [unverified(session, number) for number in (1, 2)]
    cases = []
    for days, firm in enumerate(firms):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            by = owner(session, firm, f"{days}@example.org")
            cases.append(submitted(session, firm, by, Facts.of(firm)).id)
    with time_machine.travel(NOON + timedelta(days=9), tick=False):
        for code, seen in ((LIXIA, cases), (JINAN, cases), (QINGDAO, [])):
            page = queue(session, actor=reviewer(session, code), which=Which.OPEN, number=1)
            assert ([line.case.id for line in page.lines], page.total) == (seen, len(seen))
        assert [
            line.waited_days
            for line in queue(session, actor=reviewer(session), which=Which.OPEN, number=1).lines
        ] == [9, 8]
        assert counts(session, actor=reviewer(session)) == {"open": 2, "correction": 0, "late": 2}
        services.send_back(
            session,
            case_id=cases[0],
            revision=1,
            by=reviewer(session),
            deed=ReviewDeed.REFUSED,
            reasons=[ReviewReason.DISSOLVED],
            note="",
        )
        decided = queue(session, actor=reviewer(session), which=Which.DECIDED, number=1)
        assert [(line.case.id, line.overdue) for line in decided.lines] == [(cases[0], False)]


def test_a_case_of_another_city_is_not_found(session: Session) -> None:
    firm = unverified(session)
    case = submitted(session, firm, owner(session, firm))
    with pytest.raises(NotFound):
        case_facts(session, actor=reviewer(session, QINGDAO), case_id=case.id)
    with pytest.raises(NotFound):
        enterprise_file(session, actor=reviewer(session, QINGDAO), enterprise_id=firm.id)


def test_the_checks_of_a_plain_case_and_of_one_with_everything_wrong(session: Session) -> None:
    good, bad = unverified(session, 1), unverified(session, 2)
    good.credit_code, bad.credit_code = CODE, "91370102MA3TERT1QF"
    session.flush()
    fine = submitted(session, good, owner(session, good, "a@example.org"), Facts.of(good))
    assert _found(session, fine.id) == {
        "code_right": Tone.FINE,
        "place_same": Tone.FINE,
        "not_alike": Tone.FINE,
    }
    session.add(
        Opening(
            enterprise_id=bad.id,
            title_zh="普工",
            occupation_code="6",
            headcount=60,
            wage_min=1,
            wage_max=2,
            division_code=LIXIA,
        )
    )
    said = Facts(good.name_zh, "370202", "C36", date(2027, 1, 1), "", None)
    wrong = submitted(session, bad, owner(session, bad, "b@example.org"), said)
    assert _found(session, wrong.id) == {
        "code_weak": Tone.LOOK,
        "place_other": Tone.LOOK,
        "alike": Tone.LOOK,
        "same_paper": Tone.AGAINST,
        "licence_days": Tone.AGAINST,
        "officer_needed": Tone.LOOK,
    }
    facts = case_facts(session, actor=reviewer(session), case_id=wrong.id)
    assert facts.changed == {"name_zh", "division_code", "licence_to"}
    assert {check.word: len(check.alike) for check in facts.checks if check.alike} == {
        "alike": 1,
        "same_paper": 1,
    }


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("91370102MA3TERT118", "place_same"),
        (OTHER_CODE, "place_same_city"),
        ("91370211MA3TERT2X6", "place_unknown"),
        ("913707831234567887", "place_unknown"),
    ],
)
def test_the_code_says_where_it_was_registered_also_under_an_abolished_division(
    session: Session, code: str, word: str
) -> None:
    make_division(session, "370114", "章丘区", Level.COUNTY, JINAN)
    session.add(HistoricDivision(code="370181", name_zh="章丘市", current_code="370114", changed_year=2016))
    firm = unverified(session)
    firm.credit_code = code
    session.flush()
    case = submitted(session, firm, owner(session, firm), Facts.of(firm))
    assert [found for found in _found(session, case.id) if found.startswith("place")] == [word]
    if code == OTHER_CODE:
        firm.division_code = "370114"
        case.facts = Facts.of(firm).as_row()
        session.flush()
        by = reviewer(session, JINAN)
        (place,) = [
            check
            for check in case_facts(session, actor=by, case_id=case.id).checks
            if check.word.startswith("place")
        ]
        assert (place.word, place.tone) == ("place_historic", Tone.FINE)


@pytest.mark.parametrize(
    ("number", "last_on", "word", "tone"),
    [
        ("", None, "agency_missing", Tone.LOOK),
        ("3701", None, "agency_missing", Tone.LOOK),
        ("3701", date(2027, 1, 3), "agency_days", Tone.AGAINST),
        ("3701", date(2027, 1, 20), "agency_days", Tone.LOOK),
        ("3701", date(2028, 1, 1), "agency_days", Tone.FINE),
    ],
)
def test_the_licence_of_an_agency_is_looked_at(
    session: Session, number: str, last_on: date | None, word: str, tone: Tone
) -> None:
    row = {"code": "L726", "level": "group", "name_zh": "人力资源服务", "name_en": "HR", "theme_hint": ""}
    session.add(Industry(**row))
    firm = unverified(session)
    said = Facts(firm.name_zh, LIXIA, "L726", None, number, last_on)
    case = submitted(session, firm, owner(session, firm), said)
    assert _found(session, case.id)[word] is tone


def test_enterprises_are_found_by_what_they_are_and_by_what_they_lack(session: Session) -> None:
    large, small = make_employer(session, 1), make_employer(session, 2, openings=0)
    small.verification = Verification.SUSPENDED
    for row in session.query(Opening):
        row.headcount = 80
    session.add(EnterpriseTier(enterprise_id=small.id, tier=Tier.CRAFT, source="名单", set_at=now()))
    session.flush()

    def found(**wanted: object) -> list[int]:
        chosen = EnterpriseFilter(**wanted)  # type: ignore[arg-type]
        page = enterprises(session, actor=reviewer(session), wanted=chosen, number=1)
        return [line.enterprise.id for line in page.lines]

    assert found() == [large.id, small.id]
    assert found(text="示例 企业2") == [small.id]
    assert found(text=large.credit_code.lower()) == [large.id]
    assert found(text="100%_") == []
    assert found(state=Verification.SUSPENDED) == [small.id]
    assert found(tier=Tier.CRAFT) == [small.id]
    assert found(lacking=Lacking.OFFICER) == [large.id]
    me = reviewer(session)
    services.appoint_officer(session, account_id=me.account_id, by=me, office_phone="0531-1")
    services.assign_officer(session, enterprise_id=large.id, by=me, officer_id=me.account_id)
    assert found(lacking=Lacking.OFFICER) == []
    assert [line.phone for line in officers(session, actor=me)] == ["0531-1"]


def test_an_enterprises_file_and_its_own_standing_tell_the_same(session: Session) -> None:
    firm = unverified(session)
    key = owner(session, firm)
    case = submitted(session, firm, key)
    store_file(session, given=LICENCE, purpose=FilePurpose.CLAIM, enterprise_id=firm.id)
    me = reviewer(session)
    services.send_back(
        session,
        case_id=case.id,
        revision=1,
        by=me,
        deed=ReviewDeed.CORRECTION_ASKED,
        reasons=[ReviewReason.NAME_MISMATCH],
        note="看不清",
    )
    actor = actor_of(session, account_id=key)
    assert isinstance(actor, Employer)
    own, file = standing(session, actor=actor), enterprise_file(session, actor=me, enterprise_id=firm.id)
    assert (own.case, file.case) == (case, case)
    assert own.reason is not None
    assert (own.reason.step.reasons, own.reason.step.note) == (["name_mismatch"], "看不清")
    assert (len(own.files), len(file.files)) == (1, 2)
    assert [line.step.deed for line in own.steps] == [line.step.deed for line in file.steps]
    assert own.bureau is not None
    assert own.bureau.division_code == LIXIA
    assert [account.id for account in file.members] == [key]


def test_sign_ups_that_wait_are_shown_to_their_county(session: Session) -> None:
    asked = sign_up(session)
    assert [row.id for row in standing_sign_ups(session, actor=reviewer(session))] == [asked.id]
    assert standing_sign_ups(session, actor=reviewer(session, QINGDAO)) == ()
