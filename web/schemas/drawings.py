"""What an editor's drawing may hold: JSON with whole millimetres, every part named and bounded."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load
from marshmallow.validate import Length

from scheduler.drawings import BoothShape, Drawing, Fixture, FixtureKind, Rect, ZoneShape
from scheduler.drawings.numbers import LARGEST_HALL, MOST_BOOTHS
from scheduler.drawings.outline import MOST
from scheduler.errors import Refusal
from web.api.parsing import read_json
from web.problems import BadBody
from web.schemas.base import Form, Text, Whole, shown
from web.security import HIGHEST_ID

MOST_FIXTURES, MOST_ZONES = 500, 60


class Place(Schema):
    """Where something stands and how large it is."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE

    x = Whole(least=0, most=LARGEST_HALL, required=True)
    y = Whole(least=0, most=LARGEST_HALL, required=True)
    width = Whole(least=1, most=LARGEST_HALL, required=True)
    depth = Whole(least=1, most=LARGEST_HALL, required=True)


class BoothPart(Place):
    """A booth."""

    code = Text(longest=12, required=True)
    zone = Text(longest=12, load_default="")
    power = fields.Boolean(required=True)
    network = fields.Boolean(required=True)
    accessible = fields.Boolean(required=True)
    usable = fields.Boolean(required=True)

    @post_load
    def shape(self, data: dict[str, Any], **_: object) -> BoothShape:
        """Return the booth."""
        flags = {name: data[name] for name in ("power", "network", "accessible", "usable")}
        return BoothShape(data["code"], _rect(data), data["zone"] or None, **flags)


class FixturePart(Place):
    """A door, an aisle, a pillar …"""

    kind = fields.Enum(FixtureKind, by_value=True, required=True)
    name = Text(longest=40, load_default="")

    @post_load
    def shape(self, data: dict[str, Any], **_: object) -> Fixture:
        """Return the fixture."""
        return Fixture(data["kind"], _rect(data), data["name"])


class ZonePart(Schema):
    """A zone."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE

    code = Text(longest=12, required=True, validate=Length(min=1))
    name_zh = Text(longest=40, required=True)
    name_en = Text(longest=80, required=True)
    industries = fields.List(Text(longest=8), load_default=list, validate=Length(max=40))

    @post_load
    def shape(self, data: dict[str, Any], **_: object) -> ZoneShape:
        """Return the zone."""
        return ZoneShape(data["code"], data["name_zh"], data["name_en"], tuple(data["industries"]))


class DrawingPart(Schema):
    """A whole plan."""

    class Meta:
        """Refuse unknown fields."""

        unknown = RAISE

    width = Whole(least=1_000, most=LARGEST_HALL, required=True)
    depth = Whole(least=1_000, most=LARGEST_HALL, required=True)
    outline = fields.List(
        fields.Tuple((Whole(least=0, most=LARGEST_HALL), Whole(least=0, most=LARGEST_HALL))),
        required=True,
        validate=Length(min=3, max=MOST),
    )
    fixtures = fields.List(fields.Nested(FixturePart), required=True, validate=Length(max=MOST_FIXTURES))
    zones = fields.List(fields.Nested(ZonePart), required=True, validate=Length(max=MOST_ZONES))
    booths = fields.List(fields.Nested(BoothPart), required=True, validate=Length(max=MOST_BOOTHS))

    @post_load
    def drawing(self, data: dict[str, Any], **_: object) -> Drawing:
        """Return the plan."""
        return Drawing(
            data["width"],
            data["depth"],
            tuple(data["outline"]),
            tuple(data["fixtures"]),
            tuple(data["zones"]),
            tuple(data["booths"]),
        )


class BadDrawing(Refusal):
    """A drawing of which a part cannot be used: the editor's own scripts made it, or somebody else's."""

    status = 400
    code = "bad_drawing"
    zh = "展位图数据中的“{field}”无法使用，未保存任何内容。请刷新页面后重试。"
    en = "“{field}” of the drawing cannot be used; nothing was saved. Reload the page and try again."


class DrawingField(fields.Field[Drawing]):
    """A drawing as JSON text; raises BadDrawing naming the part at fault, such as booths.3.width."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Drawing:  # noqa: ANN401
        try:
            loaded: Drawing = DrawingPart().load(read_json(str(value).encode()))
        except (BadBody, UnicodeEncodeError) as error:
            raise BadDrawing(field="drawing") from error
        except ValidationError as error:
            raise BadDrawing(field=shown(".".join(_path(error.messages)))) from error
        return loaded


def _path(messages: object) -> Iterator[str]:
    """Yield the names that lead to the first field at fault."""
    while isinstance(messages, Mapping) and messages:
        name, messages = next(iter(messages.items()))
        yield str(name)


class DrawingForm(Form):
    """A drawing to be judged, or kept under a name."""

    name = Text(longest=80, required=True)
    drawing = DrawingField(required=True)


class SaveForm(DrawingForm):
    """A drawing to be put in the place of the revision that was opened."""

    revision = Whole(least=1, most=HIGHEST_ID, required=True)


def as_json(drawing: Drawing) -> dict[str, Any]:
    """Return a drawing as the editor takes and gives it."""
    return {
        "width": drawing.width,
        "depth": drawing.depth,
        "outline": [list(corner) for corner in drawing.outline],
        "fixtures": [
            {"kind": one.kind.value, "name": one.name_zh, **one.place._asdict()} for one in drawing.fixtures
        ],
        "zones": [
            {
                "code": zone.code,
                "name_zh": zone.name_zh,
                "name_en": zone.name_en,
                "industries": list(zone.industry_codes),
            }
            for zone in drawing.zones
        ],
        "booths": [
            {
                "code": booth.code,
                "zone": booth.zone_code or "",
                **booth.place._asdict(),
                "power": booth.power,
                "network": booth.network,
                "accessible": booth.accessible,
                "usable": booth.usable,
            }
            for booth in drawing.booths
        ],
    }


def _rect(data: dict[str, Any]) -> Rect:
    return Rect(data["x"], data["y"], data["width"], data["depth"])
