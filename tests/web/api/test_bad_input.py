"""Tests that no request, however odd, breaks the API: hundreds of hand-made ones, answered or refused."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.web.api.programs import ROOT, new_key, token_of
from tests.web.organizers import World, add_world

JSON = "application/json"
ODD_TEXTS = (
    *(
        '"\\u0000"',
        '"\\ud800"',
        '"\\udfff\\ud800"',
        '"\\u202e"',
        '"\\ufeff"',
        '"a\\u0085b"',
        '"\\u2028"',
        '"\\r\\n"',
    ),
    *(
        '""',
        '" "',
        '"😀"',
        '"é"',
        '"e\\u0301"',
        f'"{"长" * 5_000}"',
        '"<script>alert(1)</script>"',
        '"{{7*7}}"',
    ),
    *('"%00"', '"../../etc/passwd"', '"1 OR 1=1--"', '"=cmd|calc!A1"', '"NaN"', '"null"', '"٣"', '"１"'),
)
ODD_VALUES = (
    *(
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1.5",
        "1e308",
        "1e999",
        "-0",
        "9" * 400,
        str(2**31),
        str(2**63),
        str(10**30),
    ),
    *(
        "[]",
        "{}",
        '["read", "read"]',
        "[null]",
        '{"a": 1}',
        "[" * 11 + "]" * 11,
        '"2027Q1"',
        '"2101Q1"',
        '"0000Q0"',
    ),
    *('"9999-12-31T23:59:59+14:00"', '"0001-01-01T00:00:00-14:00"', '"370100"', '"999999"', '"000000"'),
    *ODD_TEXTS,
)
BODIES = {
    "/runs": {"quarter": '"2027Q2"', "scope": '"370000"', "seconds": "5", "seed": "1"},
    "/waivers": {
        "quarter": '"2027Q1"',
        "region": '"370102"',
        "duty": '"Q02"',
        "period": '"2027-W03"',
        "reason": '"全周停工"',
    },
    "/tokens": {"name": '"x"', "scopes": '["read"]', "days": "3"},
    "/webhooks": {"url": '"https://hooks.example.cn/"', "topics": '["run.ended"]'},
}
BROKEN_BODIES = (
    *(
        b"",
        b" ",
        b"{",
        b"}",
        b"[]",
        b"null",
        b"1",
        b'"x"',
        b"NaN",
        b"Infinity",
        b'{"a":}',
        b"\xff\xfe",
        b"\x00",
    ),
    *(
        b"[" * 100_000,
        b'{"a":' * 20_000,
        b"[" * 20 + b"]" * 20,
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b"\xef\xbb\xbf{}",
    ),
    *(
        b'"\\ud800',
        b"1" * 60_000,
        b'{"' + b"k" * 60_000 + b'": 1}',
        b"x" * 70_000,
        b'{"quarter": "\xed\xa0\x80"}',
    ),
)
REFUSALS = {400, 404, 409, 413, 415, 422}


@pytest.fixture
def secret(site_engine: Engine) -> str:
    world: World = add_world(site_engine)
    assert world.run
    return token_of(site_engine, "province-publisher")


def send(client: FlaskClient, secret: str, path: str, body: bytes, media_type: str = JSON) -> int:
    """Post octets; returns the status."""
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": new_key()}
    return client.post(ROOT + path, data=body, content_type=media_type, headers=headers).status_code


@pytest.mark.parametrize("path", BODIES)
def test_an_odd_value_in_any_field_is_taken_or_refused(client: FlaskClient, secret: str, path: str) -> None:
    broken = {}
    for field in BODIES[path]:
        for value in ODD_VALUES:
            body = "{" + ", ".join(f'"{k}": {v}' for k, v in (BODIES[path] | {field: value}).items()) + "}"
            status = send(client, secret, path, body.encode())
            if status not in REFUSALS | {201, 403}:
                broken[field, value[:40]] = status
    assert broken == {}


@pytest.mark.parametrize("path", BODIES)
def test_a_broken_body_is_refused(client: FlaskClient, secret: str, path: str) -> None:
    statuses = {body[:20]: send(client, secret, path, body) for body in BROKEN_BODIES}
    assert {body: status for body, status in statuses.items() if status not in REFUSALS} == {}


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "multipart/form-data", "", "application/"]
)
def test_a_body_of_another_type_is_refused(client: FlaskClient, secret: str, media_type: str) -> None:
    assert send(client, secret, "/runs", b"{}", media_type) == 415


@pytest.mark.parametrize("path", BODIES)
def test_a_field_that_nobody_named_is_refused(client: FlaskClient, secret: str, path: str) -> None:
    for extra in (
        "role",
        "id",
        "account_id",
        "scope_code",
        "state",
        "organizer_id",
        "requested_by",
        "__class__",
    ):
        fields = BODIES[path] | {extra: "1"}
        body = "{" + ", ".join(f'"{k}": {v}' for k, v in fields.items()) + "}"
        assert send(client, secret, path, body.encode()) == 422, extra


def test_a_form_of_thousands_of_fields_is_refused(client: FlaskClient) -> None:
    form = "&".join(f"k{number}=1" for number in range(2_000))
    answer = client.post("/sign-in", data=form, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_odd_keys_and_tags_are_refused(client: FlaskClient, secret: str, site_engine: Engine) -> None:
    path = f"{ROOT}/organizer/events/1"
    for tag in ("", "*", '"x"', 'W/"x"', "x" * 5_000, '"', ","):
        headers = {"Authorization": f"Bearer {secret}", "If-Match": tag}
        body = {"state": "cancelled", "reason": "停电"}
        assert client.patch(path, json=body, headers=headers).status_code in {412, 428}, tag
