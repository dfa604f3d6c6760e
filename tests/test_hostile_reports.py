"""Reports made of whatever can be hostile: no verb writes a control sequence, and nothing vanishes unseen."""

import contextlib
import csv
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpitui import outlet
from kpitui.cli import main
from kpitui.report import builtin
from kpitui.text.cells import safe

PAYLOADS = (
    "\x1b]52;c;AAAA\x07",
    "\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1bP+q544e\x1b\\",
    "\x9b31m\x90q\x9c\x9d0;t\x9c",
    "[red]x[/] [/] [@click=app.quit]q[/]",
    "\u202egnp.exe\u202c",
    "\u2066\u200f\u061c",
    "e\u0301\u0327\u20dd",
    "か\u3099",
    "👩\u200d👩\u200d👧\ufe0f",
    "\ufeff\u2060\u00ad\U000e0041",
    "\ufffe\U0003a000\U0010ffff",
    "達成①",
)
CELLS = st.lists(st.sampled_from(PAYLOADS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=4)
HOSTILE = CELLS.map(lambda parts: "x" + "".join(parts).replace("\x00", "\x01"))
"""A cell; NUL makes a file no text file, which is an error of its own."""
UNHURRIED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
_CHECKED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def harmful(text: str) -> set[str]:
    """The characters that a terminal obeys, hides, or is turned round by."""
    return {char for char in text if unicodedata.category(char) in _CHECKED and char not in "\n\t"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(builtin.folder(), tmp_path_factory.mktemp("hostile") / "r"))


def taint(folder: Path, name: str, unit: str, rating: str) -> None:
    """Put texts in the place of the first rows' names, units and ratings."""
    original = builtin.folder()
    _replace(original / "kpis.csv", folder / "kpis.csv", {"name": name, "unit": unit})
    _replace(original / "projects.csv", folder / "projects.csv", {"name": name, "rating": rating, "summary": unit})


def _replace(source: Path, target: Path, cells: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(source.read_text("utf-8"), newline="")))
    rows[0] |= cells
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    target.write_bytes(text.getvalue().encode())


@pytest.mark.parametrize("extra", [(), ("--ascii",), ("--ambiguous-width", "2")])
@pytest.mark.parametrize("verb", ["kpis", "projects", "show promotion-1", "facets unit", "overview", "audit"])
@settings(max_examples=8, suppress_health_check=UNHURRIED)
@given(name=HOSTILE, unit=HOSTILE, rating=HOSTILE)
def test_no_verb_writes_what_a_terminal_obeys(
    folder: Path,
    verb: str,
    extra: tuple[str, ...],
    name: str,
    unit: str,
    rating: str,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    taint(folder, name, unit, rating)
    assert main([*verb.split(), "--report", str(folder), *extra]) in (0, 1, 2)
    out, err = capfdbinary.readouterr()
    assert harmful(out.decode() + err.decode()) == set()


@settings(max_examples=25, suppress_health_check=UNHURRIED)
@given(name=HOSTILE)
def test_json_and_csv_in_a_pipe_hold_the_text_exactly(
    folder: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    name = name.replace("\r", "")
    taint(folder, name, "x", "x")
    assert main(["kpis", "--report", str(folder), "--format", "json", "--limit", "1", "--columns", "name"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert json.loads(out) == [{"name": name}]
    assert harmful(out) - set("\u00ad\u200b") <= {char for char in name if unicodedata.category(char) == "Cf"}
    assert main(["kpis", "--report", str(folder), "--format", "csv", "--limit", "1", "--columns", "name"]) == 0
    rows = list(csv.reader(io.StringIO(capfdbinary.readouterr().out.decode(), newline="")))
    assert rows[1] == [name]


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("\x1b[31m", "␛[31m"),
        ("\x07\x00", "␇␀"),
        ("\x9b31m", "\ufffd31m"),
        ("\u2066達成\u2069", "\ufffd達成\ufffd"),
        ("[red]x[/]", "[red]x[/]"),
    ],
)
def test_what_is_hostile_shows_as_a_sign(hostile: str, shown: str) -> None:
    assert safe(hostile) == shown


def test_what_is_shown_on_a_terminal_is_harmless_and_what_is_piped_exact(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    outlet.write("名\x1b[2J\u202e".encode())
    assert capfdbinary.readouterr().out == "名\x1b[2J\u202e".encode()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    outlet.write("名\x1b[2J\u202e".encode())
    assert capfdbinary.readouterr().out == "名␛[2J\ufffd".encode()


def test_a_huge_cell_is_shown_cut(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    taint(folder, "達\x1b[31m" * 20_000, "x", "x")
    assert main(["kpis", "--report", str(folder), "--limit", "1", "--columns", "status"]) == 0
    assert main(["kpis", "--report", str(folder), "--limit", "1"]) == 0
    assert harmful(capfdbinary.readouterr().out.decode()) == set()


REMARK = "\x1b]0;t\x07①→"
REMARKED: tuple[Callable[[Path], list[str]], ...] = (
    lambda folder: ["import", str(folder / "source.txt"), "--to", str(folder / "to")],
    lambda folder: ["import", str(folder / "source.txt"), "--dry-run"],
)


@pytest.mark.parametrize("command", REMARKED)
def test_remarks_of_an_import_are_harmless_and_in_ascii_mode_without_ambiguous_characters(
    tmp_path: Path, command: Callable[[Path], list[str]], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = (builtin.folder() / "source.txt").read_text("utf-8").replace("\t相当程度", f"\t{REMARK}相当程度")
    (tmp_path / "source.txt").write_text(text + f"\n{REMARK}\t{REMARK}\tよく分からない行\n", "utf-8")
    main([*command(tmp_path), "--ascii"])
    out, err = capfdbinary.readouterr()
    told = out.decode() + err.decode()
    assert told
    assert harmful(told) == set()
    assert {char for char in told if unicodedata.east_asian_width(char) == "A"} == set()


def test_a_check_of_a_view_in_ascii_mode_has_no_ambiguous_character(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    view = tmp_path / "①→.toml"
    view.write_text('schema = 1\nname = "①→"\n[view]\ntable = "kpis"\n', "utf-8")
    assert main(["views", "check", str(view), "--ascii"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("(1)->: ")
    assert {char for char in out if unicodedata.east_asian_width(char) == "A"} == set()


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "words", [["--help"], ["kpis", "--help"], ["config", "--help"], ["config"], ["views", "--nono"]]
)
def test_help_and_errors_in_ascii_mode_have_no_ambiguous_character(
    lang: str, words: list[str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with contextlib.suppress(SystemExit):
        main([*words, "--ascii", "--lang", lang])
    out, err = capfdbinary.readouterr()
    assert out + err
    assert {char for char in (out + err).decode() if unicodedata.east_asian_width(char) == "A"} == set()
