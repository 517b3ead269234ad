"""Says no to nonsense at the door, naming the object and the field that are wrong."""

from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 500
"""The longest name."""


class NonsenseError(ValueError):
    """A value that can describe no real thing; `owner` and `field` say where it stands."""

    def __init__(self, owner: str, field: str, why: str) -> None:
        """Name the object, its field and the reason in one readable line."""
        super().__init__(f"{owner}: {field} {why}")
        self.owner, self.field, self.why = owner, field, why


def require(*, fact: bool, owner: str, field: str, why: str) -> None:
    """Raise `NonsenseError` unless the fact holds."""
    if not fact:
        raise NonsenseError(owner, field, why)


def require_id(value: str, owner: str) -> None:
    """Raise `NonsenseError` unless the id is a word one can print on one line."""
    require(fact=bool(value.strip()), owner=owner, field="id", why="is empty")
    require_line(value, owner, "id")


def require_line(value: str, owner: str, field: str) -> None:
    """Raise `NonsenseError` unless the text, empty or not, can be printed on one line."""
    fits = value.isprintable() and len(value) <= MOST_CHARACTERS
    require(fact=fits, owner=owner, field=field, why="is too long or unprintable")


def require_range(value: int, least: int, most: int, owner: str, field: str) -> None:
    """Raise `NonsenseError` unless least <= value <= most."""
    fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    require(
        fact=fits,
        owner=owner,
        field=field,
        why=f"is {value!r}, must be a whole number from {least} to {most}",
    )


def require_unique(values: Iterable[object], owner: str, field: str) -> None:
    """Raise `NonsenseError` naming the first value that occurs twice."""
    seen: set[object] = set()
    for value in values:
        require(fact=value not in seen, owner=owner, field=field, why=f"holds {value!r} twice")
        seen.add(value)


def require_known(
    values: Iterable[str], known: Iterable[str] | Sequence[str], owner: str, field: str
) -> None:
    """Raise `NonsenseError` naming the first value that nothing declares."""
    declared = known if isinstance(known, (set, frozenset, dict)) else set(known)
    for value in values:
        require(
            fact=value in declared, owner=owner, field=field, why=f"names {value!r}, which does not exist"
        )
