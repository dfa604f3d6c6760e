"""Through a line of 64 kbit/s and 300 ms there and back."""

import csv
import re
from pathlib import Path

import pytest
from slowline import SPEED, slow_terminal

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}
_SILENT_WITHIN = 1.0
"""Seconds after a key is let go."""


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A table of 400 KPIs, enough for a key held down for five seconds."""
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "project_id", "name", "unit", "baseline", "target", "actual"])
        name = "番目の指標 新規雇用者数と交流人口の増加"
        writer.writerows(
            [f"p-{number}.1", f"p-{number}", f"{number}{name}", "人", number, number * 2, number * 2 + 3]
            for number in range(1, 401)
        )
    return path


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
def test_a_key_held_down_does_not_queue_up_frames(many: Path, size: tuple[int, int]) -> None:
    with slow_terminal(str(many), size=size, env=JAPANESE) as running:
        running.wait_for("400 / 400件")
        running.settle(2.0)
        running.hold("down", times=150, per_second=30)
        arrived = running.arrived
        running.settle(2.0)
        # The rule is a second. Counted in what the line must still carry, for then it holds on a busy machine, too;
        # drawn without regard to the line, this was 260,000 bytes and 32 seconds.
        assert running.arrived - arrived <= SPEED * _SILENT_WITHIN
        # The first row and 150 further down.
        at = next(line for line in running.lines if re.search(r"(^|\|)>[ *]", line))
        assert "151番目の指標" in at
        assert "151番目の指標" in "\n".join(running.lines[-10:])
        running.press("q")
        assert running.wait_for_end() == 0


def test_a_key_held_down_on_a_page_over_the_screen_does_not_queue_up_frames_either(many: Path) -> None:
    with slow_terminal(str(many), size=(80, 24), env=JAPANESE) as running:
        running.wait_for("400 / 400件")
        running.settle(2.0)
        running.press("?")
        running.wait_for("一行下へ")
        running.settle(2.0)
        first = running.lines[0]
        running.hold("down", times=60, per_second=30)
        running.hold("\x1b[A", times=60, per_second=30)
        arrived = running.arrived
        running.settle(2.0)
        assert running.arrived - arrived <= SPEED * _SILENT_WITHIN
        assert running.lines[0] == first
        running.press("q")
        running.settle(1.0)
        running.press("q")
        assert running.wait_for_end() == 0
