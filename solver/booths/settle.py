"""Moves enterprises apart that avoid each other, and lets the order decide where the price does not."""

import random
from collections.abc import Callable, Iterator, Sequence

from solver.booths.allocation import Cancelled
from solver.booths.board import Board, Move
from solver.booths.layout import Block
from solver.booths.request import Request

PATIENCE, AT_LEAST = 4, 50
"""Moves that are tried for each clash there was at first, and in any case; then there seems to be no way."""


def move_apart(board: Board, seed: int, late: Callable[[], bool] | None = None) -> bool:
    """Move enterprises until nobody stands beside somebody they avoid; False: no way was found.

    Each time one of them, or one whom it meets, goes where fewer meet and it costs least.
    """
    draw = random.Random(seed)  # noqa: S311 - a search, not a secret
    clashes = board.clashes()
    for _ in range(AT_LEAST + PATIENCE * len(clashes)):
        if not clashes or (late and late()):
            break
        name = draw.choice(clashes)
        if move := _best(board, [name, *board.meets(name, board.spots[name])], draw):
            board.make(move)
        clashes = board.clashes()
    return not clashes


def give_way(board: Board, people: Sequence[Request]) -> list[str]:
    """Take those off the board who stand beside somebody they avoid, the last of the people first.

    Returns whom; the others are apart.
    """
    place = {one.enterprise: number for number, one in enumerate(people)}
    dropped = []
    while clashes := board.clashes():
        dropped.append(max(clashes, key=lambda name: place[name]))
        board.remove(dropped[-1])
    return dropped


def _best(board: Board, names: list[str], draw: random.Random) -> Move | None:
    """Return the cheapest move of one of some enterprises after which fewer meet, or else fewest more."""
    best, found = None, None
    movable = [name for name in names if name not in board.options.fixed]
    for move in (move for name in movable for move in board.moves(name)):
        now = sum(len(board.meets(one, board.spots[one])) for one, _ in move)
        more = board.breaches(move) - now
        key = max(more, -1), board.change(move), more, draw.random()
        if best is None or key < best:
            best, found = key, move
    return found


def honour_order(board: Board, order: list[Request], cancelled: Cancelled) -> None:
    """Grant whoever comes first in the order a dearer wish wherever that makes nothing dearer.

    Afterwards no exchange of two, and no move to free booths, would give somebody a dearer wish at no cost
    without taking one from somebody who comes before them. It comes to an end, for each step is a gain for
    one and a loss for nobody before.
    """
    movable = board.spots.keys() - board.options.fixed.keys()
    names = [one.enterprise for one in order if one.enterprise in movable]
    place = {name: number for number, name in enumerate(names)}
    changed = True
    while changed and not cancelled():
        changed = False
        for name in names:
            for spot in _dearer(board, name):
                move = board.move_to(name, spot)
                if move and _is_gain(board, move, place):
                    board.make(move)
                    changed = True
                    break


def _is_gain(board: Board, move: Move, place: dict[str, int]) -> bool:
    """Say whether a move makes nothing dearer, breaks no rule, and takes no wish from anybody before."""
    name = move[0][0]
    if board.change(move) > 0 or board.breaches(move):
        return False
    return all(
        place[other] > place[name] or board.wish(other, spot) <= board.wish(other) for other, spot in move[1:]
    )


def _dearer(board: Board, name: str) -> Iterator[Block]:
    """Yield the spots that grant an enterprise a dearer wish than it has now, the dearest first."""
    options = board.options
    request = options.requests[name]
    touching = options.touching(options.needs(request))
    for wish in request.wishes[: board.wish(name)]:
        if wish.booth:
            yield from touching.get(options.layout.place[wish.booth], ())
        else:
            inside = options.in_zone(wish.zone)
            yield from (spot for place in inside for spot in touching.get(place, ()) if inside >= set(spot))
