"""What keys will need is loaded a module at a time, with rests in between."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpitui.tui.ahead import Ahead


def test_each_module_is_loaded_after_a_rest_until_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("kpitui_one", "kpitui_two"):
        (tmp_path / f"{name}.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    waiting: list[Callable[[], None]] = []
    ahead = Ahead(lambda seconds, work: waiting.append(work) if seconds > 0 else None, ["kpitui_one", "kpitui_two"])
    ahead.go_on()
    assert ("kpitui_one" in sys.modules, "kpitui_two" in sys.modules, len(waiting)) == (True, False, 1)
    waiting.pop()()
    assert ("kpitui_two" in sys.modules, len(waiting)) == (True, 1)
    waiting.pop()()
    assert waiting == []


def test_nothing_is_waited_for_where_keys_have_brought_all() -> None:
    waiting: list[Callable[[], None]] = []
    Ahead(lambda _, work: waiting.append(work), ["sys", "pathlib"]).go_on()
    assert waiting == []
