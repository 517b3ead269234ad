"""Creates accounts: of an organizer's member, of an enterprise's, or of a seeker."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.errors import Language, Refusal
from scheduler.models import Account, AccountKind, AccountRole, EnterpriseRole, Role
from scheduler.services.accounts.passwords import NO_PASSWORD, hash_password
from scheduler.texts import normal_login
from scheduler.times import now

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")


class UnfitLogin(Refusal):
    """A login that cannot be used."""

    status = 422
    code = "unfit_login"
    zh = "登录名“{login}”不可用：应为 2–80 位小写字母、数字或 . _ @ -，且未被占用。"
    en = "The login “{login}” cannot be used: 2–80 lower-case letters, digits or . _ @ -, not yet taken."


class UnfitRoles(Refusal):
    """Roles that one person cannot hold together: who audits does not act."""

    status = 422
    code = "unfit_roles"
    zh = "请至少选择一个角色；审计员不能兼任其他角色。"
    en = "Choose at least one role; an auditor holds no other role."


@dataclass(frozen=True, slots=True)
class Belonging:
    """What an account is: a member of an organizer with roles, of an enterprise with a role, or a seeker."""

    kind: AccountKind
    organizer_id: int | None = None
    roles: tuple[Role, ...] = ()
    enterprise_id: int | None = None
    enterprise_role: EnterpriseRole | None = None

    @classmethod
    def member(cls, organizer_id: int, roles: Collection[Role]) -> Self:
        """Belong to an organizer; raises UnfitRoles."""
        return cls(AccountKind.ORGANIZER, organizer_id=organizer_id, roles=fit_roles(roles))

    @classmethod
    def employer(cls, enterprise_id: int, role: EnterpriseRole) -> Self:
        """Belong to an enterprise."""
        return cls(AccountKind.ENTERPRISE, enterprise_id=enterprise_id, enterprise_role=role)

    @classmethod
    def seeker(cls) -> Self:
        """Belong to nobody."""
        return cls(AccountKind.SEEKER)

    def columns(self) -> dict[str, Any]:
        """Return the columns that accounts and invitations have in common."""
        names = ("kind", "organizer_id", "enterprise_id", "enterprise_role")
        return {name: getattr(self, name) for name in names}


def fit_roles(roles: Collection[Role]) -> tuple[Role, ...]:
    """Return the roles in their usual order; raises UnfitRoles."""
    if not roles or (Role.AUDITOR in roles and len(set(roles)) > 1):
        raise UnfitRoles
    return tuple(role for role in Role if role in roles)


def create_account(  # noqa: PLR0913 — an account is all of this
    session: Session,
    *,
    login: str,
    password: str | None,
    display_name: str,
    belonging: Belonging,
    email: str | None = None,
    language: Language = "zh",
) -> Account:
    """Add somebody who can sign in; without a password only through an identity provider.

    Raises UnfitLogin (malformed or taken) and UnfitPassword.
    """
    known_as = normal_login(login)
    if LOGIN.fullmatch(known_as) is None:
        raise UnfitLogin(login=login[:80])
    account = Account(
        login=known_as,
        display_name=display_name,
        email=email,
        language=language,
        password_hash=NO_PASSWORD if password is None else hash_password(password),
        created_at=now(),
        **belonging.columns(),
    )
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError as error:
        raise UnfitLogin(login=known_as) from error
    session.add_all(AccountRole(account_id=account.id, role=role) for role in belonging.roles)
    session.flush()
    return account
