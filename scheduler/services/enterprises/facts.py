"""Makes what an enterprise says of itself its record, and refuses what cannot be true."""

from dataclasses import replace

from sqlalchemy.orm import Session

from scheduler import credit_codes
from scheduler.errors import Refusal
from scheduler.models import Division, Enterprise, Industry, Level, name_key
from scheduler.queries.reviews.facts import Facts


class UnfitFacts(Refusal):
    """A place or an industry that there is not."""

    status = 422
    code = "unfit_facts"
    zh = "请从列表中选择县（市、区）和行业。未保存任何内容。"
    en = "Choose the county and the industry from the list. Nothing was saved."


class UnfitParent(Refusal):
    """A branch's parent that is the branch itself, or is not named beside its authorisation."""

    status = 422
    code = "unfit_parent"
    zh = "上级单位有误：{reason_zh}。未保存任何内容。"
    en = "The parent enterprise is wrong: {reason_en}. Nothing was saved."


def record(facts: Facts, enterprise: Enterprise) -> None:
    """Make the facts those on record."""
    enterprise.name_zh, enterprise.name_key = facts.name_zh, name_key(facts.name_zh)
    enterprise.division_code, enterprise.city_code = facts.division_code, city_of(facts.division_code)
    enterprise.industry_code = facts.industry_code
    enterprise.licence_to = facts.licence_to
    enterprise.agency_licence = facts.agency_licence or None
    enterprise.agency_licence_to = facts.agency_licence_to
    enterprise.parent_code = facts.parent_code or None
    enterprise.authorised_to = facts.authorised_to


def require_fit(session: Session, facts: Facts) -> None:
    """Raise UnfitFacts unless the place is a county, a zone or a city, and the industry is known."""
    place = session.get(Division, facts.division_code)
    if place is None or place.level is Level.PROVINCE or session.get(Industry, facts.industry_code) is None:
        raise UnfitFacts


def with_parent(facts: Facts, own_code: str) -> Facts:
    """Return the facts with the parent's code in its normal form; raises UnfitCreditCode and UnfitParent."""
    if not facts.parent_code:
        if facts.authorised_to is not None:
            raise UnfitParent(
                reason_zh="填写了授权有效期，请同时填写上级单位的统一社会信用代码",
                reason_en="an authorisation needs the credit code of who gave it",
            )
        return facts
    code = credit_codes.read(facts.parent_code).text
    if code == own_code:
        raise UnfitParent(
            reason_zh="填写的是本单位自己的统一社会信用代码，请填写总公司等上级单位的代码",
            reason_en="that is the enterprise's own credit code; give the code of its parent",
        )
    return replace(facts, parent_code=code)


def city_of(division_code: str) -> str:
    """Return the city in which a division lies."""
    return f"{division_code[:4]}00"
