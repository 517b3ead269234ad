"""What is kept about the people at enterprises and those who serve them: sign-ups, contacts, officers."""

from sqlalchemy import func, select

from scheduler.models import Account, EnterpriseContact, ReviewCase, ServiceOfficer, SignUp
from scheduler.privacy.kinds import Basis, Category, Erasing, Kept, Rule, Said, Sight
from scheduler.privacy.terms import CONTACTS, INVITATIONS

NAME, CONTACT = Category.NAME, Category.CONTACT
NO_CONTACT = {"contact_name": "", "contact_phone": "", "email": ""}
UNDECIDED = select(ReviewCase.id).where(ReviewCase.sign_up_id == SignUp.id, ReviewCase.decided_at.is_(None))
IS_LEFT = ~(
    select(Account.id)
    .where(Account.enterprise_id == EnterpriseContact.enterprise_id, Account.disabled_at.is_(None))
    .exists()
)

ENTERPRISES = (
    Kept(
        model=SignUp,
        fields={"contact_name": NAME, "contact_phone": CONTACT, "email": CONTACT},
        title=Said("单位注册申请", "Signing an enterprise up"),
        purpose=Said("核实单位，联系申请人", "To verify the enterprise and to reach who asked"),
        basis=Basis.CONSENT,
        whose=lambda person: SignUp.email.in_(person.names),
        erasing=Erasing.BLANKED,
        sight=Sight.COLLEAGUES,
        blank=NO_CONTACT,
        rules=(
            Rule(
                "stale-sign-ups",
                INVITATIONS,
                Said("无人继续的注册链接过期", "the link of a sign-up ran out that nobody went on with"),
                lambda before: (
                    SignUp.accepted_at.is_(None)
                    & (SignUp.expires_at < before)
                    & ~select(ReviewCase.id).where(ReviewCase.sign_up_id == SignUp.id).exists()
                ),
            ),
            Rule(
                "ended-sign-ups",
                INVITATIONS,
                Said("注册完成或链接过期", "the sign-up was completed or its link ran out"),
                lambda before: (
                    (func.coalesce(SignUp.accepted_at, SignUp.expires_at) < before)
                    & (SignUp.email != "")
                    & ~UNDECIDED.exists()
                ),
                blank=NO_CONTACT,
            ),
        ),
    ),
    Kept(
        model=EnterpriseContact,
        fields={"name": NAME, "phone": CONTACT, "email": CONTACT},
        title=Said("单位联系人", "The person to call at an enterprise"),
        purpose=Said("就参会、展位联系单位", "To reach the enterprise about fairs and booths"),
        basis=Basis.CONSENT,
        whose=lambda person: EnterpriseContact.email.in_(person.names),
        erasing=Erasing.DELETED,
        sight=Sight.COLLEAGUES,
        rules=(
            Rule(
                "left-contacts",
                CONTACTS,
                Said("同意，且单位已没有账号", "the consent, once the enterprise has no account any more"),
                lambda before: (EnterpriseContact.consented_at < before) & IS_LEFT,
            ),
        ),
    ),
    Kept(
        model=ServiceOfficer,
        fields={"office_phone": CONTACT},
        title=Said("用工服务专员", "Service officers"),
        purpose=Said("让用人单位找得到自己的专员", "So that an enterprise can reach its officer"),
        basis=Basis.DUTY,
        whose=lambda person: ServiceOfficer.account_id == person.account_id,
        erasing=Erasing.DELETED,
        sight=Sight.SERVED,
    ),
)
