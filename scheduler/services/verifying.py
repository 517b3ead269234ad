"""Only an enterprise that a bureau has verified takes part: the question to ask before letting it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from scheduler.errors import NotFound, Refusal
from scheduler.models import Enterprise, Verification
from scheduler.queries.reviews.facts import Facts
from scheduler.queries.verification_rules import verification_rules
from scheduler.times import local, now, today


class NotVerified(Refusal):
    """An enterprise that no bureau has verified yet, or any more."""

    status = 409
    code = "not_verified"
    zh = "{state_zh}，暂不能报名或预订展位。请在“单位首页”查看审核状态和下一步。"
    en = "{state_en}, so it cannot register or book a booth yet. Its home page shows the next step."


class NoAgencyLicence(Refusal):
    """An HR agency without the licence that finding people for others needs."""

    status = 409
    code = "no_agency_licence"
    zh = (
        "人力资源服务机构参加招聘活动须有在有效期内的人力资源服务许可证。"
        "请在“单位审核”中填写许可证编号和有效期并提交审核。"
    )
    en = (
        "An HR agency takes part with a human resources service licence in force. Give its number and its "
        "last day under “Verification” and have it reviewed."
    )


class BranchUnauthorised(Refusal):
    """A branch whose parent's authorisation does not last until an event that asks for it."""

    status = 409
    code = "branch_unauthorised"
    zh = (
        "“{title_zh}”要求分支机构持有上级单位的授权书，有效期不早于活动当天（{day}）。请在“单位认证”中填写上级单位的"
        "统一社会信用代码和授权有效期，上传授权书并提交审核，通过后再报名或预订展位。"
    )
    en = (
        "“{title_en}” takes a branch only with its parent's letter of authorisation, valid until its day "
        "({day}). Give the parent's credit code and the last day under “Verification”, upload the letter, "
        "and register or book once it has been reviewed."
    )


TOLD = {
    Verification.UNVERIFIED: ("本单位尚未提交审核", "This enterprise has not asked to be verified"),
    Verification.IN_REVIEW: ("本单位正在审核中", "This enterprise is in review"),
    Verification.REFUSED: ("本单位审核未通过", "This enterprise was refused"),
    Verification.SUSPENDED: ("本单位已被暂停", "This enterprise is suspended"),
}


def require_verified(session: Session, enterprise_id: int) -> Enterprise:
    """Return the enterprise if it may take part; raises NotVerified, and NotFound when there is none.

    A site that does not review before the first booking lets in all but the refused and the suspended.
    One that goes on under another row, because it had been entered twice, is none. An HR agency needs its
    licence in force (人力资源市场暂行条例, art. 18): raises NoAgencyLicence.
    """
    enterprise = session.get(Enterprise, enterprise_id)
    if enterprise is None or enterprise.merged_into_id is not None:
        raise NotFound
    require_standing(session, enterprise.verification)
    said = Facts.of(enterprise)
    if said.is_agency and not said.may_act_for_others(today()):
        raise NoAgencyLicence
    return enterprise


def require_authorised(
    enterprise: Enterprise, *, starts_at: datetime | None, titles: Mapping[str, str]
) -> None:
    """Raise BranchUnauthorised for a branch without an authorisation on an event's day."""
    day = local(starts_at or now()).date()
    if Facts.of(enterprise).lacks_letter(day):
        raise BranchUnauthorised(**titles, day=day.isoformat())


def require_standing(session: Session, state: Verification) -> None:
    """Raise NotVerified unless an enterprise that stands like this may take part."""
    closed = state in {Verification.REFUSED, Verification.SUSPENDED}
    if state is Verification.VERIFIED or (not closed and not reviews_first(session)):
        return
    zh, en = TOLD[state]
    raise NotVerified(state_zh=zh, state_en=en)


def reviews_first(session: Session) -> bool:
    """Tell whether the site reviews an enterprise before its first booking; it does unless told not to."""
    return verification_rules(session).reviews_first
