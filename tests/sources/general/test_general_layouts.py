"""Every layout met in published reports, its values worked out by hand, and its rows accounted for."""

from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from invented_tables import (
    BLANKS_BELOW,
    GROUPS_ACROSS,
    IN_CELLS,
    KPI_LIST,
    LAYOUTS,
    ON_ITS_SIDE,
    OWN_TARGETS,
    RATING_ONLY,
    SEVERAL_HEADS,
    YEARS_ACROSS,
    doubts,
    rows,
    understood,
    values,
)

from kpitui.errors import KpituiError
from kpitui.report import builtin, folder
from kpitui.sources.general.explain import layout
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import understand
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.sources.raw.read import read


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_of_every_layout_is_accounted_for(name: str) -> None:
    found = understood(LAYOUTS[name])
    lines = [row.line for row in rows(LAYOUTS[name])]
    assert sorted(each.row.line for each in found.rows) == lines
    assert sum(found.counts.values()) == len(lines)
    assert found.counts[LineKind.PROJECT] == len([each for each in found.projects if each.get("source_line")])


@pytest.mark.parametrize("name", LAYOUTS)
def test_ids_are_distinct_and_every_kpi_has_a_project(name: str) -> None:
    found = understood(LAYOUTS[name])
    ids = [str(each["id"]) for each in [*found.projects, *found.kpis]]
    assert len(set(ids)) == len(ids)
    assert {each["project_id"] for each in found.kpis} <= {each["id"] for each in found.projects}


CELLS = st.sampled_from(
    [*("", "", "", "1", "甲", "A", "-", "合計", "来客", "12件", "No", "事業名", "指標", "目標値", "令和3年度", "※ 注")]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=14))
def test_counts_add_up_whatever_the_rows_hold(body: list[list[str]]) -> None:
    head = ["No", "事業名", "事業費", "指標", "目標値", "実績値", "評価"]
    table = RawTable("", tuple(RawRow(line, tuple(cells)) for line, cells in enumerate([head, *body], start=1)))
    try:
        found = understand(Document("a.csv", (table,), ()), Options())
    except KpituiError:  # rows that are the head of another table: refused with their line, as another test holds
        reject()
    assert sorted(each.row.line for each in found.rows) == list(range(1, len(body) + 2))
    ids = [str(each["id"]) for each in [*found.projects, *found.kpis]]
    assert len(set(ids)) == len(ids)


def test_a_kpi_per_row_with_blank_project_cells_below() -> None:
    found = understood(BLANKS_BELOW)
    assert [(each["id"], each["name"], each["cost"], each["rating"]) for each in found.projects] == [
        ("all-1", "道の駅の整備", 1200, "A"),
        ("all-2", "空き家対策", 300, "B"),
    ]
    assert values(found, "id", "name", "baseline", "target", "actual", "unit", "actual_raw") == [
        ("all-1.1", "来場者数", 90.0, 100.0, 120.0, "人", "120"),
        ("all-1.2", "売上額", 4000.0, 5000.0, -5.0, "千円", "▲5"),
        ("all-2.1", "成約件数", 0.0, 3.0, None, "件", "-"),
    ]
    assert dict(found.counts) == {
        LineKind.PROSE: 3,
        LineKind.BLANK: 1,
        LineKind.HEAD: 1,
        LineKind.PROJECT: 2,
        LineKind.KPI: 1,
        LineKind.TOTAL: 1,
    }
    assert found.grants[0].total is not None
    assert (found.grants[0].total.value, found.grants[0].total.line) == (1500, 8)
    assert found.notes.marks == {"-": 1}
    assert found.facts.fiscal_year is not None
    assert found.facts.fiscal_year.value == 2022


def test_years_across_are_read_for_the_latest_with_actuals_and_all_kept() -> None:
    found = understood(YEARS_ACROSS)
    assert values(found, "name", "target", "actual") == [
        ("来場者数", 110.0, 120.0),
        ("売上額", 5500.0, -5.0),
        ("成約件数", 4.0, 5.0),
    ]
    assert (found.choice.year, found.choice.years) == (2021, (2020, 2021, 2022))
    kept = [(year["kpi_id"], year["year"], year["target"], year.get("actual")) for year in found.years]
    assert kept[:4] == [
        ("all-1.1", 2020, 100.0, 90.0),
        ("all-1.1", 2021, 110.0, 120.0),
        ("all-1.1", 2022, 130.0, None),
        ("all-1.2", 2020, 5000.0, 4800.0),
    ]
    assert len(kept) == 9
    assert doubts(found) == [
        "year: several years stand side by side (2020, 2021, 2022); the latest with actuals, 2021, is read "
        "(--year for another)"
    ]


def test_another_year_is_read_when_asked_for() -> None:
    found = understood(YEARS_ACROSS, Options(year=2020))
    assert values(found, "target", "actual") == [(100.0, 90.0), (5000.0, 4800.0), (3.0, 2.0)]
    assert found.facts.fiscal_year is not None
    assert found.facts.fiscal_year.value == 2020


def test_a_target_for_a_later_year_stands_beside_those_of_each_year() -> None:
    head = "事業名|指標|目標最終年度|目標値|2020年度 目標値|2020年度 実績|2021年度 目標値|2021年度 実績"
    found = understood(f"{head}\n甲|来客|2030|50|10|12|20|18")
    assert values(found, "target", "actual", "target_date") == [(20.0, 18.0, None)]
    kept = {year["year"]: (year["target"], year.get("actual")) for year in found.years}
    assert kept == {2030: (50.0, None), 2020: (10.0, 12.0), 2021: (20.0, 18.0)}


def test_repeated_groups_are_unpivoted_and_empty_slots_counted() -> None:
    found = understood(GROUPS_ACROSS)
    assert values(found, "id", "name", "target", "actual", "unit") == [
        ("all-1.1", "来客(人)", 10.0, 12.0, "人"),
        ("all-1.2", "売上(千円)", 5.0, 4.0, "千円"),
        ("all-2.1", "件数", 3.0, 2.0, "件"),
    ]
    assert found.notes.skipped == 3
    assert [rating.short for rating in found.ratings] == ["非常に", "相当程度"]


def test_ratings_without_kpis_are_ordered_by_the_documents_own_legend() -> None:
    found = understood(RATING_ONLY)
    assert [each["rating"] for each in found.projects] == ["B", "A", "D", "F"]
    assert [(each.rank, each.text, each.criterion and each.criterion.value) for each in found.ratings] == [
        (1, "A", "計画以上"),
        (2, "B", "計画どおり"),
        (3, "C", "やや遅れ"),
        (4, "D", "見直し"),
    ]
    assert found.counts[LineKind.LEGEND] == 1
    assert doubts(found) == ["rating: ratings outside the scale: F"]


def test_a_table_on_its_side_is_refused_with_the_remedy_and_read_when_swapped() -> None:
    with pytest.raises(KpituiError, match="to swap rows and columns, add --transpose") as caught:
        understood(ON_ITS_SIDE)
    assert "--transpose を付けてください" in caught.value.say("ja")
    found = understood(ON_ITS_SIDE, Options(transpose=True))
    assert values(found, "name", "target", "actual", "source_line") == [("来客", 10.0, 12.0, 2), ("件数", 20.0, 3.0, 3)]
    assert dict(found.counts) == {LineKind.HEAD: 1, LineKind.PROJECT: 2}


def test_kpis_inside_one_cell_are_taken_out_of_it() -> None:
    found = understood(IN_CELLS)
    assert values(found, "name", "baseline", "target", "actual", "unit") == [
        ("来客数", None, 1000.0, 1200.0, "人"),
        ("雇用者数", None, 20.0, 15.0, "人"),
        ("売上", None, 9.0, 0.8, "億円"),
        ("人口の増減", -3703.0, -2000.0, None, "人"),
    ]
    assert layout(found.tables[0]).en == "KPIs inside one cell"


def test_a_project_with_a_target_of_its_own_is_its_own_kpi() -> None:
    found = understood(OWN_TARGETS)
    assert values(found, "name", "baseline", "target", "actual", "published", "published_raw") == [
        ("Reduce backlog", 1000.0, 500.0, 700.0, "not_met", "60"),
        ("Build homes", 0.0, 200.0, 250.0, "met", "125"),
        ("Pilot", None, None, None, None, None),
    ]
    assert [each["rating"] for each in found.projects] == ["On Track", "Ahead", None]
    assert [each.text for each in found.ratings] == ["Ahead", "On Track"]
    assert found.projects[2]["rating_raw"] == "Unavailable"


def test_a_list_of_kpis_without_projects_stands_under_one() -> None:
    found = understood(KPI_LIST)
    assert [each["name"] for each in found.projects] == ["report"]
    assert values(found, "name", "baseline", "target", "actual", "aim") == [
        ("人口", 100.0, 90.0, 95.0, "decrease"),
        ("出生率", 1.4, 1.6, 1.56, "increase"),
        ("維持率", 80.0, 85.0, 84.9, "maintain_above"),
    ]


def test_a_table_without_indicators_or_projects_below_another_is_read_for_what_it_is() -> None:
    found = understood(SEVERAL_HEADS)
    assert found.counts[LineKind.REPEATED_HEAD] == 1
    assert values(found, "name", "target", "actual") == [("来客", 10.0, 12.0), ("売上", 5.0, 4.0)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("事業名 指標 目標値\n甲 来客 10", "no column separators found"),
        ("a|b|c\n1|2|3", "no head that names a project or an indicator. The first row says: a | b | c."),
        ("部局|評価|今後の方針\nX|A|継続", "neither a column of projects nor one of indicators"),
    ],
)
def test_what_has_lost_its_columns_is_refused_with_reason_and_remedy(text: str, message: str) -> None:
    with pytest.raises(KpituiError, match=message):
        understood(text)


def test_one_sheet_per_project_is_refused() -> None:
    sheets = tuple(RawTable(f"事業{n}", (RawRow(1, ("概要", "甲")), RawRow(2, ("予算", "5")))) for n in (1, 2))
    with pytest.raises(KpituiError, match="One sheet per project is not read"):
        understand(Document("a.xlsx", sheets, ()), Options())


def test_the_built_in_publication_reads_the_same_by_the_general_reader() -> None:
    found = understand(read(Path(builtin.folder()) / "source.txt"), Options())
    tables = folder.read(builtin.folder())
    known = [*tables.projects.rows(named=True)], [*tables.kpis.rows(named=True)]
    for mine, theirs in zip((found.projects, found.kpis), known, strict=True):
        assert [{key: row.get(key) or None for key in other} for row, other in zip(mine, theirs, strict=True)] == [
            {key: value or None for key, value in other.items()} for other in theirs
        ]
    assert sum(found.counts.values()) == 155
    assert found.counts[LineKind.UNKNOWN] == 0
