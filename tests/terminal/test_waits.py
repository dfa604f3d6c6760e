"""Waiting in a real terminal: how a report that is read behind the screen ends when it cannot be read."""

import os
from pathlib import Path

import pytest
from probe import Terminal, terminal

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}


def _large(path: Path) -> Path:
    path.write_text("a,b\n" + "1,2\n" * 6_000_000, "utf-8")
    return path


def test_a_large_file_that_is_no_table_of_kpis_ends_with_a_sentence(tmp_path: Path) -> None:
    path = _large(tmp_path / "big.parquet")
    with terminal(str(path), env=JAPANESE, size=(200, 24)) as running:
        assert running.wait_for_end() == 1
        assert f"kpitui: {path}: " in running.text
        _is_left(running)


def test_a_large_text_that_is_no_table_of_kpis_says_so_on_the_import_screen(tmp_path: Path) -> None:
    path = _large(tmp_path / "big.csv")
    with terminal(str(path), env=JAPANESE, size=(200, 24)) as running:
        running.wait_for("このままでは読めません", "セルが3,000,000個を超えます")
        running.press("q")
        assert running.wait_for_end() == 1
        _is_left(running)


def _is_left(running: Terminal) -> None:
    """The screen stood, and was left."""
    assert "Traceback" not in running.text
    assert running.is_restored
    assert running.modes()["1049"] == "l"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_large_file_that_may_not_be_read_ends_with_3(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("a,b\n" * 6_000_000, "utf-8")
    path.chmod(0)
    with terminal(str(path), env=JAPANESE, size=(200, 24)) as running:
        assert running.wait_for_end() == 3
        assert "Traceback" not in running.text
