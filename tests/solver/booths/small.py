"""Halls and requests so small that all their seatings can be looked at."""

from hypothesis import strategies as st

from solver.booths import Booth, LastTime, Lottery, Problem, Request, Share, Weights, Wish, Zone

NAMES = tuple("abcdef")
ZONES = ("z1", "z2")
some = st.booleans()
seldom = st.integers(0, 4).map(lambda number: number == 4)


@st.composite
def booths(draw: st.DrawFn) -> tuple[Booth, ...]:
    """Draw a row of four or five, or two rows of two or three back to back."""
    rows, columns = draw(st.sampled_from([(1, 4), (1, 5), (2, 2), (2, 3)]))
    return tuple(
        Booth(
            f"{'AB'[row]}{column}",
            zone=draw(st.sampled_from(["z1", "z1", "z2", ""])),
            bay=draw(st.sampled_from(["", "b", "c"])),
            x_mm=3_000 * column,
            y_mm=3_000 * row,
            power=draw(some),
            network=draw(some),
            accessible=draw(some),
            width_mm=draw(st.sampled_from([3_000, 3_000, 2_600])),
        )
        for row in range(rows)
        for column in range(columns)
    )


@st.composite
def requests(draw: st.DrawFn, name: str, codes: list[str]) -> Request:
    """Draw what an enterprise asks for; a booth it has booked is taken off the codes."""
    booked = (codes.pop(draw(st.integers(0, len(codes) - 1))),) if draw(seldom) and codes else ()
    wishes = draw(st.lists(st.sampled_from([*codes, *ZONES]), max_size=3, unique=True))
    return Request(
        name,
        tier=draw(st.sampled_from(["", "key", "urgent"])),
        industry=draw(st.sampled_from("xy")),
        booths=len(booked) or draw(st.sampled_from([1, 1, 1, 2, 3])),
        power=draw(seldom),
        network=draw(seldom),
        accessible=draw(seldom),
        least_width_mm=draw(st.sampled_from([0, 0, 3_000])),
        zones=frozenset({"z1"} if draw(seldom) else ()),
        wishes=tuple(Wish(zone=one) if one in ZONES else Wish(one) for one in wishes),
        avoids=frozenset(draw(st.sets(st.sampled_from(NAMES), max_size=2))) - {name},
        crowd_puller=draw(some),
        no_shows=draw(st.integers(0, 1)),
        last_time=draw(st.sampled_from(LastTime)),
        booked=booked,
        admitted=draw(seldom),
    )


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Draw up to six requests for four to six booths."""
    hall = draw(booths())
    codes = [booth.code for booth in hall]
    zones = (
        Zone("z1", frozenset({"x"} if draw(some) else ())),
        Zone("z2", frozenset({"y"}), closed=draw(some)),
    )
    shares = tuple(Share(tier, draw(st.integers(0, 2)), keep=draw(some)) for tier in ("key", "urgent"))
    asked = tuple(draw(requests(name, codes)) for name in NAMES[: draw(st.integers(1, 6))])
    weights = Weights(*(draw(st.integers(0, 3)) for _ in range(4)))
    return Problem("fair", hall, asked, Lottery("seed"), zones, shares, weights, wish_steps=4)
