"""An enterprise hands in its licence and sees the answer; files go out as downloads, to whom they belong."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import (
    Enterprise,
    EnterpriseContact,
    EnterpriseRole,
    FilePurpose,
    StoredFile,
    Verification,
)
from scheduler.services import accounts
from scheduler.services.files import delete_file
from tests.scheduler.enterprises.people import CODE
from tests.support.papers import pdf, png
from tests.web.enterprises import ABROAD, FACTS, FORM, REVIEWER, add_firms, entered, firm, upload
from tests.web.organizers import post

PAGE = "/enterprise/verification"


@pytest.fixture
def ids(site_engine: Engine) -> dict[str, int]:
    return add_firms(site_engine)


@pytest.fixture
def owner(app: Flask, site_engine: Engine, ids: dict[str, int]) -> FlaskClient:
    assert ids
    return entered(app, site_engine, "waiting@example.org")


def test_a_licence_of_almost_five_megabytes_is_kept_byte_by_byte(
    owner: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    content = pdf() + b" " * (5 * 1024 * 1024 - 100) + b"%%EOF"
    answer = upload(owner, PAGE, FACTS, page=PAGE, content=content, called="新执照.exe")
    assert answer.status_code == 302
    with transaction(site_engine) as session:
        row = session.scalars(
            select(StoredFile)
            .where(StoredFile.enterprise_id == ids["waiting"])
            .order_by(StoredFile.id.desc())
        ).first()
        assert row is not None
        assert (row.name, row.content) == ("新执照.pdf", content)
        saved = owner.get(f"/enterprise/files/{row.id}")
    assert saved.data == content


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        (b"<script>alert(1)</script>", 415, "不是 PDF、JPEG 或 PNG"),
        (b"MZ\x90\x00" + pdf(), 415, "不是 PDF、JPEG 或 PNG"),
        (png(60_000, 60_000), 413, "文件无法使用"),
        (pdf() + b" " * 5 * 1024 * 1024, 413, "文件无法使用"),
        (b"%PDF-1.7 cut off", 413, "文件无法使用"),
    ],
)
def test_what_is_no_licence_is_refused_by_its_content(
    owner: FlaskClient, content: bytes, status: int, says: str
) -> None:
    answer = upload(owner, PAGE, FACTS, page=PAGE, content=content, called="执照.pdf")
    assert (answer.status_code, says in answer.text) == (status, True)


def test_a_branch_hands_in_its_parent_s_letter_for_itself_and_the_reviewer(
    app: Flask, owner: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    form = {**FACTS, "licence_to": "", "agency_licence": "", "agency_licence_to": ""}
    branch = {"parent_code": CODE, "authorised_to": "2099-12-31"}
    without = post(owner, PAGE, page=PAGE, **form, **branch)
    assert (without.status_code, "上传上级单位盖章的授权书" in without.text) == (422, True)
    assert f'value="{CODE}"' in without.text
    assert upload(owner, PAGE, {**form, **branch}, page=PAGE, name="parent_letter").status_code == 302
    with transaction(site_engine) as session:
        letter = session.scalars(
            select(StoredFile.id).where(StoredFile.purpose == FilePurpose.PARENT_LETTER)
        ).one()
    assert owner.get(f"/enterprise/files/{letter}").status_code == 200
    desk = entered(app, site_engine, REVIEWER)
    assert desk.get(f"/organizer/files/{letter}").status_code == 200
    assert "2099" in desk.get(f"/organizer/reviews?case={ids['case']}").text
    assert entered(app, site_engine, ABROAD).get(f"/organizer/files/{letter}").status_code == 404


def test_a_request_larger_than_three_files_is_not_read(owner: FlaskClient) -> None:
    assert upload(owner, PAGE, FACTS, page=PAGE, content=b"x" * 17_000_000).status_code == 413


def test_a_file_under_a_name_that_is_not_asked_for_is_refused(owner: FlaskClient) -> None:
    assert upload(owner, PAGE, FACTS, page=PAGE, name="avatar").status_code == 400


def test_a_file_is_only_ever_saved_and_kept_by_nobody_on_the_way(
    owner: FlaskClient, ids: dict[str, int]
) -> None:
    answer = owner.get(f"/enterprise/files/{ids['licence']}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=file-{ids['licence']}.pdf; "
        "filename*=UTF-8''%E8%90%A5%E4%B8%9A%E6%89%A7%E7%85%A7.pdf"
    )
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_licence_is_for_its_owner_and_the_reviewers_above_alone(
    app: Flask, site_engine: Engine, ids: dict[str, int]
) -> None:
    answers = {}
    for login in ("waiting@example.org", "verified@example.org", "claimed@example.org", REVIEWER, ABROAD):
        side = "organizer" if "reviewer" in login else "enterprise"
        client = entered(app, site_engine, login)
        answers[login] = [
            client.get(f"/{side}/files/{ids[name]}").status_code for name in ("licence", "proof")
        ]
    assert answers == {
        "waiting@example.org": [200, 404],
        "verified@example.org": [404, 404],
        "claimed@example.org": [404, 404],
        REVIEWER: [200, 200],
        ABROAD: [404, 404],
    }


def test_a_deleted_file_says_so(owner: FlaskClient, ids: dict[str, int], site_engine: Engine) -> None:
    with transaction(site_engine) as session:
        delete_file(session, file_id=ids["licence"])
    assert owner.get(f"/enterprise/files/{ids['licence']}").status_code == 410
    assert "已删除" in owner.get(PAGE).text


def test_staff_read_and_do_not_hand_in(app: Flask, site_engine: Engine, ids: dict[str, int]) -> None:
    with transaction(site_engine) as session:
        accounts.create_account(
            session,
            login="staff@example.org",
            password=None,
            display_name="经办人",
            belonging=accounts.Belonging.employer(ids["waiting"], EnterpriseRole.STAFF),
        )
    staff = entered(app, site_engine, "staff@example.org")
    assert "提交审核" not in staff.get(PAGE).text.partition("<main")[2].partition("经过")[0]
    assert upload(staff, PAGE, FACTS, page=PAGE).status_code == 403
    assert post(staff, "/enterprise/contact", page=PAGE, **_contact()).status_code == 403


def test_an_owner_changes_the_contact_who_has_to_consent(
    owner: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    form = _contact()
    assert post(owner, "/enterprise/contact", page=PAGE, **{**form, "consent": ""}).status_code == 422
    refused = {name: value for name, value in form.items() if name != "consent"}
    assert post(owner, "/enterprise/contact", page=PAGE, **refused).status_code == 422
    assert post(owner, "/enterprise/contact", page=PAGE, **form).status_code == 302
    with transaction(site_engine) as session:
        assert session.get_one(EnterpriseContact, ids["waiting"]).name == "张经办"


def test_a_suspended_enterprise_hands_nothing_in_on_its_page(
    owner: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    with transaction(site_engine) as session:
        session.get_one(Enterprise, ids["waiting"]).verification = Verification.SUSPENDED
    assert firm(site_engine, ids["waiting"]).verification is Verification.SUSPENDED
    page = owner.get(PAGE).text
    assert "说明情况" in page
    assert 'name="licence"' not in page


def _contact() -> dict[str, str]:
    return {name: FORM[name] for name in ("contact_name", "contact_phone", "email", "consent")}
