"""Walks the published order round by round: booked, told before, reserved shares, then everybody."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from solver.booths.admission.room import Room
from solver.booths.allocation import BOOKED, OPEN, TOLD
from solver.booths.layout import Block
from solver.booths.options import Options
from solver.booths.order import published_order
from solver.booths.request import Request


@dataclass(slots=True)
class Admission:
    """Who was admitted by which round, in the order of admission, and what was found on the way."""

    rounds: dict[str, str] = field(default_factory=dict)
    spots: dict[str, Block] = field(default_factory=dict)
    undecided: tuple[str, ...] = ()


def share_round(tier: str) -> str:
    """Return the name of the round in which the reserved share of a tier is given out."""
    return f"share of {tier}"


class Walk:
    """One walk; `barred` cannot stand beside those admitted before them, as somebody else has found out."""

    def __init__(self, options: Options, barred: Collection[str] = (), seconds: float = 1.0) -> None:
        """Put everybody into the published order; each doubtful case may take so many seconds."""
        self._options, self._barred = options, frozenset(barred)
        self._order = published_order(options.problem)
        waiting = tuple(request for request in self._order if request.enterprise not in options.fixed)
        self._room = Room(options, waiting, seconds)
        self._free = len(options.problem.booths)
        self._of_tier: Counter[str] = Counter()
        self._found = Admission()

    def walk(self) -> Admission:
        """Return who is admitted."""
        for request in self._order:
            if request.booked:
                self._note(request, BOOKED)
        self._admit((request for request in self._order if request.admitted), TOLD)
        for share in self._options.problem.shares:
            of_tier = [request for request in self._order if request.tier == share.tier]
            self._admit(of_tier, share_round(share.tier), share.booths)
        self._admit(self._order, OPEN)
        self._found.spots = self._room.spots()
        self._found.undecided = tuple(self._room.undecided)
        return self._found

    def _admit(self, requests: Iterable[Request], name: str, share: int | None = None) -> None:
        """Admit in turn whoever can be seated: within the share of their tier, if the round is a share's."""
        for request in requests:
            if request.enterprise in self._found.rounds or request.enterprise in self._barred:
                continue
            beyond = share is not None and self._of_tier[request.tier] + request.booths > share
            if beyond or (name == OPEN and self._would_touch_kept(request)):
                continue
            if request.enterprise in self._options.fixed or self._room.admit(request):
                self._note(request, name)

    def _would_touch_kept(self, request: Request) -> bool:
        """Say whether fewer booths would stay free than are kept for tiers that have not claimed theirs."""
        kept = sum(
            max(0, share.booths - self._of_tier[share.tier] - (share.tier == request.tier) * request.booths)
            for share in self._options.problem.shares
            if share.keep
        )
        return self._free - request.booths < kept

    def _note(self, request: Request, name: str) -> None:
        self._found.rounds[request.enterprise] = name
        self._free -= request.booths
        self._of_tier[request.tier] += request.booths
