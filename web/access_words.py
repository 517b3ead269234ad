"""Words for roles, for what they do, and for what is shared, in the language of the page."""

from flask_babel import LazyString, lazy_gettext

from scheduler.models import EnterpriseRole, RegistrationState, Role, Shareable

ACCESS_WORDS: dict[str, LazyString] = {
    f"role-{Role.PLANNER}": lazy_gettext("编排员"),
    f"role-{Role.PUBLISHER}": lazy_gettext("发布员"),
    f"role-{Role.REVIEWER}": lazy_gettext("审核员"),
    f"role-{Role.CHECK_IN}": lazy_gettext("签到员"),
    f"role-{Role.AUDITOR}": lazy_gettext("审计员"),
    f"role-{Role.ADMINISTRATOR}": lazy_gettext("管理员"),
    f"role-does-{Role.PLANNER}": lazy_gettext("编排活动，生成方案"),
    f"role-does-{Role.PUBLISHER}": lazy_gettext("编排，并发布、取消、豁免"),
    f"role-does-{Role.REVIEWER}": lazy_gettext("审核用人单位"),
    f"role-does-{Role.CHECK_IN}": lazy_gettext("现场签到"),
    f"role-does-{Role.AUDITOR}": lazy_gettext("只读，不能兼任其他角色"),
    f"role-does-{Role.ADMINISTRATOR}": lazy_gettext("管理本级和下级的账号与授权"),
    f"employer-{EnterpriseRole.OWNER}": lazy_gettext("单位管理员"),
    f"employer-{EnterpriseRole.STAFF}": lazy_gettext("经办人"),
    f"registration-{RegistrationState.REQUESTED}": lazy_gettext("待审核"),
    f"registration-{RegistrationState.APPROVED}": lazy_gettext("已通过"),
    f"registration-{RegistrationState.REFUSED}": lazy_gettext("未通过"),
    f"registration-{RegistrationState.WITHDRAWN}": lazy_gettext("已撤回"),
    f"share-{Shareable.VENUES}": lazy_gettext("场地"),
    f"share-{Shareable.CREWS}": lazy_gettext("工作组"),
    f"share-{Shareable.HOSTS}": lazy_gettext("直播主持人"),
}
