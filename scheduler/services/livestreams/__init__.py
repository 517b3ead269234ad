"""Livestreams (直播带岗): turns of firms, channels, run sheets and what came of each opening."""

from scheduler.services.livestreams.opening import BadTurns, NotALivestream, open_turns
from scheduler.services.livestreams.turns import (
    TurnsFull,
    TurnsNotOpen,
    TurnTakenAlready,
    TurnTooLate,
    give_turn_back,
    release_turn,
    take_turn,
)

__all__ = [
    "BadTurns",
    "NotALivestream",
    "TurnTakenAlready",
    "TurnTooLate",
    "TurnsFull",
    "TurnsNotOpen",
    "give_turn_back",
    "open_turns",
    "release_turn",
    "take_turn",
]
