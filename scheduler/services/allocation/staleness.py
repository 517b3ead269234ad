"""Says what changed between the question a draft answers and the one that would be asked now."""

from solver.booths import Problem


def what_changed(before: Problem, now: Problem) -> tuple[str, str]:
    """Return in Chinese and in English, as part of a sentence, in what two problems of an event differ."""
    was = {one.enterprise: one for one in before.requests}
    becomes = {one.enterprise: one for one in now.requests}
    both = was.keys() & becomes.keys()
    counts = (
        (len(becomes.keys() - was.keys()), "新增 {} 家", "{} came in"),
        (len(was.keys() - becomes.keys()), "退出 {} 家", "{} left"),
        (sum(was[one] != becomes[one] for one in both), "{} 家的申请或展位有变", "{} changed"),
        (len(set(before.booths) ^ set(now.booths)), "{} 个展位有变", "{} booths changed"),
    )
    told = [(zh.format(many), en.format(many)) for many, zh, en in counts if many]
    told = told or [("抽签、份额或展区设置有变", "the lottery, the shares or the zones changed")]
    return "，".join(zh for zh, _ in told), ", ".join(en for _, en in told)
