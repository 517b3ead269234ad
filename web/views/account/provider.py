"""Signing in through the provincial identity provider, and linking an identity to the own account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.services import accounts
from web import actors, identity_provider
from web.policy import person, policy, visitor
from web.schemas.account import Nothing, ProviderAnswer
from web.schemas.base import asked, posted
from web.site import reader, settings, writing
from web.views.account.door import refused
from web.views.account.entering import blueprint, enter


@blueprint.get("/sign-in/provider")
@policy(visitor)
def sign_in_by_provider() -> ResponseReturnValue:
    """Send a stranger to the provider."""
    asked(Nothing)
    return identity_provider.leave_for(_back("account.provider_signs_in"))


@blueprint.get("/sign-in/provider/back")
@policy(visitor)
def provider_signs_in() -> ResponseReturnValue:
    """Let in the account that is linked to the person; a second factor that is due stays due."""
    asked(ProviderAnswer)
    issuer, subject = identity_provider.vouched_for()
    try:
        account_id = accounts.account_of_identity(reader(), issuer=issuer, subject=subject)
    except accounts.UnknownIdentity as refusal:
        page = render_template("account/sign_in.html", following="", refusal=refusal, provider=True)
        return refused(page, refusal)
    return enter(account_id, "")


@blueprint.post("/account/identities")
@policy(person)
def link() -> ResponseReturnValue:
    """Let a person who is signed in go to the provider, to link that identity.

    A form's own token is asked for: whoever could start this in somebody's browser could link an
    identity of their own. The way on is a link, for the seal lets no form lead to another site.
    """
    posted(Nothing)
    answer = identity_provider.leave_for(_back("account.provider_links"))
    return render_template("account/leave.html", address=answer.headers["Location"])


@blueprint.get("/account/identities/back")
@policy(person)
def provider_links() -> ResponseReturnValue:
    """Link the identity to the account that is signed in here."""
    asked(ProviderAnswer)
    issuer, subject = identity_provider.vouched_for()
    account_id = actors.signed_in().account_id
    with writing() as session:
        accounts.link_identity(session, account_id=account_id, issuer=issuer, subject=subject)
    flash(gettext("已关联统一身份，今后可用它登录。"))
    return redirect(url_for("account.mine"))


def _back(endpoint: str) -> str:
    """Return the address to come back to, under the site's own name and not the one a request claims."""
    return settings().public_url + url_for(endpoint)
