"""Signing an enterprise up on the web: the same answer for everybody, then an account or a claim."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from scheduler.database import transaction
from scheduler.models import (
    Account,
    CaseState,
    Consent,
    Enterprise,
    Purpose,
    ReviewCase,
    SignUp,
    Verification,
)
from tests.support.papers import jpeg, pdf
from tests.web.enterprises import FORM, add_firms, link_of, newest_link, upload
from tests.web.organizers import PASSWORD, post

JOIN = {"login": "new.owner", "display_name": "张经办", "password": PASSWORD, "agree": "yes"}
UNKNOWN = "91370211MA3TERT2X6"


@pytest.fixture
def ids(site_engine: Engine) -> dict[str, int]:
    return add_firms(site_engine)


def _ask(client: FlaskClient, **changes: str) -> tuple[int, str]:
    answer = post(client, "/sign-up", page="/sign-up", **{**FORM, **changes})
    return answer.status_code, answer.text


def test_a_known_and_an_unknown_code_get_the_same_answer(client: FlaskClient, ids: dict[str, int]) -> None:
    assert ids
    known = _ask(client, email="one@example.org")
    unknown = _ask(client, credit_code=UNKNOWN, email="two@example.org")
    assert known == unknown
    assert known[0] == 200


def test_a_new_enterprise_is_open_behind_the_link_and_asks_for_the_licence(
    client: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    assert ids
    _ask(client, credit_code=f" {UNKNOWN.lower()} ")
    address = newest_link(site_engine)
    answer = post(client, address, page=address, **JOIN)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/enterprise")
    page = client.get("/enterprise").text
    assert "下一步：上传营业执照，提交审核。" in page
    with transaction(site_engine) as session:
        made = session.scalars(select(Enterprise).where(Enterprise.credit_code == UNKNOWN)).one()
        assert made.verification is Verification.UNVERIFIED
    assert client.get(address).status_code == 404


def test_a_new_owner_agrees_to_the_privacy_notice_or_opens_nothing(
    client: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    assert ids
    _ask(client, credit_code=UNKNOWN)
    address = newest_link(site_engine)
    silent = {name: value for name, value in JOIN.items() if name != "agree"}
    refused = post(client, address, page=address, **silent)
    assert refused.status_code == 422
    assert "同意隐私说明" in refused.text
    assert post(client, address, page=address, **JOIN).status_code == 302
    with transaction(site_engine) as session:
        owner = session.scalars(select(Account.id).where(Account.login == JOIN["login"])).one()
        given = session.execute(select(Consent.purpose, Consent.withdrawn_at).filter_by(account_id=owner))
        assert given.all() == [(Purpose.ACCOUNT, None)]


def test_a_known_code_leads_to_a_claim_and_opens_no_account(
    client: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    _ask(client)
    address = newest_link(site_engine)
    with transaction(site_engine) as session:
        before = session.scalar(select(func.count()).select_from(Account))
    refused = post(client, address, page=address, **JOIN)
    assert refused.status_code == 409
    answer = upload(client, f"{address}/claim", {}, page=address, content=jpeg())
    assert answer.status_code == 302
    assert "待审核" in client.get(address).text
    with transaction(site_engine) as session:
        claims = session.scalars(select(ReviewCase).where(ReviewCase.enterprise_id == ids["claimed"])).all()
        assert [case.state for case in claims] == [CaseState.OPEN, CaseState.OPEN]
        assert session.scalar(select(func.count()).select_from(Account)) == before


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"credit_code": "91370102MA3TERT119"}, 422, "校验不通过"),
        ({"credit_code": "9137O102MA3TERT118"}, 422, "第 5 位"),
        ({"division": "370000"}, 422, "请从列表中选择"),
        ({"industry": "ZZ"}, 422, "请从列表中选择"),
        ({"email": "nobody"}, 400, "email"),
        ({"name_zh": ""}, 200, "请查收邮件"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    client: FlaskClient, ids: dict[str, int], changes: dict[str, str], status: int, says: str
) -> None:
    assert ids
    found, text = _ask(client, **changes)
    assert (found, says in text) == (status, True)
    if status == 422:
        assert 'value="张经办"' in text


def test_without_consent_nothing_is_kept(
    client: FlaskClient, ids: dict[str, int], site_engine: Engine
) -> None:
    assert ids
    form = {name: value for name, value in FORM.items() if name != "consent"}
    answer = post(client, "/sign-up", page="/sign-up", **form)
    assert answer.status_code == 422
    with transaction(site_engine) as session:
        assert session.scalar(select(func.count()).select_from(SignUp)) == 1  # the claimant's


def test_a_stranger_cannot_make_the_site_read_a_large_file(app: Flask, client: FlaskClient) -> None:
    large = pdf() + b" " * 3_000_000 + b"%%EOF"
    assert app.config["MAX_CONTENT_LENGTH"] < len(large)
    answer = upload(client, "/sign-up/forged/claim", {}, page="/sign-up", content=large)
    assert answer.status_code == 404
    assert upload(client, "/sign-up", FORM, page="/sign-up", content=large).status_code == 413


def test_the_claim_link_takes_a_licence_once(client: FlaskClient, ids: dict[str, int]) -> None:
    address = link_of(ids["sign_up"])
    page = client.get(address).text
    assert "材料已收到" in page
    assert 'type="file"' not in page
    answer = upload(client, f"{address}/claim", {}, page="/sign-up")
    assert answer.status_code == 409
