"""What fixtures are called in both languages."""

from scheduler.drawings.shapes import FixtureKind

FIXTURES: dict[FixtureKind, tuple[str, str]] = {
    FixtureKind.DOOR: ("入口", "entrance"),
    FixtureKind.FIRE_EXIT: ("安全出口", "fire exit"),
    FixtureKind.MAIN_AISLE: ("主通道", "main aisle"),
    FixtureKind.PILLAR: ("柱", "pillar"),
    FixtureKind.WALL: ("墙", "wall"),
    FixtureKind.STAGE: ("舞台", "stage"),
    FixtureKind.DESK: ("服务台", "service desk"),
}
