"""Rows into files by the command line: which formats, what stands beside them, and what is refused."""

import csv
import hashlib
import io
import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from kpitui.cli import main

Run = Callable[..., str]
WORSENED = ("kpis", "--status", "worsened", "--columns", "id,actual,cost")


@pytest.fixture
def said(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command line that must end with a code, and returns what it says on stderr."""

    def run(*words: str, code: int = 0) -> str:
        capsysbinary.readouterr()
        assert main(list(words)) == code
        out, err = capsysbinary.readouterr()
        assert out == b""
        return err.decode()

    return run


@pytest.fixture
def printed(capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[..., bytes]:
    """Runs a command line that must end well, and returns what it prints."""

    def run(*words: str) -> bytes:
        capsysbinary.readouterr()
        assert main(list(words)) == 0
        return capsysbinary.readouterr().out

    return run


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def running(copied: Path) -> str:
    """A report with a KPI whose name a spreadsheet would run."""
    head, *rows = csv.reader(io.StringIO((copied / "kpis.csv").read_text("utf-8")))
    rows[0][head.index("name")] = '=HYPERLINK("http://example.org","詳細")'
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    (copied / "kpis.csv").write_text(text.getvalue(), "utf-8")
    return str(copied)


# Formats and what stands beside them


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson"])
def test_a_plain_format_has_its_source_in_a_file_beside_it(here: Path, said: Run, form: str) -> None:
    said(*WORSENED, "--sort=-cost", "--output", f"out.{form}")
    assert names(here) == [f"out.{form}", f"out.{form}.meta.toml"]
    about = tomllib.loads((here / f"out.{form}.meta.toml").read_text("utf-8"))
    assert about["file"]["name"] == f"out.{form}"
    assert about["file"]["sha256"] == hashlib.sha256((here / f"out.{form}").read_bytes()).hexdigest()
    assert about["source"]["report"] == "yamaguchi-r3"
    assert about["source"]["view_ja"] == ["状況: 悪化"]
    assert about["source"]["order_en"] == "cost (descending)"
    assert about["source"]["rows"] == 2


@pytest.mark.parametrize("form", ["md", "toml", "parquet", "xlsx", "table"])
def test_a_format_that_can_hold_its_source_is_one_file(here: Path, said: Run, form: str) -> None:
    said(*WORSENED, "--format", form, "--output", "out")
    assert names(here) == ["out"]


def test_the_source_can_be_left_unsaid(here: Path, said: Run, printed: Callable[..., bytes]) -> None:
    said(*WORSENED, "--no-meta", "--output", "out.csv")
    assert names(here) == ["out.csv"]
    said(*WORSENED, "--no-meta", "--output", "out.xlsx")
    assert load_workbook(here / "out.xlsx").sheetnames == ["rows"]
    assert b"[source]" not in printed(*WORSENED, "--no-meta", "--format", "toml")
    assert b"Source" not in printed(*WORSENED, "--no-meta", "--format", "md")


def test_a_files_ending_names_its_format_unless_another_is_asked_for(here: Path, said: Run) -> None:
    said(*WORSENED, "--output", "out.CSV")
    assert (here / "out.CSV").read_text("utf-8").startswith("id,actual,cost\n")
    said(*WORSENED, "--output", "out.json", "--format", "ndjson")
    assert (here / "out.json").read_text("utf-8").startswith('{"id": "promotion-6.3"')
    said(*WORSENED, "--output", "out.txt")
    assert "promotion" not in (here / "out.txt").read_text("utf-8").split()[0]
    said("show", "promotion-6.3", "--output", "show.json")
    assert (here / "show.json").read_text("utf-8").startswith("{")


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (("kpis", "--output", "out.xls"), "table, csv, tsv, json, ndjson, md, toml, parquet, xlsx"),
        (("projects", "--output", "out.Html"), "table, csv, tsv, json, ndjson, md, toml, parquet, xlsx"),
        (("compare", "a", "b", "--output", "out.parquet"), "table, md, json, ndjson, csv, tsv, xlsx"),
    ],
)
def test_no_file_is_called_by_a_format_that_it_is_not_in(
    here: Path, said: Run, words: tuple[str, ...], known: str
) -> None:
    told = said(*words, code=2)
    assert words[-1] in told
    assert known in told
    assert not (here / words[-1]).exists()


def test_a_name_with_another_formats_ending_is_taken_where_the_format_is_given(here: Path, said: Run) -> None:
    said(*WORSENED, "--format", "csv", "--output", "out.xls")
    assert (here / "out.xls").read_text("utf-8").startswith("id,actual,cost\n")
    said(*WORSENED, "--output", "kpis.2026-11")
    assert "promotion" not in (here / "kpis.2026-11").read_text("utf-8").split()[0]


def test_the_saved_view_is_named_if_nothing_was_added_to_it(here: Path, said: Run) -> None:
    said("kpis", "--view", "worsened", "--output", "a.csv")
    said("kpis", "--view", "worsened", "--search", "農", "--output", "b.csv")
    named, changed = (tomllib.loads((here / f"{each}.csv.meta.toml").read_text("utf-8"))["source"] for each in "ab")
    assert named["view"] == "worsened"
    assert "view" not in changed
    assert changed["view_en"][-1] == "search: 農"


def test_rows_cut_off_by_a_limit_are_told_of(here: Path, said: Run) -> None:
    said("kpis", "--limit", "3", "--output", "a.csv")
    source = tomllib.loads((here / "a.csv.meta.toml").read_text("utf-8"))["source"]
    assert (source["rows"], source["view_en"], source["view_ja"]) == (3, ["the first 3 rows"], ["先頭の3行"])


@pytest.mark.parametrize(
    ("words", "code", "table"),
    [
        (("facets", "status"), 0, "kpis"),
        (("checks",), 1, "checks"),
        (("audit",), 0, "audit"),
        (("projects",), 0, "projects"),
    ],
)
def test_every_table_can_be_a_workbook(here: Path, said: Run, words: tuple[str, ...], code: int, table: str) -> None:
    said(*words, "--output", "out.xlsx", code=code)
    assert load_workbook(here / "out.xlsx").sheetnames == [table, "about"]
    said(*words, "--words", "--output", "words.xlsx", "--lang", "ja", code=code)
    rows = load_workbook(here / "words.xlsx").worksheets[0]
    assert rows.max_row > 4


def test_what_is_exported_twice_is_the_same(here: Path, said: Run) -> None:
    for form in ("csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx"):
        said("kpis", "--output", f"one.{form}")
        said("kpis", "--output", f"two.{form}")
        assert (here / f"one.{form}").read_bytes() == (here / f"two.{form}").read_bytes()


def test_every_format_holds_the_same_numbers(here: Path, said: Run) -> None:
    for form in ("csv", "parquet", "xlsx"):
        said("kpis", "--columns", "id,actual,progress", "--output", f"a.{form}")
    expected = pl.read_parquet(here / "a.parquet", glob=False)
    assert pl.read_csv(here / "a.csv", glob=False).equals(expected)
    _, *rows = load_workbook(here / "a.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [row[0] for row in rows] == expected["id"].to_list()
    assert [row[2] for row in rows] == [pytest.approx(each, rel=1e-15) for each in expected["progress"]]


# What a spreadsheet would run


def test_a_text_that_would_run_is_made_safe_in_files_alone(
    running: str, here: Path, said: Run, printed: Callable[..., bytes]
) -> None:
    words = ("kpis", "--report", running, "--columns", "name,gap", "--limit", "1")
    said(*words, "--output", "safe.csv")
    said(*words, "--output", "raw.csv", "--raw")
    assert (here / "safe.csv").read_text("utf-8").splitlines()[1].startswith("\"'=HYPERLINK(")
    assert (here / "safe.csv").read_text("utf-8").splitlines()[1].endswith(",-1405000.0")
    assert (here / "raw.csv").read_text("utf-8").splitlines()[1].startswith('"=HYPERLINK(')
    assert printed(*words, "--format", "csv").decode().splitlines()[1].startswith('"=HYPERLINK(')
    assert printed(*words, "--format", "csv", "--safe").decode().splitlines()[1].startswith("\"'=HYPERLINK(")


def test_json_and_parquet_keep_every_text_as_it_is(running: str, here: Path, said: Run) -> None:
    said("kpis", "--report", running, "--output", "a.parquet")
    assert pl.read_parquet(here / "a.parquet", glob=False)["name"][0].startswith("=HYPERLINK")
    said("kpis", "--report", running, "--output", "a.json")
    assert '"=HYPERLINK' in (here / "a.json").read_text("utf-8")


# Encodings


def test_excel_reads_utf_8_by_its_mark(here: Path, said: Run) -> None:
    said(*WORSENED, "--bom", "--output", "a.csv")
    assert (here / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_older_programs_read_cp932(here: Path, said: Run) -> None:
    said("projects", "--encoding", "cp932", "--output", "a.csv")
    assert "水素" in (here / "a.csv").read_text("cp932")


def test_what_cp932_cannot_hold_is_told_and_nothing_written(copied: Path, here: Path, said: Run) -> None:
    text = (copied / "projects.csv").read_text("utf-8")
    (copied / "projects.csv").write_text(text.replace("水素", "𠮷素"), "utf-8")
    words = ("projects", "--report", str(copied), "--encoding", "cp932", "--output", "a.csv")
    assert "cp932 cannot hold '𠮷' U+20BB7 (row 1, summary)" in said(*words, code=1)
    assert names(here) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "json", "--bom"), "--bom is for csv, tsv"),
        (("--format", "xlsx", "--encoding", "cp932"), "--encoding is for csv, tsv"),
        (("--format", "md", "--safe"), "--safe is for csv, tsv"),
        (("--raw",), "--raw is for csv, tsv"),
        (("--format", "json", "--words"), "--words is for csv, tsv, xlsx"),
        (("--format", "csv", "--bom", "--encoding", "cp932"), "cp932 has no BOM"),
        (("--format", "csv", "--safe", "--raw"), "--safe or --raw, not both"),
    ],
)
def test_an_option_that_the_format_has_no_use_for_is_refused(said: Run, words: tuple[str, ...], message: str) -> None:
    assert message in said("kpis", *words, code=2)


def test_a_workbook_is_not_poured_into_a_terminal(said: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert "--output" in said("kpis", "--format", "xlsx", code=2)


# Files that are there, and files that cannot be


def test_an_existing_file_is_only_replaced_when_asked(here: Path, said: Run) -> None:
    (here / "a.csv").write_text("mine")
    assert said(*WORSENED, "--output", "a.csv", code=1) == "kpitui: a.csv exists; --force replaces it\n"
    assert (here / "a.csv").read_text() == "mine"
    assert names(here) == ["a.csv"]
    said(*WORSENED, "--output", "a.csv", "--force")
    assert (here / "a.csv").read_text("utf-8").startswith("id,")


def test_the_file_beside_it_is_only_replaced_when_asked(here: Path, said: Run) -> None:
    (here / "a.csv.meta.toml").write_text("mine")
    assert "a.csv.meta.toml exists" in said(*WORSENED, "--output", "a.csv", code=1)
    assert names(here) == ["a.csv.meta.toml"]
    assert (here / "a.csv.meta.toml").read_text() == "mine"


def test_a_missing_folder_is_told_in_a_sentence(said: Run) -> None:
    told = said(*WORSENED, "--output", "none/a.csv", code=3)
    assert told == "kpitui: none/a.csv: cannot be written: No such file or directory\n"
    told = said(*WORSENED, "--output", "none/a.csv", "--force", "--lang", "ja", code=3)
    assert told.startswith("kpitui: none/a.csv: 書き込めません: ")


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    here: Path, said: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse(path: str, flags: int, *rest: int, **more: int) -> int:
        if flags & os.O_EXCL:
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert said(*WORSENED, "--output", "a.csv", code=3) == "kpitui: a.csv: cannot be written: Permission denied\n"
    assert names(here) == []


def test_a_full_disk_leaves_nothing_half_written(here: Path, said: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.csv").write_text("mine")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for force in ((), ("--force",)):
        said(*WORSENED, "--output", "b.csv", *force, code=3)
    assert "No space left on device" in said(*WORSENED, "--output", "a.csv", "--force", code=3)
    assert names(here) == ["a.csv"]
    assert (here / "a.csv").read_text() == "mine"


def test_a_device_takes_rows_and_nothing_stands_beside_it(said: Run) -> None:
    said(*WORSENED, "--format", "csv", "--output", "/dev/null", "--force")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert not Path("/dev/null.meta.toml").exists()
