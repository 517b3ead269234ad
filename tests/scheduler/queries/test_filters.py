"""A filter has one spelling, reads what people and WeChat send, and refuses by name."""

from datetime import date
from urllib.parse import parse_qsl

import pytest

from scheduler.models import EventKind
from scheduler.queries import refusals
from scheduler.queries.filters import EVERYTHING, EventFilter

FULL = EventFilter(
    region="370102",
    from_on=date(2027, 1, 1),
    to_on=date(2027, 1, 31),
    kind=EventKind.CAMPUS,
    industry="C36",
    campaign="spring_breeze",
    text="电焊 工 & 50%",
)


def test_a_filter_comes_back_from_its_own_query() -> None:
    assert EventFilter.parse(dict(parse_qsl(FULL.to_query()))) == FULL


def test_one_meaning_has_one_spelling() -> None:
    one = EventFilter.parse({"q": "  电焊   工 ", "region": "370000", "kind": "", "campaign": " spring "})
    assert one.to_query() == EventFilter.parse({"campaign": "spring", "q": "电焊 工"}).to_query()
    assert one.to_query() == "campaign=spring&q=%E7%94%B5%E7%84%8A+%E5%B7%A5"


def test_everything_has_an_empty_query() -> None:
    assert EventFilter.parse({}) == EVERYTHING
    assert EVERYTHING.to_query() == ""


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"region": "3701"}, refusals.BadRegion),
        ({"region": "３７０１００"}, refusals.BadRegion),
        ({"from": "2027-02-30"}, refusals.BadDay),
        ({"to": "20270101"}, refusals.BadDay),
        ({"to": "1999-01-01"}, refusals.BadDay),
        ({"from": "2027-02-01", "to": "2027-01-01"}, refusals.DaysReversed),
        ({"kind": "party"}, refusals.BadKind),
        ({"industry": "c36"}, refusals.BadIndustry),
        ({"campaign": "../etc"}, refusals.BadCampaign),
        ({"q": "长" * 61}, refusals.BadText),
        ({"q": "a\x00b"}, refusals.BadText),
        ({"q": "a\u202eb"}, refusals.BadText),
        ({"regoin": "370100"}, refusals.UnknownParameter),
        ({"page": "2"}, refusals.UnknownParameter),
    ],
)
def test_each_bad_value_is_refused_by_name(values: dict[str, str], refusal: type[refusals.BadFilter]) -> None:
    with pytest.raises(refusal) as refused:
        EventFilter.parse(values)
    assert refused.value.text("zh") != refused.value.text("en")


def test_the_parameters_of_a_page_stand_beside_the_filter() -> None:
    assert EventFilter.parse({"view": "month", "page": "2"}, beside=("view", "page")) == EVERYTHING


def test_a_link_shared_in_wechat_still_works() -> None:
    shared = {"region": "370100", "from": "singlemessage", "isappinstalled": "0", "utm_source": "wx"}
    assert EventFilter.parse(shared) == EventFilter(region="370100")


def test_what_was_sent_is_quoted_short_and_printable() -> None:
    with pytest.raises(refusals.BadRegion) as refused:
        EventFilter.parse({"region": "\u202e<b>" + "9" * 50})
    assert refused.value.values == {"value": "·<b>" + "9" * 16}
