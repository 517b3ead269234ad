"""Only a verified enterprise takes part, unless the site does without a review."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from scheduler.database import transaction
from scheduler.errors import NotFound
from scheduler.models import Parameter, Verification
from scheduler.services.verifying import NotVerified, require_verified
from tests.support.schedule import add_reference, make_employer


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with transaction(engine) as session:
        add_reference(session)
        yield session


def _takes_part(session: Session, state: Verification) -> bool:
    enterprise = make_employer(session, list(Verification).index(state))
    enterprise.verification = state
    session.flush()
    try:
        return require_verified(session, enterprise.id) is enterprise
    except NotVerified:
        return False


def test_only_a_verified_enterprise_takes_part(session: Session) -> None:
    assert [state for state in Verification if _takes_part(session, state)] == [Verification.VERIFIED]


@pytest.mark.parametrize(
    ("switch", "let_in"),
    [("1", 1), ("0", 3)],
)
def test_a_site_may_review_after_the_first_booking(session: Session, switch: str, let_in: int) -> None:
    session.add(
        Parameter(
            key="review_before_first_booking",
            applies_to="enterprises",
            unit="switch",
            default=switch,
            low="0",
            high="1",
            evidence="",
        )
    )
    open_states = [state for state in Verification if _takes_part(session, state)]
    assert len(open_states) == let_in
    assert not {Verification.REFUSED, Verification.SUSPENDED} & set(open_states)


def test_an_enterprise_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        require_verified(session, 999)
