import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpitui import __version__
from kpitui.cli import VERBS, main
from kpitui.report import builtin
from kpitui.report.model import Report
from kpitui.text.cells import width
from kpitui.views.saved import record
from kpitui.views.spec import Filter, Sort, ViewSpec
from kpitui.views.store import Store

KPI_KEYS = [
    *("id", "project_id", "grant", "project_no", "project", "name", "baseline", "target"),
    *("actual", "unit", "baseline_raw", "target_raw", "actual_raw", "basis", "aim", "status"),
    *("attainment", "progress", "gap", "change", "rating", "rating_rank", "direction", "cost"),
    *("source_line", "notes"),
]
PROJECT_KEYS = [
    *("id", "grant", "no", "name", "department", "summary", "cost", "rating"),
    *("rating_rank", "rating_text", "direction", "direction_reason", "kpi_count", "met", "missed", "worsened"),
    *("unmeasured", "met_share", "verdict", "source_line", "notes"),
]
RATED_EFFECTIVE = [f"promotion-{number}" for number in (2, 8, 13, 15, 16, 17, 20)]

Captured = pytest.CaptureFixture[str]


def exit_code(words: Sequence[str]) -> int:
    """What the program ends with, by itself or by argparse."""
    try:
        return main(words)
    except SystemExit as error:
        return int(error.code or 0)


@pytest.fixture
def out(capsys: Captured) -> "Run":
    return Run(capsys)


class Run:
    """The program, run in this process."""

    def __init__(self, capsys: Captured) -> None:
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        """What it writes to stdout; stderr stays empty where all is well, and stdout where it is not."""
        told, said = self.both(*words, code=code)
        assert said == "" or code
        return told

    def both(self, *words: str, code: int) -> tuple[str, str]:
        """What it writes to stdout and to stderr."""
        found = exit_code(words)
        told, said = self._capsys.readouterr()
        assert found == code, said
        return told, said

    def error(self, *words: str, code: int) -> str:
        """What it says on stderr when it refuses; nothing goes to stdout then."""
        told, said = self.both(*words, code=code)
        assert told == ""
        return said

    def json(self, *words: str) -> Any:
        return json.loads(self(*words, "--format", "json"))

    def ids(self, *words: str) -> list[str]:
        head, *rows = csv.reader(io.StringIO(self(*words, "--columns", "id", "--format", "csv")))
        assert head == ["id"]
        return [row[0] for row in rows]


def test_thirty_kpis_fell_short_and_json_has_exactly_the_registrys_keys(out: Run) -> None:
    rows = out.json("kpis", "--status", "missed,worsened")
    assert len(rows) == 30
    assert {row["status"] for row in rows} == {"missed", "worsened"}
    assert all(list(row) == KPI_KEYS for row in rows)


def test_projects_have_exactly_the_registrys_keys(out: Run) -> None:
    rows = out.json("projects")
    assert len(rows) == 23
    assert list(rows[0]) == PROJECT_KEYS


def test_rates_are_ratios_and_missing_values_null(out: Run) -> None:
    rows = {row["id"]: row for row in out.json("kpis")}
    assert rows["promotion-6.3"]["progress"] == -1.1
    assert (rows["promotion-6.1"]["actual"], rows["promotion-6.1"]["progress"]) == (None, None)
    assert rows["facility-1.1"]["rating"] is None
    assert rows["promotion-7.2"]["notes"] == ["target_below_baseline", "mixed_bases"]


@pytest.mark.parametrize(
    "words",
    [
        ("--status", "missed,worsened"),
        ("--status", "missed", "--status", "worsened"),
        ("--status=worsened, missed",),
        ("--status", "未達,悪化"),
        ("--view", "underperforming"),
    ],
)
def test_several_values_may_be_given_in_several_ways(out: Run, words: tuple[str, ...]) -> None:
    assert len(out.ids("kpis", *words)) == 30


@pytest.mark.parametrize("value", ["3", "効果あり", "地方創生に効果があった"])
def test_a_rating_is_asked_for_by_rank_short_form_or_words(out: Run, value: str) -> None:
    assert out.ids("projects", "--rating", value) == RATED_EFFECTIVE


def test_null_asks_for_what_is_missing(out: Run) -> None:
    assert out.ids("projects", "--rating", "null") == ["facility-1"]
    assert out.ids("projects", "--rating", "null,1") == ["promotion-4", "promotion-7", "promotion-21", "facility-1"]


def test_directions_grants_and_units_are_filters_too(out: Run) -> None:
    assert out.ids("projects", "--direction", "終了") == ["promotion-1", "promotion-3", "promotion-4"]
    assert out.ids("projects", "--grant", "拠") == ["facility-1"]
    assert out.ids("kpis", "--unit", "ha,億円") == ["promotion-6.1", "promotion-6.3"]


def test_search_and_expression_narrow_further(out: Run) -> None:
    found = out.ids("kpis", "--search", "移住", "--where", "progress < 0.45", "--status", "missed")
    assert found == ["promotion-15.1", "promotion-15.4"]


def test_sorting_descends_with_a_minus_and_puts_the_unknown_last(out: Run) -> None:
    found = out.ids("kpis", "--sort=-progress,name")
    assert found[:3] == ["promotion-4.1", "promotion-22.2", "promotion-22.4"]
    assert set(found[-7:]) == {
        *("promotion-6.1", "promotion-14.3", "promotion-17.1", "promotion-18.3", "promotion-21.1", "promotion-22.3"),
        "facility-1.1",
    }


@pytest.mark.parametrize("sort", ["-cost", "-progress,name"])
def test_a_descending_sort_may_be_a_word_of_its_own(out: Run, sort: str) -> None:
    assert len(out.ids("kpis", "--sort", sort)) == 82


def test_the_most_expensive_of_those_rated_third_come_first(out: Run) -> None:
    found = out.ids("projects", "--rating", "3", "--sort=-cost", "--limit", "3")
    assert found == ["promotion-2", "promotion-13", "promotion-16"]  # 55,194, 41,554 and 38,999


def test_columns_are_given_in_the_order_asked_for(out: Run) -> None:
    assert out("kpis", "--columns", "gap,id", "--status", "worsened", "--format", "csv") == (
        "gap,id\n-42.0,promotion-6.3\n-2.9,promotion-22.1\n"
    )


def test_a_limit_cuts_after_sorting(out: Run) -> None:
    assert out.ids("projects", "--sort", "cost", "--limit", "1") == ["promotion-11"]
    assert out.ids("projects", "--limit", "0") == []


def test_a_table_for_people_is_in_the_language_asked_for(out: Run) -> None:
    words = ("kpis", "--status", "worsened", "--columns", "id,status,progress")
    assert out(*words).splitlines() == [
        "no      status    progress",
        "推6.3   worsened     -110%",
        "推22.1  worsened      -27%",
    ]
    assert out(*words, "--lang", "ja").splitlines() == [
        "No      状況   進捗",
        "推6.3   悪化  -110%",
        "推22.1  悪化   -27%",
    ]


def test_the_locale_decides_where_nobody_asks(out: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert out("facets", "status").splitlines()[0].split() == ["状況", "件数"]
    assert out("facets", "status", "--lang=en").splitlines()[0].split() == ["status", "count"]


@pytest.mark.parametrize("words", [("--lang", "ja", "facets", "status"), ("facets", "status", "--lang", "ja")])
def test_the_language_may_stand_before_the_verb_or_after_it(out: Run, words: tuple[str, ...]) -> None:
    assert out(*words).splitlines()[0].split() == ["状況", "件数"]


def test_facets_are_counted_under_the_other_filters(out: Run) -> None:
    assert out("facets", "status", "--rating", "3", "--format", "csv") == (
        "value,count\nworsened,0\nmissed,11\nmet,12\nunmeasured,0\n"
    )
    assert out.json("facets", "rating", "--table", "projects")[-1] == {"value": None, "count": 1}


def test_the_notes_are_counted_in_words(out: Run) -> None:
    assert "target equals baseline" in out("facets", "notes")


def test_numbers_that_read_the_same_are_counted_in_one_line(out: Run) -> None:
    # Exactly 0 in two KPIs and 0.96% in one; 100% in eleven and 100.9% in one; each is rounded down.
    lines = [line.split() for line in out("facets", "progress").splitlines()[1:]]
    assert [line for line in lines if line[0] in ("0%", "100%")] == [["0%", "3"], ["100%", "12"]]
    assert len({line[0] for line in lines}) == len(lines)
    assert sum(int(line[-1]) for line in lines) == 82
    assert "| 0% | 3 |" in out("facets", "progress", "--format", "md").splitlines()
    exact = out.json("facets", "progress")
    assert [each for each in exact if each["value"] is not None and 0 <= each["value"] < 0.01] == [
        {"value": 0.0, "count": 2},
        {"value": 0.009636363636363636, "count": 1},
    ]


def test_shares_are_counted_as_rates(out: Run) -> None:
    # Projects 12 and 15 met 1 of 4 KPIs; 6, 8, 11, 13 and 19 met 1 of 3; 16 met 1 of 2; 2, 3, 5, 9 and 10 met 2 of 4;
    # 1 and 20 met 2 of 3, 22 met 3 of 4, and 4, 7, 14, 17, 18, 21 and the facility met all.
    lines = [line.split() for line in out("facets", "met_share").splitlines()[1:]]
    assert lines == [["25%", "2"], ["33%", "5"], ["50%", "6"], ["66%", "2"], ["75%", "1"], ["100%", "7"]]
    assert out.json("facets", "met_share")[0] == {"value": 0.25, "count": 2}


def test_a_record_is_shown_with_its_working_and_its_line(out: Run) -> None:
    text = out("show", "promotion-6.3")
    assert "農業中核経営体の園芸品目の作付増加面積" in text
    assert "(-22) / 20 = -110.0%" in text
    assert "line 70" in text
    row = out.json("show", "promotion-6.3")
    assert (row["actual"], row["actual_raw"], row["source_line"]) == (-22, "-22", 70)
    assert out.json("show", "facility-1")["rating_raw"] == "施設整備中 R5.4月供用 開始予定"


def test_the_overview_counts_four_statuses(out: Run) -> None:
    assert out.json("overview")["status"] == {"worsened": 2, "missed": 28, "met": 50, "unmeasured": 2}
    assert "悪化" in out("overview", "--lang", "ja")


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("kpis", "--sort", "progres"), ("'progres'", "nearest is 'progress'")),
        (("kpis", "--columns", "id,statsu"), ("'statsu'", "nearest is 'status'")),
        (("facets", "ratin"), ("'ratin'", "nearest is 'rating'")),
        (("projects", "--status", "met"), ("projects", "'status'")),
        (("kpis", "--status", "mised"), ("status", "'mised'", "missed")),
        (("kpis", "--rating", "5"), ("rating", "'5'", "地方創生に効果がなかった")),
        (("kpis", "--where", "nosuch > 1"), ("where: ", "nosuch")),
        (("show", "promotion-6.33"), ("'promotion-6.33'", "nearest is 'promotion-6.3'")),
        (("projects", "--view", "underperforming"), ("underperforming", "kpitui kpis --view underperforming")),
        (("views", "check"), ("views check",)),
    ],
)
def test_what_does_not_exist_is_a_usage_error_that_says_what_does(
    out: Run, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    said = out.error(*words, code=2)
    assert said.startswith("kpitui: ")
    assert all(part in said for part in parts)


def test_a_bad_expression_is_a_usage_error_for_facets_too(out: Run) -> None:
    assert out.error("facets", "status", "--where", "nosuch > 1", code=2).startswith("kpitui: where: ")


def test_a_column_asked_for_twice_is_no_traceback() -> None:
    assert exit_code(["kpis", "--columns", "id,id", "--format", "json", "--limit", "1"]) in (0, 2)


@pytest.mark.parametrize(
    "words",
    [
        ("kpis", "--nosuch"),
        ("kpis", "--limit", "-1"),
        ("kpis", "--limit", "few"),
        ("kpis", "--format", "xml"),
        ("show",),
    ],
)
def test_a_wrong_word_is_a_usage_error_with_the_usage(out: Run, words: tuple[str, ...]) -> None:
    assert f"usage: kpitui {words[0]}" in out.error(*words, code=2)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("kpis", "--report", "/nowhere"), "/nowhere"),
        (("kpis", "--view", "underperformin"), "nearest is 'underperforming'"),
        (("kpis", "--view", "/nowhere/mine.toml"), "/nowhere/mine.toml"),
        (("import", "/nowhere.txt", "--to", "/nowhere"), "/nowhere.txt"),
        (("kpis", "--output", "/nowhere/kpis.csv"), "/nowhere/kpis.csv"),
    ],
)
def test_what_is_missing_or_cannot_be_written_is_an_input_error(out: Run, words: tuple[str, ...], part: str) -> None:
    assert part in out.error(*words, code=3)


def test_bad_data_are_told_by_file_line_and_column(out: Run, copied: Path) -> None:
    text = (copied / "kpis.csv").read_text("utf-8")
    (copied / "kpis.csv").write_text(text.replace(",35000,", ",many,", 1), "utf-8")
    said = out.error("kpis", "--report", str(copied), code=1)
    assert "kpis.csv:5, column baseline: 'many' is not a number" in said


def test_errors_are_told_in_japanese_too(out: Run) -> None:
    said = out.error("kpis", "--sort", "progres", "--lang", "ja", code=2)
    assert "'progress'" in said
    assert "ありません" in said


def test_an_existing_file_is_only_replaced_when_asked(out: Run, tmp_path: Path) -> None:
    path = tmp_path / "worsened.csv"
    words = ("kpis", "--status", "worsened", "--columns", "id", "--format", "csv", "--output", str(path))
    assert out(*words) == ""
    assert path.read_text() == "id\npromotion-6.3\npromotion-22.1\n"
    path.write_text("mine")
    assert "--force" in out.error(*words, code=1)
    assert path.read_text() == "mine"
    out(*words, "--force")
    assert path.read_text().startswith("id\n")


FELL_SHORT = ViewSpec(
    "kpis", filters=(Filter("status", ("missed", "worsened")),), sorts=(Sort("gap"),), columns=("id", "gap")
)


@pytest.fixture
def saved(report: Report) -> Path:
    """A view in the reader's own folder, with what it selects today."""
    return Store.usual().save(record(report, FELL_SHORT, "宿題"))


def test_a_saved_view_brings_filters_order_and_columns(out: Run, saved: Path) -> None:
    by_name = out("kpis", "--view", "宿題", "--format", "csv").splitlines()
    assert by_name[:2] == ["id,gap", "promotion-1.1,-1405000.0"]
    assert len(by_name) == 1 + 30
    assert out("kpis", "--view", str(saved), "--format", "csv").splitlines() == by_name


def test_flags_add_to_a_saved_view(out: Run, saved: Path) -> None:
    assert saved.exists()
    assert out.ids("kpis", "--view", "宿題", "--unit", "%") == ["promotion-10.4", "promotion-22.1", "promotion-10.3"]


def test_a_search_is_not_held_to_the_column_that_the_view_searched(out: Run, report: Report) -> None:
    Store.usual().save(record(report, ViewSpec("projects", search="農林", search_in="department"), "farms"))
    assert out.ids("projects", "--view", "farms", "--search", "アウトドア") == ["promotion-20"]


def test_views_are_found_in_a_named_folder(out: Run, report: Report, tmp_path: Path) -> None:
    Store((tmp_path,)).save(record(report, FELL_SHORT, "theirs"))
    assert out("views", "--views", str(tmp_path)).splitlines()[0] == "theirs"
    assert len(out.ids("kpis", "--view", "theirs", "--views", str(tmp_path))) == 30


def test_views_are_listed_and_shown(out: Run, saved: Path) -> None:
    listed = out("views", "list").splitlines()
    assert listed == out("views").splitlines()
    assert listed[0] == "宿題"
    assert {"underperforming", "worsened", "unmeasured"} < set(listed)
    assert out("views", "show", "宿題") == saved.read_text("utf-8")


def test_a_check_finds_nothing_until_the_data_change(out: Run, saved: Path, copied: Path) -> None:
    assert saved.exists()
    assert out("views", "check", "宿題", "--report", str(copied)) == "宿題: the same 30 rows as recorded\n"
    text = (copied / "kpis.csv").read_text("utf-8")
    (copied / "kpis.csv").write_text(text.replace('434000,"434,000"', '1839000,"1,839,000"'), "utf-8")
    assert out("views", "check", "宿題", "--report", str(copied), code=1) == "宿題: promotion-1.1 left\n"


def test_importing_the_publication_reproduces_the_built_in_report(out: Run, tmp_path: Path) -> None:
    source = builtin.folder() / "source.txt"
    told, said = out.both("import", str(source), "--to", str(tmp_path / "new"), code=0)
    assert told == ""
    assert "23 projects, 82 KPIs" in said
    for name in ("source.txt", "report.toml", "projects.csv", "kpis.csv"):
        assert (tmp_path / "new" / name).read_bytes() == (builtin.folder() / name).read_bytes()


@pytest.mark.parametrize(
    ("lang", "examples", "options"), [("ja", "例:", "オプション:"), ("en", "Examples:", "options:")]
)
def test_help_gives_examples_before_options(out: Run, lang: str, examples: str, options: str) -> None:
    text = out("--help", "--lang", lang)
    assert text.index(examples) < text.index("kpitui kpis --status missed,worsened") < text.index(options)
    assert all(verb in text for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_verb_has_its_own_help(out: Run, verb: str, lang: str) -> None:
    assert f"kpitui {verb}" in out(verb, "--help", "--lang", lang)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_words_on_an_option_are_wider_than_the_terminal(
    out: Run, monkeypatch: pytest.MonkeyPatch, verb: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    options = out(verb, "--help", "--lang", lang).partition("\n  -h, --help")[2]
    assert max(map(width, options.splitlines())) <= 80


def test_help_breaks_japanese_where_its_marks_allow(out: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = out("kpis", "--help", "--lang", "ja").splitlines()
    at = lines.index("  --status STATUS       状況: met missed worsened unmeasured (カンマ区切り、複")
    assert lines[at + 1] == "                        数可)"


@pytest.mark.parametrize("words", [["--help"], ["--help", "--ascii"], ["kpis", "--help", "--lang", "ja"]])
def test_help_is_the_same_with_and_without_other_words(out: Run, words: list[str]) -> None:
    assert out(*words) == out(*words, "--ambiguous-width", "1")


def test_what_is_wrong_before_help_is_told_instead(out: Run) -> None:
    assert "invalid choice: 'de'" in out.error("--lang", "de", "--help", code=2)


def test_the_version_is_told(out: Run) -> None:
    assert out("--version") == f"kpitui {__version__}\n"


def test_without_a_terminal_the_browser_names_a_verb(out: Run) -> None:
    assert "kpitui projects" in out.error(code=2)
    assert "kpitui projects" in out.error("--lang", "ja", code=2)


def program(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kpitui", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe)


@pytest.mark.parametrize(("words", "code"), [(("kpis", "--limit", "1"), 0), ((), 2), (("kpis", "--report", "/no"), 3)])
def test_the_program_itself_exits_with_these_codes(words: tuple[str, ...], code: int) -> None:
    process = program(*words)
    told, said = process.communicate()
    assert process.returncode == code
    assert (bool(told), bool(said)) == (code == 0, code != 0)
    assert b"Traceback" not in said


@pytest.mark.parametrize("words", [("kpis", "--format", "json"), ("views",)])
def test_a_reader_that_closes_the_pipe_early_hears_no_complaint(words: tuple[str, ...]) -> None:
    process = program(*words)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.parametrize("locale", ["C", "POSIX", "ja_JP.UTF-8"])
def test_output_is_utf_8_in_any_locale(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    told, said = program("kpis", "--format", "csv", "--columns", "unit", "--limit", "1").communicate()
    assert (told, said) == ("unit\n千円\n".encode(), b"")
