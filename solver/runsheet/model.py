"""A run sheet as a model of CP-SAT: a chain of turns and pauses, each beginning after the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from solver.runsheet.orders import FAULT, beside
from solver.runsheet.problem import Firm, Problem
from solver.runsheet.sheet import Turn


@dataclass(frozen=True, slots=True)
class Link:
    """A turn or a pause: when it begins, how long it takes, and the idle minutes before it."""

    name: str
    start: cp_model.IntVar
    size: cp_model.IntVar
    end: cp_model.IntVar
    idle: cp_model.IntVar


class SheetModel:
    """The decisions about some firms: from when, how long, and after whom; in a given `order`, only when."""

    def __init__(self, problem: Problem, firms: Sequence[Firm], order: Sequence[str] | None = None) -> None:
        """State all rules and the price of every goal."""
        self.model, self._problem, self.firms = cp_model.CpModel(), problem, firms
        self._turns = {firm.enterprise: self._turn(firm) for firm in firms}
        self._pauses = {
            pause.id: self._link(pause.id, (pause.earliest, pause.latest), (pause.minutes, pause.minutes))
            for pause in problem.pauses
        }
        self._links = {**self._turns, **self._pauses}
        self._one_at_a_time()
        follows = self._in_order(order) if order is not None else self._in_any_order()
        prices = [*self._lengths(), *self._prime(), *self._neighbours(follows)]
        self.model.minimize(cp_model.LinearExpr.sum(prices))

    def read(self, values: Sequence[int]) -> tuple[tuple[Turn, ...], dict[str, int]]:
        """Return turns by their minute, and where each pause begins."""
        turns = (
            Turn(name, values[link.start.index], values[link.size.index])
            for name, link in self._turns.items()
        )
        pauses = {name: values[link.start.index] for name, link in self._pauses.items()}
        return tuple(sorted(turns, key=lambda turn: turn.start)), pauses

    def hint(self, turns: Sequence[Turn], pauses: Mapping[str, int]) -> None:
        """Let the search start from a sheet."""
        starts = {**{turn.enterprise: turn.start for turn in turns}, **pauses}
        for name, start in starts.items():
            self.model.add_hint(self._links[name].start, start)
        for turn in turns:
            self.model.add_hint(self._turns[turn.enterprise].size, turn.minutes)

    def _turn(self, firm: Firm) -> Link:
        last = self._problem.minutes if firm.latest is None else min(firm.latest, self._problem.minutes)
        begins = max(firm.earliest, self._problem.lead_minutes), self._problem.minutes
        return self._link(firm.enterprise, begins, (firm.least_minutes, firm.wanted_minutes), last)

    def _link(
        self, name: str, start: tuple[int, int], size: tuple[int, int], last: int | None = None
    ) -> Link:
        """Return a new link that begins, lasts and ends within these limits."""
        new, minutes = self.model.new_int_var, self._problem.minutes
        ends = new(0, minutes if last is None else last, "")
        link = Link(name, new(*start, ""), new(*size, ""), ends, new(0, minutes, ""))
        self.model.add(link.end == link.start + link.size)
        return link

    def _one_at_a_time(self) -> None:
        """No two turns or pauses overlap; with what is idle between they take no more than there is."""
        links = self._links.values()
        self.model.add_no_overlap(
            [self.model.new_interval_var(link.start, link.size, link.end, "") for link in links]
        )
        used = cp_model.LinearExpr.sum([part for link in links for part in (link.size, link.idle)])
        self.model.add(used <= self._problem.minutes - self._problem.lead_minutes)

    def _in_order(self, order: Sequence[str]) -> dict[tuple[str, str], cp_model.LiteralT]:
        """Let everything follow one another in an order."""
        links = [self._links[name] for name in order]
        for place, link in enumerate(links):
            before = links[place - 1].end if place else self._problem.lead_minutes
            self.model.add(link.start == link.idle + before)
        certain = self.model.new_constant(1)
        return {(one.name, two.name): certain for one, two in pairwise(links)}

    def _in_any_order(self) -> dict[tuple[str, str], cp_model.LiteralT]:
        """Return whether one directly follows another: all are one chain, from nobody to nobody."""
        links = list(self._links.values())
        nobody, found, arcs = len(links), dict[tuple[str, str], cp_model.LiteralT](), []
        for one, link in enumerate(links):
            first, final = self.model.new_bool_var(""), self.model.new_bool_var("")
            arcs += [(nobody, one, first), (one, nobody, final)]
            self.model.add(link.start == link.idle + self._problem.lead_minutes).only_enforce_if(first)
            for two, then in enumerate(links):
                if one != two:
                    literal = found[link.name, then.name] = self.model.new_bool_var("")
                    arcs.append((one, two, literal))
                    self.model.add(then.start == link.end + then.idle).only_enforce_if(literal)
        if links:
            self.model.add_circuit(arcs)
        return found

    def _lengths(self) -> list[cp_model.LinearExprT]:
        """Minutes that a firm would have wanted, and minutes in which nothing is on air."""
        weights = self._problem.weights
        idle: list[cp_model.LinearExprT] = [link.idle * weights.idle for link in self._links.values()]
        short = [
            (firm.wanted_minutes - self._turns[firm.enterprise].size) * weights.minutes for firm in self.firms
        ]
        return idle + short

    def _prime(self) -> list[cp_model.LinearExprT]:
        """Firms that would like prime time and are outside it; no more fit in than its minutes hold."""
        begin, end = self._problem.prime_from, self._problem.prime_to
        inside = {firm: self.model.new_bool_var("") for firm in self.firms if firm.prime}
        for firm, literal in inside.items():
            link = self._turns[firm.enterprise]
            self.model.add(link.start >= begin).only_enforce_if(literal)
            self.model.add(link.end <= end).only_enforce_if(literal)
        taken = [literal * firm.least_minutes for firm, literal in inside.items()]
        self.model.add(cp_model.LinearExpr.sum(taken) <= end - begin)
        return [(1 - literal) * self._problem.weights.prime for literal in inside.values()]

    def _neighbours(self, follows: Mapping[tuple[str, str], cp_model.LiteralT]) -> list[cp_model.LinearExprT]:
        """Firms that follow one another without a pause: never if at odds, at a price if alike."""
        prices: list[cp_model.LinearExprT] = []
        for one in self.firms:
            for two in self.firms:
                literal = follows.get((one.enterprise, two.enterprise))
                if literal is None:
                    continue
                price = beside(self._problem, one, two)
                if price >= FAULT:
                    self.model.add(literal == 0)
                elif price:
                    prices.append(literal * price)
        return prices
