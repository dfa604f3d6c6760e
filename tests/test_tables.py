"""A table of KPIs in the registry's keys, as CSV or Parquet: a report of its own, without a folder."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

sys.path.append(str(Path(__file__).parent / "tui"))

from screen import browsing

from kpitui.cli import main
from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.report import tables
from kpitui.report.model import Report
from kpitui.report.open import is_document
from kpitui.report.tables import load_table
from kpitui.views.builtin import builtin
from kpitui.views.query import gather, select
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

Captured = pytest.CaptureFixture[str]

GOOD = """\
id,project_id,project,grant,name,unit,baseline,target,actual,rating,rating_rank,status
a-1.1,a-1,Bridges,north,Visitors,人,0,100,120,good,1,missed
a-1.2,a-1,Bridges,north,Sales,千円,10,20,5,good,1,met
a-2.1,a-2,Roads,south,Jobs,人,0,40,,poor,2,met
"""
"""Of three KPIs one is met (120 of 100), one worsened (from 10 to 5), one not measured; the file says otherwise."""
LEAST = "id,project_id,name,target,actual\n"


@pytest.fixture(params=["csv", "tsv", "parquet", "json", "ndjson", "xlsx"])
def table(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path, rows = tmp_path / f"town.{request.param}", pl.read_csv(GOOD.encode())
    match path.suffix:
        case ".csv":
            path.write_text(GOOD, "utf-8")
        case ".tsv":
            path.write_text(GOOD.replace(",", "\t"), "utf-8")
        case ".parquet":
            rows.write_parquet(path)
        case ".json":
            path.write_text(json.dumps(rows.to_dicts()), "utf-8")
        case ".ndjson":
            rows.write_ndjson(path)
        case ".xlsx":
            rows.write_excel(path, worksheet="kpis")
    return path


def _written(tmp_path: Path, text: str | bytes, name: str = "town.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def _json(capsys: Captured, *words: str) -> Any:
    assert main([*words, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


# What opens


def test_kpis_are_judged_anew_whatever_the_file_says(table: Path, capsys: Captured) -> None:
    found = _json(capsys, "kpis", "--report", str(table))
    assert [each["id"] for each in found] == ["a-1.1", "a-1.2", "a-2.1"]
    assert [each["status"] for each in found] == ["met", "worsened", "unmeasured"]
    # 120 / 100; (5 - 10) / (20 - 10); no actual.
    assert [each["progress"] for each in found] == [1.2, -0.5, None]
    assert found[0]["baseline"] == 0


def test_projects_are_gathered_from_their_kpis(table: Path, capsys: Captured) -> None:
    found = _json(capsys, "projects", "--report", str(table))
    assert [(each["id"], each["name"], each["kpi_count"]) for each in found] == [
        ("a-1", "Bridges", 2),
        ("a-2", "Roads", 1),
    ]
    assert [(each["met"], each["worsened"], each["unmeasured"]) for each in found] == [(1, 1, 0), (0, 0, 1)]
    assert [each["rating_rank"] for each in found] == [1, 2]


def test_facets_count_its_values(table: Path, capsys: Captured) -> None:
    assert main(["facets", "status", "--report", str(table), "--lang", "en"]) == 0
    counted = dict(line.split() for line in capsys.readouterr().out.strip().splitlines()[1:])
    assert counted == {"worsened": "1", "missed": "0", "met": "1", "unmeasured": "1"}


def test_filters_of_its_own_words_work(table: Path, capsys: Captured) -> None:
    assert [each["id"] for each in _json(capsys, "kpis", "--report", str(table), "--grant", "south")] == ["a-2.1"]
    assert [each["id"] for each in _json(capsys, "kpis", "--report", str(table), "--rating", "2")] == ["a-2.1"]


@pytest.mark.parametrize("words", [["overview"], ["show", "a-1.2"], ["show", "a-1"], ["checks"]])
def test_the_other_verbs_answer_too(table: Path, capsys: Captured, words: list[str]) -> None:
    assert main([*words, "--report", str(table), "--lang", "en"]) in (0, 1)
    assert capsys.readouterr().err == ""


def test_there_is_no_audit_without_printed_criteria(table: Path, capsys: Captured) -> None:
    assert main(["audit", "--report", str(table), "--lang", "en"]) == 1
    assert "no audit" in capsys.readouterr().err


async def test_the_browser_opens_it_and_keys_work(table: Path, store: Store) -> None:
    async with browsing(load_table(table), store, view=SavedView("", ViewSpec("kpis"))) as desk:
        assert desk.ids == ["a-1.1", "a-1.2", "a-2.1"]
        assert "悪化 1  未達 0  達成 1  未計測 1" in desk.lines[0]
        await desk.press("2")
        assert desk.ids == ["a-1", "a-2"]
        await desk.press("enter", "enter")
        assert "Visitors" in desk.text
        await desk.press("enter", "1", "4")
        assert "town" in desk.lines[0]


def test_an_export_of_the_built_in_report_opens_with_the_same_judgements(
    report: Report, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "all.parquet"
    assert main(["kpis", "--output", str(path)]) == 0
    found = load_table(path)
    assert found.kpis["status"].to_list() == report.kpis["status"].to_list()
    assert found.projects.height == 23
    assert capsys.readouterr().err == ""


FORMS = ["csv", "tsv", "parquet", "json", "ndjson", "xlsx"]
RULED = """
[[override]]
kpi = "promotion-7.2"
basis = "level"
note = "the ministry's form asks for levels here"
"""


@pytest.mark.parametrize("form", FORMS)
def test_what_was_inferred_and_what_was_declared_stay_so_in_an_export(copied: Path, tmp_path: Path, form: str) -> None:
    toml = copied / "report.toml"
    toml.write_text(toml.read_text("utf-8") + RULED, "utf-8")
    small = _written(
        tmp_path, "id,project_id,name,baseline,target,actual,unit\na.1,a,待ち時間,30,20,25,分\n", "small.csv"
    )
    path = tmp_path / f"both.{form}"
    assert main(["kpis", "--report", str(copied), "--report", str(small), "--output", str(path)]) == 0
    rows = {row["id"]: row for row in load_table(path).kpis.iter_rows(named=True)}
    wait = rows["small/a.1"]
    assert (wait["aim"], wait["status"], wait["notes"]) == ("decrease", "missed", ["aim_inferred"])
    # As levels it went 0.9 of the 1.2 from 10.1 down to 8.9; as an increment it would be 9.2 of 8.9.
    rate = rows["yamaguchi-r3/promotion-7.2"]
    assert (rate["basis"], round(rate["progress"], 9)) == ("level", 0.75)
    assert rate["notes"] == ["target_below_baseline", "declared"]


@pytest.mark.parametrize("form", FORMS)
def test_an_export_opened_and_exported_again_is_the_same(copied: Path, tmp_path: Path, form: str) -> None:
    first, again, files = tmp_path / f"first.{form}", tmp_path / "again.csv", [tmp_path / "small.csv"]
    _written(tmp_path, "id,project_id,name,baseline,target,actual,unit\na.1,a,待ち時間,30,20,25,分\n", "small.csv")
    named = ["--report", str(copied), "--report", str(files[0])]
    assert main(["kpis", *named, "--output", str(first)]) == 0
    assert main(["kpis", *named, "--output", str(tmp_path / "plain.csv")]) == 0
    assert main(["kpis", "--report", str(first), "--output", str(again)]) == 0
    assert again.read_text("utf-8") == (tmp_path / "plain.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("town[12].csv", "town1.csv"),
        ("town[12].parquet", "town1.parquet"),
        ("t*.csv", "tower.csv"),
        ("t?.parquet", "t1.parquet"),
        ("R3 [final]/town.csv", "R3 f/town.csv"),
        ("R3 [final]/town.parquet", "R3 f/town.parquet"),
    ],
)
def test_a_name_with_signs_of_a_pattern_is_that_of_its_own_file(tmp_path: Path, name: str, other: str) -> None:
    path = tmp_path / name
    for each, text in ((path, GOOD), (tmp_path / other, GOOD.replace("a-1.1", "other"))):
        each.parent.mkdir(exist_ok=True)
        each.write_text(text, "utf-8")
        if each.suffix == ".parquet":
            pl.read_csv(text.encode()).write_parquet(each)
    assert load_table(path).kpis["id"].to_list() == ["a-1.1", "a-1.2", "a-2.1"]
    assert not is_document([path])


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson", "parquet", "xlsx"])
def test_an_ending_in_capitals_is_the_same_ending(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"REPORT.{form.upper()}"
    assert main(["kpis", "--view", "worsened", "--output", str(path)]) == 0
    assert load_table(path).kpis["id"].to_list() == ["promotion-6.3", "promotion-22.1"]
    assert not is_document([path])


def test_a_folder_called_tilde_is_not_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    for folder, text in ((home, GOOD.replace("a-1.1", "other")), (here / "~", GOOD)):
        folder.mkdir(parents=True)
        (folder / "town.csv").write_text(text, "utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(here)
    assert _json(capsys, "kpis", "--report", "~/town.csv")[0]["id"] == "a-1.1"


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_an_export_for_older_programs_opens_as_it_was(tmp_path: Path, capsys: Captured, form: str) -> None:
    path = tmp_path / f"old.{form}"
    assert main(["kpis", "--output", str(path), "--encoding", "cp932"]) == 0
    assert not is_document([path])
    assert load_table(path).fingerprint == hashlib.sha256(path.read_bytes()).hexdigest()
    assert _json(capsys, "kpis", "--report", str(path)) == _json(capsys, "kpis")


def test_a_wrong_cell_of_an_export_for_older_programs_is_named_too(tmp_path: Path) -> None:
    text = LEAST + "x,p,水素分野における事業化件数,1,2\ny,p,移住者数の増加,1,2件\n"
    said = _refused(_written(tmp_path, text.encode("cp932")))
    assert said.endswith("town.csv:3, column 'actual': '2件' is not a number")


def test_a_tsv_keeps_the_tabs_and_line_ends_within_its_cells(tmp_path: Path) -> None:
    text = LEAST.replace(",", "\t") + 'x\tp\t"a\tb\nc"\t1\t2\n'
    assert load_table(_written(tmp_path, text, "town.tsv")).kpis["name"].to_list() == ["a\tb\nc"]


def test_a_tsv_of_another_publisher_is_still_a_document(tmp_path: Path) -> None:
    assert is_document([_written(tmp_path, "事業\t指標\t目標\nx\ty\t1\n", "town.tsv")])


def test_damaged_utf8_is_not_taken_for_other_letters(tmp_path: Path) -> None:
    # As CP932 the same bytes are letters too, but no words.
    said = _refused(_written(tmp_path, (LEAST + "x,p,水素,1,2\ny,p,").encode() + b"\xe6\xb0,1,2\n"))
    assert said.endswith("town.csv:3:5: not UTF-8")


def test_a_large_file_that_is_not_utf8_is_to_be_saved_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpitui.report.big._TEXT", 40)
    said = _refused(_written(tmp_path, (LEAST + "x,p,水素,1,2\n").encode("cp932")))
    assert said.endswith("town.csv: not UTF-8; a file of this size is read only as that, so save it as UTF-8")


def test_a_workbook_of_another_publisher_is_a_document_and_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    pl.read_csv(GOOD.encode()).write_excel(path, worksheet="Sheet1")
    assert is_document([path])
    pl.read_csv(GOOD.encode()).write_excel(path, worksheet="kpis")
    assert not is_document([path])
    path.write_bytes(b"PK")
    assert is_document([path])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 9, "is no xlsx: a file of another format, or damaged"),
        (GOOD.encode(), "is no xlsx: a file of another format, or damaged"),
        (b"", "is no xlsx: a file of another format, or damaged"),
        (b"PK\x03\x04 and no more", "cut short or damaged"),
    ],
)
def test_what_is_no_workbook_is_bad_data(tmp_path: Path, data: bytes, said: str, capsys: Captured) -> None:
    path = _written(tmp_path, data, "town.xlsx")
    assert main(["kpis", "--report", str(path), "--lang", "en"]) == 1
    assert capsys.readouterr().err.startswith(f"kpitui: {path}: {said}")


def test_a_workbook_without_the_sheet_of_an_export_is_bad_data(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "town.xlsx"
    pl.read_csv(GOOD.encode()).write_excel(path, worksheet="Sheet1")
    assert main(["kpis", "--report", str(path), "--lang", "en"]) == 1
    assert capsys.readouterr().err == f"kpitui: {path}: no sheet 'kpis'; there are Sheet1\n"


def test_a_workbook_needs_the_extra_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "town.xlsx"
    pl.read_csv(GOOD.encode()).write_excel(path, worksheet="kpis")
    monkeypatch.setattr("kpitui.sources.raw.apart.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"kpitui\[excel\]"):
        load_table(path)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("town.json", '[\n{"id": 1},\n', "town.json:3:1: no JSON"),
        ("town.ndjson", '{"id": 1}\n{"id"\n', "town.ndjson:2:6: no JSON"),
        ("town.json", '{"rows": []}', "is no list of rows"),
        ("town.json", "[1]", "is no list of rows"),
        ("town.json", "[" * 100_000, "town.json:1: no JSON"),
        ("town.json", "[]", "no column 'id'"),
    ],
)
def test_json_that_is_no_table_is_refused_with_its_line(tmp_path: Path, name: str, text: str, words: str) -> None:
    assert words in _refused(_written(tmp_path, text, name))


def test_the_least_columns_will_do_and_a_byte_order_mark_is_no_part_of_the_first(tmp_path: Path) -> None:
    path = _written(tmp_path, "\ufeff" + LEAST + "x,p,n,1,2\n")
    assert load_table(path).kpis["status"].to_list() == ["met"]


def test_a_head_alone_is_a_report_without_kpis(tmp_path: Path) -> None:
    assert load_table(_written(tmp_path, LEAST)).kpis.height == 0


# What does not


def _refused(path: Path) -> str:
    with pytest.raises(KpituiError) as caught:
        load_table(path)
    assert path.name in caught.value.say("en")
    assert path.name in caught.value.say("ja")
    return caught.value.say("en")


def test_a_missing_column_is_named_with_the_nearest_and_a_way_on(tmp_path: Path) -> None:
    said = _refused(_written(tmp_path, "id,project_id,name,target,actuall\nx,p,n,1,2\n"))
    assert "is not a table of KPIs: no column 'actual'; nearest is 'actuall'" in said
    assert "kpitui import" in said


def test_words_in_the_place_of_numbers_are_named_with_their_column(tmp_path: Path) -> None:
    said = _refused(_written(tmp_path, LEAST + "x,p,n,many,2\n"))
    assert "'target'" in said
    assert "many" in said


AIMED = "id,project_id,name,target,actual,aim\n"


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (LEAST + 'x,p,n,1,2\ny,p,m,3,"1,000"\n', "t.csv", "t.csv:3, column 'actual': '1,000' is not a number"),
        (LEAST + 'x,p,"n\nn",1,2\ny,p,m,3,about 4\n', "t.csv", "t.csv:4, column 'actual': 'about 4' is not a number"),
        (
            "id\tproject_id\tname\ttarget\tactual\nx\tp\tn\tmany\t2\n",
            "t.tsv",
            "t.tsv:2, column 'target': 'many' is not",
        ),
        (
            AIMED + "x,p,n,1,2,increase\ny,p,m,1,2,sideways\n",
            "t.csv",
            "t.csv:3, column 'aim': 'sideways' is unknown; "
            "there are increase, maintain_above, maintain_below, decrease",
        ),
        (
            AIMED.replace("aim", "basis,notes") + "x,p,n,1,2,odd,\ny,p,m,1,2,odd,declared\n",
            "t.csv",
            "t.csv:3, column 'basis': 'odd' is unknown; there are level, increment, zero, change, ambiguous",
        ),
        (
            AIMED.replace("aim", "basis_declared") + "x,p,n,1,2,odd\n",
            "t.csv",
            "t.csv:2, column 'basis_declared': 'odd' is unknown; there are level, increment, zero, change, ambiguous",
        ),
        (
            AIMED.replace("aim", "cost") + "x,p,n,1,2,1.5\n",
            "t.csv",
            "t.csv:2, column 'cost': '1.5' is not a whole number",
        ),
        (LEAST + 'x,p,n,1,2\n"y,p,m,1,2\nz,p,k,1,2\n', "t.csv", "t.csv:3: unexpected end of data"),
        (LEAST + "x,p,n,1,2\ny,p,m,1,2,3,4\n", "t.csv", "t.csv:3: 7 cells where the head has 5"),
        (
            '{"id":"x","project_id":"p","name":"n","target":1,"actual":2}\n\n'
            '{"id":"y","project_id":"p","name":"m","target":"?","actual":2}\n',
            "t.ndjson",
            "t.ndjson:3, column 'target': '?' is not a number",
        ),
        (
            '[{"id":"x","project_id":"p","name":"n","target":"1,0","actual":2}]',
            "t.json",
            "t.json, row 1, column 'target': '1,0' is not a number",
        ),
    ],
)
def test_a_cell_that_is_wrong_is_named_by_line_column_and_what_may_stand_there(
    tmp_path: Path, text: str, name: str, said: str
) -> None:
    assert _refused(_written(tmp_path, text, name)).startswith(f"{tmp_path}/{said}")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (["1", "2 or so"], "t.parquet, row 2, column 'target': '2 or so' is not a number"),
        ([[1.0], [2.0]], "t.parquet, column 'target': a value of type List(Float64) is not a number"),
    ],
)
def test_a_wrong_cell_of_parquet_is_named_by_its_row(tmp_path: Path, target: list[Any], said: str) -> None:
    cells = {"id": ["x", "y"], "project_id": ["p", "p"], "name": ["n", "m"], "target": target, "actual": [1.0, 2.0]}
    pl.DataFrame(cells).write_parquet(tmp_path / "t.parquet")
    assert _refused(tmp_path / "t.parquet") == f"{tmp_path}/{said}"


def test_a_wrong_cell_is_told_in_japanese(tmp_path: Path) -> None:
    with pytest.raises(KpituiError) as caught:
        load_table(_written(tmp_path, AIMED + "x,p,n,1,2,up\n"))
    aims = "increase, maintain_above, maintain_below, decrease"
    assert caught.value.say("ja") == f"{tmp_path}/town.csv:2、列 'aim': 'up' はありません。あるもの: {aims}"


DAMAGED = {
    "nothing.csv": b"",
    "binary.csv": bytes(range(256)) * 4,
    "half.csv": (LEAST + "x,p,水素,1,2\n").encode() + b"y,p,\xe6\xb0,1,2\n",
    "half.tsv": (LEAST + "x,p,水素,1,2\n").replace(",", "\t").encode() + b"y\tp\t\xff\t1\t2\n",
    "ragged.csv": (LEAST + "x,p,n,1,2,3,4\n").encode(),
    "cut.parquet": b"PAR1 and no more",
    "empty.parquet": b"",
    "aim.csv": b"id,project_id,name,target,actual,aim\nx,p,n,1,2,sideways\n",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, name: str, capsys: Captured) -> None:
    path = _written(tmp_path, DAMAGED[name], name)
    assert _refused(path)
    assert main(["kpis", "--report", str(path), "--lang", "ja"]) == 1
    told, said = capsys.readouterr()
    assert told == ""
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said
    assert [char for char in said if not char.isprintable() and char not in "\n\t"] == []


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (",p,n,1,2", "an empty cell in the column 'id'"),
        ("x,,n,1,2", "an empty cell in the column 'project_id'"),
        ("x,p,,1,2", "an empty cell in the column 'name'"),
        ("x,p,n,1,2\nx,p,m,3,4", "more than one row has the id 'x'"),
    ],
)
def test_rows_that_cannot_be_told_apart_are_refused(tmp_path: Path, rows: str, words: str) -> None:
    assert words in _refused(_written(tmp_path, f"{LEAST}{rows}\n"))


@pytest.mark.parametrize(
    ("rows", "line"),
    [("x,p,n,1,2\ny,p,,1,2", 3), ('x,p,"n\nn",1,2\n,p,n,1,2', 4), ("x,p,n,1,2\ny,p,n,1,2\nx,p,n,1,2", 4)],
)
def test_rows_that_cannot_be_told_apart_are_told_by_their_line(tmp_path: Path, rows: str, line: int) -> None:
    path = _written(tmp_path, f"{LEAST}{rows}\n")
    assert _refused(path).startswith(f"{path}:{line}: ")


def test_a_row_of_a_format_without_lines_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    rows = {"id": ["x", "y", "x"], "report": ["a", "a", "a"], "project_id": "p", "name": "n", "target": 1, "actual": 2}
    pl.DataFrame(rows).write_parquet(path)
    assert _refused(path) == f"{path}, row 3: more than one row has the id 'x'"


def test_an_export_is_selected_from_by_what_its_directions_come_to(report: Report, tmp_path: Path) -> None:
    table = tmp_path / "t.parquet"
    report.kpis.write_parquet(table)
    view = builtin("continued-though-missed")
    assert view is not None
    found = load_table(table)
    ids = [gather(each, select(each, view.spec(each.metadata)))["id"].to_list() for each in (report, found)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 27


def test_ids_are_compared_in_each_report_by_itself(tmp_path: Path) -> None:
    head = "report,id,project_id,name,target,actual\n"
    found = load_table(_written(tmp_path, f"{head}r3,x,p,n,1,2\nr4,x,p,n,1,0\n"))
    assert found.kpis["id"].to_list() == ["r3/x", "r4/x"]
    assert ":4: more than one row has the id 'x'" in _refused(
        _written(tmp_path, f"{head}r3,x,p,n,1,2\nr4,x,p,n,1,0\nr4,x,p,m,1,0\n")
    )


def test_texts_whose_hashes_agree_are_compared_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_HALF", 0)  # as if all agreed
    assert tables.distinct(pl.Series(["a", "b", "c"]))
    assert not tables.distinct(pl.Series(["a", "b", "a"]))


def test_the_fingerprint_is_that_of_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_PIECE", 7)
    path = _written(tmp_path, GOOD)
    assert load_table(path).fingerprint == hashlib.sha256(GOOD.encode()).hexdigest()


async def test_a_table_without_names_of_projects_and_grants_can_be_walked_through(tmp_path: Path, store: Store) -> None:
    path = _written(tmp_path, "id,project_id,name,target,actual,aim\nx,p,n,1,2,increase\n")
    async with browsing(load_table(path), store) as desk:
        assert desk.ids == ["p"]
        await desk.press("enter")
        assert "> p p" in desk.lines[0]
        assert desk.ids == ["x"]
        await desk.press("x")
        assert "200" in desk.text
        await desk.press("escape", "o")
        await desk.type("p")
        await desk.press("enter")
        assert desk.ids == ["x"]
        await desk.press("M", "enter")
        assert desk.ids == ["p"]


def test_a_parquet_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    pl.read_csv(GOOD.encode()).write_parquet(whole)
    content = whole.read_bytes()
    for size in range(1, len(content) - 1, len(content) // 7):
        assert _refused(_written(tmp_path, content[:size], "cut.parquet"))


def test_numbers_that_are_none_are_missing(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["x"], "project_id": ["p"], "name": ["n"], "target": [1.0], "actual": [float("nan")]})
    path = tmp_path / "nan.parquet"
    frame.write_parquet(path)
    assert load_table(path).kpis["status"].to_list() == ["unmeasured"]


def test_a_file_that_cannot_be_found_is_missing_input(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "none.csv"
    with pytest.raises(InputError):
        load_table(path)
    assert main(["kpis", "--report", str(path), "--lang", "en"]) == 3
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["csv", "parquet", "json", "ndjson", "xlsx"])
def test_a_reopened_export_quotes_the_unit_among_the_printed_cells(tmp_path: Path, capsys: Captured, form: str) -> None:
    path = str(tmp_path / f"rows.{form}")
    assert main(["kpis", "--output", path]) == 0
    assert main(["show", "promotion-1.1", "--report", path, "--lang", "en"]) == 0
    assert "\nas printed line 49 「0 / 1,839,000 / 千円 / 434,000」\n" in capsys.readouterr().out


def test_a_table_without_printed_cells_quotes_none(tmp_path: Path, capsys: Captured) -> None:
    path = str(_written(tmp_path, GOOD))
    assert main(["show", "a-1.1", "--report", path, "--lang", "en"]) == 0
    assert "\nas printed no line number\n" in capsys.readouterr().out
