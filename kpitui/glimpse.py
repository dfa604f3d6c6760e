"""The first screen as it stood last time, shown while the program that draws it is still being loaded.

Loading Textual and polars takes some 0.3 s, in which a reader would see nothing. So what stood first is kept, with all
that it depended on: the words of the command, the terminal, the settings, the report. Where all of that is the same it
is shown at once; the program then takes the screen over and draws only what is different after all. The folder
(`$XDG_CACHE_HOME/kpitui/first`) can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence

from kpitui import __version__

OFF = "KPITUI_GLIMPSE"
"""The environment variable that, as 0, has nothing kept or shown."""
_ENTER = "\x1b[?1049h\x1b[m\x1b[2J\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[?7h\x1b[?25h\x1b[?1049l"
_FRAME = r"(?:\x1b\[\d{1,4};\d{1,4}H(?:[^\x00-\x1f\x7f-\x9f]|\x1b\[[\d;]*m)*+)+"
"""Texts, pens and places, and nothing else."""
_SETTLING = ("KPITUI_", "TEXTUAL", "LC_", "PYTHON")
_ALSO_SETTLING = ("LANG", "TERM", "COLORTERM", "NO_COLOR", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
"""Variables that the first screen may depend on, by the beginnings of their names and by their names."""
_PENDING = ".kpitui-import"
"""As `kpitui.changeover.PENDING`, which would take a third of the time to import."""
_MOST_BYTES = 4_000_000
"""Bytes of a report from which on looking whether it has changed would take as long as loading the program."""
_MOST_KEPT = 40
"""Pictures that are kept: one for each report, size of terminal, language and so on."""
_TERMINATED = 143


class Glimpse:
    """What is known of the terminal before there is a program, and what is shown on it.

    `key` tells what the first screen depends on besides files, "" where nothing may be kept. `picture` is a frame of
    Textual's, "" where none is shown, and `modes` are the terminal's as they were before.
    """

    def __init__(self, key: str = "", size: tuple[int, int] = (0, 0)) -> None:
        self.key = key
        self.size = size
        self.picture = ""
        self.modes: list[object] | None = None

    def show(self) -> None:
        """Show what is kept for this key, if all that it depended on is as it was."""
        found = _kept(self.key) if self.key else None
        if found is not None and _raw(self):
            self.picture, shown = found
            _write(f"{_ENTER}{shown}")

    def taken(self, size: tuple[int, int]) -> str:
        """The picture that stands on a terminal of this size, for the program, which takes the terminal over."""
        picture, self.picture = self.picture, ""
        return picture if size == self.size else ""

    def modes_before(self, now: list[object] | None) -> list[object] | None:
        """The terminal's modes before anything was shown, once; later ones are the reader's own."""
        modes, self.modes = self.modes, None
        return modes or now

    def leave(self) -> None:
        """Give the terminal back unless the program has taken it over."""
        if self.picture:
            import termios  # noqa: PLC0415 - there is none on Windows

            self.picture = ""
            _write(_LEAVE)
            termios.tcsetattr(0, termios.TCSANOW, self.modes)  # type: ignore[arg-type]

    def keep(self, picture: str, shown: str, files: Sequence[tuple[str, str]]) -> None:
        """Keep what stood first; `files` with their digests are what it depended on. Where it can't be, nothing is."""
        told = _head(self.key, picture, shown)
        lines = [*told, *(f"{digest} {path}" for path, digest in files), "", picture, shown]
        from kpitui.errors import KpituiError  # noqa: PLC0415 - what is kept is written when all else is over

        if self.key and not any("\n" in line for line in lines):
            with contextlib.suppress(OSError, KpituiError):
                _replace(_path(self.key), "\n".join(lines).encode("utf-8", "surrogateescape"))


NONE = Glimpse()
"""For programs that were not started from a terminal by `kpitui`."""


def glimpsed() -> Glimpse:
    """What is shown of the first screen from now on, on the terminal that standard input, output and error are."""
    if os.environ.get(OFF) == "0" or os.name != "posix":
        return Glimpse()
    found = Glimpse()
    with contextlib.suppress(OSError, ImportError):  # the folder one is in may be gone
        found = Glimpse(*_situation())
        found.show()
    return found


def digests(paths: Iterable[str]) -> list[tuple[str, str]] | None:
    """Files and folders with what tells whether they are still the same; None where there is too much of it."""
    found, left = [], _MOST_BYTES
    for path in map(os.path.abspath, paths):
        digest, size = _digest(path, left)
        if size > left:
            return None
        left -= size
        found.append((path, digest))
    return found


def _situation() -> tuple[str, tuple[int, int]]:
    size = os.get_terminal_size(2)
    settled = sorted(
        (name, value) for name, value in os.environ.items() if name.startswith(_SETTLING) or name in _ALSO_SETTLING
    )
    return ascii((sys.argv[1:], os.getcwd(), tuple(size), settled)), (size.columns, size.lines)  # noqa: PTH109


def _head(key: str, *frames: str) -> list[str]:
    """What a file begins with: whose it is, for which key, and what tells that the frames at its end are whole."""
    from hashlib import blake2b  # noqa: PLC0415 - only where there is something to be shown or kept

    whole = blake2b("\n".join(frames).encode("utf-8", "surrogateescape"), digest_size=16)
    return [f"kpitui {__version__}", key, whole.hexdigest()]


def _path(key: str) -> str:
    """Where the picture for a key is kept; what two keys may share is told apart by the key inside."""
    import zlib  # noqa: PLC0415

    return os.path.join(_folder(), f"{zlib.crc32(key.encode()):08x}")  # noqa: PTH118


def _folder() -> str:
    if sys.platform == "linux":  # what platformdirs says there, without the 5 ms that importing it takes
        base = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache")  # noqa: PTH111
        return os.path.join(base, "kpitui", "first")  # noqa: PTH118
    from platformdirs import user_cache_dir  # noqa: PLC0415

    return os.path.join(user_cache_dir("kpitui"), "first")  # noqa: PTH118


def _kept(key: str) -> tuple[str, str] | None:
    """The picture for a key and how it is shown; None where there is none or anything it depended on has changed."""
    lines = _read(_path(key)).split("\n")
    frames = lines[-2:]
    head = _head(key, *frames)
    files = lines[len(head) : -3]
    if lines[: len(head)] != head or lines[-3:-2] != [""] or not all(map(_is_frame, frames)):
        return None
    return (frames[0], frames[1]) if all(map(_is_same, files)) else None


def _read(path: str) -> str:
    """What the reader alone can have written there; "" where somebody else could have."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes 9 ms
        found = os.fstat(file.fileno())
        data = file.read() if found.st_uid == os.geteuid() and not found.st_mode & 0o022 else b""
    return data.decode("utf-8", "surrogateescape")


def _is_frame(text: str) -> bool:
    import re  # noqa: PLC0415 - only where there is something to be shown

    return re.fullmatch(_FRAME, text) is not None


def _is_same(line: str) -> bool:
    digest, _, path = line.partition(" ")
    return _digest(path, _MOST_BYTES)[0] == digest


def _digest(path: str, most: int) -> tuple[str, int]:
    """What tells whether a file or the files of a folder are the same, and their bytes.

    "-" for what is not there, "+" for what has more bytes than `most`.
    """
    from hashlib import blake2b  # noqa: PLC0415 - only where there is something to be shown

    found, size = blake2b(digest_size=16), 0
    try:
        for file in _files(path):
            size += os.stat(file).st_size  # noqa: PTH116
            if size > most:
                return "+", size
            with open(file, "rb") as opened:  # noqa: PTH123
                found.update(ascii(file).encode() + blake2b(opened.read()).digest())
    except OSError:
        return "-", 0
    return found.hexdigest(), size


def _files(path: str) -> list[str]:
    """A file itself; of a folder the files, those of an import that is still to be moved into their places as well."""
    if not os.path.isdir(path):  # noqa: PTH112
        return [path]
    pending = os.path.join(path, _PENDING)  # noqa: PTH118
    with os.scandir(path) as entries:
        found = sorted(each.path for each in entries if each.is_file())
    return found + (_files(pending) if os.path.isdir(pending) else [])  # noqa: PTH112


def _raw(seen: Glimpse) -> bool:
    """Have the terminal keep what is typed for the program, unseen; whether it is one that can."""
    import signal  # noqa: PLC0415
    import termios  # noqa: PLC0415 - there is none on Windows

    try:
        seen.modes = termios.tcgetattr(0)
        modes = termios.tcgetattr(0)
        modes[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR)
        modes[3] &= ~(termios.ECHO | termios.ICANON)
        modes[6][termios.VMIN], modes[6][termios.VTIME], modes[6][termios.VSUSP] = 1, 0, b"\x00"
        termios.tcsetattr(0, termios.TCSANOW, modes)
    except termios.error:
        return False
    signal.signal(signal.SIGTERM, _end)
    return True


def _end(*_: object) -> None:
    """Told to end, leave in order."""
    raise SystemExit(_TERMINATED)


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(1, data) :]


def _replace(path: str, data: bytes) -> None:
    """Write a picture in one piece, for nobody else to read; the oldest ones make room."""
    from pathlib import Path  # noqa: PLC0415

    from kpitui import atomic  # noqa: PLC0415

    target = Path(path)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not target.is_file() or target.read_bytes() != data:
        atomic.write_all({target: data}, replace=True, private=True)
    kept = sorted(target.parent.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in kept[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)
