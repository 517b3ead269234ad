"""What keeps booths from being stored at all, and the zones that they name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scheduler.drawings import BoothShape, ZoneShape
from scheduler.drawings.numbers import MOST_BOOTHS
from scheduler.importing.plans.codes import CODE
from scheduler.importing.plans.outcome import Fault

PLACE = ("位置", "place")
NAME = ("展位号", "code")


def zones_of(booths: Iterable[BoothShape]) -> tuple[ZoneShape, ...]:
    """Return the zones that booths name, in order."""
    codes = sorted({booth.zone_code for booth in booths if booth.zone_code})
    return tuple(ZoneShape(code, f"{code}区", f"Zone {code}") for code in codes)


def unfit(booths: Sequence[BoothShape], wheres: Sequence[str]) -> Iterator[Fault]:
    """Yield what keeps booths from being stored: codes, and places beyond the hall's corner."""
    if len(booths) > MOST_BOOTHS:
        zh, en = f"展位超过 {MOST_BOOTHS} 个", f"more than {MOST_BOOTHS} booths"
        yield Fault("—", *NAME, zh, en)
        return
    many = Counter(booth.code for booth in booths)
    for where, booth in zip(wheres, booths, strict=True):
        if not booth.code:
            yield Fault(where, *NAME, "没有展位号", "it has no code")
        elif not CODE.fullmatch(booth.code):
            zh = f"“{booth.code}”须为 1–12 个字母、数字、汉字或连字符"
            yield Fault(where, *NAME, zh, f"“{booth.code}” is not 1 to 12 letters, figures or hyphens")
        elif many[booth.code] > 1:
            zh, en = f"“{booth.code}”重复", f"“{booth.code}” is given more than once"
            yield Fault(where, *NAME, zh, en)
        if booth.place.x < 0 or booth.place.y < 0:
            yield Fault(where, *PLACE, "在场地之外", "it lies outside of the hall")
