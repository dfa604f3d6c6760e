"""kpitui for guests, as the command that sshd forces: nothing of the server is read or written for them.

What a guest says by variables is forgotten before anything reads it; no file can be written, whoever tries;
memory has a bound; and a parent stays outside to put the terminal right if the bound is met.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kpitui.text.wording import Both, Lang

_KEPT = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE")
"""What a guest's terminal may say of itself, besides LC_*; whatever else there is can name a path or a program."""
_PLAIN = re.compile(r"[A-Za-z0-9_.@:+-]{0,64}")
_PATH = "/usr/bin:/bin"
_THREADS = "2"
"""Threads of polars for each guest: many read at once, each a little."""
_MEGABYTE = 1024 * 1024
_OPEN_FILES = 256
_RESTORE = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Ends what a program of the screen begins: synchronised output, mouse, focus, paste, keys, the second screen."""
_ENDED = Both(
    "kpitui は途中で終わりました (メモリーの上限 {memory}MB を超えた可能性があります)",
    "kpitui ended early; it may have met the limit of {memory} MB of memory",
)


@dataclass(frozen=True)
class Guest:
    """How long a guest may be idle, in minutes, and how much memory one may use, in megabytes."""

    idle: float
    memory: int


def variables(environ: Mapping[str, str], home: str) -> dict[str, str]:
    """What is kept of a guest's variables: how the terminal is and which language it speaks, in plain words."""
    told = {name: value for name, value in environ.items() if name in _KEPT or name.startswith("LC_")}
    kept = {name: value for name, value in told.items() if _PLAIN.fullmatch(value) and ".." not in value}
    return kept | {"HOME": home, "PATH": _PATH, "POLARS_MAX_THREADS": _THREADS}


def forget_variables() -> None:
    """Keep nothing that a guest's variables say of files and programs; before anything else reads them."""
    from pwd import getpwuid  # noqa: PLC0415 - only a guest's home is looked up

    kept = variables(os.environ, getpwuid(os.getuid()).pw_dir)
    os.environ.clear()
    os.environ.update(kept)


def watched(run: Callable[[], int], guest: Guest, lang: Lang) -> int:
    """Run for a guest in a child under limits and return its exit code; if it dies, put the terminal right and say so.

    A library that gets no memory ends the process without a word, and the guest's terminal would be left as it was.
    """
    terminal = termios.tcgetattr(sys.stdin.fileno())
    child = os.fork()
    if child == 0:
        confine(guest)
        os._exit(_ended(run))
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, lambda received, _: os.kill(child, received))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    _put_right(terminal)
    print(f"kpitui: {_ENDED.format(memory=guest.memory).say(lang)}", file=sys.stderr)
    return 1


def confine(guest: Guest) -> None:
    """Set the limits, for good: no bytes into any file, no dump of memory, so much memory, few open files."""
    for limit, most in (
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, guest.memory * _MEGABYTE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))


def _ended(run: Callable[[], int]) -> int:
    """The exit code of what runs in the child, whichever way it ends."""
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except MemoryError:
        os.abort()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _put_right(terminal: list[object]) -> None:
    try:
        sys.stdout.write(_RESTORE)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, terminal)  # type: ignore[arg-type]
    except (OSError, termios.error):
        return  # the terminal is gone
