"""What a person may know about the own account, and what is still due before a sign-in is complete."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.models import (
    Account,
    AccountKind,
    Identity,
    Organizer,
    RecoveryCode,
    SecondFactor,
    SignIn,
    SupportView,
)
from scheduler.queries.actors import Actor, token_hash
from scheduler.queries.scope import scoped
from scheduler.times import now

MOST_SHOWN = 50


class Due(StrEnum):
    """What a sign-in still needs: nothing, a code of the app, or an app to be set up first."""

    NOTHING = "nothing"
    CODE = "code"
    SET_UP = "set_up"


@dataclass(frozen=True, slots=True)
class FactorState:
    """An account's second factor: since when it is in force, and how many recovery codes are left."""

    since_at: datetime | None
    codes_left: int


@dataclass(frozen=True, slots=True)
class LookedAt:
    """Somebody looked at the product through this account's eyes."""

    viewer: str
    organizer_zh: str
    organizer_en: str
    view: SupportView


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the page of the own account shows; sign-ins from the newest on."""

    account: Account
    factor: FactorState
    sign_ins: tuple[SignIn, ...]
    identities: tuple[Identity, ...]
    looks: tuple[LookedAt, ...]


def due(session: Session, *, account_id: int, required: bool) -> Due:
    """Tell what a sign-in still needs; `required` says whether members of organizers need a second factor."""
    if factor_state(session, account_id=account_id).since_at is not None:
        return Due.CODE
    kind = session.scalar(select(Account.kind).where(Account.id == account_id))
    return Due.SET_UP if required and kind is AccountKind.ORGANIZER else Due.NOTHING


def waiting_account(session: Session, *, token: str) -> Account | None:
    """Return the account of a sign-in that waits for its second factor; None when there is none."""
    return session.scalar(
        select(Account)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.complete_at.is_(None),
            SignIn.revoked_at.is_(None),
            SignIn.expires_at > now(),
            Account.disabled_at.is_(None),
        )
    )


def factor_state(session: Session, *, account_id: int) -> FactorState:
    """Return what stands of an account's second factor."""
    since_at = session.scalar(select(SecondFactor.confirmed_at).where(SecondFactor.account_id == account_id))
    left = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return FactorState(since_at, session.scalar(left) or 0)


def own_account(session: Session, *, actor: Actor) -> OwnAccount:
    """Return a person's own account with everything that lets somebody in."""
    sign_ins = select(SignIn).where(
        scoped(SignIn, actor), SignIn.complete_at.is_not(None), SignIn.expires_at > now()
    )
    looks = (
        select(SupportView, Account.display_name, Organizer.name_zh, Organizer.name_en)
        .join(Account, Account.id == SupportView.viewer_id)
        .join(Organizer, Organizer.id == Account.organizer_id)
        .where(scoped(SupportView, actor))
        .order_by(SupportView.started_at.desc())
        .limit(MOST_SHOWN)
    )
    return OwnAccount(
        account=session.scalars(select(Account).where(Account.id == actor.account_id)).one(),
        factor=factor_state(session, account_id=actor.account_id),
        sign_ins=tuple(session.scalars(sign_ins.order_by(SignIn.created_at.desc()))),
        identities=tuple(session.scalars(select(Identity).where(scoped(Identity, actor)))),
        looks=tuple(LookedAt(name, zh, en, view) for view, name, zh, en in session.execute(looks)),
    )


def is_current(sign_in: SignIn, token: str | None) -> bool:
    """Tell whether a sign-in is the one with this token."""
    return token is not None and sign_in.token_hash == token_hash(token)
