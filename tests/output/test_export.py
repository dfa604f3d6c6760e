"""What exported files hold: every value, where it comes from, and nothing that a spreadsheet would run."""

import csv
import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from kpitui import __version__
from kpitui.errors import KpituiError, UsageError
from kpitui.output import workbook
from kpitui.output.display import Display
from kpitui.output.formats import render
from kpitui.output.names import PLAIN, Style
from kpitui.output.provenance import Provenance
from kpitui.output.values import neutral
from kpitui.report.column import Column, Kind
from kpitui.report.columns import column
from kpitui.report.model import Report
from kpitui.text.wording import Both, Lang
from kpitui.views.provenance import provenance
from kpitui.views.spec import Sort, ViewSpec

FORMS = ("csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx")
KEYS = ("id", "name", "actual", "progress", "status", "cost", "notes")
THREE = ["promotion-6.1", "promotion-6.3", "promotion-7.2"]
"""An unmeasured KPI, one without notes, one with two of them."""
SPEC = ViewSpec("kpis", search="水", sorts=(Sort("progress", descending=True),)).only("status", ("missed", None))
TITLE = "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"


@pytest.fixture
def source(report: Report) -> Provenance:
    return provenance(report, SPEC, 3, "宿題")


def rendered(
    report: Report,
    form: str,
    style: Style = PLAIN,
    source: Provenance | None = None,
    lang: Lang = "en",
    name: str | None = None,
) -> bytes:
    """Three KPIs in a format; with a name, all are called that."""
    frame = report.kpis.filter(pl.col("id").is_in(THREE))
    frame = frame if name is None else frame.with_columns(name=pl.lit(name))
    return render(frame, [column("kpis", key) for key in KEYS], form, Display(report, lang), style, source)


def cells(data: bytes, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=separator))


def sheets(data: bytes) -> tuple[Any, Any]:
    """The sheet of rows and the one about them."""
    rows, about = load_workbook(io.BytesIO(data)).worksheets
    return rows, about


# What a spreadsheet would run


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "=",
        " =1+1",
        "\u3000=1+1",
        "\t=1+1",
        "\tplain",
        "\rplain",
        "\nplain",
        "\0=1",
        "＝1+1",
        "－1＋1",
        "＠SUM",
        "--1",
        "-推進",
    ],
)
def test_a_text_that_could_run_gets_a_quotation_mark(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", ["推進", "a=b", "", "-22", "-0.6", "+3%", "-1,200", "-", "－", -22, -0.6, None, "'=1"]
)
def test_numbers_dashes_and_other_texts_stay_as_they_are(value: Any) -> None:
    assert neutral(value) == value


def test_csv_is_raw_unless_it_is_to_be_safe(report: Report) -> None:
    raw = cells(rendered(report, "csv", name='=HYPERLINK("x")'))
    safe = cells(rendered(report, "csv", Style(safe=True), name='=HYPERLINK("x")'))
    assert {row[1] for row in raw[1:]} == {'=HYPERLINK("x")'}
    assert {row[1] for row in safe[1:]} == {'\'=HYPERLINK("x")'}
    assert [row[2:] for row in safe] == [row[2:] for row in raw]
    assert safe[2][2:4] == ["-22.0", "-1.1"]


def test_a_workbook_never_holds_a_formula(report: Report) -> None:
    rows, _ = sheets(rendered(report, "xlsx", source=Provenance("r", "=1+1", "@p", "s", "kpis", 3), name="=1+1"))
    cell = rows["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s") or cell.data_type != "f"
    book = zipfile.ZipFile(io.BytesIO(rendered(report, "xlsx", name="=1+1")))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert cell.quotePrefix  # it stays a text when a reader edits it
    assert not rows["B1"].quotePrefix


# csv and tsv


def test_a_mark_at_the_start_is_there_when_asked_for(report: Report) -> None:
    plain, marked = rendered(report, "csv"), rendered(report, "csv", Style(bom=True))
    assert marked == b"\xef\xbb\xbf" + plain


def test_cp932_holds_what_older_programs_read(report: Report) -> None:
    data = rendered(report, "tsv", Style(encoding="cp932"))
    assert data.decode("cp932") == rendered(report, "tsv").decode()
    # A wave dash and a minus that came by way of a Mac are the same characters there.
    assert rendered(report, "csv", Style(encoding="cp932"), name="〜−").count(b"\x81\x60\x81\x7c") == 3


def test_what_cp932_cannot_hold_is_named_with_its_row_and_column(report: Report) -> None:
    frame = pl.DataFrame({"id": ["a", "b", "b"], "name": ["①", "𠮷野家〜é", "𠮷"]})
    columns = [column("kpis", "id"), column("kpis", "name")]
    with pytest.raises(KpituiError) as caught:
        render(frame, columns, "csv", Display(report, "en"), Style(encoding="cp932"))
    assert str(caught.value) == (
        "cp932 cannot hold '𠮷' U+20BB7 (row 2, name), 'é' U+00E9 (row 2, name); --encoding utf-8 can"
    )
    assert caught.value.say("ja").startswith("cp932 では書けない文字があります: '𠮷' U+20BB7 (2行目 name)、'é' U+00E9")


def test_only_a_few_of_many_unmappable_characters_are_named(report: Report) -> None:
    frame = pl.DataFrame({"name": ["𠀋𡈽𡌛𡑮𡢽𠮟𡚴"]})
    with pytest.raises(KpituiError, match=r"'𡢽' U\+218BD \(row 1, name\), 2 more characters;"):
        render(frame, [column("kpis", "name")], "csv", Display(report, "en"), Style(encoding="cp932"))


def test_words_stand_for_keys_and_codes_when_asked_for(report: Report) -> None:
    head, *rows = cells(rendered(report, "csv", Style(words=True), lang="ja"))
    assert head == ["No", "指標", "実績", "進捗", "状況", "実績額 (千円)", "注記"]
    assert [row[4] for row in rows] == ["未計測", "悪化", "達成"]
    assert rows[2][6] == "増加の表で目標が開始値を下回る, 事業内で水準と増加分が混在"
    assert [row[0] for row in rows] == THREE
    assert rows[1][2] == "-22.0"


# Where rows come from


def test_toml_says_it_in_a_table_of_its_own(report: Report, source: Provenance) -> None:
    found = tomllib.loads(rendered(report, "toml", source=source).decode())
    assert list(found) == ["source", "row"]
    assert found["source"] == {
        "report": "yamaguchi-r3",
        "title": TITLE,
        "publisher": "山口県",
        "publisher_inferred": True,
        "sha256": report.fingerprint,
        "table": "kpis",
        "view": "宿題",
        "view_ja": ["状況: 未達, (なし)", "検索: 水"],
        "view_en": ["status: missed, (none)", "search: 水"],
        "order_ja": "進捗 (降順)",
        "order_en": "progress (descending)",
        "rows": 3,
        "made_by": f"kpitui {__version__}",
    }


def test_parquet_says_it_in_its_metadata(report: Report, source: Provenance) -> None:
    found = pl.read_parquet_metadata(io.BytesIO(rendered(report, "parquet", source=source)))
    assert found["kpitui.report"] == "yamaguchi-r3"
    assert found["kpitui.sha256"] == report.fingerprint
    assert found["kpitui.view_ja"] == "状況: 未達, (なし) / 検索: 水"
    assert found["kpitui.publisher_inferred"] == "true"


def test_markdown_says_it_in_a_caption(report: Report, source: Provenance) -> None:
    *_, blank, caption = rendered(report, "md", source=source, lang="ja").decode().splitlines()
    assert blank == ""
    assert caption == (
        f"出典: 山口県 (推定) {TITLE} (yamaguchi-r3, sha256 {report.fingerprint}) / kpis / 宿題 / "
        f"状況: 未達, (なし) / 検索: 水 / 並び順: 進捗 (降順) / 3行 / kpitui {__version__}"
    )


def test_a_workbook_says_it_on_its_second_sheet(report: Report, source: Provenance) -> None:
    _, about = sheets(rendered(report, "xlsx", source=source, lang="ja"))
    assert about.title == "about"
    told = {row[0]: row[1] for row in about.iter_rows(max_row=9, values_only=True)}
    assert told["題名"] == TITLE
    assert told["報告書データの SHA-256"] == report.fingerprint
    assert told["ビュー"] == "宿題: 状況: 未達, (なし) / 検索: 水"
    rows = list(about.iter_rows(values_only=True))
    assert ("cost (千円)", "cost", "③ 実績額。事業ごとの支出") in rows
    assert ("status", "missed", "未達") in rows


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson"])
def test_what_scripts_read_line_by_line_stays_plain(report: Report, source: Provenance, form: str) -> None:
    assert rendered(report, form, source=source) == rendered(report, form)


@pytest.mark.parametrize("form", ["toml", "parquet", "json"])
def test_a_format_for_programs_is_the_same_in_both_languages(report: Report, source: Provenance, form: str) -> None:
    assert rendered(report, form, source=source, lang="ja") == rendered(report, form, source=source, lang="en")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_give_the_same_bytes(report: Report, source: Provenance, form: str) -> None:
    assert rendered(report, form, source=source) == rendered(report, form, source=source)


def test_nothing_in_a_workbook_tells_when_it_was_made(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(report, "xlsx"))) as book:
        assert {each.date_time for each in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        dates = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", book.read("docProps/core.xml"))
    assert set(dates) == {b"2000-01-01T00:00:00"}


def test_hostile_words_stay_one_caption_and_no_markup(report: Report) -> None:
    source = Provenance("r", "a\n# b <b>[x](y)", "p|\x1b", "s", "kpis", 0, (Both("検\n索", "a\n\nb"),))
    lines = rendered(report, "md", source=source).decode().splitlines()
    assert len(lines) == 2 + 3 + 2
    assert lines[-1].startswith("Source: p\\|␛ a # b \\<b>\\[x](y) (r, sha256 s) / kpis / a b / 0 rows")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\\|b", "a\\\\\\|b"),
        ("<br>", "\\<br>"),
        ("[KPI]", "\\[KPI]"),
        ("*a*_b_`c`", "\\*a\\*\\_b\\_\\`c\\`"),
        ("&lt;", "\\&lt;"),
    ],
)
def test_markdown_shows_texts_as_they_are(report: Report, text: str, shown: str) -> None:
    assert f" | {shown} | " in rendered(report, "md", name=text).decode()


# Workbooks


def test_a_workbooks_cells_have_types_and_formats(report: Report, source: Provenance) -> None:
    rows, _ = sheets(rendered(report, "xlsx", source=source))
    assert rows.title == "kpis"
    assert rows.freeze_panes == "A2"
    assert [cell.value for cell in rows[1]] == ["id", "name", "actual", "progress", "status", "cost (k¥)", "notes"]
    actual, progress, cost = rows["C3"], rows["D3"], rows["F3"]
    assert (actual.value, actual.number_format) == (-22, "#,##0")
    assert (progress.value, progress.number_format) == (-1.1, "0.0%")
    assert (cost.value, cost.number_format) == (62956, "#,##0")
    assert (rows["C4"].value, rows["C4"].number_format) == (9.2, "#,##0.0########")
    assert (rows["C2"].value, rows["D2"].value, rows["G3"].value) == (None, None, None)


def test_a_workbooks_columns_are_as_wide_as_their_texts_in_cells(report: Report) -> None:
    rows, _ = sheets(rendered(report, "xlsx", name="水" * 12, source=Provenance("", "", "", "", "kpis", 3)))
    assert rows.column_dimensions["B"].width == pytest.approx(2 * 12 + 1, abs=1)
    rows, _ = sheets(rendered(report, "xlsx", name="水" * 500, source=Provenance("", "", "", "", "kpis", 3)))
    assert rows.column_dimensions["B"].width == pytest.approx(61, abs=1)


def test_a_workbook_in_words_reads_as_the_screen(report: Report, source: Provenance) -> None:
    rows, _ = sheets(rendered(report, "xlsx", Style(words=True), source, lang="ja"))
    assert [cell.value for cell in rows[1]] == ["No", "指標", "実績", "進捗", "状況", "実績額 (千円)", "注記"]
    assert [rows.cell(row, 5).value for row in (2, 3, 4)] == ["未計測", "悪化", "達成"]
    assert rows["D3"].value == -1.1


def test_what_a_workbook_cannot_hold_is_an_error_not_a_loss(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KpituiError, match="32,767 characters, and name in row 1 has more"):
        rendered(report, "xlsx", name="水" * 32_768)
    assert sheets(rendered(report, "xlsx", name="水" * 32_767, source=Provenance("", "", "", "", "kpis", 3)))
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(KpituiError, match="xlsx holds 2 rows, and there are 3"):
        rendered(report, "xlsx")


def test_a_workbook_without_its_library_says_how_to_get_it(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"kpitui\[excel\]"):
        rendered(report, "xlsx")


# Every value comes through

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
COUNTS = st.integers(-(2**53), 2**53)
KINDS: dict[str, Kind] = {"text": "text", "count": "integer", "number": "number", "rate": "ratio"}
COLUMNS = [Column(key, Both(key, key), kind, 10, Both("", "")) for key, kind in KINDS.items()]
SCHEMA = {"text": pl.String, "count": pl.Int64, "number": pl.Float64, "rate": pl.Float64}

unhurried = settings(deadline=None)  # a busy machine is no failure


def rows_of(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[list[Any]]:
    some = st.none() | numbers
    return st.lists(st.tuples(st.none() | TEXTS, st.none() | COUNTS, some, some), max_size=6)


ROWS = rows_of(NUMBERS)
Rows = list[tuple[str | None, int | None, float | None, float | None]]


def frame_of(rows: Rows) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def written(rows: Rows, form: str, report: Report, style: Style = PLAIN, source: Provenance | None = None) -> bytes:
    return render(frame_of(rows), COLUMNS, form, Display(report, "en"), style, source)


def numbers(row: tuple[Any, ...] | list[Any]) -> list[float | None]:
    return [None if value in (None, "") else float(value) for value in row]


@unhurried
@given(rows=ROWS, separator=st.sampled_from([("csv", ","), ("tsv", "\t")]), bom=st.booleans())
def test_csv_brings_every_value_through(report: Report, rows: Rows, separator: tuple[str, str], bom: bool) -> None:
    data = written(rows, separator[0], report, Style(bom=bom)).decode("utf-8-sig" if bom else "utf-8")
    head, *found = csv.reader(io.StringIO(data, newline=""), delimiter=separator[1])
    assert head == list(SCHEMA)
    assert [row[0] for row in found] == [row[0] or "" for row in rows]
    assert [numbers(row[1:]) for row in found] == [numbers(row[1:]) for row in rows]


@unhurried
@given(rows=ROWS)
def test_safe_csv_differs_by_quotation_marks_alone(report: Report, rows: Rows) -> None:
    raw, safe = (cells(written(rows, "csv", report, Style(safe=safe))) for safe in (False, True))
    assert [row[1:] for row in raw] == [row[1:] for row in safe]
    assert all(one[0] == other[0] or f"'{one[0]}" == other[0] for one, other in zip(raw, safe, strict=True))
    assert not any(row[0].lstrip().startswith(("=", "@")) for row in safe)


@unhurried
@given(rows=ROWS)
def test_json_brings_every_value_through(report: Report, rows: Rows) -> None:
    expected = [dict(zip(SCHEMA, row, strict=True)) for row in rows]
    assert json.loads(written(rows, "json", report)) == expected
    lines = written(rows, "ndjson", report).decode().split("\n")
    assert [json.loads(line) for line in lines if line] == expected


@unhurried
@given(rows=ROWS)
def test_toml_brings_every_value_through(report: Report, rows: Rows) -> None:
    found = tomllib.loads(written(rows, "toml", report).decode())["row"]
    assert [tuple(row.get(key) for key in SCHEMA) for row in found] == rows


@unhurried
@given(rows=ROWS)
def test_parquet_brings_every_value_through(report: Report, rows: Rows) -> None:
    source = Provenance("r", "t", "p", "s", "kpis", len(rows))
    data = written(rows, "parquet", report, source=source)
    assert pl.read_parquet(io.BytesIO(data)).equals(frame_of(rows))


def unescaped(text: str | None) -> str:
    """A text of a workbook, in which controls stand as _x001B_."""
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text or "")


def sheet_rows(data: bytes) -> Iterator[tuple[Any, ...]]:
    rows = load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)
    return (row for number, row in enumerate(rows) if number)


@unhurried
@given(rows=rows_of(st.floats(-1e300, 1e300)))  # Excel's own numbers end below those of a frame
def test_a_workbook_brings_every_value_through(report: Report, rows: Rows) -> None:
    found = list(sheet_rows(written(rows, "xlsx", report)))
    found += [(None,) * 4] * (len(rows) - len(found))  # a reader leaves empty rows at the end out
    assert [unescaped(row[0]) for row in found] == [row[0] or "" for row in rows]
    # A workbook keeps sixteen digits of a number.
    assert [numbers(row[1:]) for row in found] == [pytest.approx(numbers(row[1:]), rel=1e-15) for row in rows]
