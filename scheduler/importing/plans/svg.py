"""Reads an SVG as it streams by: no entity is declared, nothing runs, nothing is fetched, all is counted."""

from collections.abc import Mapping
from xml.parsers import expat

from scheduler.importing.plans.outcome import unreadable
from scheduler.importing.plans.sketches import Collector, Sketch
from scheduler.importing.plans.svg_geometry import Matrix, figures, length, matrix

MOST_ELEMENTS, DEEPEST, MOST_TEXT = 60_000, 60, 400
FIGURES = {"rect", "circle", "ellipse", "polygon", "polyline", "path"}
NOT_DRAWN = {"defs", "symbol", "clipPath", "mask", "pattern", "marker", "metadata", "style", "title", "desc"}
SCRIPTS = {"script", "foreignObject", "handler", "iframe"}
INKSCAPE_LABEL = "http://www.inkscape.org/namespaces/inkscape label"
INSIDE = ("#", "data:image/")


def read(content: bytes) -> Sketch:
    """Return the closed figures and texts of an SVG; raises UnreadablePlan."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse_entities
    parser.ExternalEntityRefHandler = _refuse_entities
    reader.parser = parser
    try:
        parser.Parse(content, True)  # noqa: FBT003 — the signature of expat
    except expat.ExpatError as error:
        raise unreadable(
            f"第 {error.lineno} 行不是正确的 XML", f"line {error.lineno} is not well-formed XML"
        ) from error
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        raise unreadable("文字编码无法识别", "its encoding is unknown") from error
    return reader.found.sketch(None)


def _refuse_entities(*_: object) -> int:
    raise unreadable("包含实体声明（ENTITY）", "it declares entities (ENTITY)")


class _Reader:
    """Keeps, for each element that is open, its layer and its map, and gathers what is drawn."""

    parser: expat.XMLParserType

    def __init__(self) -> None:
        """Begin outside of everything."""
        self.found = Collector()
        self._open: list[tuple[str, str, Matrix]] = []
        self._many = 0
        self._hidden = 0
        self._label: list[str] | None = None
        self._label_at = (0.0, 0.0)

    def start(self, qualified: str, attributes: Mapping[str, str]) -> None:
        """Take in the beginning of an element."""
        name = qualified.rpartition(" ")[2]
        self._many += 1
        if not self._open and name != "svg":
            raise unreadable("不是 SVG", "it is no SVG")
        if self._many > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise unreadable("元素过多或嵌套过深", "it has too many or too deeply nested elements")
        _require_harmless(name, attributes)
        _, layer, outer = self._open[-1] if self._open else ("", "", Matrix())
        own = outer @ matrix(attributes["transform"]) if "transform" in attributes else outer
        named = attributes.get(INKSCAPE_LABEL) or attributes.get("class") or ""
        if name in {"g", "svg", "a"}:
            layer = named or attributes.get("id", "") * (name == "g") or layer
        self._open.append((name, layer, own))
        self._hidden += name in NOT_DRAWN
        if self._hidden:
            return
        if name in FIGURES:
            self._figure(name, attributes, layer, own)
        elif name == "use":
            self.found.skipped += 1
        elif name in {"text", "tspan"} and (name == "text" or "x" in attributes):
            self._finish_label()
            self._label = []
            self._label_at = own.at((length(attributes, "x"), length(attributes, "y")))

    def end(self, qualified: str) -> None:
        """Take in the end of an element."""
        name = qualified.rpartition(" ")[2]
        self._hidden -= name in NOT_DRAWN
        self._open.pop()
        if name == "text":
            self._finish_label()

    def text(self, letters: str) -> None:
        """Take in letters."""
        if self._label is not None and len(self._label) < MOST_TEXT:
            self._label.append(letters[:MOST_TEXT])

    def _figure(self, name: str, attributes: Mapping[str, str], layer: str, own: Matrix) -> None:
        key = attributes.get("data-code") or attributes.get("id", "")
        layer = attributes.get("class") or layer or key.partition("-")[0]
        where, closed = str(self.parser.CurrentLineNumber), list(figures(name, attributes))
        for corners in closed:
            self.found.piece(layer, [own.at(corner) for corner in corners], key, where)
        self.found.skipped += not closed

    def _finish_label(self) -> None:
        if self._label is not None:
            self.found.label(self._label_at, "".join(self._label))
        self._label = None


def _require_harmless(name: str, attributes: Mapping[str, str]) -> None:
    """Raise UnreadablePlan for what runs, or leads out of the file."""
    if name in SCRIPTS or any(one.lower().startswith("on") for one in attributes):
        raise unreadable("包含脚本", "it holds scripts")
    for one, value in attributes.items():
        if one.rpartition(" ")[2] == "href" and not value.strip().startswith(INSIDE):
            raise unreadable("引用了外部内容", "it refers to something outside of itself")
