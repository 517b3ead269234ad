"""Consent is given to a purpose under the words that were shown, stands once, and is withdrawn at once."""

import threading

import pytest
from sqlalchemy import Engine, delete, select, update

from scheduler.database import reading, transaction
from scheduler.models import AccountKind, Consent, Organizer, Parameter, PrivacyNotice, Purpose
from scheduler.privacy.terms import LETTERS
from scheduler.queries.privacy import agreed, consents, earlier_notice, notice_now, versions
from scheduler.services import accounts
from scheduler.services.privacy import ConsentMissing, agree, keep_notice, require_consent, withdraw
from tests.support.schedule import add_reference

CONTACT = "0531-12345678"


@pytest.fixture
def seeker_id(engine: Engine) -> int:
    with transaction(engine) as session:
        add_reference(session)
        return accounts.create_account(
            session,
            login="seeker",
            password=None,
            display_name="某人",
            belonging=accounts.Belonging.seeker(),
        ).id


def test_the_notice_says_who_why_on_what_ground_and_for_how_long(engine: Engine, seeker_id: int) -> None:
    assert seeker_id
    with reading(engine) as session:
        notice = notice_now(session, contact=CONTACT).content
    assert (notice["processor"]["zh"], notice["contact"]) == ("山东省人社局", CONTACT)
    letters = next(entry for entry in notice["kept"] if entry["title"]["en"] == "Letters to you")
    assert [term["en"] for term in letters["terms"]] == [
        "erased 1 day after a new password was asked for",
        "erased 30 days after the letter was sent or no longer wanted",
        "deleted when the account is erased",
    ]
    assert {tuple(entry) for entry in notice["kept"]} == {
        ("title", "categories", "purpose", "basis", "seen_by", "terms")
    }


def test_another_word_another_term_or_another_contact_is_another_version(
    engine: Engine, seeker_id: int
) -> None:
    assert seeker_id
    with transaction(engine) as session:
        numbers = [keep_notice(session, contact=CONTACT), keep_notice(session, contact=CONTACT)]
        numbers.append(keep_notice(session, contact="else"))
        row = {"applies_to": "", "unit": "days", "low": "1", "high": "180", "evidence": "", "loaded": {}}
        session.add(Parameter(key=LETTERS.key, default="60", **row))
        session.flush()
        numbers.append(keep_notice(session, contact=CONTACT))
        session.execute(update(Organizer).values(name_zh=Organizer.name_zh + "（新）"))
        numbers.append(keep_notice(session, contact=CONTACT))
        session.execute(delete(Parameter))
        assert versions(session) == (4, 3, 2, 1)
        old = earlier_notice(session, number=1)
        assert old is not None
        assert old.content["contact"] == CONTACT
    assert numbers == [1, 1, 2, 3, 4]


def test_consent_is_written_down_once_and_withdrawn(engine: Engine, seeker_id: int) -> None:
    for _ in range(2):
        with transaction(engine) as session:
            agree(session, account_id=seeker_id, purpose=Purpose.REMINDERS, contact=CONTACT)
    with transaction(engine) as session:
        standing = agreed(session, account_id=seeker_id, purpose=Purpose.REMINDERS)
        assert standing is not None
        assert standing.notice_number == 1
        assert agreed(session, account_id=seeker_id, purpose=Purpose.ACCOUNT) is None
        withdraw(session, account_id=seeker_id, purpose=Purpose.REMINDERS)
    with transaction(engine) as session:
        assert agreed(session, account_id=seeker_id, purpose=Purpose.REMINDERS) is None
        agree(session, account_id=seeker_id, purpose=Purpose.REMINDERS, contact=CONTACT)
    with reading(engine) as session:
        standing_now = [one.withdrawn_at is None for one in consents(session, account_id=seeker_id)]
    assert standing_now == [True, False]


def test_sent_twice_at_once_one_consent_stands(engine: Engine, seeker_id: int) -> None:
    together = threading.Barrier(4)

    def send() -> None:
        together.wait()
        with transaction(engine) as session:
            agree(session, account_id=seeker_id, purpose=Purpose.ACCOUNT, contact=CONTACT)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as session:
        assert len(session.scalars(select(Consent)).all()) == 1
        assert len(session.scalars(select(PrivacyNotice)).all()) == 1


@pytest.mark.parametrize("kind", [AccountKind.SEEKER, AccountKind.ENTERPRISE])
def test_who_is_asked_has_to_agree(kind: AccountKind) -> None:
    with pytest.raises(ConsentMissing):
        require_consent(kind, [Purpose.REMINDERS])
    require_consent(kind, [Purpose.ACCOUNT])


def test_a_member_of_a_bureau_has_the_account_by_office() -> None:
    require_consent(AccountKind.ORGANIZER, [])
