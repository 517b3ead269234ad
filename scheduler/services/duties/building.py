"""One new event, complete: its name for good, its size, its window and what it needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from scheduler.errors import Refusal
from scheduler.models import Campaign, Division, EventKind, EventState, Level
from scheduler.quarters import Quarter
from scheduler.queries.duties import Counted, Period, Requirement, Scope, Windows
from scheduler.services.duties.chance import Ranges, share
from scheduler.services.duties.industries import Rotation
from scheduler.services.duties.shapes import shape_of, size_of
from scheduler.services.duties.titles import Words, title
from scheduler.services.duties.wishing import turn_of, wished_on

# Drawn once for this product; with it the same event has the same UID on every machine.
NAMESPACE = UUID("5b1f7c0e-6a53-4f0c-9a3e-3c1d5f2b8e47")


class OrganizerMissing(Refusal):
    """A division owes events and nobody is there to hold them."""

    status = 409
    code = "organizer_missing"
    zh = "{name}（{division}）还没有办会机构，无法生成其招聘活动。请先登记办会机构。"
    en = "{name} ({division}) has no organizer yet, so its events cannot be made. Enter its bureau first."


@dataclass(frozen=True, slots=True)
class Wish:
    """One event that is still missing: the n-th for a requirement at a division in a period."""

    item: Requirement
    division: Division
    period: Period
    turn: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class Builder:
    """What is needed to make events of one quarter."""

    quarter: Quarter
    scope: Scope
    windows: Windows
    ranges: Ranges
    rotation: Rotation
    campaigns: dict[str, Campaign]
    organizers: dict[str, int]

    def uid(self, wish: Wish) -> str:
        """Return the event's name for good: it depends on what is owed by whom and when, on nothing else."""
        parts = (self.quarter, wish.division.code, wish.item.code, wish.period.label, wish.ordinal)
        return str(uuid5(NAMESPACE, "/".join(map(str, parts))))

    def build(self, wish: Wish) -> dict[str, Any]:
        """Return the columns of the event; raises OrganizerMissing and MissingParameter."""
        item, kind = wish.item, _kind(wish.item)
        shape, uid = shape_of(item, kind), self.uid(wish)
        size = size_of(shape, self.ranges, uid)
        first_on, last_on = self._window(wish, shape.within_days)
        campaign_code, industry_code = self._campaign(wish, kind), self._industry(wish, kind)
        named = self._title(wish, kind, campaign_code, industry_code)
        return {
            "uid": uid,
            "quarter": str(self.quarter),
            "kind": kind,
            "title_zh": named[0],
            "title_en": named[1],
            "organizer_id": self._organizer(wish.division),
            "division_code": wish.division.code,
            "city_code": self._city(wish),
            "campaign_code": campaign_code,
            "industry_code": industry_code,
            "window_first_on": first_on,
            "window_last_on": last_on,
            "wished_on": wished_on(first_on, last_on, turn=self._turn(wish)),
            "pattern": shape.pattern,
            "booths": size.booths,
            "people": size.people,
            "staff": size.staff,
            "venue_types": shape.venue_types,
            "equipment": shape.equipment,
            "priority": item.priority,
        }

    def _window(self, wish: Wish, within_days: int | None) -> tuple[date, date]:
        first_on, last_on = wish.period.within(self.quarter)
        if within_days is None:
            return first_on, last_on
        # A campaign that began before the quarter is opened at once.
        return first_on, min(last_on, first_on + timedelta(days=within_days - 1))

    def _turn(self, wish: Wish) -> float:
        sisters = self.scope.sisters(wish.division)
        return turn_of(
            wish.division, sisters, item_code=wish.item.code, ordinal=wish.ordinal, count=wish.item.count
        )

    def _organizer(self, division: Division) -> int:
        if division.code not in self.organizers:
            raise OrganizerMissing(division=division.code, name=division.name_zh)
        return self.organizers[division.code]

    def _city(self, wish: Wish) -> str:
        if wish.division.level is not Level.PROVINCE:
            return self.scope.city_of(wish.division)
        cities = [city.code for city in self.scope.at(Level.CITY)]
        start = int(share(self.quarter, wish.item.code) * len(cities))
        return cities[(start + wish.turn + wish.ordinal) % len(cities)]

    def _campaign(self, wish: Wish, kind: EventKind) -> str | None:
        own = wish.item.theme.campaign_code or wish.period.campaign_code
        if own or kind is not EventKind.COMPREHENSIVE or wish.division.level is not Level.COUNTY:
            return own or None
        return self._running(wish.period)

    def _running(self, period: Period) -> str | None:
        """Return the shortest national campaign that runs through a period: its fairs are held under it."""
        found = [
            (running.last_on - running.first_on, running.campaign_code)
            for running in self.windows.periods(self.quarter)
            if running.holds(period.first_on, period.last_on)
            and self.campaigns[running.campaign_code or ""].kind == "national"
        ]
        return min(found)[1] if found else None

    def _industry(self, wish: Wish, kind: EventKind) -> str | None:
        theme = wish.item.theme
        if theme.industries:
            codes = sorted(theme.industries)
            return codes[int(share(self.uid(wish)) * len(codes))]
        if theme.label or kind not in {EventKind.PROFESSIONAL, EventKind.LIVESTREAM}:
            return None
        turn = wish.turn * wish.item.count + wish.ordinal - 1
        return self.rotation.pick(self._city(wish), wish.division.code, turn)

    def _title(
        self, wish: Wish, kind: EventKind, campaign_code: str | None, industry_code: str | None
    ) -> tuple[str, str]:
        found = title(
            Words(
                division=wish.division,
                item=wish.item,
                kind=kind,
                period=wish.period,
                campaign=self.campaigns.get(campaign_code or ""),
                industry=self.rotation.industries.get(industry_code or ""),
                number=wish.ordinal if wish.item.count > 1 or wish.ordinal > 1 else None,
            )
        )
        return found.zh, found.en


def as_counted(row: dict[str, Any]) -> Counted:
    """Return a new event as the ledger counts it."""
    return Counted(
        uid=row["uid"],
        kind=row["kind"],
        division_code=row["division_code"],
        city_code=row["city_code"],
        campaign_code=row["campaign_code"],
        industry_code=row["industry_code"],
        first_on=row["window_first_on"],
        last_on=row["window_last_on"],
        state=EventState.PLANNED,
    )


def _kind(item: Requirement) -> EventKind:
    return item.kinds[0] if item.kinds else EventKind.COMPREHENSIVE
