"""The forms of tickets."""

from web.schemas.base import Form, Text

LONGEST_DRAW = 200


class TakeForm(Form):
    """Take a ticket: the serial that was drawn with the form."""

    drawn = Text(longest=LONGEST_DRAW, required=True)
