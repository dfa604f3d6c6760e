"""Measure guests: `.venv/bin/python tests/benchmarks/guests.py [COUNT]` opens so many at once and reads their memory.

Each has a pseudo-terminal of its own, as under sshd. Memory is the proportional set size: what many share is
divided among them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "terminal"))

from probe import Terminal, terminal

_FIRST = "23 of 23"
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def main() -> int:
    """Open the guests, wait for each one's first screen and for a key's answer, and print what they took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with ExitStack() as stack:
        begun = time.monotonic()
        guests = [stack.enter_context(terminal("--guest", "--lang", "en")) for _ in range(count)]
        _wait(guests, _FIRST)
        opened = time.monotonic() - begun
        print(f"{count} guests: all first screens after {opened:.1f} s, {opened / count:.2f} s each")
        print(f"memory of each: {sum(map(_memory, guests)) / count:.0f} MB")
        begun = time.monotonic()
        for each in guests:
            each.press("3")
        _wait(guests, "82 of 82")
        print(f"all of them in another table after {time.monotonic() - begun:.1f} s")
    return 0


def _wait(guests: list[Terminal], words: str) -> None:
    for each in guests:
        each.wait_for(words)


def _memory(guest: Terminal) -> float:
    """Megabytes that a guest's processes take."""
    listed = subprocess.run(["ps", "-o", "pid=", "-s", str(guest.session)], capture_output=True, text=True, check=True)
    found = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in listed.stdout.split()]
    return sum(int(pss[1]) for text in found if (pss := _PSS.search(text))) / 1024


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.exit(main())
