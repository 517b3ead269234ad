"""A file is what its bytes say, has one owner, and can be let go of."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import Enterprise, EnterpriseRole, FilePurpose, Organizer, StoredFile
from scheduler.queries.actors import Actor, Employer
from scheduler.queries.scope import get_scoped
from scheduler.services import files
from scheduler.services.files.sniffing import JPEG, LONGEST_SIDE, MEGABYTE, PDF, PNG
from scheduler.services.files.storing import MOST_BYTES, fit_name
from scheduler.times import now
from tests.support.papers import jpeg, pdf, png
from tests.support.schedule import JINAN, LIXIA, QINGDAO, SHINAN, add_reference, make_employer

NOON = datetime.fromisoformat("2026-12-01T12:00:00+08:00")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with time_machine.travel(NOON, tick=False), transaction(engine) as session:
        add_reference(session)
        yield session


def _licence(session: Session, enterprise: Enterprise, keep_until: datetime | None = None) -> StoredFile:
    return files.store_file(
        session,
        given=files.Given("执照.pdf", pdf()),
        purpose=FilePurpose.LICENCE,
        enterprise_id=enterprise.id,
        keep_until=keep_until,
    )


def _owner(enterprise: Enterprise) -> Employer:
    return Employer(
        account_id=1,
        display_name="",
        enterprise_id=enterprise.id,
        enterprise_zh="",
        role=EnterpriseRole.OWNER,
    )


@pytest.mark.parametrize(("content", "kind"), [(pdf(), PDF), (png(), PNG), (jpeg(), JPEG)])
def test_a_file_is_what_its_bytes_say(content: bytes, kind: files.Kind) -> None:
    assert files.kind_of(content, most_bytes=MOST_BYTES) == kind


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00", b"<html>%PDF-1.7 %%EOF", b"GIF89a", b"PK\x03\x04", b" " + pdf(), b"\x00" * 64, b"%PDF"],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(files.UnknownFile):
        files.kind_of(content, most_bytes=MOST_BYTES)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        pdf().replace(b"%%EOF", b""),
        png()[:-4],
        png(LONGEST_SIDE + 1, 1),
        png(LONGEST_SIDE, LONGEST_SIDE),
        png(0, 5),
        jpeg(1, LONGEST_SIDE + 1),
        jpeg()[:-2],
        jpeg()[:40],
        b"\xff\xd8\xff" + b"\xff" * 50,
        pdf() + b" " * MOST_BYTES,
    ],
)
def test_a_file_that_is_broken_or_too_large_is_refused(content: bytes) -> None:
    with pytest.raises(files.UnfitFile) as caught:
        files.kind_of(content, most_bytes=MOST_BYTES)
    assert caught.value.values["megabytes"] == MOST_BYTES // MEGABYTE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("营业执照.PDF", "营业执照.png"),
        ("..\\..\\执照.exe", "执照.png"),
        ("/etc/passwd", "passwd.png"),
        ('a"b\r\nc;d.png', "a b c d.png"),
        ("\u202egnp.exe", "file.png"),
        ("", "file.png"),
        ("长" * 300, "长" * 100 + ".png"),
    ],
)
def test_the_name_is_made_safe_and_ends_in_what_the_file_is(given: str, kept: str) -> None:
    assert fit_name(given, ending="png") == kept


def test_a_stored_file_comes_back_byte_by_byte_and_not_before_it_is_asked_for(session: Session) -> None:
    row = _licence(session, make_employer(session))
    session.expire_all()
    found = session.scalars(select(StoredFile)).one()
    assert "content" in inspect(found).unloaded
    assert (found.content, found.name, found.media_type) == (pdf(), "执照.pdf", "application/pdf")
    assert (found.size_bytes, found.sha256) == (len(pdf()), hashlib.sha256(pdf()).hexdigest())
    assert row.created_at == now()


def test_a_file_has_exactly_one_owner(session: Session) -> None:
    organizer = session.scalars(select(Organizer).limit(1)).one()
    for enterprise_id, organizer_id in ((None, None), (make_employer(session).id, organizer.id)):
        with pytest.raises(IntegrityError), session.begin_nested():
            files.store_file(
                session,
                given=files.Given("x", pdf()),
                purpose=FilePurpose.EVENT_DOCUMENT,
                enterprise_id=enterprise_id,
                organizer_id=organizer_id,
            )


def test_a_file_is_seen_by_its_owner_and_the_bureaus_above(session: Session) -> None:
    mine, other = make_employer(session, 1), make_employer(session, 2)
    row = _licence(session, mine)
    seen: dict[str, bool] = {}
    actors: dict[str, Actor | str] = {
        "mine": _owner(mine),
        "other": _owner(other),
        **{code: code for code in (LIXIA, JINAN, QINGDAO, SHINAN)},
    }
    for name, actor in actors.items():
        try:
            seen[name] = get_scoped(session, StoredFile, row.id, actor).id == row.id
        except NotFound:
            seen[name] = False
    assert seen == {"mine": True, "other": False, LIXIA: True, JINAN: True, QINGDAO: False, SHINAN: False}


def test_what_a_claimant_shows_is_not_shown_to_the_enterprise(session: Session) -> None:
    enterprise = make_employer(session)
    claim = files.store_file(
        session,
        given=files.Given("x", pdf()),
        purpose=FilePurpose.CLAIM,
        enterprise_id=enterprise.id,
    )
    with pytest.raises(NotFound):
        get_scoped(session, StoredFile, claim.id, _owner(enterprise))
    assert get_scoped(session, StoredFile, claim.id, LIXIA).id == claim.id


def test_a_file_whose_time_is_over_keeps_its_record_only(session: Session) -> None:
    enterprise = make_employer(session)
    kept = _licence(session, enterprise, keep_until=NOON + timedelta(days=1))
    gone, forever = _licence(session, enterprise, keep_until=NOON), _licence(session, enterprise)
    assert files.drop_expired_files(session) == 1
    assert files.drop_expired_files(session) == 0
    session.expire_all()
    assert [row.content is None for row in (kept, gone, forever)] == [False, True, False]
    assert (gone.sha256, gone.deleted_at) == (kept.sha256, now())


def test_a_deleted_file_is_deleted_once(session: Session) -> None:
    row = _licence(session, make_employer(session))
    assert files.delete_file(session, file_id=row.id) is True
    assert files.delete_file(session, file_id=row.id) is False
