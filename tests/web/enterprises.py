"""Enterprises on the web: who signs in, what waits for a review, and forms with files."""

import io

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from scheduler.database import transaction
from scheduler.links import sign
from scheduler.models import Account, Enterprise, EnterpriseRole, Message, SignUp, StoredFile
from scheduler.queries.reviews import Facts
from scheduler.services import accounts, enterprises
from tests.scheduler.booking.rows import make_fair
from tests.scheduler.enterprises.people import (
    CODE,
    LICENCE,
    owner,
    reviewer,
    sign_up,
    submitted,
    unverified,
)
from tests.support.papers import pdf
from tests.support.schedule import LIXIA, QINGDAO, add_reference, make_employer
from tests.web.organizers import PASSWORD, TOKEN, sign_in

SECRET = "a secret of forty characters for the tests"
REVIEWER, ABROAD = f"reviewer-{LIXIA}", f"reviewer-{QINGDAO}"
FORM = {
    "credit_code": CODE,
    "name_zh": "历下示例机械有限公司",
    "division": LIXIA,
    "industry": "C36",
    "contact_name": "张经办",
    "contact_phone": "0531-00000000",
    "email": "new@example.org",
    "consent": "yes",
}
FACTS = {"name_zh": "历下示例机械有限公司", "division": LIXIA, "industry": "C36"}


def add_firms(engine: Engine) -> dict[str, int]:
    """Add a firm that waits for a review, one that is claimed, one verified, and the people around them."""
    with transaction(engine) as session:
        add_reference(session)
        waiting, claimed, verified = (
            unverified(session, 1),
            make_employer(session, 2),
            make_employer(session, 3),
        )
        claimed.credit_code = CODE
        owner(session, waiting, "waiting@example.org")
        owner(session, verified, "verified@example.org")
        owner(session, claimed, "claimed@example.org")
        case = submitted(session, waiting, _id(session, "waiting@example.org"), Facts.of(waiting))
        asked = sign_up(session, email="claimant@example.org")
        claim = enterprises.file_claim(session, sign_up=asked, licence=LICENCE)
        for code in (LIXIA, QINGDAO):
            reviewer(session, code)
        files = session.scalars(select(StoredFile.id).order_by(StoredFile.id)).all()
        return {
            "waiting": waiting.id,
            "claimed": claimed.id,
            "verified": verified.id,
            "case": case.id,
            "claim": claim.id,
            "licence": files[0],
            "proof": files[1],
            "sign_up": asked.id,
        }


def beside_fair(client: FlaskClient, engine: Engine) -> str:
    """Sign a firm of Jinan in that has two openings, beside a fair with two booths; its page there."""
    with transaction(engine) as session:
        add_reference(session)
        uid = make_fair(session, 1, booths=2, needs_review=False).uid
        staff = accounts.Belonging.employer(make_employer(session, 1).id, EnterpriseRole.STAFF)
        accounts.create_account(
            session, login="firm", password=PASSWORD, display_name="经办人", belonging=staff
        )
    sign_in(client, "firm")
    return f"/enterprise/events/{uid}"


def entered(app: Flask, engine: Engine, login: str) -> FlaskClient:
    """Return a browser in which somebody is signed in."""
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    with transaction(engine) as session:
        token = accounts.open_sign_in(session, account_id=_id(session, login))
    with client.session_transaction() as kept:
        kept["sign_in"] = token
    return client


def link_of(sign_up_id: int) -> str:
    """Return the address behind a sign-up's letter."""
    return f"/sign-up/{sign(SECRET, 'sign_up', sign_up_id)}"


def newest_link(engine: Engine) -> str:
    """Return the address behind the newest sign-up's letter, which has been written."""
    with transaction(engine) as session:
        newest = session.scalars(select(SignUp.id).order_by(SignUp.id.desc())).first()
        letter = session.scalars(select(Message).where(Message.kind == "sign_up")).all()[-1]
        assert letter.payload == {"sign_up": newest}
        assert newest is not None
        return link_of(newest)


def upload(  # noqa: PLR0913 — a form with a file is all of this
    client: FlaskClient,
    address: str,
    form: dict[str, str],
    *,
    page: str,
    name: str = "licence",
    content: bytes | None = None,
    called: str = "执照.pdf",
) -> TestResponse:
    """Post a form with a file, with the token of a page that was loaded before."""
    found = TOKEN.search(client.get(page).text)
    assert found is not None
    file = (io.BytesIO(pdf() if content is None else content), called)
    answer = client.post(address, data={"csrf_token": found[1], **form, name: file})
    answer.get_data()
    answer.request.input_stream.close()  # a large form lies in a file meanwhile
    return answer


def firm(engine: Engine, key: int) -> Enterprise:
    """Return an enterprise as it is now."""
    with transaction(engine) as session:
        found = session.get_one(Enterprise, key)
        session.expunge(found)
        return found


def _id(session: Session, login: str) -> int:
    return session.scalars(select(Account.id).where(Account.login == login)).one()
