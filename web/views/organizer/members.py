"""Members of a bureau: who they are, what they may do, inviting and letting in no more."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.errors import Refusal
from scheduler.models import Account, AccountKind, Invitation, Organizer, Role
from scheduler.queries.actors import actor_of, may_view, place_of
from scheduler.queries.members import MemberLine, bureaus, members, standing_invitations
from scheduler.queries.scope import get_scoped
from scheduler.services import accounts
from web.language import current
from web.policy import organizer, policy
from web.schemas.account import Nothing
from web.schemas.base import asked, posted
from web.schemas.members import InviteForm, MembersQuery, MoveForm, RolesForm, roles_of
from web.schemas.organizer import PageQuery
from web.site import reader, settings, writing
from web.views.organizer.desk import blueprint, desk, member, show


@blueprint.get("/members")
@policy(organizer, Role.ADMINISTRATOR)
def members_page() -> ResponseReturnValue:
    """List a bureau's members and the invitations that stand."""
    values = asked(MembersQuery)
    return _list(values["bureau"])


@blueprint.post("/members/invitations")
@policy(organizer, Role.ADMINISTRATOR)
def invite_member() -> ResponseReturnValue:
    """Invite somebody to a bureau: by letter, or by a link that is shown to be handed over."""
    form = posted(InviteForm)
    bureau: Organizer = get_scoped(reader(), Organizer, form["bureau"], member())
    try:
        belonging = accounts.Belonging.member(bureau.id, roles_of(form))
    except accounts.UnfitRoles as refusal:
        return _list(bureau.id, refusal), refusal.status
    with writing() as session:
        accounts.invite(
            session,
            belonging=belonging,
            display_name=form["display_name"],
            email=form["email"] or None,
            invited_by=member().account_id,
            language=current(),
        )
    flash(gettext("已发出邀请。没有填写邮箱的，请把下表中的链接转交本人。"))
    return redirect(url_for("organizer.members_page", bureau=bureau.id))


@blueprint.post("/members/invitations/<int:invitation_id>/withdraw")
@policy(organizer, Role.ADMINISTRATOR)
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    """Make an invitation's link worthless."""
    posted(Nothing)
    found: Invitation = get_scoped(reader(), Invitation, invitation_id, member())
    with writing() as session:
        accounts.withdraw_invitation(session, invitation_id=found.id)
    flash(gettext("已撤回邀请，链接立即失效。"))
    return redirect(url_for("organizer.members_page", bureau=found.organizer_id))


@blueprint.get("/members/<int:account_id>")
@policy(organizer, Role.ADMINISTRATOR)
def member_page(account_id: int) -> ResponseReturnValue:
    """Show one member, with everything an administrator can do about the account."""
    asked(PageQuery)
    return _page(account_id)


@blueprint.post("/members/<int:account_id>/roles")
@policy(organizer, Role.ADMINISTRATOR)
def set_roles(account_id: int) -> ResponseReturnValue:
    """Give a member exactly the roles ticked."""
    form = posted(RolesForm)
    account = _of_bureau(account_id)
    try:
        with writing() as session:
            accounts.set_roles(session, account_id=account.id, roles=roles_of(form), by=member().account_id)
    except (accounts.UnfitRoles, accounts.OwnAccount) as refusal:
        return _page(account.id, refusal), refusal.status
    return _done(account.id, gettext("角色已更改，立即生效。"))


@blueprint.post("/members/<int:account_id>/disable")
@policy(organizer, Role.ADMINISTRATOR)
def disable_member(account_id: int) -> ResponseReturnValue:
    """Let a member in no more, from the next request on."""
    posted(Nothing)
    account: Account = get_scoped(reader(), Account, account_id, member())
    try:
        with writing() as session:
            accounts.disable_member(session, account_id=account.id, by=member().account_id)
    except accounts.OwnAccount as refusal:
        return _page(account.id, refusal), refusal.status
    return _done(account.id, gettext("账号已停用，所有浏览器立即退出登录。"))


@blueprint.post("/members/<int:account_id>/enable")
@policy(organizer, Role.ADMINISTRATOR)
def enable_member(account_id: int) -> ResponseReturnValue:
    """Let a disabled member in again."""
    posted(Nothing)
    account: Account = get_scoped(reader(), Account, account_id, member())
    with writing() as session:
        accounts.enable_account(session, account_id=account.id)
    return _done(account.id, gettext("账号已恢复。"))


@blueprint.post("/members/<int:account_id>/move")
@policy(organizer, Role.ADMINISTRATOR)
def move_member(account_id: int) -> ResponseReturnValue:
    """Move a member to another bureau: the mover administers the old one and the new one."""
    form = posted(MoveForm)
    account = _of_bureau(account_id)
    bureau: Organizer = get_scoped(reader(), Organizer, form["bureau"], member())
    try:
        with writing() as session:
            accounts.move_member(
                session, account_id=account.id, organizer_id=bureau.id, by=member().account_id
            )
    except accounts.OwnAccount as refusal:
        return _page(account.id, refusal), refusal.status
    return _done(account.id, gettext("已调动。"))


@blueprint.post("/members/<int:account_id>/second-factor/remove")
@policy(organizer, Role.ADMINISTRATOR)
def remove_member_factor(account_id: int) -> ResponseReturnValue:
    """Forget the app of a member who has lost phone and recovery codes; a new one is set up at the door."""
    posted(Nothing)
    account: Account = get_scoped(reader(), Account, account_id, member())
    with writing() as session:
        accounts.remove_second_factor(session, account_id=account.id)
        accounts.sign_out_everywhere(session, account_id=account.id)
    return _done(account.id, gettext("动态验证码已停用，下次登录时重新设置。"))


@blueprint.post("/members/<int:account_id>/reset-link")
@policy(organizer, Role.ADMINISTRATOR)
def reset_link(account_id: int) -> ResponseReturnValue:
    """Show a link with which the member sets a new password, to be handed over within the hour."""
    posted(Nothing)
    account: Account = get_scoped(reader(), Account, account_id, member())
    with writing() as session:
        link = accounts.hand_over_reset(
            session, account_id=account.id, by=member().account_id, secret_key=settings().secret_key
        )
    return _page(account.id, handed_over=settings().public_url + url_for("account.reset", link=link))


def _of_bureau(account_id: int) -> Account:
    """Return a member of a bureau in the scope; what belongs to enterprises has no roles here."""
    account: Account = get_scoped(reader(), Account, account_id, member())
    if account.kind is not AccountKind.ORGANIZER:
        raise accounts.OwnAccount
    return account


def _list(bureau_id: int | None, refusal: Refusal | None = None) -> str:
    actor = member()
    bureau: Organizer = get_scoped(reader(), Organizer, bureau_id or actor.organizer_id, actor)
    return show(
        "members.html",
        desk(),
        bureau=bureau,
        bureaus=bureaus(reader(), actor=actor),
        members=members(reader(), actor=actor, organizer_id=bureau.id),
        invitations=[
            (invitation, _address(invitation))
            for invitation in standing_invitations(reader(), actor=actor, organizer_id=bureau.id)
        ],
        every_role=list(Role),
        mail=settings().mail is not None,
        refusal=refusal,
    )


def _address(invitation: Invitation) -> str:
    link = accounts.invitation_link(settings().secret_key, invitation.id)
    return settings().public_url + url_for("account.invitation", link=link)


def _page(account_id: int, refusal: Refusal | None = None, *, handed_over: str = "") -> str:
    actor = member()
    found: Account = get_scoped(reader(), Account, account_id, actor)
    line: MemberLine = members(reader(), actor=actor, account_id=found.id)[0]
    viewed = actor_of(reader(), account_id=found.id)
    return show(
        "member.html",
        desk(),
        line=line,
        bureaus=bureaus(reader(), actor=actor),
        every_role=list(Role),
        itself=found.id == actor.account_id,
        may_look=viewed is not None and may_view(actor, viewed, division_code=place_of(reader(), viewed)),
        handed_over=handed_over,
        refusal=refusal,
    )


def _done(account_id: int, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("organizer.member_page", account_id=account_id))
