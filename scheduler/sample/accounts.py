"""One account a role, so that a sample can be signed in to; the passwords are drawn anew each time."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Organizer, Role
from scheduler.sample.province import Region
from scheduler.services.accounts import create_account

PASSWORD_BYTES = 9
ROLES = {Role.PLANNER: "编排员", Role.PUBLISHER: "发布员", Role.AUDITOR: "审计员"}


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """An account with its password in clear, known to nobody after the report is gone."""

    login: str
    password: str
    role: str
    role_zh: str
    organizer_zh: str
    organizer_en: str


def add_accounts(
    session: Session, province_code: str, regions: Sequence[Region]
) -> tuple[SampleAccount, ...]:
    """Add an account for each role of the province, two of the first city and one of its first county."""
    return tuple(
        _add(session, login, role, division) for login, role, division in _wanted(province_code, regions[0])
    )


def _wanted(province_code: str, region: Region) -> Iterator[tuple[str, Role, str]]:
    for role in Role:
        yield f"{role.value}@sample", role, province_code
    yield "city-planner@sample", Role.PLANNER, region.city.code
    yield "city-publisher@sample", Role.PUBLISHER, region.city.code
    yield "county-planner@sample", Role.PLANNER, region.counties[0].code


def _add(session: Session, login: str, role: Role, division_code: str) -> SampleAccount:
    organizer = session.scalars(select(Organizer).where(Organizer.division_code == division_code)).one()
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    create_account(
        session, login=login, password=password, display_name=f"示例 {login}", organizer=organizer, role=role
    )
    return SampleAccount(login, password, role.value, ROLES[role], organizer.name_zh, organizer.name_en)
