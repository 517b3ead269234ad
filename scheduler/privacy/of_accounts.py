"""What is kept about everybody who has an account: who they are, what proves it, and what they agreed to."""

from sqlalchemy import String, cast, func, literal, or_

from scheduler.models import (
    Account,
    AccountRole,
    Consent,
    Erasure,
    Identity,
    Invitation,
    RecoveryCode,
    ResetHandover,
    SecondFactor,
    UsedCode,
)
from scheduler.privacy.kinds import Basis, Category, Erasing, Kept, Rule, Said, Sight
from scheduler.privacy.terms import CODES, CONSENTS, INVITATIONS, LEAVERS

NAME, LOGIN, CONTACT, SECRET = Category.NAME, Category.LOGIN, Category.CONTACT, Category.SECRET
NUMBER = literal("#").concat(cast(Account.id, String))  # no login can look like it, so nobody else's is taken
STEP_SECONDS = 30
ENDED = func.coalesce(Invitation.accepted_at, Invitation.withdrawn_at, Invitation.expires_at)
LETTING_IN = Said("确认登录的是本人", "To make sure that it is you who signs in")

ACCOUNTS = (
    Kept(
        model=Account,
        fields={"login": LOGIN, "display_name": NAME, "email": CONTACT, "password_hash": SECRET},
        title=Said("账号", "The account"),
        purpose=Said(
            "让您登录，让同事知道是谁在办理，给您发送链接和通知",
            "To let you sign in, to show colleagues who does what, and to send you links and notices",
        ),
        basis=Basis.KIND,
        whose=lambda person: Account.id == person.account_id,
        erasing=Erasing.BLANKED,
        blank={"login": NUMBER, "display_name": NUMBER, "email": None, "password_hash": ""},
        sight=Sight.COLLEAGUES,
        rules=(
            Rule(
                "disabled-accounts",
                LEAVERS,
                Said("账号停用", "the account was disabled"),
                lambda before: (Account.disabled_at < before) & Account.erased_at.is_(None),
                account=True,
            ),
        ),
    ),
    Kept(
        model=AccountRole,
        fields={},
        title=Said("角色", "Roles"),
        purpose=Said("决定您能办理什么", "To decide what you may do"),
        basis=Basis.DUTY,
        whose=lambda person: AccountRole.account_id == person.account_id,
        erasing=Erasing.DELETED,
        sight=Sight.COLLEAGUES,
    ),
    Kept(
        model=Invitation,
        fields={"display_name": NAME, "email": CONTACT},
        title=Said("邀请", "Invitations"),
        purpose=Said(
            "把设置账号的链接送到本人", "To bring the link that sets up an account to the right person"
        ),
        basis=Basis.KIND,
        whose=lambda person: Invitation.email.in_(person.names),
        erasing=Erasing.BLANKED,
        blank={"display_name": "", "email": None},
        sight=Sight.COLLEAGUES,
        rules=(
            Rule(
                "ended-invitations",
                INVITATIONS,
                Said("邀请被接受、撤回或过期", "the invitation was accepted or withdrawn, or ran out"),
                lambda before: (
                    (before > ENDED) & or_(Invitation.email.is_not(None), Invitation.display_name != "")
                ),
                blank={"display_name": "", "email": None},
            ),
        ),
    ),
    Kept(
        model=SecondFactor,
        fields={"sealed_secret": SECRET},
        title=Said("动态验证码", "Second factor"),
        purpose=LETTING_IN,
        whose=lambda person: SecondFactor.account_id == person.account_id,
        basis=Basis.SECURITY,
        erasing=Erasing.DELETED,
    ),
    Kept(
        model=RecoveryCode,
        fields={"code_hash": SECRET},
        title=Said("恢复码", "Recovery codes"),
        purpose=LETTING_IN,
        whose=lambda person: RecoveryCode.account_id == person.account_id,
        basis=Basis.SECURITY,
        erasing=Erasing.DELETED,
    ),
    Kept(
        model=UsedCode,
        fields={},
        title=Said("用过的验证码时段", "Codes that were used"),
        purpose=Said("同一验证码不能用两次", "So that no code is used twice"),
        whose=lambda person: UsedCode.account_id == person.account_id,
        rules=(
            Rule(
                "used-codes",
                CODES,
                Said("使用", "their use"),
                lambda before: UsedCode.time_step < int(before.timestamp()) // STEP_SECONDS,
            ),
        ),
        basis=Basis.SECURITY,
        erasing=Erasing.DELETED,
    ),
    Kept(
        model=Identity,
        fields={"subject": LOGIN},
        title=Said("统一身份", "Identity at the provider"),
        purpose=Said("用您自行关联的统一身份登录", "To sign in with an identity that you linked yourself"),
        basis=Basis.CONSENT,
        whose=lambda person: Identity.account_id == person.account_id,
        erasing=Erasing.DELETED,
    ),
    Kept(
        model=ResetHandover,
        fields={},
        title=Said("转交的重设密码链接", "Reset links handed over"),
        purpose=Said("查得到谁能替您设密码", "So that it can be found out who could set your password"),
        basis=Basis.SECURITY,
        whose=lambda person: ResetHandover.account_id == person.account_id,
        erasing=Erasing.KEPT,
    ),
    Kept(
        model=Consent,
        fields={},
        title=Said("同意记录", "What you agreed to"),
        purpose=Said(
            "证明是否、何时、按哪一版说明同意", "To prove whether, when and to which notice you agreed"
        ),
        basis=Basis.DUTY,
        whose=lambda person: Consent.account_id == person.account_id,
        erasing=Erasing.KEPT,
        rules=(
            Rule(
                "withdrawn-consents",
                CONSENTS,
                Said("撤回同意", "the consent was withdrawn"),
                lambda before: Consent.withdrawn_at < before,
            ),
        ),
    ),
    Kept(
        model=Erasure,
        fields={},
        title=Said("注销凭证", "Receipts of erasures"),
        purpose=Said("证明已经删除", "To prove that something was erased"),
        basis=Basis.DUTY,
        whose=lambda person: Erasure.account_id == person.account_id,
        erasing=Erasing.KEPT,
    ),
)
