"""Periods, sizes and titles: the small parts of a new event."""

from datetime import date

import pytest

from scheduler.models import Campaign, CampaignWindow, Division, EventKind, Industry, Level
from scheduler.quarters import Quarter
from scheduler.queries.duties import Period, Requirement, Theme, Windows, periods
from scheduler.services.duties.chance import MissingParameter, Ranges, share
from scheduler.services.duties.shapes import Shape, size_of
from scheduler.services.duties.titles import Words, short, short_industry, title

Q1 = Quarter(2027, 1)
ZHANGQIU = Division(code="370114", name_zh="章丘区", name_en="Zhangqiu District", level=Level.COUNTY)
WEEK = Period("2027-W03", date(2027, 1, 18), date(2027, 1, 24), "week")
MONTH = Period("2027-02", date(2027, 2, 1), date(2027, 2, 28), "calendar_month")
SPRING = Campaign(code="spring_breeze", name_zh="春风行动", name_en="Spring Breeze Action")
RUN = Period("spring_breeze-2027", date(2027, 1, 1), date(2027, 3, 31), "campaign", "spring_breeze")


def words(kind: EventKind, period: Period, **columns: object) -> Words:
    theme = Theme(str(columns.pop("theme", "")))
    item = Requirement("W", Level.COUNTY, (kind,), 1, period.kind, theme, 3)
    usual: dict[str, object] = {"campaign": None, "industry": None, "number": None}
    return Words(division=ZHANGQIU, item=item, kind=kind, period=period, **usual | columns)  # type: ignore[arg-type]


def test_a_weekly_fair_is_called_by_place_week_and_industry() -> None:
    industry = Industry(name_zh="制造业", name_en="Manufacturing")
    found = title(words(EventKind.PROFESSIONAL, WEEK, industry=industry))
    assert found.zh == "章丘区2027年第3周专业性招聘会（制造业）"
    assert found.en == "Zhangqiu District specialised fair, week 3 of 2027 (Manufacturing)"


def test_a_monthly_fair_names_the_campaign_under_which_it_is_held() -> None:
    found = title(words(EventKind.COMPREHENSIVE, MONTH, campaign=SPRING, number=2))
    assert found.zh == "章丘区2027年2月综合性招聘会第2场（春风行动）"
    assert found.en == "Zhangqiu District comprehensive fair no. 2, February 2027 (Spring Breeze Action)"


def test_a_campaigns_own_session_names_it_first() -> None:
    found = title(words(EventKind.PROFESSIONAL, RUN, campaign=SPRING, theme="advanced_manufacturing"))
    assert found.zh == "章丘区2027年春风行动先进制造业企业专场招聘会"
    assert found.en == "Zhangqiu District advanced-manufacturing session, 2027, Spring Breeze Action"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("民营企业招聘月 / 民营企业服务月", "民营企业招聘月"),
        ("大中城市联合招聘高校毕业生春季专场(职引未来)", "大中城市联合招聘高校毕业生春季专场"),
        ('"就选山东"高校毕业生校园招聘', "“就选山东”"),
    ],
)
def test_a_campaigns_name_is_shortened_to_its_official_core(name: str, shown: str) -> None:
    assert short(name) == shown


def test_a_long_industry_is_named_by_its_first_part() -> None:
    assert short_industry("计算机、通信和其他电子设备制造业") == "计算机等行业"
    assert short_industry("电气机械和器材制造业") == "电气机械和器材制造业"
    assert short_industry("批发和零售业") == "批发和零售业"


def test_chance_is_the_same_everywhere_and_spread_evenly() -> None:
    assert share("a", 1) == 0.46560970971150173
    drawn = [share("event", number) for number in range(1000)]
    assert 0.47 < sum(drawn) / 1000 < 0.53


def test_sizes_stay_in_their_range_and_half_of_them_below_the_default() -> None:
    ranges = Ranges({"booths": (20, 30, 60), "people": (5, 5, 5)}, {"staff_per_booths": 10})
    sizes = [size_of(Shape("booths", "people"), ranges, f"event {number}") for number in range(500)]
    booths = sorted(size.booths for size in sizes)
    assert (booths[0], booths[-1]) == (20, 60) or (booths[0] >= 20 and booths[-1] <= 60)
    assert 28 <= booths[250] <= 32
    assert all(size.people == size.booths * 5 for size in sizes)
    assert {size.staff for size in sizes if size.booths == 21} == {3}


def test_a_size_nobody_loaded_is_refused() -> None:
    with pytest.raises(MissingParameter):
        Ranges({}, {}).draw("booths", "event")
    with pytest.raises(MissingParameter):
        Ranges({}, {}).ratio("staff_per_booths")


def test_a_suffix_limits_a_period_and_an_unknown_one_has_none() -> None:
    none = Windows((), frozenset())
    assert [found.label for found in periods("calendar_quarter:Q1", Q1, none)] == ["2027Q1"]
    assert periods("calendar_quarter:Q1", Quarter(2027, 2), none) == []
    assert periods("calendar_year:2023", Q1, none) == []
    assert [found.label for found in periods("calendar_year", Q1, none)] == ["2027"]
    assert periods("periodic", Q1, none) == []


def test_a_campaign_across_the_new_year_runs_in_both_quarters() -> None:
    window = CampaignWindow(
        campaign_code="x",
        year=2026,
        starts_on=date(2026, 12, 15),
        ends_on=date(2027, 1, 25),
        provisional=False,
    )
    known = Windows((window,), frozenset({"x"}))
    (autumn,), (winter,) = periods("campaign", Quarter(2026, 4), known), periods("campaign", Q1, known)
    assert autumn == winter
    assert autumn.within(Quarter(2026, 4)) == (date(2026, 12, 15), date(2026, 12, 31))
    assert winter.within(Q1) == (date(2027, 1, 1), date(2027, 1, 25))
