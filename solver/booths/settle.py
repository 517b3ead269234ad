"""Moves enterprises apart that avoid each other, and lets the order decide where the price does not."""

import random

from solver.booths.allocation import Cancelled
from solver.booths.board import Board, Move
from solver.booths.layout import Block
from solver.booths.prices import Prices
from solver.booths.request import Request

PATIENCE = 40
"""Moves that may be tried for each clash there was at first."""


def move_apart(board: Board, seed: int, stop: Cancelled) -> bool:
    """Move enterprises until nobody stands beside somebody they avoid; False: no way was found.

    Each time one of them goes where fewest meet, of these where it costs least.
    """
    draw = random.Random(seed)  # noqa: S311 - a search, not a secret
    clashes = board.clashes()
    for _ in range(PATIENCE * len(clashes)):
        if not clashes or stop():
            break
        name = draw.choice(clashes)
        if move := _best(board, name, draw):
            board.make(move)
        clashes = board.clashes()
    return not clashes


def _best(board: Board, name: str, draw: random.Random) -> Move | None:
    """Return the move of one enterprise after which fewest meet, the cheapest of these."""
    best, found = None, None
    for move in board.moves(name):
        now = sum(len(board.meets(one, board.spots[one])) for one, _ in move)
        key = board.breaches(move) - now, board.change(move), draw.random()
        if best is None or key < best:
            best, found = key, move
    return found


def honour_order(board: Board, prices: Prices, order: list[Request], stop: Cancelled) -> None:
    """Grant whoever comes first in the order a dearer wish wherever that makes nothing dearer.

    Afterwards no exchange of two, and no move to free booths, would give somebody a dearer wish at no cost
    without taking one from somebody who comes before them. It comes to an end, for each step is a gain for
    one and a loss for nobody before.
    """
    names = [one.enterprise for one in order if not one.booked and one.enterprise in board.spots]
    place = {name: number for number, name in enumerate(names)}
    changed = True
    while changed and not stop():
        changed = False
        for name in names:
            for spot in _dearer(board, prices, name):
                move = board.move_to(name, spot)
                if move and _is_gain(board, prices, move, place):
                    board.make(move)
                    changed = True
                    break


def _is_gain(board: Board, prices: Prices, move: Move, place: dict[str, int]) -> bool:
    """Say whether a move makes nothing dearer, breaks no rule, and takes no wish from anybody before."""
    name = move[0][0]
    if board.change(move) > 0 or board.breaches(move):
        return False
    return all(
        place[other] > place[name] or _wish(board, prices, other, spot) <= _wish(board, prices, other)
        for other, spot in move[1:]
    )


def _dearer(board: Board, prices: Prices, name: str) -> list[Block]:
    """Return the spots where an enterprise would have a dearer wish granted than now, the dearest first."""
    request = board.options.requests[name]
    needs = board.options.needs(request)
    booths, zones = prices.wanted(request)
    now = _wish(board, prices, name)
    if not now:
        return []
    touching = board.options.touching(needs)
    spots = {spot for place in booths for spot in touching.get(place, ())}
    if zones:
        spots.update(board.options.spots(needs))
    ranked = sorted((_wish(board, prices, name, spot), spot) for spot in spots)
    return [spot for wish, spot in ranked if wish < now]


def _wish(board: Board, prices: Prices, name: str, spot: Block | None = None) -> int:
    return prices.wish(board.options.requests[name], spot or board.spots[name])
