"""Accounts of every kind, so that a sample can be signed in to; the passwords are drawn anew each time."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import (
    AccountKind,
    CaseState,
    Enterprise,
    EnterpriseRole,
    Organizer,
    ReviewCase,
    Role,
)
from scheduler.sample.province import Region
from scheduler.services.accounts import Belonging, create_account

PASSWORD_BYTES = 9
ROLES = {
    Role.PLANNER: "编排员",
    Role.PUBLISHER: "发布员",
    Role.REVIEWER: "审核员",
    Role.CHECK_IN: "签到员",
    Role.AUDITOR: "审计员",
    Role.ADMINISTRATOR: "管理员",
}
BELOW = (Role.PLANNER, Role.PUBLISHER, Role.REVIEWER, Role.ADMINISTRATOR)
NOBODY = ("个人求职者", "a seeker")


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account with its password in clear, known to nobody after the report is gone.

    `organizer_zh` and `organizer_en` name the bureau or the enterprise that it belongs to.
    """

    login: str
    password: str
    role: str
    role_zh: str
    organizer_zh: str
    organizer_en: str


def add_accounts(
    session: Session, province_code: str, regions: Sequence[Region]
) -> tuple[SampleAccount, ...]:
    """Add an account for each role of the province, some below it, an enterprise's two and a seeker's."""
    wanted = _wanted(province_code, regions[0])
    members = [_member(session, login, role, division) for login, role, division in wanted]
    return (*members, *_employers(session), _seeker(session))


def _wanted(province_code: str, region: Region) -> Iterator[tuple[str, Role, str]]:
    for role in Role:
        yield f"{role.value}@sample", role, province_code
    for role in BELOW:
        yield f"city-{role.value}@sample", role, region.city.code
    for role in BELOW:
        yield f"county-{role.value}@sample", role, region.counties[0].code


def _member(session: Session, login: str, role: Role, division_code: str) -> SampleAccount:
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == division_code)).one()
    password = _add(session, login, Belonging.member(organizer.id, [role]))
    return SampleAccount(login, password, role.value, ROLES[role], organizer.name_zh, organizer.name_en)


def _employers(session: Session) -> Iterator[SampleAccount]:
    enterprise = session.scalars(select(Enterprise).order_by(Enterprise.id).limit(1)).one()
    name = enterprise.name_zh
    for login, role, called in (
        ("employer@sample", EnterpriseRole.OWNER, "单位管理员"),
        ("employer-staff@sample", EnterpriseRole.STAFF, "经办人"),
    ):
        password = _add(session, login, Belonging.employer(enterprise.id, role))
        yield SampleAccount(login, password, role.value, called, name, name)


def add_applicant(session: Session) -> SampleAccount:
    """Add the owner of an enterprise whose licence was sent back, so that the correction can be tried."""
    sent_back = (
        select(Enterprise)
        .join(ReviewCase, ReviewCase.enterprise_id == Enterprise.id)
        .where(ReviewCase.state == CaseState.CORRECTION)
        .order_by(Enterprise.id)
        .limit(1)
    )
    enterprise, login = session.scalars(sent_back).one(), "applicant@sample"
    password = _add(session, login, Belonging.employer(enterprise.id, EnterpriseRole.OWNER))
    name = enterprise.name_zh
    return SampleAccount(login, password, EnterpriseRole.OWNER.value, "单位管理员（待补正）", name, name)


def _seeker(session: Session) -> SampleAccount:
    login = "seeker@sample"
    return SampleAccount(login, _add(session, login, Belonging.seeker()), "seeker", "求职者", *NOBODY)


def _add(session: Session, login: str, belonging: Belonging) -> str:
    """Add an account; whoever is no bureau's is written to, under an address that reaches nobody (RFC 2606),
    so that letters can be seen in the sample.
    """
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    create_account(
        session,
        login=login,
        password=password,
        display_name=f"示例 {login}",
        belonging=belonging,
        email=None if belonging.kind is AccountKind.ORGANIZER else f"{login}.example",
    )
    return password
