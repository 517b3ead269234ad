"""Where somebody who is signed in stands: in a division lent to the bureau, or behind another's eyes."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from scheduler.errors import NotFound
from scheduler.models import SignIn, SupportView
from scheduler.queries.actors import Member, actor_of, may_view, place_of, token_hash
from scheduler.times import now


def work_in(session: Session, *, token: str, by: Member, division_code: str) -> None:
    """Let a member work in one of the own territories from now on; raises NotFound for any other."""
    if division_code not in by.territories:
        raise NotFound
    session.execute(
        update(SignIn).where(SignIn.token_hash == token_hash(token)).values(working_in=division_code)
    )


def begin_view(session: Session, *, token: str, by: Member, account_id: int, reason: str) -> SupportView:
    """Let an administrator see the product as somebody else sees it, and write down that and why.

    Raises NotFound where the administrator may not.
    """
    viewed = actor_of(session, account_id=account_id)
    if viewed is None or not may_view(by, viewed, division_code=place_of(session, viewed)):
        raise NotFound
    view = SupportView(viewer_id=by.account_id, account_id=account_id, reason=reason, started_at=now())
    session.add(view)
    session.flush()
    session.execute(
        update(SignIn).where(SignIn.token_hash == token_hash(token)).values(support_view_id=view.id)
    )
    return view


def end_view(session: Session, *, token: str) -> None:
    """Give an administrator the own eyes back; nothing happens where there is nothing to end."""
    mine = SignIn.token_hash == token_hash(token)
    view = select(SignIn.support_view_id).where(mine).scalar_subquery()
    session.execute(
        update(SupportView)
        .where(SupportView.id == view, SupportView.ended_at.is_(None))
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )
    session.execute(update(SignIn).where(mine).values(support_view_id=None))
