"""What the forms of floor plans may say: lengths in metres, which become millimetres."""

import re
from typing import Any

from marshmallow import ValidationError, fields, pre_load

from scheduler.importing.plans import Part, part_called
from web.schemas.base import Form, Text, Whole
from web.schemas.organizer import PageQuery
from web.security import HIGHEST_ID

CARRIED = 4 * 1024 * 1024
"""So many octets a page may carry of a plan that is looked at and not kept yet."""
LAYER = re.compile(r"layer-\d{1,2}", re.ASCII)


class Metres(fields.Field[int]):
    """A length such as 42 or 2.5, to the millimetre; the form's value becomes whole millimetres."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"type": "string", "pattern": "^[0-9]{1,3}([.][0-9]{1,3})?$"}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:  # noqa: ANN401
        match = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,3}))?", str(value), re.ASCII)
        if not match:
            raise ValidationError("not a length in metres")
        return int(match[1]) * 1_000 + int((match[2] or "0").ljust(3, "0"))


class GenerateForm(Form):
    """Make a plan from a hall's numbers; the service judges them. An unticked box is not sent."""

    name = Text(longest=80, required=True)
    width = Metres(required=True)
    depth = Metres(required=True)
    booths = Whole(least=0, most=HIGHEST_ID, required=True)
    booth_width = Metres(required=True)
    booth_depth = Metres(required=True)
    aisle = Metres(required=True)
    main_aisle = Metres(required=True)
    doors = Whole(least=0, most=HIGHEST_ID, required=True)
    stage = fields.Boolean(load_default=False)


class RevisionForm(Form):
    """A deed on a plan as it was seen."""

    revision = Whole(least=1, most=HIGHEST_ID, required=True)


class ImportForm(Form):
    """A file to be read as a floor plan; the file itself is beside the form."""

    name = Text(longest=80, required=True)


class KeepForm(Form):
    """A drawing that was read and looked at, to be kept."""

    name = Text(longest=80, required=True)
    drawing = Text(longest=CARRIED, required=True)


class PartField(fields.Field[Part]):
    """What a layer stands for."""

    def _deserialize(self, value: object, attr: str | None, data: object, **kwargs: object) -> Part:
        found = part_called(str(value))
        if found is None:
            raise ValidationError("no part of a plan")
        return found


class ChoiceForm(Form):
    """What the layers of a sketch stand for, in their order, and the millimetres of a unit."""

    name = Text(longest=80, required=True)
    sketch = Text(longest=CARRIED, required=True)
    unit = Text(longest=12, required=True)
    layers = fields.Dict(keys=fields.String(), values=PartField(), load_default=dict)

    @pre_load
    def gather(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Put the choices, which are named layer-0, layer-1 …, in one place."""
        own = {name: value for name, value in data.items() if not LAYER.fullmatch(name)}
        return own | {"layers": {name: value for name, value in data.items() if LAYER.fullmatch(name)}}


class FloorQuery(PageQuery):
    """Which plan's consequences for an event are looked at."""

    plan = Whole(least=1, most=HIGHEST_ID, load_default=None)


class UseForm(Form):
    """The plan that an event is to use, and the digest of the seating that was shown."""

    plan = Whole(least=1, most=HIGHEST_ID, required=True)
    seen = Text(longest=32, required=True)
