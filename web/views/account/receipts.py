"""What somebody without an account opens: the link that proves an address, and the receipt of an erasure."""

from datetime import datetime

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scheduler.links import DeadLink, read
from scheduler.queries.privacy import erasure_of
from scheduler.services import privacy
from web.policy import policy, visitor
from web.schemas.account import Nothing
from web.schemas.base import posted
from web.site import reader, settings, writing
from web.views.account.entering import blueprint


@blueprint.get("/addresses/<link>")
@policy(visitor)
def address(link: str) -> ResponseReturnValue:
    """Ask whether the address is to be used from now on; opening a link alone changes nothing."""
    _, email = privacy.standing_address(reader(), secret_key=settings().secret_key, link=link)
    return render_template("account/address.html", link=link, email=email)


@blueprint.post("/addresses/<link>")
@policy(visitor)
def confirm_address(link: str) -> ResponseReturnValue:
    """Put the proved address in the place of the old one."""
    posted(Nothing)
    with writing() as session:
        privacy.confirm_address(session, secret_key=settings().secret_key, link=link)
    flash(gettext("邮箱已更改。"))
    return redirect(url_for("account.sign_in"))


@blueprint.get("/erasures/<link>")
@policy(visitor)
def receipt(link: str) -> ResponseReturnValue:
    """Show the receipt of an erasure, checked at this moment."""
    found = _receipt(link)
    findings = privacy.prove(reader(), receipt=found.document())
    return render_template(
        "account/receipt.html",
        link=link,
        receipt=found,
        erased_at=datetime.fromisoformat(found.erased_at),
        findings=findings,
    )


@blueprint.get("/erasures/<link>/receipt.json")
@policy(visitor)
def receipt_file(link: str) -> ResponseReturnValue:
    """Hand out the receipt, to be kept and checked later."""
    answer = make_response(_receipt(link).document())
    answer.headers["Content-Disposition"] = 'attachment; filename="erasure-receipt.json"'
    return answer


def _receipt(link: str) -> privacy.Receipt:
    """Return the receipt of a link; raises DeadLink."""
    erasure = erasure_of(reader(), number=read(settings().secret_key, privacy.RECEIPT, link))
    if erasure is None:
        raise DeadLink
    return privacy.receipt_of(erasure)
