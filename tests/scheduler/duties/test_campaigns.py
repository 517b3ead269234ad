"""Campaigns, yearly duties, alternatives and the customary programme."""

from datetime import date

from sqlalchemy import Engine, select

from scheduler.database import transaction
from scheduler.models import Duty, Event, EventDuty, EventKind, SlotPattern
from scheduler.quarters import Quarter
from scheduler.services.duties import Expansion, expand_duties
from tests.scheduler.duties.rows import (
    add_campaign,
    add_duty,
    add_event,
    add_programme,
    add_province,
)

Q1 = Quarter(2027, 1)
JANUARY = (date(2027, 1, 1), date(2027, 1, 31))
SPRING = (date(2027, 3, 1), date(2027, 5, 31))


def added(result: Expansion) -> dict[str, int]:
    return {total.key: total.added for total in result.duties() + result.programme()}


def test_every_city_holds_a_session_in_every_campaign_that_runs_in_the_quarter(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 1)
        add_campaign(session, "winter", *JANUARY)
        add_campaign(session, "spring", *SPRING)
        add_campaign(session, "autumn", date(2027, 10, 1), date(2027, 10, 31))
        add_campaign(session, "elsewhere", *JANUARY, kind="national_other")
        add_duty(session, "S", level="all", period="campaign", theme="key_industrial_enterprise")
        first = expand_duties(session, quarter=Q1)
        rows = session.execute(
            select(Event.campaign_code, Event.window_first_on, Event.window_last_on, EventDuty.period)
            .join(EventDuty)
            .where(Event.city_code == "370100")
            .order_by(Event.window_first_on)
        )
        found = [tuple(row) for row in rows]
        second = expand_duties(session, quarter=Quarter(2027, 2))
    assert (first.added, second.added) == (4, 0)
    assert found == [
        ("winter", date(2027, 1, 1), date(2027, 1, 31), "winter-2027"),
        ("spring", date(2027, 3, 1), date(2027, 3, 31), "spring-2027"),
    ]


def test_a_campaigns_own_duty_is_due_only_while_the_campaign_runs(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_campaign(session, "winter", *JANUARY)
        columns = {"level": "province", "event_kinds": [], "period": "calendar_year"}
        add_duty(session, "C", theme="winter", **columns)
        second = expand_duties(session, quarter=Quarter(2027, 2))
        first = expand_duties(session, quarter=Q1)
        event = session.scalars(select(Event)).one()
        found = (event.campaign_code, event.division_code, event.city_code)
    assert (added(second), added(first)) == ({}, {"C": 1})
    assert found == ("winter", "370000", "370100")


def test_either_alternative_meets_a_yearly_duty_in_whichever_quarter_it_is(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 1, 1)
        columns = {"level": "city", "period": "calendar_year", "theme": "shandong_handicraft"}
        add_duty(session, "E", event_kinds=["policy_talk", "campus"], **columns)
        talk, fair = EventKind.POLICY_TALK, EventKind.CAMPUS
        add_event(session, "370100", talk, date(2027, 6, 1), industry_code="C24", quarter="2027Q2")
        add_event(session, "370200", fair, date(2027, 2, 1), industry_code="C24")
        add_event(session, "370300", fair, date(2027, 2, 1), industry_code="G")
        result = expand_duties(session, quarter=Q1)
        made = session.scalars(select(Event).where(Event.title_en != "sample fair")).one()
        shown = (made.kind, made.industry_code, made.venue_types)
    assert [(part.division_code, part.already, part.added) for part in result.parts] == [
        ("370100", 1, 0),
        ("370200", 1, 0),
        ("370300", 0, 1),
    ]
    assert shown == (talk, "C24", ["campus"])


def test_one_event_meets_a_county_duty_and_counts_for_the_province(engine: Engine) -> None:
    """A province's 1,000 events are counted, never made: the duty names no kind of event."""
    with transaction(engine) as session:
        add_province(session, 1)
        add_duty(session, "M", event_kinds=["comprehensive"], period="calendar_month")
        many = {"count": 1000, "period": "calendar_quarter:Q1", "event_kinds": []}
        add_duty(session, "P", level="province", **many)
        first = expand_duties(session, quarter=Q1)
        links = session.scalars(select(EventDuty.duty_code).order_by(EventDuty.duty_code)).all()
        second = expand_duties(session, quarter=Quarter(2027, 2))
    county, province = first.parts
    assert (county.added, province.already, province.added, province.missing) == (3, 3, 0, 997)
    assert links == ["M", "M", "M", "P", "P", "P"]
    assert added(second) == {"M": 3}


def test_two_livestreams_a_city_and_week_less_those_the_bureau_already_plans(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_programme(session, "live")
        add_event(session, "370100", EventKind.LIVESTREAM, date(2027, 1, 5))
        first = expand_duties(session, quarter=Q1)
        second = expand_duties(session, quarter=Q1)
        linked = session.scalars(select(EventDuty)).all()
        event = session.scalars(select(Event).where(Event.window_first_on == date(2027, 1, 11))).first()
        assert event is not None
        shown = (event.venue_types, event.pattern, event.people / event.booths)
    assert (added(first), added(second), linked) == ({"live": 23}, {"live": 0}, [])
    assert shown == (["studio"], SlotPattern.EVENING, 2)


def test_a_campaign_is_opened_in_its_first_days_and_only_once(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_campaign(session, "spring", *SPRING)
        opening = {"event_kinds": ["comprehensive"], "count": 1, "period": "campaign", "within_days": 10}
        add_programme(session, "opening", **opening, size="booths_large", attendees="attendees_county")
        expand_duties(session, quarter=Q1)
        event = session.scalars(select(Event)).one()
        window, booths = (event.window_first_on, event.window_last_on), event.booths
        later = expand_duties(session, quarter=Quarter(2027, 2))
    assert window == (date(2027, 3, 1), date(2027, 3, 10))
    assert 120 <= booths <= 400
    assert later.added == 0


def test_a_custom_that_becomes_a_duty_again_is_met_by_the_same_event(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_campaign(session, "winter", *JANUARY)
        themed = {"event_kinds": ["professional"], "period": "campaign", "theme": "advanced_manufacturing"}
        expired = add_duty(session, "A", level="all", valid_to=date(2025, 12, 31), **themed)
        size = {"size": "booths_specialised", "attendees": "attendees_county"}
        add_programme(session, "custom", count=1, **themed, **size)
        first = expand_duties(session, quarter=Q1)
        _renew(expired)
        session.flush()
        second = expand_duties(session, quarter=Q1)
    assert added(first) == {"custom": 1}
    assert added(second) == {"A": 0, "custom": 0}
    assert [(total.required, total.already) for total in second.duties()] == [(1, 1)]


def _renew(duty: Duty) -> None:
    duty.valid_to = None


def test_the_provinces_fairs_visit_different_cities(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1, 1, 1)
        fair = {"event_kinds": ["comprehensive"], "count": 3, "period": "calendar_quarter"}
        size = {"size": "booths_large", "attendees": "attendees_county"}
        add_programme(session, "mega", level="province", pattern=SlotPattern.TWO_DAYS, **fair, **size)
        city = expand_duties(session, quarter=Q1, scope_code="370100")
        result = expand_duties(session, quarter=Q1)
        cities = session.scalars(select(Event.city_code).order_by(Event.city_code)).all()
    assert (city.added, result.added) == (0, 3)
    assert cities == ["370100", "370200", "370300"]


def test_windows_that_are_not_official_yet_are_named(engine: Engine) -> None:
    with transaction(engine) as session:
        add_province(session, 1)
        add_campaign(session, "winter", *JANUARY)
        add_campaign(session, "spring", *SPRING, provisional=True)
        assert expand_duties(session, quarter=Q1).provisional == ("spring-2027",)
