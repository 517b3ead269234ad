"""What somebody agrees to in the form that sets an account up: boxes of a form, rows of consent."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.orm import Session

from scheduler.models import Purpose
from scheduler.services import privacy
from web.site import settings

BOXES = {Purpose.ACCOUNT: "agree", Purpose.REMINDERS: "reminders"}


def purposes_in(form: dict[str, Any]) -> list[Purpose]:
    """Take the boxes out of a form, and return the purposes whose boxes are ticked."""
    return [purpose for purpose, box in BOXES.items() if form.pop(box)]


def write_down(session: Session, *, account_id: int, purposes: Collection[Purpose]) -> None:
    """Write down what the account agrees to, under the notice that is shown now."""
    for purpose in purposes:
        privacy.agree(session, account_id=account_id, purpose=purpose, contact=settings().privacy_contact)
