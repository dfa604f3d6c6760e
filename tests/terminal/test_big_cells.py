"""A cell of a million characters: keys are answered, and all of it is told where all is asked for."""

import csv
import shutil
from pathlib import Path

import pytest
from probe import terminal

from kpitui.cli import main
from kpitui.report import builtin
from kpitui.report.sheet import LONGEST_CELL

SENTENCE = "達成率、未達（見込）12,345円です。"
MANY = 1_000_000 // len(SENTENCE) + 1


def _with(tmp_path: Path, text: str, column: str = "summary") -> Path:
    folder = tmp_path / "r"
    shutil.copytree(builtin.folder(), folder)
    path = folder / "projects.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0][column] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_keys_are_answered_beside_a_million_characters(tmp_path: Path) -> None:
    folder = _with(tmp_path, SENTENCE * MANY, "direction_reason")
    with terminal(str(folder), env={"LC_ALL": "C.UTF-8"}) as running:
        running.wait_for("23 of 23", "達成率、未達（見込）12,345円")
        running.press("j")
        running.wait_for("> 推2", without="12,345円")
        running.press("k")
        running.wait_for("> 推1", "達成率、未達（見込）12,345円")
        running.press("q")
        assert running.wait_for_end() == 0


def test_all_of_it_is_told_without_a_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _with(tmp_path, SENTENCE * MANY)
    assert main(["show", "promotion-1", "--report", str(folder), "--lang", "en"]) == 0
    assert "".join(capsys.readouterr().out.split()).count(SENTENCE) == MANY


def test_a_cell_beyond_the_bound_is_refused_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _with(tmp_path, "x" * (LONGEST_CELL + 1))
    assert main(["kpis", "--report", str(folder), "--lang", "en"]) == 1
    assert "projects.csv:2: field larger than field limit" in capsys.readouterr().err
