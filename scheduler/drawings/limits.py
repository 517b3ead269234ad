"""What a floor plan is measured against: lengths in millimetres, each a default that a site may change."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that the checks allow; rows of `parameter` named floor_… replace the defaults.

    `tolerance` is how inexactly people draw: booths so near stand wall to wall. A gap of at most `cable_gap`
    is for cables, a wider one is for people and must be an aisle. `at_once_percent` is the share of a day's
    visitors who are in the hall at one moment.
    """

    aisle: int = 1_800
    main_aisle: int = 3_000
    door_clear: int = 1_400
    people_per_100_m2: int = 75
    exit_width_per_100: int = 650
    at_once_percent: int = 30
    accessible_percent: int = 2
    cable_gap: int = 600
    exit_distance: int = 37_500
    tolerance: int = 100

    def at_once(self, people: int) -> int:
        """Return how many of a day's people are in the hall at one moment."""
        return -(-people * self.at_once_percent // 100)

    def exit_width(self, people: int) -> int:
        """Return the width that all exits must have together for a day's people."""
        return -(-self.at_once(people) * self.exit_width_per_100 // 100)

    def area(self, people: int) -> int:
        """Return the square millimetres that a day's people need."""
        return -(-self.at_once(people) * 100_000_000 // self.people_per_100_m2)

    def accessible(self, booths: int) -> int:
        """Return how many of so many booths must be accessible."""
        return -(-booths * self.accessible_percent // 100)
