"""kpitui for guests, as the command that sshd forces: nothing of the server is read or written for them.

What a guest says by variables is forgotten before anything reads it; no file can be written, whoever tries;
memory and time have bounds; and a parent stays outside to put the terminal right if one is met.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import resource
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from kpitui.errors import KpituiError, UsageError
from kpitui.start import MEMORY
from kpitui.text.wording import Both, Lang

_KEPT = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LANGUAGE")
"""What a guest's terminal may say of itself, besides LC_*; whatever else there is can name a path or a program."""
_PLAIN = re.compile(r"[A-Za-z0-9_.@:+-]{0,64}")
_PATH = "/usr/bin:/bin"
_THREADS = "2"
"""Threads of polars for each guest: many read at once, each a little."""
_MEGABYTE = 1024 * 1024
_OPEN_FILES = 256
_GRACE = 15
"""Seconds in which what was told to end has to, before it is ended."""
_KEYS_THAT_SIGNAL = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)
"""What Ctrl-C, Ctrl-\\ and Ctrl-Z send before the screen stands and after it is left."""
_FROM_OUTSIDE = (signal.SIGHUP, signal.SIGTERM, signal.SIGALRM)
_INTERRUPTED = 130
_FOLDERS = re.compile(r"(?<![^\s'\"「(=])/(?:[^\s/:][^/:\n]*/)+")
"""The folders of a path that begins at the root."""
_RESTORE = (
    "\x1b[?2026l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u"
    "\x1b[?1049l\x1b[?7h\x1b[?25h\x1b[0m"
)
"""Ends what a program of the screen begins: synchronised output, mouse, focus, paste, sizes, keys, the second screen,
lines that do not wrap."""
_TOO_MUCH = Both(
    "kpitui は途中で終わりました (メモリーの上限 {memory}MB を超えた可能性があります)",
    "kpitui ended early; it may have met the limit of {memory} MB of memory",
)
_TOO_LONG = Both(
    "kpitui は途中で終わりました (計算時間の上限 {cpu}秒に達しました)",
    "kpitui ended early; it met the limit of {cpu} seconds of computing",
)
BROKEN = Both("kpitui の中で誤りが起きたため終わりました", "an error inside kpitui ended it")
_INSPECTED = Both("PYTHONINSPECT の下では --guest を使えません", "--guest does not run under PYTHONINSPECT")
_PR_SET_PDEATHSIG = 1
"""From linux/prctl.h: the signal that a process gets when its parent dies."""


@dataclass(frozen=True)
class Guest:
    """How long a guest may be idle, in minutes; how much memory one may use, in megabytes; seconds of computing."""

    idle: float
    memory: int
    cpu: int = 600

    @property
    def too_much(self) -> Both:
        """What is said when memory was short."""
        return _TOO_MUCH.format(memory=self.memory)


def variables(environ: Mapping[str, str], home: str) -> dict[str, str]:
    """What is kept of a guest's variables: how the terminal is and which language it speaks, in plain words."""
    told = {name: value for name, value in environ.items() if name in _KEPT or name.startswith("LC_")}
    kept = {name: value for name, value in told.items() if _PLAIN.fullmatch(value) and ".." not in value}
    return kept | {"HOME": home, "PATH": _PATH, "POLARS_MAX_THREADS": _THREADS, "_RJEM_MALLOC_CONF": MEMORY}


def begin() -> None:
    """Before anything else: forget variables, ignore keys that signal, and show nobody a traceback.

    Raises UsageError where Python would go on to its own prompt afterwards.
    """
    forget_variables()
    for number in _KEYS_THAT_SIGNAL:
        signal.signal(number, signal.SIG_IGN)
    sys.excepthook = lambda *_: print(f"kpitui: {BROKEN.en}", file=sys.stderr)
    if sys.flags.inspect:
        print(f"kpitui: {_INSPECTED.en}", file=sys.stderr, flush=True)
        os._exit(UsageError.exit_code)


def forget_variables() -> None:
    """Keep nothing that a guest's variables say of files and programs; before anything else reads them."""
    from pwd import getpwuid  # noqa: PLC0415 - only a guest's home is looked up

    kept = variables(os.environ, getpwuid(os.getuid()).pw_dir)
    os.environ.clear()
    os.environ.update(kept)


def without_folders(text: str) -> str:
    """A sentence in which files have their names alone: where they lie on the server is no guest's business."""
    return _FOLDERS.sub("", text)


def watched(run: Callable[[], int], guest: Guest, lang: Lang) -> int:
    """Run for a guest in a child under limits and return its exit code; if it dies, put the terminal right and say so.

    A library that gets no memory ends the process without a word, and the guest's terminal would be left as it was.
    """
    terminal, parent = termios.tcgetattr(sys.stdin.fileno()), os.getpid()
    child = os.fork()
    if child == 0:
        _run_in_child(run, guest, lang, parent)
    _pass_on_signals(child)
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status):
        return os.WEXITSTATUS(status)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(_GRACE)  # the terminal may take nothing
    _put_right(terminal)
    if os.WTERMSIG(status) not in _FROM_OUTSIDE:
        ended = _TOO_LONG.format(cpu=guest.cpu) if os.WTERMSIG(status) == signal.SIGXCPU else guest.too_much
        print(f"kpitui: {ended.say(lang)}", file=sys.stderr)
    return 1


def _run_in_child(run: Callable[[], int], guest: Guest, lang: Lang, parent: int) -> NoReturn:
    _die_with(parent)
    confine(guest)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what libraries say of their errors names files of the server
    code = 1
    try:
        code = _ended(run, lang)
        sys.stdout.flush()
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    """Be killed when the parent is, whatever is going on; only Linux can do so."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def _pass_on_signals(child: int) -> None:
    """Tell the child that the line is gone; kill it if that does not end it."""

    def tell(number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, number)

    def pass_on(received: int, _: object) -> None:
        tell(received)
        signal.alarm(_GRACE)

    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, pass_on)
    signal.signal(signal.SIGALRM, lambda *_: tell(signal.SIGKILL))


def confine(guest: Guest) -> None:
    """Set the limits, for good: no bytes into any file, no dump of memory, so much memory and time, few open files."""
    for limit, soft, hard in (
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_DATA, guest.memory * _MEGABYTE, guest.memory * _MEGABYTE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CPU, guest.cpu, guest.cpu + _GRACE),
    ):
        most = resource.getrlimit(limit)[1]
        bound = hard if most == resource.RLIM_INFINITY else min(hard, most)  # nobody can go beyond the system's
        resource.setrlimit(limit, (min(soft, bound), bound))


def _ended(run: Callable[[], int], lang: Lang) -> int:
    """The exit code of what runs in the child, whichever way it ends; what went wrong is said without folders."""
    try:
        return run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except MemoryError:
        os.abort()  # the parent puts right what nobody here has the memory for
    except KpituiError as error:
        return _said(error.sentence, error.exit_code, lang)
    except BaseException:  # a panic of polars is no Exception
        return _said(BROKEN, 1, lang)


def _said(words: Both, code: int, lang: Lang) -> int:
    from kpitui.text.cells import safe  # noqa: PLC0415 - what needs no error needs no cells

    with contextlib.suppress(OSError):  # the terminal may be gone
        print(f"kpitui: {safe(without_folders(words.say(lang)))}")
    return code


def _put_right(terminal: list[object]) -> None:
    try:
        sys.stdout.write(_RESTORE)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, terminal)  # type: ignore[arg-type]
    except (OSError, termios.error):
        return  # the terminal is gone
