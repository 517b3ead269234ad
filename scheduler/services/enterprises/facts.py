"""Makes what an enterprise says of itself its record, and refuses what cannot be true."""

from sqlalchemy.orm import Session

from scheduler.errors import Refusal
from scheduler.models import Division, Enterprise, Industry, Level, name_key
from scheduler.queries.reviews.facts import Facts


class UnfitFacts(Refusal):
    """A place or an industry that there is not."""

    status = 422
    code = "unfit_facts"
    zh = "请从列表中选择县（市、区）和行业。未保存任何内容。"
    en = "Choose the county and the industry from the list. Nothing was saved."


def record(facts: Facts, enterprise: Enterprise) -> None:
    """Make the facts those on record."""
    enterprise.name_zh, enterprise.name_key = facts.name_zh, name_key(facts.name_zh)
    enterprise.division_code, enterprise.city_code = facts.division_code, city_of(facts.division_code)
    enterprise.industry_code = facts.industry_code
    enterprise.licence_to = facts.licence_to
    enterprise.agency_licence = facts.agency_licence or None
    enterprise.agency_licence_to = facts.agency_licence_to


def require_fit(session: Session, facts: Facts) -> None:
    """Raise UnfitFacts unless the place is a county, a zone or a city, and the industry is known."""
    place = session.get(Division, facts.division_code)
    if place is None or place.level is Level.PROVINCE or session.get(Industry, facts.industry_code) is None:
        raise UnfitFacts


def city_of(division_code: str) -> str:
    """Return the city in which a division lies."""
    return f"{division_code[:4]}00"
