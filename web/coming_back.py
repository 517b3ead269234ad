"""A form that cannot be used comes back on its page: what was typed, and at each field what is wrong.

A browser stops most of it before it is sent; an old one, or a form made by hand, does not. One rule for
every form of the site: the page it was on is made anew and the form on it filled in.
"""

from collections.abc import Iterator, Mapping
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, request
from flask_babel import gettext
from marshmallow import fields
from marshmallow.validate import Length
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from scheduler.errors import Refusal
from web.form_reading import Control, PageForm, PageReader
from web.language import current
from web.policy import Audience, current_policy, enforce
from web.schemas.base import BadForm, Text, Whole

CHOSEN = {"select", "radio", "checkbox"}
KEPT_BACK = {"password", "file"}
TOKEN = "csrf_token"  # noqa: S105 — the name of the field
DROPPED = ("werkzeug.request", "CONTENT_TYPE", "HTTP_REFERER", "HTTP_TRANSFER_ENCODING")

Patch = tuple[int, int, str]
"""From where to where a page is replaced, and by what."""


def page_of(refusal: BadForm) -> str | None:
    """Return the page of the request's form with what is wrong with it; None where there is no such page."""
    if request.method == "GET" and _is_public():
        return None
    for path, query in _places():
        page = _made(path, query)
        if page is not None and (marked := _marked(page, refusal)):
            return marked
    return None


def marked_on(page: str, refusal: BadForm) -> str:
    """Return a page on which the request's form says what is wrong; raises the refusal where it has none."""
    marked = _marked(page, refusal)
    if marked is None:
        raise refusal
    return marked


def _marked(page: str, refusal: BadForm) -> str | None:
    read = PageReader(page)
    form = _form(read.forms, refusal)
    if form is None or read.main_at is None:
        return None
    wrong = {name: found for name in refusal.faults if (found := form.seen(name))}
    patches = [(at - 1, at - 1, " open") for at in form.folds]
    patches.append((read.main_at, read.main_at, _summary(wrong)))
    for control in form.controls:
        fault = None
        if wrong.get(control.name) is control:
            fault = _sentence(control, refusal.faults[control.name])
        if not control.is_seen and control.name in refusal.faults:
            continue  # what the page put there itself is right
        patches += _patches(page, control, fault, is_first=control is next(iter(wrong.values()), None))
    for begins, ends, text in sorted(patches, reverse=True):
        page = page[:begins] + text + page[ends:]
    return page


def _is_public() -> bool:
    """Tell whether a page is anybody's: what its address asks is checked a thousand times a day by robots."""
    declared = current_policy()
    return declared is None or declared.audience is Audience.PUBLIC


def _typed() -> MultiDict[str, str]:
    """Return what was filled in."""
    return request.args if request.method == "GET" else request.form


def _places() -> Iterator[tuple[str, str]]:
    """Yield where the form may have been: the page it came from, then the nearest page above its address."""
    sent_from = urlsplit(request.referrer or "")
    if sent_from.netloc == request.host and sent_from.path:
        yield sent_from.path, sent_from.query
    parts = request.path.rstrip("/").split("/")
    adapter = current_app.create_url_adapter(request)
    for length in range(len(parts), 1, -1):
        path = "/".join(parts[:length])
        try:
            if adapter is not None and adapter.match(path, method="GET"):
                yield path, ""
                return
        except HTTPException:
            continue


def _made(path: str, query: str) -> str | None:
    """Return a page as whoever asks now would get it, by the same policy; None where it is none of theirs."""
    environ = {key: value for key, value in request.environ.items() if key not in DROPPED}
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    environ |= {"CONTENT_LENGTH": "0", "wsgi.input": BytesIO()}
    language = current()
    with current_app.app_context(), current_app.request_context(environ):
        g.language = language
        try:
            answer = None if enforce() else current_app.dispatch_request()
        except (Refusal, HTTPException):
            return None
    return answer if isinstance(answer, str) else None


def _form(forms: list[PageForm], refusal: BadForm) -> PageForm | None:
    """Return the form that was sent: of several the one with the fields at fault and with the same ids."""
    fits = [
        one
        for one in forms
        if one.action.partition("?")[0].partition("#")[0] == request.path and one.method == request.method
    ]
    return max(fits, key=lambda one: (any(map(one.seen, refusal.faults)), _is_same(one)), default=None)


def _is_same(form: PageForm) -> bool:
    hidden = [one for one in form.controls if one.type == "hidden" and one.name != TOKEN]
    return all(_typed().get(one.name) == one.attributes.get("value") for one in hidden)


def _patches(page: str, control: Control, fault: str | None, *, is_first: bool) -> Iterator[Patch]:
    """Yield what makes a field hold what was typed and say what is wrong with it."""
    given: Mapping[str, str | None] = {}
    if control.type not in KEPT_BACK and control.name != TOKEN:
        given = _filled(control)
        if control.kind == "textarea":
            close = control.over - len("</textarea>")
            typed = _typed().get(control.name)
            if typed is not None:
                yield control.ends, close, "\n" + escape(typed)
        for choice in control.choices:
            chosen = choice.value in _typed().getlist(control.name)
            yield (
                choice.begins,
                choice.ends,
                _tag("option", choice.attributes, {"selected": "" if chosen else None}),
            )
    if fault is not None:
        at = _fault_id(control)
        described = " ".join(filter(None, (control.attributes.get("aria-describedby"), at)))
        said = {"aria-invalid": "true", "aria-describedby": described, "id": _id(control)}
        given = {**given, **said, **({"autofocus": ""} if is_first else {})}
        yield control.over, control.over, f'<span class="fault" id="{at}">× {escape(fault)}</span>'
    if given:
        yield control.begins, control.ends, _tag(control.kind, control.attributes, given)


def _filled(control: Control) -> Mapping[str, str | None]:
    """Return the attributes that say what was typed into a field; None takes one away."""
    if control.type in {"checkbox", "radio"}:
        ticked = (control.attributes.get("value") or "on") in _typed().getlist(control.name)
        return {"checked": "" if ticked else None}
    if control.kind == "input" and control.name in _typed():
        return {"value": _typed()[control.name]}
    return {}


def _tag(kind: str, attributes: Mapping[str, str | None], given: Mapping[str, str | None]) -> str:
    merged = {name: value or "" for name, value in attributes.items()}
    for name, value in given.items():
        merged.pop(name, None)
        if value is not None:
            merged[name] = value
    return f"<{kind}" + "".join(f' {name}="{escape(value)}"' for name, value in merged.items()) + ">"


def _id(control: Control) -> str:
    return control.attributes.get("id") or f"field-{control.begins}"


def _fault_id(control: Control) -> str:
    return f"{_id(control)}-fault"


def _summary(wrong: Mapping[str, Control]) -> str:
    """Return the line above the page's contents: how many fields are to be put right, and which.

    None of them is on the page where it has changed since it was opened, such as an opening that is gone.
    """
    if not wrong:
        changed = escape(gettext("页面内容已有变化，这次没有保存。请核对下面的内容，重新提交。"))
        return f'<p id="refusal" class="notice stop" role="alert"><span>× {changed}</span></p>'
    said = escape(
        gettext("%(count)s 处需要改正：", count=len(wrong))
        if request.method == "GET"
        else gettext("%(count)s 处需要改正，未保存任何内容：", count=len(wrong))
    )
    links = [f'<a href="#{escape(_id(one))}">{escape(_label(one))}</a>' for one in wrong.values()]
    return f'<p id="refusal" class="notice stop" role="alert"><span>× {said}{"、".join(links)}</span></p>'


def _label(control: Control) -> str:
    return control.label or str(gettext("此项"))


def _sentence(control: Control, declared: fields.Field[Any] | None) -> str:
    """Return what is wrong with a field, by what its page and its form ask for."""
    label, typed = _label(control), (_typed().get(control.name) or "").strip()
    if control.type in CHOSEN:
        return str(gettext("请从“%(label)s”的选项中选择。", label=label))
    if not typed:
        return str(gettext("请填写“%(label)s”。", label=label))
    if hint := control.attributes.get("title"):
        return str(gettext("“%(label)s”应填：%(hint)s。", label=label, hint=hint))
    if isinstance(declared, Whole):
        return _number(label, control, declared)
    longest = _longest(declared)
    if longest is not None and len(typed) > longest:
        return str(gettext("“%(label)s”最多 %(most)s 个字。", label=label, most=longest))
    return str(gettext("“%(label)s”的内容无法使用，请检查后重新填写。", label=label))


def _number(label: str, control: Control, declared: Whole) -> str:
    least = control.attributes.get("min") or str(declared.least)
    most = control.attributes.get("max") or str(declared.most)
    if least == most:
        return str(gettext("“%(label)s”只能填 %(only)s。", label=label, only=most))
    return str(gettext("“%(label)s”须为 %(least)s 到 %(most)s 的整数。", label=label, least=least, most=most))


def _longest(declared: fields.Field[Any] | None) -> int | None:
    if isinstance(declared, Text):
        return declared.longest
    limits = [one.max for one in declared.validators if isinstance(one, Length)] if declared else []
    return limits[0] if limits else None
