"""Letters of signing up, and about an enterprise's standing: what was done, why, and what comes next.

A bureau writes to an enterprise, not to a person whose language it knows, so one letter says it twice.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from scheduler.errors import LANGUAGES
from scheduler.mailing.review_words import DEEDS, REASONS, SUBJECTS, TEXT
from scheduler.mailing.words import SITE
from scheduler.mailing.writing import Letter, harmless, written
from scheduler.models import Enterprise, Message, ReviewDeed, ReviewReason, ReviewStep, SignUp
from scheduler.services.enterprises import sign_up_link
from scheduler.settings import Settings
from scheduler.times import now, to_the_minute

PAUSE = "\n\n" + "-" * 40 + "\n\n"


def _sign_up(session: Session, message: Message, settings: Settings) -> Letter | None:
    sign_up = session.get(SignUp, message.payload["sign_up"])
    if sign_up is None or sign_up.accepted_at or sign_up.expires_at < now():
        return None
    values = {
        "name": harmless(sign_up.name_zh),
        "until": to_the_minute(sign_up.expires_at),
        "link": _address(settings, sign_up),
    }
    return written(message, sign_up.email, values)


def _review(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Write to the enterprise about one step."""
    step = session.get(ReviewStep, message.payload["step"])
    if step is None:
        return None
    return _both(session, step, step.deed.value, message.recipient, f"{settings.public_url}/enterprise")


def _claim(session: Session, message: Message, settings: Settings) -> Letter | None:
    """Write to somebody who claims an enterprise about one step."""
    step = session.get(ReviewStep, message.payload["step"])
    sign_up = session.get(SignUp, message.payload["sign_up"])
    if step is None or sign_up is None:
        return None
    over = step.deed is ReviewDeed.CLAIM_APPROVED or sign_up.expires_at < now()
    link = "" if over else _address(settings, sign_up)
    return _both(session, step, f"claimant_{step.deed.value}", sign_up.email, link)


def _address(settings: Settings, sign_up: SignUp) -> str:
    return f"{settings.public_url}/sign-up/{sign_up_link(settings.secret_key, sign_up.id)}"


def _both(session: Session, step: ReviewStep, deed: str, to: str, link: str) -> Letter:
    enterprise = session.get_one(Enterprise, step.enterprise_id)
    subject = " / ".join(f"{SITE[language]} · {SUBJECTS[deed][language]}" for language in LANGUAGES)
    texts = [_text(step, enterprise, deed, link, language) for language in LANGUAGES]
    return Letter(to, subject, PAUSE.join(texts) + "\n")


def _text(step: ReviewStep, enterprise: Enterprise, deed: str, link: str, language: str) -> str:
    parts = [TEXT[language]["to"].format(name=harmless(enterprise.name_zh)), DEEDS[deed][language]]
    reasons = [REASONS[ReviewReason(reason)][language] for reason in step.reasons]
    if reasons:
        parts.append(TEXT[language]["reasons"] + "".join(f"\n  - {reason}" for reason in reasons))
    if step.note:
        parts.append(TEXT[language]["note"].format(note=harmless(step.note)))
    if link:
        parts.append(TEXT[language]["link"].format(link=link))
    return "\n\n".join(parts)


WRITERS: Mapping[str, Callable[[Session, Message, Settings], Letter | None]] = {
    "sign_up": _sign_up,
    "review": _review,
    "claim": _claim,
}
