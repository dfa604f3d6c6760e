import pytest

from kpitui.report.column import Column, Value
from kpitui.report.columns import column, facets, registry, written
from kpitui.report.declared import DEFAULTS, SPARSE
from kpitui.report.model import Report, Table

KPIS = [
    *("id", "project_id", "grant", "project_no", "project", "name", "baseline", "target"),
    *("actual", "unit", "baseline_raw", "target_raw", "actual_raw", "basis", "aim", "status"),
    *("attainment", "progress", "gap", "change", "rating", "rating_rank", "direction", "cost"),
    *("source_line", "notes"),
]
PROJECTS = [
    *("id", "grant", "no", "name", "department", "summary", "cost", "rating"),
    *("rating_rank", "rating_text", "direction", "direction_reason", "kpi_count", "met", "missed", "worsened"),
    *("unmeasured", "met_share", "verdict", "source_line", "notes"),
]

TABLES: tuple[Table, Table] = ("projects", "kpis")
COLUMNS = [(table, each) for table in TABLES for each in registry(table)]
VALUES = [(each.key, value) for _, each in COLUMNS for value in each.values]


def test_the_columns_of_kpis_stand_in_their_order() -> None:
    assert [each.key for each in registry("kpis")] == [*KPIS, *SPARSE]


def test_columns_that_a_report_does_not_fill_are_not_written(report: Report) -> None:
    assert [each.key for each in written(report, "kpis")] == KPIS


def test_the_columns_of_projects_stand_in_their_order() -> None:
    keys = [each.key for each in registry("projects")]
    assert set(PROJECTS) - set(keys) <= {"verdict"}
    assert keys == [key for key in PROJECTS if key in keys]


@pytest.mark.parametrize(("table", "each"), COLUMNS, ids=lambda part: part.key if isinstance(part, Column) else part)
def test_every_column_has_a_label_and_a_help_in_both_languages(table: Table, each: Column) -> None:
    assert all(text.strip() for text in (*each.label, *each.help)), table
    assert each.width > 0


@pytest.mark.parametrize(("key", "value"), VALUES, ids=lambda part: part.code if isinstance(part, Value) else part)
def test_every_value_has_a_word_in_both_languages(key: str, value: Value) -> None:
    assert value.code.isidentifier(), key
    assert all(word.strip() for word in value.words), key


def test_the_four_statuses_read_as_the_domain_calls_them() -> None:
    words = {value.code: tuple(value.words) for value in column("kpis", "status").values}
    assert words == {
        "met": ("達成", "met"),
        "missed": ("未達", "missed"),
        "worsened": ("悪化", "worsened"),
        "unmeasured": ("未計測", "unmeasured"),
    }


@pytest.mark.parametrize("table", TABLES)
def test_labels_tell_columns_apart(table: Table) -> None:
    for lang in (0, 1):
        labels = [each.label[lang] for each in registry(table)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_opens_with_columns_that_it_has(table: Table) -> None:
    assert set(DEFAULTS[table]) <= {each.key for each in registry(table)}


def test_numbers_stand_at_the_right_and_words_at_the_left() -> None:
    assert {column("kpis", key).align for key in ("baseline", "cost", "progress", "gap")} == {"right"}
    assert {column("kpis", key).align for key in ("id", "name", "status", "unit", "notes")} == {"left"}


def test_the_facets_of_kpis_ask_for_the_status_first() -> None:
    keys = [each.key for each in facets("kpis")]
    assert keys[0] == "status"
    assert {"rating", "direction", "change", "grant", "unit"} <= set(keys)


def test_an_unknown_code_reads_as_itself() -> None:
    assert column("kpis", "status").word("new", "ja") == "new"


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        column("projects", "status")
