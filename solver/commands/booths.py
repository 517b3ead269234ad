"""The commands booths allocate, check, explain, repair, receipts and verify."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from solver.booths import Allocation, Grant, Problem, Progress, allocate, violations
from solver.booths.exchange import (
    ALLOCATION_FORMAT,
    RECEIPT_FORMAT,
    RECORD_FORMAT,
    Record,
    read_allocation,
    read_problem,
    read_receipt,
    read_record,
    write_allocation,
    write_problem,
    write_receipt,
    write_repair,
)
from solver.booths.explain import Explanation, explain
from solver.booths.fingerprint import PROBLEM_FORMAT
from solver.booths.receipt import Receipt, receipts
from solver.booths.repair import repair
from solver.booths.verification import compare_receipt, verify_allocation, verify_receipt
from solver.commands.files import FAULTS, FOUND, AddParser, seconds, text_of
from solver.plain import FormatError
from solver.texts import form_of


def add(add_parser: AddParser) -> None:
    """Add the command `booths` and its own commands."""
    booths = add_parser("booths", help="give an event's booths to enterprises in the published order")
    commands = booths.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("allocate", help="give out booths; exit 1 if somebody waits")
    one.add_argument("problem", type=Path)
    one.add_argument("--previous", type=Path, help="the allocation nobody should move away from without need")
    _search(one, 15.0)
    one.set_defaults(run=_allocate)
    two = commands.add_parser("check", help="judge an allocation; exit 1 and one line per broken rule")
    _files(two)
    two.set_defaults(run=_check)
    three = commands.add_parser("explain", help="why an enterprise has its booths, or none")
    _files(three)
    three.add_argument("enterprise")
    three.add_argument("--previous", type=Path, help="the allocation moves are counted against")
    three.set_defaults(run=_explain)
    four = commands.add_parser("repair", help="after withdrawals and late requests; exit 1 if somebody waits")
    four.add_argument("problem", type=Path, help="the problem as it is now")
    four.add_argument("allocation", type=Path, help="the allocation in force")
    four.add_argument("--problem-out", type=Path, help="write the problem the new allocation is of here")
    _search(four, 10.0)
    four.set_defaults(run=_repair)
    five = commands.add_parser("receipts", help="write everybody's receipt into a folder")
    _files(five)
    five.add_argument("folder", type=Path)
    five.set_defaults(run=_receipts)
    six = commands.add_parser(
        "verify", help="recompute a receipt, or a problem's allocation, or both; exit 1 if anything differs"
    )
    six.add_argument(
        "files", type=Path, nargs="+", help="a receipt, or a problem and its allocation, or a record, or all"
    )
    six.set_defaults(run=_verify)


def _files(parser: ArgumentParser) -> None:
    parser.add_argument("problem", type=Path)
    parser.add_argument("allocation", type=Path)


def _search(parser: ArgumentParser, usual: float) -> None:
    parser.add_argument("--seconds", type=seconds, default=usual)
    parser.add_argument("--seed", type=int, default=1, help="of the search; the lottery's is in the problem")
    parser.add_argument("--out", type=Path, help="write here; without it, to standard output")


def _allocate(chosen: Namespace) -> int:
    found = allocate(
        read_problem(text_of(chosen.problem)),
        seconds=chosen.seconds,
        seed=chosen.seed,
        previous=_grants(chosen.previous),
        on_progress=_show_progress,
    )
    _write(write_allocation(found), chosen.out)
    sys.stderr.write(_summary(found))
    return FAULTS if found.waiting else FOUND


def _check(chosen: Namespace) -> int:
    broken = violations(*_both(chosen))
    sys.stdout.writelines(f"{one.rule}: {one.en} / {one.zh}\n" for one in broken)
    return FAULTS if broken else FOUND


def _explain(chosen: Namespace) -> int:
    problem, allocation = _both(chosen)
    if chosen.enterprise not in {turn.enterprise for turn in allocation.turns}:
        raise FormatError(f"enterprise: {chosen.enterprise!r} did not ask")
    found = explain(problem, allocation, chosen.enterprise, _grants(chosen.previous) or ())
    sys.stdout.writelines(f"{line}\n" for line in _lines(found))
    return FOUND


def _lines(found: Explanation) -> list[str]:
    """Return an explanation line by line."""
    last = f", the last admitted by the open round is number {found.last.place}" if found.last else ""
    lines = [f"number {found.turn.place} of {found.of} in the published order{last}"]
    if found.waiting:
        one = found.waiting
        lines.append(f"waits as number {one.place}: {one.rule}: {one.en} / {one.zh}")
    else:
        lines.append(f"admitted by: {found.turn.round}; booths {', '.join(found.booths)}")
    lines += [f"wish {wish.booth or wish.zone}: {why.en} / {why.zh}" for wish, why in found.wishes]
    return lines + [f"would help: {one.en} / {one.zh}" for one in found.would_help]


def _repair(chosen: Namespace) -> int:
    problem, allocation = _both(chosen)
    found = repair(problem, allocation.grants, seconds=chosen.seconds, seed=chosen.seed)
    for one in found.changes:
        places = f"{', '.join(one.before) or 'nothing'} -> {', '.join(one.after) or 'nothing'}"
        sys.stdout.write(f"{one.enterprise}: {places}: {one.en} / {one.zh}\n")
    fewest = "proven fewest" if found.proven else f"at least {found.least_moves} needed"
    sys.stderr.write(f"{found.moves} moves ({fewest}); {_summary(found.allocation)}")
    if chosen.out:
        _write(write_repair(found), chosen.out)
    if chosen.problem_out:
        _write(write_problem(found.problem), chosen.problem_out)
    return FAULTS if found.allocation.waiting else FOUND


def _receipts(chosen: Namespace) -> int:
    problem, allocation = _both(chosen)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for one in receipts(problem, allocation):
        if not one.enterprise.isalnum():
            raise FormatError(f"enterprise: {one.enterprise!r} cannot be the name of a file")
        (chosen.folder / f"{one.enterprise}.json").write_text(write_receipt(one) + "\n", "utf-8")
    return FOUND


def _verify(chosen: Namespace) -> int:
    texts = [text_of(path) for path in chosen.files]
    by_form = dict(zip(map(form_of, texts), texts, strict=True))
    receipt = read_receipt(by_form.pop(RECEIPT_FORMAT)) if RECEIPT_FORMAT in by_form else None
    record = _record(by_form)
    if len(by_form) + (receipt is not None) != len(texts) or (by_form and record is None):
        raise FormatError("verify takes a receipt, or a problem and its allocation, or a record of both")
    differences = verify_receipt(receipt) if receipt else []
    if record:
        differences += verify_allocation(record.problem, record.allocation)
        differences += compare_receipt(receipt, record.problem, record.allocation) if receipt else []
    sys.stdout.writelines(f"{one.about}: {one.en} / {one.zh}\n" for one in differences)
    if not differences:
        sys.stdout.write(f"OK{_lottery(receipt) if receipt else ''}\n")
    return FAULTS if differences else FOUND


def _record(by_form: Mapping[object, str]) -> Record | None:
    """Return what was asked and what came of it, from one file or from two; None: something else is there."""
    if by_form.keys() == {RECORD_FORMAT}:
        return read_record(by_form[RECORD_FORMAT])
    if by_form.keys() == {PROBLEM_FORMAT, ALLOCATION_FORMAT}:
        return Record(read_problem(by_form[PROBLEM_FORMAT]), read_allocation(by_form[ALLOCATION_FORMAT]))
    return None


def _lottery(receipt: Receipt) -> str:
    promise = "" if receipt.commit else "; no hash of the seed was announced"
    word = f'; public word "{receipt.public}"' if receipt.public else ""
    if receipt.drawn_on:
        word += f", known from {receipt.drawn_on}"
    return f": ticket {receipt.ticket}, number {receipt.place} of {receipt.of}{word}{promise}"


def _both(chosen: Namespace) -> tuple[Problem, Allocation]:
    return read_problem(text_of(chosen.problem)), read_allocation(text_of(chosen.allocation))


def _grants(path: Path | None) -> tuple[Grant, ...] | None:
    return read_allocation(text_of(path)).grants if path else None


def _write(text: str, path: Path | None) -> None:
    if path:
        path.write_text(text + "\n", "utf-8")
    else:
        sys.stdout.write(text + "\n")


def _show_progress(at: Progress) -> None:
    """Rewrite one line on a terminal; a pipe gets only the summary."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{at.seconds:6.1f} s  {at.placed} placed  cost {at.cost}  bound {at.bound}")


def _summary(found: Allocation) -> str:
    people = f"{len(found.grants)} admitted, {len(found.waiting)} wait"
    price = f"cost {found.cost}, bound {found.bound}, gap {found.gap:.2%}"
    lines = [f"{found.outcome}: {people}, {price}, {found.seconds:.1f} s"]
    lines += [f"note: {note}" for note in found.notes]
    return "\n" * sys.stderr.isatty() + "\n".join(lines) + "\n"
