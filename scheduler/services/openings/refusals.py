"""Every way in which an opening is refused."""

from scheduler.errors import Refusal


class UnfitWage(Refusal):
    """Only one end of a wage range, or a range that ends before it begins."""

    status = 422
    code = "unfit_wage"
    zh = "工资须同时填写最低和最高，且最低不高于最高；暂不能确定的两项都留空。"
    en = "Give the lowest and the highest wage, in this order; leave both empty if they are not settled."


class UnknownCode(Refusal):
    """A workplace, an occupation or a skill level that the reference lists do not have."""

    status = 422
    code = "unknown_code"
    zh = "工作地点、职业大类或技能等级“{value}”不在目录中。请重新选择。"
    en = "“{value}” is no place, occupation or skill level of the lists. Choose again."


class UnfitOpening(Refusal):
    """An opening in which something is to be put right before the bureau lets it in."""

    status = 409
    code = "unfit_opening"
    zh = "岗位“{opening}”不能用于“{title_zh}”：{reason_zh}。{instead_zh}。依据：{clause_zh}。"
    en = "The opening “{opening}” cannot be used at “{title_en}”: {reason_en}. {instead_en}. See {clause_en}."


class OpeningWithdrawn(Refusal):
    """An opening that was withdrawn is not changed; it is confirmed or copied first."""

    status = 409
    code = "opening_withdrawn"
    zh = "这个岗位已撤下，不能修改。请先点“重新启用”，或复制为新岗位。"
    en = "This opening was withdrawn and cannot be changed. Put it back first, or copy it."


class TooManyOpenings(Refusal):
    """More openings than one enterprise can keep."""

    status = 409
    code = "too_many_openings"
    zh = "本单位在用岗位已达 {most} 个。请先撤下不再招聘的岗位。"
    en = "Your enterprise has {most} openings already. Withdraw what is not wanted any more."
