"""Members of an enterprise: its owner invites them and lets them in no more."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.models import Account, EnterpriseRole, Invitation
from scheduler.queries.members import members, standing_invitations
from scheduler.queries.scope import get_scoped
from scheduler.services import accounts
from web.language import current
from web.policy import enterprise, policy
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.schemas.members import InviteStaffForm
from web.site import reader, settings, writing
from web.views.enterprise.base import blueprint, employer, show


@blueprint.get("/members")
@policy(enterprise, EnterpriseRole.OWNER)
def members_page() -> str:
    """List the enterprise's members and the invitations that stand."""
    actor = employer()
    return show(
        "members.html",
        members=members(reader(), actor=actor),
        invitations=[
            (invitation, _address(invitation)) for invitation in standing_invitations(reader(), actor=actor)
        ],
        every_role=list(EnterpriseRole),
    )


@blueprint.post("/members/invitations")
@policy(enterprise, EnterpriseRole.OWNER)
def invite_staff() -> ResponseReturnValue:
    """Invite somebody to the own enterprise."""
    form, actor = posted(InviteStaffForm), employer()
    with writing() as session:
        accounts.invite(
            session,
            belonging=accounts.Belonging.employer(actor.enterprise_id, form["role"]),
            display_name=form["display_name"],
            email=form["email"] or None,
            invited_by=actor.account_id,
            language=current(),
        )
    flash(gettext("已发出邀请。没有填写邮箱的，请把下表中的链接转交本人。"))
    return redirect(url_for("enterprise.members_page"))


@blueprint.post("/members/invitations/<int:invitation_id>/withdraw")
@policy(enterprise, EnterpriseRole.OWNER)
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Make an invitation's link worthless."""
    posted(Nothing)
    found: Invitation = get_scoped(reader(), Invitation, invitation_id, employer())
    with writing() as session:
        accounts.withdraw_invitation(session, invitation_id=found.id)
    flash(gettext("已撤回邀请，链接立即失效。"))
    return redirect(url_for("enterprise.members_page"))


@blueprint.post("/members/<int:account_id>/disable")
@policy(enterprise, EnterpriseRole.OWNER)
def disable_staff(account_id: int) -> ResponseReturnValue:
    """Let a member of the own enterprise in no more; not oneself."""
    posted(Nothing)
    found: Account = get_scoped(reader(), Account, account_id, employer())
    if found.id == employer().account_id:
        raise accounts.OwnAccount
    with writing() as session:
        accounts.disable_account(session, account_id=found.id)
    flash(gettext("账号已停用，所有浏览器立即退出登录。"))
    return redirect(url_for("enterprise.members_page"))


def _address(invitation: Invitation) -> str:
    link = accounts.invitation_link(settings().secret_key, invitation.id)
    return settings().public_url + url_for("account.invitation", link=link)
