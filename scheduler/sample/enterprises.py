"""Sample enterprises with valid credit codes, invented names and openings; none of them exists."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import product
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.models import Enterprise, HistoricDivision, Insurance, Opening, Verification
from scheduler.queries.reviews import AGENCY_INDUSTRY
from scheduler.sample.bulk import write
from scheduler.sample.chance import luck
from scheduler.sample.credit_codes import credit_code, serials
from scheduler.sample.province import Region, short
from scheduler.sample.trades import OFFICE, TRADES, Trade

FIRST_SIGNS = "恒瑞华盛鑫宏嘉德信诚泰安福源旺润丰达昌腾"
SECOND_SIGNS = "泽远航宇辰翔凯捷优康和顺利佳美源阳海岳林"
OLD_CODE_ONE_IN = 20
"""So many enterprises of a renamed division share one that still carries the abolished code."""
MOST_OPENINGS, MOST_HEADCOUNT = 4, 20
WAGE_STEP = 500
HOURS = ("8:00–17:00，双休", "8:30–17:30，单休", "两班倒，月休四天", "三班两运转", "9:00–18:00，双休", None)
INSURANCES = (*[Insurance.FIVE_AND_FUND] * 3, *[Insurance.FIVE] * 2, None)
VERIFIED_AT = datetime(2026, 10, 8, 1, tzinfo=UTC)
AGENCY, AGENCY_LICENCE_TO = "人力资源服务", date(2029, 12, 31)


class Member(NamedTuple):
    """What the rest of the sample needs to know of an enterprise."""

    id: int
    city_code: str
    industry_code: str


class Draft(NamedTuple):
    """An enterprise before it has an id."""

    values: dict[str, Any]
    trade: Trade


def add_enterprises(session: Session, regions: Sequence[Region], many: int, seed: int) -> list[Member]:
    """Add so many enterprises, spread over the cities by weight; returns them by id."""
    random = luck(seed, "enterprises")
    old_codes = _old_codes(session)
    codes = serials(many, random)
    drafts = [
        draft
        for region, share in zip(regions, _shares(regions, many), strict=True)
        for draft in _drafts(region, share, codes, old_codes, random)
    ]
    write(session, Enterprise, [draft.values for draft in drafts])
    found = select(Enterprise.credit_code, Enterprise.id).where(Enterprise.is_sample)
    ids = dict(session.execute(found).all())
    return [
        Member(ids[values["credit_code"]], values["city_code"], trade.industry_code)
        for values, trade in drafts
    ]


def add_openings(session: Session, seed: int) -> int:
    """Add one to four openings for each sample enterprise; returns how many."""
    random, terms = luck(seed, "openings"), luck(seed, "openings' terms")
    trades = {trade.industry_code: trade for trade in TRADES}
    order = select(Enterprise.id, Enterprise.division_code, Enterprise.industry_code)
    rows: list[dict[str, Any]] = []
    for enterprise_id, division, industry in session.execute(
        order.where(Enterprise.is_sample).order_by(Enterprise.id)
    ):
        posts = (*(trades.get(industry) or trades[industry[0]]).posts, *OFFICE)
        for post in random.sample(posts, random.randint(1, min(MOST_OPENINGS, len(posts)))):
            wage = post.wage + WAGE_STEP * random.randrange(4)
            rows.append(
                {
                    "enterprise_id": enterprise_id,
                    "title_zh": post.title_zh,
                    "occupation_code": post.occupation_code,
                    "skill_rank": post.skill_rank,
                    "headcount": random.randint(1, MOST_HEADCOUNT),
                    "wage_min": wage,
                    "wage_max": wage + WAGE_STEP * random.randint(1, 6),
                    "division_code": division,
                    "hours_zh": terms.choice(HOURS),
                    "insurance": terms.choice(INSURANCES),
                }
            )
    return write(session, Opening, rows)


def _shares(regions: Sequence[Region], many: int) -> list[int]:
    """Split a number by the regions' weights; what rounding leaves goes to the first ones."""
    total = sum(region.weight for region in regions)
    shares = [many * region.weight // total for region in regions]
    return [share + (place < many - sum(shares)) for place, share in enumerate(shares)]


def _old_codes(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in session.scalars(select(HistoricDivision).order_by(HistoricDivision.code)):
        found.setdefault(row.current_code, []).append(row.code)
    return found


def _drafts(
    region: Region, many: int, codes: Iterator[str], old_codes: dict[str, list[str]], random: Random
) -> Iterator[Draft]:
    names: set[str] = set()
    brands = [first + second for first, second in product(FIRST_SIGNS, SECOND_SIGNS)]
    weights = [trade.weight for trade in TRADES]
    while len(names) < many:
        trade = random.choices(TRADES, weights)[0]
        division = random.choice(region.below)
        brand, word = random.choice(brands), random.choice(trade.words)
        name = f"{short(division.name_zh)}{brand}{word}有限公司（示例）"
        if name in names:
            continue
        names.add(name)
        county = division if division in region.counties else region.counties[0]
        code = credit_code(_registered(county.code, old_codes, random), next(codes))
        yield Draft(
            {
                "credit_code": code,
                "name_zh": name,
                "division_code": division.code,
                "city_code": region.city.code,
                "industry_code": AGENCY_INDUSTRY if word == AGENCY else trade.industry_code,
                "verification": Verification.VERIFIED,
                "verified_at": VERIFIED_AT,
                **_licence(code, word),
                "is_sample": True,
            },
            trade,
        )


def _licence(code: str, word: str) -> dict[str, Any]:
    """Return the licence that an enterprise needs to find people for others; nobody else has one."""
    if word != AGENCY:
        return {"agency_licence": None, "agency_licence_to": None}
    return {"agency_licence": f"示例（{code[8:16]}）", "agency_licence_to": AGENCY_LICENCE_TO}


def _registered(county_code: str, old_codes: dict[str, list[str]], random: Random) -> str:
    """Return the code under which an enterprise of a county was registered, now and then an old one."""
    if county_code in old_codes and random.randrange(OLD_CODE_ONE_IN) == 0:
        return random.choice(old_codes[county_code])
    return county_code
