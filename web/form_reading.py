"""Reads the forms of a finished page: each field with its label and with where it stands in the text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit", "button", "image", "reset"}
BRACKETS = re.compile(r"\s*[（(].*$")
LONGEST_LABEL = 60

Attributes = dict[str, str | None]


@dataclass(slots=True)
class Choice:
    """One option of a list: where its tag stands, and its value."""

    begins: int
    ends: int
    attributes: Attributes
    value: str = ""


@dataclass(slots=True)
class Control:
    """A field of a form: its tag from `begins` to `ends`, all of it until `over`."""

    kind: str
    attributes: Attributes
    begins: int
    ends: int
    over: int
    label: str = ""
    choices: list[Choice] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return under which name the field is sent."""
        return self.attributes.get("name") or ""

    @property
    def type(self) -> str:
        """Return what may be entered: the type of an input, else the element's name."""
        return (self.attributes.get("type") or "text") if self.kind == "input" else self.kind

    @property
    def is_seen(self) -> bool:
        """Tell whether somebody can change the field."""
        return self.type not in UNSEEN


@dataclass(slots=True)
class PageForm:
    """A form: where and how it is sent, its fields, and the folds around it, by where their tags end."""

    action: str
    method: str
    folds: tuple[int, ...]
    controls: list[Control] = field(default_factory=list)

    def seen(self, name: str) -> Control | None:
        """Return the field of a name that somebody can change."""
        return next((one for one in self.controls if one.name == name and one.is_seen), None)


class PageReader(HTMLParser):
    """Reads a page of ours; `forms` are those it holds, and behind `main_at` its contents begin."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.main_at: int | None = None
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self._folds: list[tuple[int, bool]] = []
        self._form: PageForm | None = None
        self._open: Control | None = None
        self._said: list[str] | None = None
        self._label_for: str | None = None
        self._labelled: list[Control] = []
        self._labels: dict[str, str] = {}
        self.feed(page)
        self.close()
        for control in (one for form in self.forms for one in form.controls):
            own = self._labels.get(control.attributes.get("id") or "", "") or control.label
            control.label = shortened(own or control.attributes.get("aria-label") or "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what concerns forms."""
        begins = self._at()
        ends = begins + len(self.get_starttag_text() or "")
        found = dict(attrs)
        if tag == "main":
            self.main_at = ends
        elif tag == "details":
            self._folds.append((ends, "open" in found))
        elif tag == "form":
            closed = tuple(at for at, is_open in self._folds if not is_open)
            method = (found.get("method") or "get").upper()
            self._form = PageForm(found.get("action") or "", method, closed)
            self.forms.append(self._form)
        elif tag == "label":
            self._said, self._label_for, self._labelled = [], found.get("for"), []
        elif tag in CONTROLS and self._form is not None:
            control = Control(tag, found, begins, ends, ends)
            self._form.controls.append(control)
            self._labelled.append(control)
            self._open = control if tag != "input" else None
        elif tag == "option" and self._open is not None:
            self._open.choices.append(Choice(begins, ends, found, found.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "form":
            self._form = None
        elif tag == "label" and self._said is not None:
            text = " ".join("".join(self._said).split())
            if self._label_for:
                self._labels[self._label_for] = text
            for control in self._labelled:
                control.label = text
            self._said, self._labelled = None, []
        elif tag in CONTROLS and self._open is not None:
            self._open.over = self._at() + len(f"</{tag}>")
            self._open = None

    def handle_data(self, data: str) -> None:
        """Collect what labels say."""
        if self._said is not None and self._open is None:
            self._said.append(data)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def shortened(label: str) -> str:
    """Return a label without what it explains in brackets, fit for a sentence."""
    return (BRACKETS.sub("", label) or label)[:LONGEST_LABEL]
