"""Waiting in a real terminal: how a report that is read behind the screen ends when it cannot be read."""

import os
from pathlib import Path

import pytest
from probe import terminal

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}


@pytest.mark.parametrize(("name", "code"), [("big.csv", 1), ("big.parquet", 1)])
def test_a_large_file_that_is_no_table_of_kpis_ends_with_a_sentence(tmp_path: Path, name: str, code: int) -> None:
    path = tmp_path / name
    path.write_text("a,b\n" + "1,2\n" * 6_000_000, "utf-8")
    with terminal(str(path), env=JAPANESE, size=(200, 24)) as running:
        assert running.wait_for_end() == code
        assert f"kpitui: {path}: " in running.text
        assert "Traceback" not in running.text
        assert running.is_restored
        modes = running.modes()
        assert modes["1049"] == "l"  # the screen stood, and was left


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_large_file_that_may_not_be_read_ends_with_3(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_text("a,b\n" * 6_000_000, "utf-8")
    path.chmod(0)
    with terminal(str(path), env=JAPANESE, size=(200, 24)) as running:
        assert running.wait_for_end() == 3
        assert "Traceback" not in running.text
