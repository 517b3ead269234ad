"""What an enterprise says of itself: on record, or in a case that waits for its reviewer."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from scheduler.models import Enterprise

AGENCY_INDUSTRY = "L726"
"""人力资源服务 in GB/T 4754-2017: who finds people for others needs a licence of its own."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Name, county and industry of an enterprise, and what its licences say."""

    name_zh: str
    division_code: str
    industry_code: str
    licence_to: date | None = None
    agency_licence: str = ""
    agency_licence_to: date | None = None

    @classmethod
    def of(cls, enterprise: Enterprise) -> Self:
        """Return what is on record."""
        return cls(
            enterprise.name_zh,
            enterprise.division_code,
            enterprise.industry_code,
            enterprise.licence_to,
            enterprise.agency_licence or "",
            enterprise.agency_licence_to,
        )

    @classmethod
    def from_row(cls, kept: dict[str, Any]) -> Self:
        """Return what a case keeps."""
        days = {name: _day(kept.get(name)) for name in ("licence_to", "agency_licence_to")}
        return cls(**{**kept, **days})

    def as_row(self) -> dict[str, Any]:
        """Return the facts as a case keeps them."""
        return {
            "name_zh": self.name_zh,
            "division_code": self.division_code,
            "industry_code": self.industry_code,
            "licence_to": _text(self.licence_to),
            "agency_licence": self.agency_licence,
            "agency_licence_to": _text(self.agency_licence_to),
        }

    @property
    def is_agency(self) -> bool:
        """Tell whether the enterprise finds people for others."""
        return self.industry_code.startswith(AGENCY_INDUSTRY)

    def may_act_for_others(self, on: date) -> bool:
        """Tell whether a licence to do so is in force on a day."""
        last = self.agency_licence_to
        return self.is_agency and bool(self.agency_licence) and last is not None and on <= last


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
