"""map.toml: written as understood, read back as the same, edited, and used for next year's file."""

from pathlib import Path

import pytest
from invented_tables import LAYOUTS, YEARS_ACROSS, doubts, roles, understood, values

from kpitui.errors import KpituiError
from kpitui.sources.general import mapping
from kpitui.sources.general.options import MapColumn, MapTable, Options

PATH = Path("map.toml")


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_map_of_a_document_reads_it_the_same(name: str) -> None:
    found = understood(LAYOUTS[name])
    again = understood(LAYOUTS[name], mapping.parse(mapping.dump(found, Options()), PATH))
    assert (again.projects, again.kpis, again.years) == (found.projects, found.kpis, found.years)
    assert mapping.dump(again, Options()) == mapping.dump(found, Options())


def test_a_map_decides_roles_units_years_and_aims() -> None:
    columns = (
        MapColumn("もの", 0, "project"),
        MapColumn("数", 1, "indicator"),
        MapColumn("x", 2, "target", unit="人", year=2021, aim="decrease"),
        MapColumn("y", 3, "actual", year=2021),
        MapColumn("z", 4, "ignore"),
    )
    text = "もの|数|x|y|z|指標\n甲|来客|10|12|9|w"
    found = understood(text, Options(tables=(MapTable(columns=columns),)))
    assert roles(found)[:5] == ["project", "indicator", "target", "actual", "ignore"]
    assert found.tables[0].columns[2].why.en == "the map says so"
    assert (found.tables[0].columns[2].unit, found.tables[0].columns[2].year) == ("人", 2021)
    assert found.grants[0].aim is not None
    assert found.grants[0].aim.value == "decrease"


def test_a_map_says_where_the_head_is() -> None:
    text = "甲乙丙|丁|戊|己\n一|二|三|四\n甲|来客|10|12"
    columns = tuple(
        MapColumn(head, place, role)
        for place, (head, role) in enumerate(
            [("一", "project"), ("二", "indicator"), ("三", "target"), ("四", "actual")]
        )
    )
    found = understood(text, Options(tables=(MapTable(head=(2,), columns=columns),)))
    assert values(found, "name", "target", "actual") == [("来客", 10.0, 12.0)]


def test_next_years_file_is_read_by_this_years_map() -> None:
    options = mapping.parse(mapping.dump(understood(YEARS_ACROSS), Options()), PATH)
    text = (
        YEARS_ACROSS.replace("令和4年度", "令和5年度")
        .replace("令和3年度", "令和4年度")
        .replace("令和2年度", "令和3年度")
    )
    found = understood(text, options)
    assert found.choice.years == (2021, 2022, 2023)
    assert values(found, "target", "actual") == [(110.0, 120.0), (5500.0, -5.0), (4.0, 5.0)]


def test_a_column_that_the_map_names_and_the_file_lacks_is_said() -> None:
    columns = (MapColumn("昔の列", 3, "summary"),)
    found = understood("事業名|担当課|評価\n甲|X|A", Options(tables=(MapTable(columns=columns),)))
    assert "map: the map's column '昔の列' is not in this file" in doubts(found)


@pytest.mark.parametrize(("stated", "used"), [((3,), 3), ((2,), 2), ((2, 3), 2), ((), 2)])
def test_the_column_that_a_map_names_speaks_before_one_that_was_guessed(stated: tuple[int, ...], used: int) -> None:
    text = "Project Name|Department|IPA rating|SRO rating\nA|X|Green|Red\nB|Y|NA|Red"
    heads = ["Project Name", "Department", "IPA rating", "SRO rating"]
    columns = tuple(MapColumn(heads[place], place, "rating") for place in stated)
    found = understood(text, Options(tables=(MapTable(columns=columns),)))
    assert [place for place, role in enumerate(roles(found)) if role == "rating"] == [used]
    assert [each["rating"] for each in found.projects] == (["Red", "Red"] if used == 3 else ["Green", None])
    assert any(f"another column of its kind is used (column {used + 1})" in each for each in doubts(found))


def test_a_map_orders_the_ratings() -> None:
    found = understood("事業名|担当課|評価\n甲|X|竹\n乙|Y|松\n丙|X|梅", Options(ratings=("松", "竹")))
    assert [(each.rank, each.text) for each in found.ratings] == [(1, "松"), (2, "竹")]
    assert doubts(found) == ["rating: ratings outside the scale: 梅"]


def test_the_command_line_goes_before_the_map() -> None:
    kept = Options(year=2020, title="甲", publisher="乙", ratings=("A",))
    said = mapping.over(Options(year=2021, publisher="丙"), kept)
    assert (said.year, said.title, said.publisher, said.ratings) == (2021, "甲", "丙", ("A",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("year = ", "map.toml: "),
        ("yaer = 2021", "map.toml: key 'yaer' is unknown; the nearest known is 'year'"),
        ("schema = 9", "map.toml: key 'schema' should be 1"),
        ('year = "R3"', "map.toml: key 'year' should be a whole number"),
        ("transpose = 1", "map.toml: key 'transpose' should be true or false"),
        ("ratings = [1]", "map.toml: key 'ratings' should be a list"),
        ("table = 1", "map.toml: key 'table' should be a list"),
        ("table = [1]", r"map.toml: key 'table\[1\]' should be a table"),
        (
            '[[table]]\n[[table.column]]\nrole = "targt"',
            r"'table\[1\].column\[1\].role' is 'targt', which is unknown; .*'target'",
        ),
        ('[[table]]\n[[table.column]]\naim = "up"', r"'table\[1\].column\[1\].aim' is 'up', which is unknown"),
        ("[[table]]\n[[table.column]]\nplace = 0", r"'table\[1\].column\[1\].place' should be a number from 1"),
    ],
)
def test_a_wrong_map_is_told_by_its_key(text: str, message: str) -> None:
    with pytest.raises(KpituiError, match=message):
        mapping.parse(text, PATH)
