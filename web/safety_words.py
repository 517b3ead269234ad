"""The words of an event's safety: its matters, their states, in the language of the page."""

from flask_babel import LazyString, lazy_gettext

from scheduler.models import Strictness
from scheduler.models.safety import SafetyKind, SafetyState
from scheduler.queries.safety_words import WORDS
from web.language import current

SAFETY_WORDS: dict[str, LazyString] = {
    f"safety-{SafetyState.OPEN}": lazy_gettext("未办"),
    f"safety-{SafetyState.HANDED_IN}": lazy_gettext("已提交，待批复"),
    f"safety-{SafetyState.DONE}": lazy_gettext("已办妥"),
    f"safety-{SafetyState.REFUSED}": lazy_gettext("未获批准"),
    f"safety-{SafetyState.NOT_NEEDED}": lazy_gettext("无需办理"),
    f"publishing-{Strictness.BLOCK}": lazy_gettext("有过期未办的安全事项时不得发布"),
    f"publishing-{Strictness.WARN}": lazy_gettext("只提醒，可以发布"),
}


def matter(kind: SafetyKind) -> tuple[str, str, str]:
    """Return a matter's name, what it asks for and its source, in the language of the page."""
    words = WORDS[kind]
    if current() == "zh":
        return words.zh, words.asks_zh, words.source[0]
    return words.en, words.asks_en, words.source[1]
