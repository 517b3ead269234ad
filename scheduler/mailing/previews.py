"""What each letter says before anybody gets it, in both languages, with names for what will be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scheduler.errors import LANGUAGES, Language
from scheduler.mailing.about_events import facts
from scheduler.mailing.bookings import opening_values
from scheduler.mailing.writing import SUBJECTS, TEXTS
from scheduler.models import BookingTerms, Event

BLANKS: Mapping[str, Mapping[Language, str]] = {
    "answer": {"zh": "审核意见", "en": "what the bureau answered"},
    "arrival": {"zh": "何时签到", "en": "when to check in"},
    "before": {"zh": "原展位", "en": "booths before"},
    "booths": {"zh": "展位编号", "en": "booths"},
    "decision": {"zh": "处理结果", "en": "what was decided"},
    "how": {"zh": "预订方式", "en": "way of booking"},
    "firm": {"zh": "单位名称", "en": "enterprise"},
    "link": {"zh": "链接", "en": "link"},
    "login": {"zh": "登录名", "en": "login"},
    "minutes": {"zh": "出镜时间", "en": "minutes on air"},
    "name": {"zh": "单位名称", "en": "enterprise"},
    "opens": {"zh": "开放时间", "en": "when booking opens"},
    "off": {"zh": "退订链接", "en": "link to stop these letters"},
    "rank": {"zh": "候补序号", "en": "number on the list"},
    "reason": {"zh": "原因", "en": "reason"},
    "state": {"zh": "审核结果", "en": "approved or refused"},
    "title": {"zh": "活动名称", "en": "title of the event"},
    "title_en": {"zh": "活动名称", "en": "title of the event"},
    "until": {"zh": "截止时间", "en": "last moment"},
    "way_out": {"zh": "何时前可以取消", "en": "until when to cancel"},
    "when": {"zh": "活动时间", "en": "time of the event"},
    "where": {"zh": "活动地点", "en": "place of the event"},
    "who": {"zh": "邀请人", "en": "who invites"},
}
ACCOUNTS = frozenset({"address", "invitation", "reset", "sign_up"})


@dataclass(frozen=True, slots=True)
class Preview:
    """A kind of letter; subject and text by language."""

    kind: str
    subject: Mapping[str, str]
    text: Mapping[str, str]


def previews() -> tuple[Preview, ...]:
    """Return the letters about events, in the order in which they are kept, without those about accounts."""
    return tuple(
        Preview(
            kind, SUBJECTS[kind], {language: _filled(texts[language], language) for language in LANGUAGES}
        )
        for kind, texts in TEXTS.items()
        if kind not in ACCOUNTS
    )


def opening_letter(
    session: Session, event: Event, terms: BookingTerms, language: Language
) -> tuple[str, str]:
    """Return subject and text of what enterprises would be told when the booking of an event opens."""
    text = TEXTS["booking_opened"][language]
    known = {**facts(session, event, language), **opening_values(terms, language)}
    return SUBJECTS["booking_opened"][language], text.format_map({**_blanks(language), **known})


def _filled(text: str, language: Language) -> str:
    return text.format_map(_blanks(language))


def _blanks(language: Language) -> dict[str, str]:
    return {name: f"〔{said[language]}〕" for name, said in BLANKS.items()}
