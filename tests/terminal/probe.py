"""kpitui in a pseudo-terminal: what is typed goes in, and what it writes is read as a terminal would read it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import tty
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic

import pyte
import pyte.screens
import pytest
from wcwidth import wcwidth

KPITUI = (sys.executable, "-m", "kpitui")
PATIENCE = 60.0
"""Seconds that a slow machine may take for anything at all."""
_GLANCE = 0.01
"""Seconds between two looks at whether a program is at work."""
KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "down": "\x1b[B", "right": "\x1b[C", "backspace": "\x7f"}
_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|[\]PX^_].*?(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC up to their end
    r"|[ -/]+[0-~]|[0-OQ-WYZ\\`-~])",  # an escape with intermediates, or two characters that begin none of these
    re.DOTALL,
)
_BEYOND_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*\$?[a-zA-Z]|\x1bP.*?\x1b\\", re.DOTALL)


class _Screen(pyte.Screen):
    """A screen that tells where its cursor stands."""

    answer: Callable[[str], object] = len

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """A program in a terminal of its own; `ambiguous` is how many cells that gives characters of ambiguous width.

    Where the cursor stands is told to who asks, unless it is a terminal that does not `answer`. `deaf_to` is a signal
    that never reaches the program.
    """

    def __init__(
        self,
        argv: Sequence[str],
        size: tuple[int, int],
        env: Mapping[str, str],
        deaf_to: signal.Signals | None = None,
        ambiguous: int = 1,
        answers: bool = True,
    ) -> None:
        columns, rows = size
        self._ambiguous = ambiguous
        self.written = bytearray()
        self._rest = b""
        self._held: list[str] | None = None
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, self._slave = pty.openpty()
        if answers:
            self._screen.answer = self._answer
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._modes = termios.tcgetattr(self._slave)
        self._process = subprocess.Popen(
            argv,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **env},
            cwd="/",  # where no checkout lies in the way of what is installed
            start_new_session=True,
            preexec_fn=partial(_take_terminal, deaf_to),  # noqa: PLW1509 - nothing else runs in this process's threads yet
        )

    @property
    def lines(self) -> list[str]:
        """What is on the screen; a wide character stands in its first cell alone."""
        return ["".join(self._screen.buffer[y][x].data for x in range(self._screen.columns)) for y in self._rows]

    @property
    def _rows(self) -> range:
        return range(self._screen.lines)

    @property
    def cursor(self) -> tuple[int, int]:
        """The cell of the cursor: column and row, counted from 0."""
        return self._screen.cursor.x, self._screen.cursor.y

    def cells(self, y: int) -> list[str]:
        """The cells of a line; the second cell of a wide character is empty."""
        return [self._screen.buffer[y][x].data for x in range(self._screen.columns)]

    @property
    def text(self) -> str:
        """What is on the screen, as one text."""
        return "\n".join(self.lines)

    @property
    def notice(self) -> str:
        """What a notice at the right says, without blanks: a long path in it may be broken."""
        return "".join("".join(line.partition("▌")[2].split()) for line in self.lines)

    @property
    def looks(self) -> list[list[tuple[object, ...]]]:
        """Each cell as one sees it: the colour and weight of a letter do not show on a blank."""
        return [[_seen(self._screen.buffer[y][x]) for x in range(self._screen.columns)] for y in self._rows]

    def _answer(self, text: str) -> None:
        if self._held is None:
            os.write(self._master, text.encode())
        else:
            self._held.append(text)

    def hold_answers(self) -> None:
        """From now on answer nothing, as a terminal that is busy."""
        self._held = self._held or []

    def release_answers(self) -> int:
        """Give all answers that were held, and answer at once again; how many there were."""
        held, self._held = self._held or [], None
        for each in held:
            self._answer(each)
        return len(held)

    def left_to_read(self) -> bytes:
        """What the program has left in the terminal's input, for the shell to read."""
        tty.setraw(self._slave, termios.TCSANOW)  # a line that has not ended is not read otherwise
        ready = select.select([self._slave], [], [], 0)[0]
        return os.read(self._slave, 4096) if ready else b""

    def drain(self) -> None:
        """Read what has already been written."""
        while select.select([self._master], [], [], 0)[0]:
            self._read(monotonic())

    def press(self, *keys: str) -> None:
        """Type keys by name, or text as it is."""
        for key in keys:
            os.write(self._master, self.code(key))

    @staticmethod
    def code(key: str) -> bytes:
        """What a key sends."""
        return KEYS.get(key, key).encode()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._master, data)

    def wait_for(self, *words: str, without: str = "\0") -> None:
        """Read until all the words, and not the last ones, are on the screen; fail after PATIENCE seconds."""
        self.wait_until(lambda: all(each in self.text for each in words) and without not in self.text, str(words))

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until something is so; fail after PATIENCE seconds, saying what did not come."""
        end = monotonic() + PATIENCE
        while not condition():
            assert self._read(end), f"{what} never came:\n{self.text}"

    def read_until_silent(self, seconds: float) -> None:
        """Read until nothing has come for so many seconds, and not because the program waits for its turn to run."""
        silent_since, end = monotonic(), monotonic() + PATIENCE
        while monotonic() < silent_since + seconds or is_at_work(self._process.pid):
            assert monotonic() < end, f"the program never came to rest:\n{self.text}"
            before = len(self.written)
            self._read(max(silent_since + seconds, monotonic() + _GLANCE))
            if len(self.written) > before:
                silent_since = monotonic()

    def wait_for_end(self) -> int:
        """Read until the program ends; its exit code."""
        end = monotonic() + PATIENCE
        while self._process.poll() is None:
            assert monotonic() < end, f"the program never ended:\n{self.text}"
            self._read(monotonic() + 0.1)
        while self._read(monotonic()):
            pass
        return self._process.returncode

    def _read(self, until: float) -> bool:
        """Read once; False where the time is up, or the program has ended and nothing is left to read."""
        ended = self._process.poll() is not None
        wait = 0.0 if ended else min(max(until - monotonic(), 0.0), 0.2)
        if not select.select([self._master], [], [], wait)[0]:
            return not ended and monotonic() < until
        self.show(os.read(self._master, 65536))
        return True

    def show(self, data: bytes) -> None:
        """Put on the screen what the program wrote; a sequence may be in two parts."""
        self.written += data
        whole, self._rest = _whole(self._rest + data)
        with _width_of_ambiguous(self._ambiguous):
            self._stream.feed(_BEYOND_PYTE.sub(b"", whole))

    def resize(self, size: tuple[int, int]) -> None:
        """Make the terminal another size and tell the program."""
        columns, rows = size
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.killpg(self._process.pid, signal.SIGWINCH)

    def scribble(self, text: str) -> None:
        """Have somebody else write on the screen."""
        self._stream.feed(text.encode())

    @property
    def session(self) -> int:
        """The session that the program leads."""
        return self._process.pid

    @property
    def is_restored(self) -> bool:
        """Whether the line discipline is what it was before the program began."""
        return termios.tcgetattr(self._slave) == self._modes

    def sequences(self) -> list[str]:
        """Every escape sequence the program wrote, in order."""
        return _SEQUENCE.findall(self.written.decode("utf-8", "replace"))

    def unknown_escapes(self) -> list[str]:
        """What follows each escape that begins no sequence at all."""
        rest = _SEQUENCE.sub("", self.written.decode("utf-8", "replace"))
        return [rest[at : at + 12] for at, char in enumerate(rest) if char in "\x1b\x9b\x9d\x90"]

    def modes(self) -> dict[str, str]:
        """The last word on each private mode, `h` for on and `l` for off."""
        found: dict[str, str] = {}
        for sequence in self.sequences():
            if set_ := re.fullmatch(r"\x1b\[\?([0-9;]+)([hl])", sequence):
                found |= dict.fromkeys(set_[1].split(";"), set_[2])
        return found

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._process.send_signal(number)

    def hang_up(self) -> int:
        """Take the terminal away, as a line that drops does; the program's exit code."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1
        return self._process.wait(PATIENCE)

    def wait_in_silence(self) -> int:
        """Wait for the end without reading a byte, as a line that stalls; the exit code."""
        return self._process.wait(PATIENCE)

    def is_gone(self) -> bool:
        """Whether nothing of the program's session runs any more."""
        try:
            os.killpg(self._process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    def close(self) -> None:
        """End the program if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for each in (self._master, self._slave):
            if each >= 0:
                os.close(each)


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    if cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough):
        return " ", cell.bg
    return tuple(cell)


def _whole(data: bytes) -> tuple[bytes, bytes]:
    """The data up to an escape sequence that has not ended, and the rest."""
    last = data.rfind(b"\x1b")
    if last < 0 or _SEQUENCE.match(data[last:].decode("utf-8", "replace")):
        return data, b""
    return data[:last], data[last:]


@contextmanager
def _width_of_ambiguous(cells: int) -> Iterator[None]:
    """Let pyte draw characters of ambiguous width in so many cells, marks that combine excepted."""

    def width(char: str) -> int:
        ambiguous = unicodedata.east_asian_width(char) == "A" and not unicodedata.combining(char)
        return cells if ambiguous else wcwidth(char)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyte.screens, "wcwidth", width)
        yield


def is_at_work(process: int) -> bool:
    """Whether a process or one that it began runs or waits for a processor or a disk; no system but Linux tells."""
    found = False
    with suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{process}/task").iterdir():
            state = (thread / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
            children = (thread / "children").read_text("ascii").split()
            found = found or state in "RD" or any(is_at_work(int(child)) for child in children)
    return found


def _take_terminal(deaf_to: signal.Signals | None) -> None:
    """In the child: make the pseudo-terminal the one that interrupts and sizes come from.

    `deaf_to` is a signal that the child's threads never get, not even by a handler of its own.
    """
    if deaf_to is not None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [deaf_to])
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def terminal(
    *words: str,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str] | None = None,
    deaf_to: signal.Signals | None = None,
    ambiguous: int = 1,
    answers: bool = True,
) -> Iterator[Terminal]:
    """Kpitui with these words on its command line, ended in any case."""
    running = Terminal((*KPITUI, *words), size, env or {}, deaf_to, ambiguous, answers)
    try:
        yield running
    finally:
        running.close()
