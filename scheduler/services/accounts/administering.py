"""What an administrator does with the members of a bureau: roles, transfer, letting in no more."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from scheduler.errors import Forbidden, Refusal
from scheduler.models import Account, AccountRole, Organizer, Role
from scheduler.services.accounts.creating import fit_roles
from scheduler.services.accounts.signing_in import disable_account, sign_out_everywhere


class OwnAccount(Refusal):
    """An administrator changes everybody's rights but the own ones."""

    status = 409
    code = "own_account"
    zh = "不能更改自己的角色、停用或调动自己。请由另一位管理员办理。"
    en = "Nobody changes the own roles, disables or moves the own account. Ask another administrator."


def set_roles(session: Session, *, account_id: int, roles: Collection[Role], by: int) -> None:
    """Give a member exactly these roles; acts on the next request. Raises OwnAccount and UnfitRoles."""
    wanted = fit_roles(roles)
    _take_turn(session, account_id, by)
    session.execute(delete(AccountRole).where(AccountRole.account_id == account_id))
    session.add_all(AccountRole(account_id=account_id, role=role) for role in wanted)
    session.flush()


def disable_member(session: Session, *, account_id: int, by: int) -> None:
    """Let a member in no more; acts on the next request. Raises OwnAccount."""
    _take_turn(session, account_id, by)
    disable_account(session, account_id=account_id)


def move_member(session: Session, *, account_id: int, organizer_id: int, by: int) -> None:
    """Move a member to another bureau, with the roles; raises OwnAccount.

    The border has checked that the mover administers the old bureau and the new one.
    """
    _take_turn(session, account_id, by).organizer_id = organizer_id
    sign_out_everywhere(session, account_id=account_id)


def _take_turn(session: Session, account_id: int, by: int) -> Account:
    """Let one change of a bureau's members happen at a time, by somebody who still is an administrator.

    Two administrators who take the role from each other at the same moment must not both succeed: a
    province would be left without one.
    """
    if account_id == by:
        raise OwnAccount
    account = session.get_one(Account, account_id)
    session.execute(
        update(Organizer).where(Organizer.id == account.organizer_id).values(name_zh=Organizer.name_zh)
    )
    administers = select(AccountRole).where(
        AccountRole.account_id == by, AccountRole.role == Role.ADMINISTRATOR
    )
    if session.scalar(administers) is None:
        raise Forbidden
    session.refresh(account)
    return account
