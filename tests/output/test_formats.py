import csv
import io
import json
import tomllib
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import polars as pl
import pytest

from kpitui.output.display import Display
from kpitui.output.formats import render
from kpitui.report.columns import column, written
from kpitui.report.model import Report
from kpitui.text.wording import Lang

KEYS = ("id", "unit", "actual", "status", "progress", "notes")
KPIS = ["promotion-6.1", "promotion-6.3", "promotion-7.2"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def three(report: Report) -> pl.DataFrame:
    """An unmeasured KPI, one without notes, one with two of them."""
    return report.kpis.filter(pl.col("id").is_in(KPIS))


def rendered(report: Report, form: str, *, keys: tuple[str, ...] = KEYS, lang: Lang = "en") -> bytes:
    return render(three(report), [column("kpis", key) for key in keys], form, Display(report, lang))


def whole(report: Report, form: str) -> bytes:
    return render(report.kpis, written(report, "kpis"), form, Display(report, "en"))


VALUES = [
    ("promotion-6.1", "億円", None, "unmeasured", None, []),
    ("promotion-6.3", "ha", -22, "worsened", -1.1, []),
    ("promotion-7.2", "%", 9.2, "met", 9.2 / 8.9, ["target_below_baseline", "mixed_bases"]),
]
ROWS = [dict(zip(KEYS, values, strict=True)) for values in VALUES]


def test_a_table_is_aligned_by_cells(report: Report) -> None:
    keys = ("id", "unit", "status", "progress")
    assert rendered(report, "table", keys=keys).decode() == (
        "no     unit  status      progress\n"
        "推6.1  億円  unmeasured         -\n"
        "推6.3  ha    worsened       -110%\n"
        "推7.2  %     met             103%\n"
    )
    assert rendered(report, "table", keys=keys, lang="ja").decode() == (
        "No     単位  状況     進捗\n"
        "推6.1  億円  未計測      -\n"
        "推6.3  ha    悪化    -110%\n"
        "推7.2  %     達成     103%\n"
    )


def test_markdown_is_a_table_that_pipes_in_text_do_not_break(report: Report) -> None:
    frame = three(report).with_columns(name=pl.lit("a|b"))
    columns = [column("kpis", key) for key in ("id", "name", "progress")]
    assert render(frame, columns, "md", Display(report, "ja")).decode() == (
        "| No | 指標 | 進捗 |\n"
        "| --- | --- | ---: |\n"
        "| 推6.1 | a\\|b | - |\n"
        "| 推6.3 | a\\|b | -110% |\n"
        "| 推7.2 | a\\|b | 103% |\n"
    )


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_hold_keys_ratios_and_nothing_for_missing(report: Report, form: str, separator: str) -> None:
    assert list(csv.reader(io.StringIO(rendered(report, form).decode()), delimiter=separator)) == [
        list(KEYS),
        ["promotion-6.1", "億円", "", "unmeasured", "", ""],
        ["promotion-6.3", "ha", "-22.0", "worsened", "-1.1", ""],
        ["promotion-7.2", "%", "9.2", "met", repr(9.2 / 8.9), "target_below_baseline mixed_bases"],
    ]


def test_csv_brings_every_text_through(report: Report) -> None:
    awkward = 'コンマ, "引用"\n改行\tタブ'
    frame = three(report).with_columns(name=pl.lit(awkward))
    for form, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        text = render(frame, [column("kpis", "name")], form, Display(report, "en")).decode()
        assert list(csv.reader(io.StringIO(text, newline=""), dialect)) == [["name"], *[[awkward]] * 3]


def test_json_is_a_list_of_rows_with_null_for_missing(report: Report) -> None:
    assert json.loads(rendered(report, "json")) == ROWS
    assert "億円" in rendered(report, "json").decode()


def test_ndjson_is_a_row_per_line(report: Report) -> None:
    lines = rendered(report, "ndjson").decode().splitlines()
    assert [json.loads(line) for line in lines] == ROWS


def test_toml_has_no_key_for_missing(report: Report) -> None:
    found = tomllib.loads(rendered(report, "toml").decode())
    assert found == {"row": [{key: value for key, value in row.items() if value is not None} for row in ROWS]}


def test_parquet_reads_back_as_the_same_frame(report: Report) -> None:
    keys = [each.key for each in written(report, "kpis")]
    assert pl.read_parquet(io.BytesIO(whole(report, "parquet"))).equals(report.kpis.select(keys))


def xlsx_rows(data: bytes) -> Iterator[dict[str, str]]:
    """The filled cells of the first sheet by the letter of their column."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in strings]
    for row in sheet.iter(f"{SHEET}row"):
        found = ((cell.get("r", "").rstrip("0123456789"), cell.get("t"), cell.findtext(f"{SHEET}v")) for cell in row)
        yield {place: texts[int(value)] if kind == "s" else value for place, kind, value in found if value}


def test_a_workbook_holds_keys_numbers_and_empty_cells(report: Report) -> None:
    head, *rows = xlsx_rows(rendered(report, "xlsx", keys=KEYS[:5]))
    assert head == dict(zip("ABCDE", KEYS, strict=False))
    assert rows[0] == {"A": "promotion-6.1", "B": "億円", "D": "unmeasured"}
    assert rows[1] == {"A": "promotion-6.3", "B": "ha", "C": "-22", "D": "worsened", "E": "-1.1"}
    assert float(rows[2]["C"]) == pytest.approx(9.2)
    assert float(rows[2]["E"]) == pytest.approx(9.2 / 8.9)


def test_a_workbook_holds_all_columns(report: Report) -> None:
    rows = list(xlsx_rows(whole(report, "xlsx")))
    assert len(rows) == 1 + 82


def rows_in(text: str, form: str) -> list[dict[str, object]]:
    if form == "csv":
        return [dict(row) for row in csv.DictReader(io.StringIO(text))]
    if form == "ndjson":
        return [json.loads(line) for line in text.splitlines()]
    rows: list[dict[str, object]] = json.loads(text) if form == "json" else tomllib.loads(text)["row"]
    return rows


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "toml"])
def test_a_format_for_programs_holds_all_82_rows_and_26_columns(report: Report, form: str) -> None:
    rows = rows_in(whole(report, form).decode(), form)
    assert [row["id"] for row in rows] == report.kpis["id"].to_list()
    assert max(len(row) for row in rows) == 26


def test_json_says_the_same_in_both_languages(report: Report) -> None:
    assert rendered(report, "json", lang="ja") == rendered(report, "json", lang="en")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", "[]\n"),
        ("ndjson", ""),
        ("csv", "id,status\n"),
        ("table", "no  status\n"),
        ("md", "| no | status |\n| --- | --- |\n"),
    ],
)
def test_no_rows_are_no_error(report: Report, form: str, text: str) -> None:
    columns = [column("kpis", "id"), column("kpis", "status")]
    assert render(report.kpis.clear(), columns, form, Display(report, "en")).decode() == text
