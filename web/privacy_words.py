"""Words for what stands in a person's copy: columns and values, as a page shows them."""

from datetime import date, datetime
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from web.wording import clock, dated

COLUMNS: dict[str, LazyString] = {
    "account_id": lazy_gettext("账号编号"),
    "address": lazy_gettext("网络地址"),
    "answer": lazy_gettext("回执"),
    "asked": lazy_gettext("本人申请"),
    "attempt": lazy_gettext("尝试次数"),
    "body": lazy_gettext("内容"),
    "browser": lazy_gettext("浏览器"),
    "cancelled_at": lazy_gettext("取消时间"),
    "cause": lazy_gettext("事由"),
    "code_hash": lazy_gettext("恢复码"),
    "complete_at": lazy_gettext("登录完成"),
    "confirmed_at": lazy_gettext("确认时间"),
    "created_at": lazy_gettext("建立时间"),
    "disabled_at": lazy_gettext("停用时间"),
    "display_name": lazy_gettext("姓名"),
    "due_at": lazy_gettext("计划时间"),
    "email": lazy_gettext("邮箱"),
    "ended_at": lazy_gettext("结束时间"),
    "enterprise_id": lazy_gettext("用人单位编号"),
    "enterprise_role": lazy_gettext("用人单位角色"),
    "erased_at": lazy_gettext("注销时间"),
    "error": lazy_gettext("失败原因"),
    "event_id": lazy_gettext("活动编号"),
    "expires_at": lazy_gettext("到期时间"),
    "failed_at": lazy_gettext("失败时间"),
    "given_at": lazy_gettext("同意时间"),
    "handed_at": lazy_gettext("转交时间"),
    "handed_by": lazy_gettext("转交人编号"),
    "id": lazy_gettext("编号"),
    "issued_at": lazy_gettext("领取时间"),
    "issuer": lazy_gettext("身份提供方"),
    "joined_at": lazy_gettext("登记时间"),
    "key": lazy_gettext("请求键"),
    "kind": lazy_gettext("类别"),
    "language": lazy_gettext("语言"),
    "last_used_at": lazy_gettext("最近使用"),
    "linked_at": lazy_gettext("关联时间"),
    "login": lazy_gettext("登录账号"),
    "login_hash": lazy_gettext("账号散列值"),
    "name": lazy_gettext("名称"),
    "notice_number": lazy_gettext("说明版次"),
    "offer_until": lazy_gettext("保留至"),
    "organizer_id": lazy_gettext("办会机构编号"),
    "password_changed_at": lazy_gettext("更改密码时间"),
    "password_hash": lazy_gettext("密码"),
    "payload": lazy_gettext("邮件内容"),
    "purpose": lazy_gettext("用途"),
    "quantity": lazy_gettext("数量"),
    "reason": lazy_gettext("原因"),
    "recipient": lazy_gettext("收件人"),
    "revoked_at": lazy_gettext("撤销时间"),
    "role": lazy_gettext("角色"),
    "roles": lazy_gettext("角色"),
    "scopes": lazy_gettext("权限范围"),
    "sealed_secret": lazy_gettext("验证码密钥"),
    "sent_at": lazy_gettext("发送时间"),
    "serial": lazy_gettext("入场码"),
    "started_at": lazy_gettext("开始时间"),
    "state": lazy_gettext("状态"),
    "subject": lazy_gettext("身份标识"),
    "time_step": lazy_gettext("时段"),
    "token_hash": lazy_gettext("令牌"),
    "topics": lazy_gettext("订阅内容"),
    "url": lazy_gettext("推送地址"),
    "used_at": lazy_gettext("使用时间"),
    "viewer_id": lazy_gettext("查看人编号"),
    "wanted": lazy_gettext("等候什么"),
    "withdrawn_at": lazy_gettext("撤回时间"),
    "working_in": lazy_gettext("工作区域"),
}


def called(column: str) -> str:
    """Return a column in words; one that has none keeps its own name."""
    return str(COLUMNS.get(column, column))


def shown(value: Any) -> str:  # noqa: ANN401 — any column's value
    """Return a value as a page shows it: moments in Shanghai, yes and no in words, lists with commas."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return str(gettext("是") if value else gettext("否"))
    if isinstance(value, date):
        return f"{dated(value)} {clock(value)}" if isinstance(value, datetime) else dated(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {part}" for key, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
