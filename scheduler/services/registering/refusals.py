"""Every way in which a registration is refused."""

from scheduler.errors import Refusal


class NotRegistrable(Refusal):
    """An event that takes no registrations: not public, begun, or over."""

    status = 409
    code = "not_registrable"
    zh = "“{title_zh}”当前不接受报名：活动未发布、已取消或报名已截止。"
    en = "“{title_en}” takes no registrations: it is not public, was cancelled, or registration is closed."


class ForeignOpening(Refusal):
    """An opening that is not the enterprise's, or was closed."""

    status = 409
    code = "foreign_opening"
    zh = "所选岗位中有已关闭或不属于本单位的岗位。请刷新页面后重新选择。"
    en = "Some of the openings are closed or not your enterprise's. Reload the page and choose again."


class BadWish(Refusal):
    """A wish for a booth or zone that the event does not have."""

    status = 409
    code = "bad_wish"
    zh = "展位意愿“{wish}”不在本场活动的展位图上。请重新选择。"
    en = "The wish “{wish}” is not on the floor plan of this event. Choose again."


class NothingToAnswer(Refusal):
    """Registrations that were answered or withdrawn meanwhile."""

    status = 409
    code = "nothing_to_answer"
    zh = "所选报名已被处理或已撤回。请刷新后再试。"
    en = "These registrations were answered or withdrawn already. Reload and try again."


class AnswerNeedsReason(Refusal):
    """A refusal without a reason."""

    status = 422
    code = "answer_needs_reason"
    zh = "不通过时请填写理由，用人单位会看到。"
    en = "Give a reason when you refuse; the enterprise will see it."
