"""Which reference files there are, in the order in which their rows refer to one another.

A file's columns are its table's columns; lists are separated by ";", truth is written yes or no.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table

from scheduler.models import (
    Base,
    CalendarDay,
    Campaign,
    CampaignWindow,
    Circle,
    Division,
    Duty,
    HistoricDivision,
    Industry,
    OccupationGroup,
    Parameter,
    Programme,
    SkillLevel,
    VenueType,
)
from scheduler.services.reference import checks
from scheduler.settings import ROOT

REFERENCE_DIR = ROOT / "scheduler" / "reference" / "data"


@dataclass(frozen=True, slots=True)
class ReferenceFile:
    """One file: its table, the texts that may be empty, the rule of a row, and what columns refer to.

    `refers` adds to the table's foreign keys columns whose words are keys of another table.
    """

    name: str
    model: type[Base]
    blank: frozenset[str] = frozenset()
    check: Callable[[Mapping[str, Any]], None] = checks.nothing
    refers: Mapping[str, type[Base]] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """Return the table that the file fills."""
        return Base.metadata.tables[self.model.__tablename__]

    @property
    def columns(self) -> list[Column[Any]]:
        """Return the columns a file must have: all but the memory of what was loaded."""
        return [column for column in self.table.columns if column.key != "loaded"]

    @property
    def keys(self) -> list[str]:
        """Return the names of the columns that make a row's key."""
        return [column.key for column in self.table.primary_key.columns]

    def key(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return a row's key."""
        return tuple(values[name] for name in self.keys)

    def references(self) -> dict[str, str]:
        """Return the name of the table that each referring column points to."""
        foreign = {
            column.key: key.column.table.name for column in self.columns for key in column.foreign_keys
        }
        return foreign | {name: model.__tablename__ for name, model in self.refers.items()}


def _texts(*names: str) -> frozenset[str]:
    return frozenset(names)


FILES = (
    ReferenceFile("circles.csv", Circle),
    ReferenceFile("divisions.csv", Division, _texts("pinyin"), checks.division),
    ReferenceFile("historic_divisions.csv", HistoricDivision, check=checks.historic_division),
    ReferenceFile("calendar.csv", CalendarDay, _texts("name_zh"), checks.calendar_day),
    ReferenceFile("industries.csv", Industry, _texts("theme_hint"), checks.industry),
    ReferenceFile("occupation_groups.csv", OccupationGroup),
    ReferenceFile("skill_levels.csv", SkillLevel, check=checks.skill_level),
    ReferenceFile("venue_types.csv", VenueType, check=checks.venue_type),
    ReferenceFile("parameters.csv", Parameter, _texts("applies_to", "evidence"), checks.parameter),
    ReferenceFile("programme_parameters.csv", Parameter, _texts("applies_to", "evidence"), checks.parameter),
    ReferenceFile("retention_parameters.csv", Parameter, _texts("applies_to", "evidence"), checks.parameter),
    ReferenceFile("campaigns.csv", Campaign, _texts("window_note", "target_groups"), checks.campaign),
    ReferenceFile("campaign_windows.csv", CampaignWindow, check=checks.campaign_window),
    ReferenceFile(
        "duties.csv",
        Duty,
        _texts("scope", "operator", "period", "theme", "validity_note", "note"),
        checks.duty,
    ),
    ReferenceFile(
        "programme.csv",
        Programme,
        _texts("theme", "note"),
        checks.programme,
        {"venue_types": VenueType, "size": Parameter, "attendees": Parameter},
    ),
)
