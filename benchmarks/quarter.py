"""The test quarter: planning problems shaped like a province, or like a country of them, from one seed.

Rules and costs: 91 days of 3 slots, every event takes one. A fair is held in the morning or the afternoon, in
a venue of its county or its city with enough booths; a livestream in its city's only studio, in the evening
or, at a price, in the afternoon. At most 6 events per city and slot. No enterprise in two events of one slot.
Waste, distance, weekends, afternoons, preferred days and same-theme events of one city and day cost.
"""

import random
from datetime import date
from typing import TypedDict

from benchmarks.shape import PLAIN, Shape
from solver.timetable import (
    Attendee,
    Calendar,
    CostProfile,
    Crew,
    CrewNeed,
    CrewPool,
    Event,
    Need,
    Period,
    Problem,
    Reach,
    Venue,
)

DAYS, WEEKS, CITIES, THEMES = 91, 13, 16, 12
SATURDAY = 5
DISTANCE_COST, WEEKEND_COST, AFTERNOON_COST, EARLY_LIVESTREAM_COST = 6, 5, 2, 3


class QuarterVenue(TypedDict):
    """A hall of a county, or of a city when county is None."""

    county: int | None
    city: int
    capacity: int


class QuarterEvent(TypedDict):
    """An event with the days it may be held on."""

    kind: str
    county: int | None
    city: int
    first_day: int
    last_day: int
    booths: int
    theme: int


class Quarter(TypedDict):
    """The plain form of the test quarter, as its JSON file has it."""

    days: int
    slots_per_day: int
    crews_per_city_and_slot: int
    county_city: list[int]
    venues: list[QuarterVenue]
    events: list[QuarterEvent]
    enterprises: list[list[int]]


def make_quarter(seed: int, cities: int = CITIES, shape: Shape = PLAIN) -> Quarter:
    """Return venues, events and the event indices each enterprise attends."""
    rnd = random.Random(seed)  # noqa: S311 - a test problem, not a secret
    county_city = [city for city in range(cities) for _ in range(8 if city % 2 else 9)]
    venues = _make_venues(rnd, county_city, cities)
    events = _make_events(rnd, county_city, cities)
    return {
        "days": DAYS,
        "slots_per_day": 3,
        "crews_per_city_and_slot": shape.crews,
        "county_city": county_city,
        "venues": _largest(venues, shape),
        "events": events,
        "enterprises": _make_attendance(rnd, events, cities, shape),
    }


def _largest(venues: list[QuarterVenue], shape: Shape) -> list[QuarterVenue]:
    """Return the venues that the shape leaves: the last ones drawn in each place, which are its largest."""
    kept: list[QuarterVenue] = []
    for place, venue in enumerate(venues):
        left = shape.city_halls if venue["county"] is None else shape.county_halls
        after = venues[place + 1 : place + 3]
        if (
            sum((other["county"], other["city"]) == (venue["county"], venue["city"]) for other in after)
            < left
        ):
            kept.append(venue)
    return kept


def _make_venues(rnd: random.Random, county_city: list[int], cities: int) -> list[QuarterVenue]:
    venues: list[QuarterVenue] = []
    for county, city in enumerate(county_city):
        venues += [
            {"county": county, "city": city, "capacity": rnd.choice(sizes)}
            for sizes in ([25, 30, 35], [30, 40, 45], [80, 100, 140])
        ]
    for city in range(cities):
        venues += [{"county": None, "city": city, "capacity": size} for size in (200, 400)]
    return venues


def _make_events(rnd: random.Random, county_city: list[int], cities: int) -> list[QuarterEvent]:
    events: list[QuarterEvent] = []

    def add(kind: str, place: tuple[int | None, int], days: range, booths: int) -> None:
        county, city = place
        events.append(
            QuarterEvent(
                kind=kind,
                county=county,
                city=city,
                first_day=days.start,
                last_day=min(days.stop, DAYS) - 1,
                booths=booths,
                theme=rnd.randrange(THEMES),
            )
        )

    for county, city in enumerate(county_city):
        for week in range(WEEKS):
            add("professional", (county, city), range(week * 7, week * 7 + 7), rnd.randint(15, 28))
        for month in range(3):
            add("comprehensive", (county, city), range(month * 30, month * 30 + 30), rnd.randint(40, 78))
    for city in range(cities):
        for month in range(3):
            for _ in range(4):
                add("campaign", (None, city), range(month * 30, month * 30 + 30), rnd.randint(90, 190))
        for week in range(WEEKS):
            for _ in range(2):
                add("livestream", (None, city), range(week * 7, week * 7 + 7), 0)
    return events


def _make_attendance(
    rnd: random.Random, events: list[QuarterEvent], cities: int, shape: Shape
) -> list[list[int]]:
    """Fill 80 % of each fair's booths: most from its city, the rest from its province or from anywhere."""
    seats = {place: int(event["booths"] * 0.8) for place, event in enumerate(events) if event["booths"]}
    count = sum(seats.values()) // 4
    home: list[list[int]] = [[] for _ in range(cities)]
    province: list[list[int]] = [[] for _ in range(shape.provinces)]
    for enterprise in range(count):
        city = rnd.randrange(cities)
        home[city].append(enterprise)
        province[city * shape.provinces // cities].append(enterprise)
    abroad = shape.country_share / (1 - shape.local_share) if shape.country_share else 0.0
    attends: list[set[int]] = [set() for _ in range(count)]
    for event, seat_count in seats.items():
        city = events[event]["city"]
        invited = rnd.sample(home[city], min(len(home[city]), int(seat_count * shape.local_share)))
        for _ in range(seat_count - len(invited)):
            anywhere = abroad and rnd.random() < abroad
            from_province = province[city * shape.provinces // cities]
            invited.append(rnd.randrange(count) if anywhere else rnd.choice(from_province))
        for enterprise in invited:
            attends[enterprise].add(event)
    return [sorted(events_of) for events_of in attends]


def to_problem(quarter: Quarter) -> Problem:
    """Say the test quarter in the solver's own words."""
    days, periods = quarter["days"], ("morning", "afternoon", "evening")
    cities = max(quarter["county_city"]) + 1
    halls = [
        Venue(f"v{place}", _region(venue["county"], venue["city"]), "hall", venue["capacity"])
        for place, venue in enumerate(quarter["venues"])
    ]
    studios = [Venue(f"studio{city}", _region(None, city), "studio") for city in range(cities)]
    crews = quarter["crews_per_city_and_slot"]
    pools = [
        CrewPool(f"city{city}", tuple(Crew(f"crew{city}-{number}") for number in range(crews)))
        for city in range(cities)
    ]
    return Problem(
        calendar=Calendar(
            date(2027, 1, 4),
            days,
            (Period("morning", 510, 720), Period("afternoon", 870, 1020), Period("evening", 1110, 1230)),
        ),
        events=tuple(_to_event(place, event) for place, event in enumerate(quarter["events"])),
        venues=(*halls, *studios),
        crew_pools=tuple(pools),
        attendees=tuple(
            Attendee(f"x{place}", tuple(f"e{event}" for event in events))
            for place, events in enumerate(quarter["enterprises"])
        ),
        profiles=tuple(_profiles(days, len(periods))),
    )


def _region(county: int | None, city: int) -> str:
    return f"city{city}" if county is None else f"county{county}"


def _to_event(place: int, event: QuarterEvent) -> Event:
    city = f"city{event['city']}"
    own = _region(event["county"], event["city"])
    livestream = event["kind"] == "livestream"
    reaches = (Reach(own),) if own == city else (Reach(own), Reach(city, DISTANCE_COST))
    kinds = frozenset({"studio" if livestream else "hall"})
    profiles = ["afternoon", f"preference{17 * place % 4}"]
    if event["kind"] != "campaign":
        profiles.append("weekend")
    return Event(
        id=f"e{place}",
        first_day=event["first_day"],
        last_day=event["last_day"],
        area=city,
        region=own,
        kind=event["kind"],
        needs=(Need(booths=event["booths"], kinds=kinds, reaches=reaches),),
        crew=CrewNeed(city),
        theme=f"theme{event['theme']}",
        periods=frozenset({"afternoon", "evening"} if livestream else {"morning", "afternoon"}),
        profiles=("early livestream",) if livestream else tuple(profiles),
    )


def _profiles(days: int, periods: int) -> list[CostProfile]:
    slots = range(days * periods)

    def profile(id_: str, goal: str, costs: list[int]) -> CostProfile:
        return CostProfile(id_, goal, tuple(costs))

    afternoons = [slot % periods == 1 for slot in slots]
    return [
        profile("weekend", "days", [WEEKEND_COST * (slot // periods % 7 >= SATURDAY) for slot in slots]),
        profile("afternoon", "times", [AFTERNOON_COST * is_afternoon for is_afternoon in afternoons]),
        profile("early livestream", "times", [EARLY_LIVESTREAM_COST * is_early for is_early in afternoons]),
        *(
            profile(f"preference{shift}", "days", [(31 * (slot // periods) + shift) % 4 for slot in slots])
            for shift in range(4)
        ),
    ]
