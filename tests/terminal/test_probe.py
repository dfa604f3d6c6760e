"""The terminal that the tests look at: what it makes of a sequence does not depend on how that is cut into reads."""

import os
import signal
import subprocess
import sys
from collections import deque
from time import monotonic, sleep

import pytest
from probe import PATIENCE, is_at_work, terminal


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[<u", "\x1b[>1u", "\x1b[?2026$p", "\x1b[38;5;100m", "\x1b]52;c;YQ==\x07", "\x1b(B", "\x1b7", "\x1bM"],
)
def test_a_sequence_cut_anywhere_draws_nothing(sequence: str) -> None:
    with terminal("--version") as running:
        running.wait_for_end()
        for at in range(len(sequence) + 1):
            running.show(b"\x1b[2J\x1b[2;2H")
            running.show(sequence[:at].encode())
            running.show(sequence[at:].encode())
            running.show(b"x")
            assert running.text.split() == ["x"], at


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
@pytest.mark.parametrize(
    ("line", "at_work"),
    [
        ("input()", False),
        ("while True: pass", True),
        ("os.wait() if os.fork() else None\nwhile True: pass", True),
    ],
    ids=["waits", "computes", "waits for a child that computes"],
)
def test_a_program_is_at_work_while_it_or_what_it_began_computes(line: str, at_work: bool) -> None:
    words = (sys.executable, "-c", f"import os\n{line}")
    with subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True) as running:
        try:
            seen = deque[bool](maxlen=20)
            end = monotonic() + PATIENCE
            while len(seen) < 20 or set(seen) != {at_work}:
                assert monotonic() < end, seen
                seen.append(is_at_work(running.pid))
                sleep(0.005)
        finally:
            os.killpg(running.pid, signal.SIGKILL)
