"""Terminals that draw ①, × or α one cell wide, and those that draw them two: every edge stands in one line in both."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from probe import Terminal, terminal

from kpitui.cli import main
from kpitui.report import builtin

LANGS = {"ja": {"LC_ALL": "ja_JP.UTF-8"}, "en": {"LC_ALL": "C.UTF-8"}}
FIRST = {"ja": "23 / 23件", "en": "23 of 23"}
KPIS = {"ja": "82 / 82件", "en": "82 of 82"}
ASKED = "\x1b[21G①\x1b[6n".encode()
"""The question: a sign is drawn and the cursor asked for."""
SIGNS = "①Ⅲ×±°→▲…αЯ"
STATUS = {"ja": "達成|未達|悪化|未計測", "en": "met|missed|worsened|unmeasured"}
STATUS_WORD = re.compile(r" (?:met|missed|worsened|unmeasured)\b")
BOTH_LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
BOTH_WIDTHS = pytest.mark.parametrize("cells", [1, 2])


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in report, with one more ambiguous character in each name than in the one before it, up to ten."""
    folder = Path(shutil.copytree(builtin.folder(), tmp_path_factory.mktemp("signed") / "r"))
    for name in ("projects.csv", "kpis.csv"):
        rows = list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8"))))
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([_signed(row, number) for number, row in enumerate(rows)])
        (folder / name).write_text(text.getvalue(), "utf-8")
    return folder


def _signed(row: dict[str, str], number: int) -> dict[str, str]:
    signs = SIGNS[: 1 + number % len(SIGNS)]
    signed = {key: signs + row[key] for key in ("name", "unit", "direction_reason") if row.get(key)}
    return row | signed


@contextmanager
def drawn(folder: Path, lang: str, cells: int, width: str, size: tuple[int, int] = (100, 30)) -> Iterator[Terminal]:
    words = (str(folder), "--ambiguous-width", width)
    with terminal(*words, size=size, env=LANGS[lang], ambiguous=cells) as running:
        running.wait_for(FIRST[lang])
        yield running


def grid(running: Terminal) -> list[str]:
    """The lines of the screen, one character for each cell: the second cell of a wide character is \\0."""
    return ["".join(cell or "\0" for cell in running.cells(y)) for y in range(len(running.lines))]


def starts(lines: list[str], pattern: str) -> set[int]:
    """The cells in which the pattern begins, over all lines that have it."""
    spread = "|".join("\0".join(word) + "\0" if not word.isascii() else word for word in pattern.split("|"))
    return {found.start() for line in lines if (found := re.search(rf"(?<=\s)(?:{spread})(?=\s)", line))}


def rows(running: Terminal) -> list[str]:
    return [line for line in grid(running) if re.search(r"^.{0,40}[> ][*+ ]推\0\d+\.\d+ ", line)]


def wait_for_rows(running: Terminal) -> None:
    """Wait until twelve rows stand, all of each: what has been read may end in the middle of a line."""
    running.wait_until(lambda: len(rows(running)) >= 12, "twelve rows")
    running.read_until_silent(0.1)


@BOTH_LANGS
@BOTH_WIDTHS
def test_every_column_of_the_table_begins_and_ends_in_one_line(signed: Path, lang: str, cells: int) -> None:
    with drawn(signed, lang, cells, str(cells)) as running:
        running.press("3")
        running.wait_for(KPIS[lang])
        wait_for_rows(running)
        found = rows(running)
        assert len(starts(found, STATUS[lang])) == 1
        assert len({line.rindex("%") for line in found if "%" in line}) == 1
        assert SIGNS[:5] in running.text  # as printed, not substituted


@BOTH_LANGS
def test_the_check_sees_a_table_that_is_not_straight(signed: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPITUI_WIRE", "0")  # which puts the cursor right after each sign that it is not sure of
    with drawn(signed, lang, cells=2, width="1") as running:
        running.press("3")
        running.wait_for(KPIS[lang])
        wait_for_rows(running)
        assert len(starts(rows(running), STATUS[lang])) > 1


@BOTH_LANGS
@BOTH_WIDTHS
def test_the_facets_and_the_edge_beside_them_are_straight(signed: Path, lang: str, cells: int) -> None:
    with drawn(signed, lang, cells, str(cells), size=(130, 36)) as running:
        running.press("3", "f")
        running.wait_for(KPIS[lang], "[ ]")
        running.wait_until(lambda: len(values(running)) >= 12, "the values of the facets")
        running.read_until_silent(0.1)
        lines = values(running)
        assert {line.index("|") for line in lines} == {27}
        assert len({len(line[:25].rstrip()) for line in lines}) == 1  # behind them is room for a sign of more


def values(running: Terminal) -> list[str]:
    """The lines with a value of a facet."""
    return [line for line in grid(running) if line.startswith("[ ]")]


@BOTH_LANGS
@BOTH_WIDTHS
@pytest.mark.parametrize("keys", ["w", "v", "c", "e"])
def test_dialogs_have_straight_edges(signed: Path, lang: str, cells: int, keys: str) -> None:
    with drawn(signed, lang, cells, str(cells)) as running:
        running.press(*keys)
        running.wait_for("+----")
        running.wait_until(lambda: len(boxes(running)) == 2, "a whole box")
        running.read_until_silent(0.1)
        top, bottom = boxes(running)
        lines = grid(running)
        left, right = lines[top].index("+-"), lines[top].rindex("-+") + 1
        assert {(lines[y][left], lines[y][right]) for y in range(top + 1, bottom)} == {("|", "|")}


def boxes(running: Terminal) -> list[int]:
    """The lines of the screen with the upper or lower edge of a box."""
    return [y for y, line in enumerate(grid(running)) if re.search(r"\+-{20,}\+", line)]


@BOTH_LANGS
@BOTH_WIDTHS
def test_a_record_is_broken_where_its_lines_are_full_and_loses_nothing(signed: Path, lang: str, cells: int) -> None:
    rows = csv.DictReader(io.StringIO((signed / "kpis.csv").read_text("utf-8")))
    name = [row["name"] for row in rows][len(SIGNS) - 1]
    with drawn(signed, lang, cells, str(cells), size=(60, 24)) as running:
        running.press("3")
        running.wait_for(KPIS[lang])
        running.press("j" * (len(SIGNS) - 1))
        running.wait_until(lambda: name in "".join(line.strip() for line in running.lines), f"the whole of {name}")


def test_auto_asks_the_terminal_and_lays_out_as_it_answers(signed: Path) -> None:
    for cells in (1, 2):
        with drawn(signed, "en", cells, "auto") as running:
            assert running.written.count(ASKED) == 1
            running.press("3")
            running.wait_for(KPIS["en"])
            wait_for_rows(running)
            assert len(starts(rows(running), STATUS["en"])) == 1
            assert SIGNS[:5] in running.text


def test_nothing_is_left_of_the_question(signed: Path) -> None:
    words = ("kpis", "--report", str(signed), "--ambiguous-width", "auto", "--limit", "0")
    with terminal(*words, env=LANGS["en"], ambiguous=2) as running:
        assert running.wait_for_end() == 0
        assert [line.split() for line in running.lines if line.strip()] == [
            ["no", "KPI", "baseline", "target", "actual", "unit", "status", "progress"]
        ]
        assert running.is_restored


def test_a_terminal_that_does_not_answer_gets_one_cell(signed: Path) -> None:
    words = (str(signed), "--ambiguous-width", "auto")
    with terminal(*words, size=(100, 30), env=LANGS["en"], answers=False) as running:
        running.wait_for(FIRST["en"], SIGNS[:5])
        assert ASKED in running.written
        assert SIGNS[:5] in running.text


def test_an_answer_that_comes_late_is_no_key(signed: Path) -> None:
    words = (str(signed), "--ambiguous-width", "auto")
    with terminal(*words, size=(100, 30), env=LANGS["en"], answers=False) as running:
        running.wait_for(FIRST["en"])
        running.press("/")
        running.wait_for("text to search for")
        running.press("\x1b[1;23R", "\x1b[24;", "22R", "zz")
        running.wait_for("search: zz]", "0 of 23")


def test_what_is_typed_before_the_answer_is_obeyed(signed: Path) -> None:
    words = (str(signed), "--ambiguous-width", "auto")
    with terminal(*words, size=(100, 30), env=LANGS["en"], answers=False) as running:
        running.wait_until(lambda: b"\x1b[6n" in running.written, "the question")
        running.press("3", "\x1b[24;23R")
        running.wait_for(KPIS["en"])


def test_no_question_is_asked_where_the_width_is_settled(signed: Path) -> None:
    for width in ("1", "2"):
        with drawn(signed, "en", 1, width) as running:
            assert ASKED not in running.written


@pytest.mark.parametrize("cells", [1, 2])
def test_a_table_without_a_screen_is_laid_out_as_the_terminal_answers(signed: Path, cells: int) -> None:
    words = (
        "kpis",
        "--report",
        str(signed),
        "--ambiguous-width",
        "auto",
        "--limit",
        "12",
        "--columns",
        "id,name,status",
    )
    with terminal(*words, size=(160, 30), env=LANGS["en"], ambiguous=cells) as running:
        assert running.wait_for_end() == 0
        assert len(starts(grid(running), STATUS["en"])) == 1
        assert len(STATUS_WORD.findall(running.text)) == 12


@pytest.mark.parametrize(
    ("cells", "lang", "said"), [(1, "ja", "この端末の答え: 1セル"), (2, "en", "this terminal's answer: 2")]
)
def test_the_settings_say_what_auto_comes_to_in_this_terminal(cells: int, lang: str, said: str) -> None:
    with terminal(
        "config", "show", "--ambiguous-width", "auto", size=(100, 30), env=LANGS[lang], ambiguous=cells
    ) as running:
        assert running.wait_for_end() == 0
        assert re.search(rf"^ambiguous_width +auto \({said}\) ", running.text, re.MULTILINE)


def test_the_settings_say_that_a_terminal_gave_no_answer() -> None:
    words = ("config", "show", "--ambiguous-width", "auto")
    with terminal(*words, size=(100, 30), env=LANGS["en"], answers=False) as running:
        assert running.wait_for_end() == 0
        assert "auto (no answer from this terminal, so 1)" in running.text


def test_the_settings_say_without_a_terminal_that_it_is_asked_later(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--ambiguous-width", "auto", "--lang", "ja"]) == 0
    assert "auto (起動時に端末に尋ねる)" in capsys.readouterr().out
    assert main(["config", "show", "--ambiguous-width", "auto", "--format", "json"]) == 0
    shown = {each["option"]: each["value"] for each in json.loads(capsys.readouterr().out)}
    assert shown["ambiguous_width"] == "auto"
    assert main(["config", "show", "--ambiguous-width", "2", "--lang", "en"]) == 0
    assert not re.search("auto|answer", capsys.readouterr().out.partition("ambiguous_width")[2].partition("\n")[0])
