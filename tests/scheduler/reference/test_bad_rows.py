"""Wrong files are refused by file, row, column and reason, and nothing of them is kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from scheduler.database import connect, reading, transaction
from scheduler.errors import Refusal, RowError
from scheduler.models import Base, VenueType
from scheduler.services.reference import REFERENCE_DIR, NoReferenceFiles, load_reference
from tests.scheduler.reference.folders import spoil
from tests.support.databases import fresh_database


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Lend one empty database to all wrong files: none of them may leave anything in it."""
    with fresh_database("sqlite", tmp_path_factory.mktemp("shared")) as url:
        engine = connect(url)
        yield engine
        engine.dispose()


def stored(engine: Engine) -> int:
    with reading(engine) as session:
        tables = Base.metadata.sorted_tables
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def refusal(engine: Engine, folder: Path) -> Refusal:
    with pytest.raises(Refusal) as caught, transaction(engine) as session:
        load_reference(session, folder=folder)
    assert stored(engine) == 0
    return caught.value


def whole(folder: Path) -> Path:
    for path in REFERENCE_DIR.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


CELLS = [
    ("duties.csv", 3, "level", "county2", "“county2” is not one of province, city, county, all, college"),
    ("duties.csv", 3, "event_kinds", "profesional", "“profesional” is not one of comprehensive"),
    ("duties.csv", 3, "operator", "at least", "“at least” is not one of >=, =, ~, <="),
    ("duties.csv", 3, "count", "one", "“one” is not a whole number"),
    ("duties.csv", 3, "count", "0", "0 must lie between 1 and 2147483647"),
    ("duties.csv", 3, "count", "99999999999", "“99999999999” is not a whole number"),
    ("duties.csv", 3, "period", "weekly", "“weekly” must be week, calendar_month"),
    ("duties.csv", 3, "relevance", "maybe", "“maybe” is not one of scheduling"),
    ("duties.csv", 3, "strength", "", "must not be empty"),
    ("duties.csv", 3, "valid_from", "2023-02-30", "“2023-02-30” is no day of the calendar"),
    ("duties.csv", 3, "valid_from", "1/2/2023", "the day “1/2/2023” must be written like 2027-01-31"),
    ("duties.csv", 3, "valid_to", "2022-12-31", "2022-12-31 is before 2023-01-01"),
    ("duties.csv", 3, "quote_zh", "", "must not be empty"),
    ("duties.csv", 3, "quote_zh", "第一行\n第二行", "holds invisible characters or a line break"),
    ("duties.csv", 3, "quote_verbatim", "ja", "“ja” must be yes or no"),
    ("duties.csv", 3, "code", "Q01", "repeats row 2"),
    ("duties.csv", 3, "code", "Q02-and-more", "has 12 characters, at most 8 are allowed"),
    ("divisions.csv", 2, "parent_code", "370000", "only the province has no parent"),
    ("divisions.csv", 20, "parent_code", "379900", "refers to “379900”, which does not exist"),
    ("divisions.csv", 20, "parent_code", "370000", "“370000” is not one level above"),
    ("divisions.csv", 20, "code", "37010", "“37010” must be six digits"),
    ("divisions.csv", 20, "lon", "181", "181.0 must lie between -180 and 180"),
    ("divisions.csv", 20, "lat", "", "longitude and latitude belong together"),
    ("divisions.csv", 20, "lat", "36,6", "“36,6” is not a number"),
    ("divisions.csv", 20, "circle_code", "north", "refers to “north”, which does not exist"),
    ("historic_divisions.csv", 2, "current_code", "370125", "refers to “370125”, which does not exist"),
    ("historic_divisions.csv", 2, "changed_year", "20", "20 must lie between 1949 and 2100"),
    ("calendar.csv", 2, "name_zh", "", "a holiday or make-up workday needs its holiday's name"),
    ("calendar.csv", 3, "day_on", "2026-01-01", "repeats row 2"),
    ("industries.csv", 2, "code", "AA", "“AA” must be a letter, or a letter and two or three digits"),
    ("skill_levels.csv", 9, "rank", "9", "9 must lie between 1 and 8"),
    ("venue_types.csv", 2, "indoor", "perhaps", "“perhaps” is not one of yes, no, mixed, none"),
    ("parameters.csv", 2, "low", "40", "must lie between low and high"),
    ("parameters.csv", 2, "high", "60.5", "“60.5” must be a whole number"),
    ("parameters.csv", 11, "high", "1.41x", "“1.41x” must be a share from 0 to 1"),
    ("parameters.csv", 13, "default", "8 to 12", "“8 to 12” must be written like 08:30-12:00"),
    ("parameters.csv", 13, "default", "12:00-08:30", "“12:00-08:30” ends before it begins"),
    ("parameters.csv", 20, "default", "1 in 10", "“1 in 10” must be written like 1:10"),
    ("programme_parameters.csv", 2, "key", "booths_mega", "repeats row 6 of parameters.csv"),
    ("campaigns.csv", 2, "kind", "worldwide", "“worldwide” is not one of national"),
    ("campaign_windows.csv", 2, "ends_on", "2025-12-31", "2025-12-31 is before 2026-01-01"),
    ("campaign_windows.csv", 2, "year", "2025", "does not lie in that year"),
    ("campaign_windows.csv", 2, "campaign_code", "spring", "refers to “spring”, which does not exist"),
    ("programme.csv", 2, "size", "booths_giant", "refers to “booths_giant”, which does not exist"),
    ("programme.csv", 4, "venue_types", "studio;tent", "refers to “tent”, which does not exist"),
    ("programme.csv", 4, "venue_types", "studio;studio", "must be different words separated by “;”"),
    ("programme.csv", 4, "priority", "4", "4 must lie between 0 and 3"),
]


@pytest.mark.parametrize("wrong", CELLS, ids=["-".join(map(str, wrong[:4])) for wrong in CELLS])
def test_a_wrong_cell_is_named(shared: Engine, tmp_path: Path, wrong: tuple[str, int, str, str, str]) -> None:
    file, row, column, text, reason = wrong
    spoil(whole(tmp_path), file, row, **{column: text})
    refused = refusal(shared, tmp_path)
    assert isinstance(refused, RowError)
    named = MENDED_ELSEWHERE.get((file, column, text), column)
    assert (refused.values["file"], refused.values["row"], refused.values["column"]) == (file, row, named)
    assert str(refused.values["reason_en"]).find(reason) >= 0
    assert f"{file} 第 {row} 行“{named}”列：" in refused.text("zh")


MENDED_ELSEWHERE = {
    ("parameters.csv", "low", "40"): "default",
    ("campaign_windows.csv", "year", "2025"): "starts_on",
}


CONTENTS: list[tuple[str, Callable[[str], str], tuple[int, str, str]]] = [
    ("an unknown column", lambda t: t.replace("name_en", "name_de"), (1, "name_de", "no such column")),
    ("a missing column", lambda _: "code,name_zh\nsquare,广场\n", (1, "name_en", "the column is missing")),
    ("a column twice", lambda t: t.replace("name_en", "code"), (1, "code", "the column is named twice")),
    ("an empty file", lambda _: "", (1, "code", "the column is missing")),
    ("a cell too many", lambda t: t + "tent,帐篷,Tent,no,1\n", (26, "-", "5 cells instead of 4")),
    ("a torn quote", lambda t: t + 'tent,帐篷,"Tent,no\n', (26, "-", "cannot be read")),
    ("a file in GB 18030", lambda t: t, (2, "-", "not UTF-8 text")),
]


@pytest.mark.parametrize(("change", "place"), [row[1:] for row in CONTENTS], ids=[row[0] for row in CONTENTS])
def test_a_wrong_file_is_named(
    shared: Engine, tmp_path: Path, change: Callable[[str], str], place: tuple[int, str, str]
) -> None:
    path, text = tmp_path / "venue_types.csv", (REFERENCE_DIR / "venue_types.csv").read_text("utf-8")
    path.write_bytes(change(text).encode("gb18030" if place[2] == "not UTF-8 text" else "utf-8"))
    values = refusal(shared, tmp_path).values
    assert (values["row"], values["column"]) == place[:2]
    assert str(values["reason_en"]).find(place[2]) >= 0


def test_lines_are_counted_as_an_editor_counts_them(shared: Engine, tmp_path: Path) -> None:
    path = tmp_path / "venue_types.csv"
    path.write_text('code,name_zh,name_en,indoor\n\nsquare,"广场",Square,no\n\ntent,帐篷,Tent,often\n')
    assert refusal(shared, tmp_path).values["row"] == 5


def test_a_folder_without_known_files_is_refused(shared: Engine, tmp_path: Path) -> None:
    assert isinstance(refusal(shared, tmp_path), NoReferenceFiles)
    (tmp_path / "duty.csv").write_text("code\nQ1\n")
    assert "duty.csv is not known" in refusal(shared, tmp_path).text("en")


@pytest.mark.parametrize("wrong", [CELLS[0], CELLS[-1]], ids=["a cell", "the last row of the last file"])
def test_neither_database_keeps_anything(
    engine: Engine, tmp_path: Path, wrong: tuple[str, int, str, str, str]
) -> None:
    file, row, column, text, _ = wrong
    spoil(whole(tmp_path), file, row, **{column: text})
    assert isinstance(refusal(engine, tmp_path), RowError)


def test_a_wrong_correction_leaves_what_was_loaded(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        load_reference(session)
    before = stored(engine)
    spoil(tmp_path, "venue_types.csv", 2, name_zh="人才市场")
    spoil(tmp_path, "programme.csv", 2, size="booths_giant")
    with pytest.raises(RowError), transaction(engine) as session:
        load_reference(session, folder=tmp_path)
    assert stored(engine) == before
    with reading(engine) as session:
        assert session.get_one(VenueType, "hr_market").name_zh == "人力资源市场/人才市场"
