"""Letters about an enterprise's standing say what was done, why and what comes next, in both languages."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.mailing.letters import compose
from scheduler.mailing.review_words import DEEDS, REASONS, SUBJECTS
from scheduler.mailing.writing import Letter
from scheduler.models import Message, ReviewDeed, ReviewReason
from scheduler.services import enterprises
from scheduler.settings import Settings
from scheduler.times import now
from tests.scheduler.enterprises.people import CODE, LICENCE, owner, reviewer, sign_up, submitted, unverified
from tests.support.schedule import make_employer

SETTINGS = Settings(
    database_url="",
    secret_key="a secret of forty characters for the tests",
    data_dir=Path(),
    public_url="https://fair.example",
    production=False,
)


def _letters(session: Session, kind: str) -> list[Letter]:
    rows = session.scalars(select(Message).where(Message.kind == kind).order_by(Message.id)).all()
    return [letter for row in rows if (letter := compose(session, row, SETTINGS)) is not None]


def test_a_no_says_why_in_both_languages_and_where_to_go_on(session: Session) -> None:
    firm = unverified(session)
    case = submitted(session, firm, owner(session, firm))
    enterprises.send_back(
        session,
        case_id=case.id,
        revision=1,
        by=reviewer(session),
        deed=ReviewDeed.CORRECTION_ASKED,
        reasons=[ReviewReason.LICENCE_EXPIRED, ReviewReason.OTHER],
        note="请上传 2027 年换发的执照，见 http://evil.example/x",
    )
    (letter,) = _letters(session, "review")
    assert letter.to == "owner@example.org"
    assert ("请补正" in letter.subject, "correct" in letter.subject) == (True, True)
    for text in (
        "营业执照已过期",
        "The licence has expired",
        "https://fair.example/enterprise",
        "换发的执照",
    ):
        assert text in letter.text
    assert "evil.example/x" not in letter.text


def test_a_sign_up_letter_leads_on_until_it_is_used(session: Session) -> None:
    asked = sign_up(session)
    (letter,) = _letters(session, "sign_up")
    link = enterprises.sign_up_link(SETTINGS.secret_key, asked.id)
    assert f"https://fair.example/sign-up/{link}" in letter.text
    asked.accepted_at = now()
    session.flush()
    assert _letters(session, "sign_up") == []


def test_a_known_and_an_unknown_code_get_the_same_letter(session: Session) -> None:
    make_employer(session).credit_code = CODE
    sign_up(session, CODE, "one@example.org")
    sign_up(session, "91370211MA3TERT2X6", "two@example.org")
    one, two = _letters(session, "sign_up")
    assert one.subject == two.subject
    assert one.text.partition("/sign-up/")[0] == two.text.partition("/sign-up/")[0]


def test_a_claimant_hears_what_became_of_the_claim(session: Session) -> None:
    firm = make_employer(session)
    firm.credit_code = CODE
    case = enterprises.file_claim(session, sign_up=sign_up(session), licence=LICENCE)
    enterprises.refuse_claim(
        session,
        case_id=case.id,
        revision=1,
        by=reviewer(session),
        deed=ReviewDeed.CORRECTION_ASKED,
        reasons=[ReviewReason.NOT_ENTITLED],
        note="",
    )
    (letter,) = _letters(session, "claim")
    assert "/sign-up/" in letter.text
    assert "Nothing shows that the person acts for the enterprise" in letter.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_deed_and_every_reason_has_its_words(language: str) -> None:
    assert set(REASONS) == set(ReviewReason)
    told = {deed.value for deed in ReviewDeed} - {"claim_refused"}  # that one is told to the claimant only
    assert told <= set(DEEDS)
    assert set(DEEDS) == set(SUBJECTS)
    words = [*DEEDS.values(), *SUBJECTS.values(), *REASONS.values()]
    assert [entry for entry in words if not entry[language]] == []
