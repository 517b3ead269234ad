"""What an enterprise says of itself: on record, or in a case that waits for its reviewer."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from scheduler.models import Enterprise

AGENCY_INDUSTRY = "L726"
"""人力资源服务 in GB/T 4754-2017: who finds people for others needs a licence of its own."""
BRANCH_ENDINGS = ("分公司", "分厂", "分店", "分行", "支行")
"""企业名称登记管理规定: a branch's name is its parent's with 分公司, 分厂, 分店 or the like at its end."""
DAYS = ("licence_to", "agency_licence_to", "authorised_to")
IN_BRACKETS_AT_END = re.compile(r"[（(][^（()）]*[）)]$")


@dataclass(frozen=True, slots=True)
class Facts:
    """Name, county and industry of an enterprise, and what its licences and its parent's letter say."""

    name_zh: str
    division_code: str
    industry_code: str
    licence_to: date | None = None
    agency_licence: str = ""
    agency_licence_to: date | None = None
    parent_code: str = ""
    authorised_to: date | None = None

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
            enterprise.parent_code or "",
            enterprise.authorised_to,
        )

    @classmethod
    def from_row(cls, kept: dict[str, Any]) -> Self:
        """Return what a case keeps."""
        days = {name: _day(kept.get(name)) for name in DAYS}
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
            "parent_code": self.parent_code,
            "authorised_to": _text(self.authorised_to),
        }

    @property
    def is_agency(self) -> bool:
        """Tell whether the enterprise finds people for others."""
        return self.industry_code.startswith(AGENCY_INDUSTRY)

    def may_act_for_others(self, on: date) -> bool:
        """Tell whether a licence to do so is in force on a day."""
        last = self.agency_licence_to
        return self.is_agency and bool(self.agency_licence) and last is not None and on <= last

    @property
    def is_branch(self) -> bool:
        """Tell whether the enterprise is part of another one: it says so, or its name does.

        The credit code does not tell: the register gives a company and its branch the same first signs.
        """
        name = IN_BRACKETS_AT_END.sub("", self.name_zh)
        return bool(self.parent_code) or name.endswith(BRANCH_ENDINGS)

    def lacks_letter(self, on: date) -> bool:
        """Tell whether this is a branch without its parent's authorisation on a day."""
        last = self.authorised_to
        in_force = bool(self.parent_code) and last is not None and on <= last
        return self.is_branch and not in_force


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
