"""Look for a file, and read a text that may be damaged.

What is wrong is said by file, line and column, never by a traceback.
"""

from __future__ import annotations

import os
from pathlib import Path

from kpitui.errors import InputError, KpituiError
from kpitui.text.wording import Both

_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: cannot be read: {error}")
_NUL = Both(
    "{path}:{at}: NULバイトがあり、テキストファイルではありません",
    "{path}:{at}: a NUL byte: this is not a text file",
)
_NOT_UTF8 = Both("{path}:{at}: UTF-8ではありません", "{path}:{at}: not UTF-8")


# Path.is_file and the like raise what is not "not found": a folder without permission above it, too long a name.


def is_file(path: Path) -> bool:
    """Whether a file is there; False where that cannot be seen, which is told by whatever reads it."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_folder(path: Path) -> bool:
    """Whether a folder is there; False where that cannot be seen."""
    return os.path.isdir(path)  # noqa: PTH112 - see above


def is_there(path: Path) -> bool:
    """Whether anything is there; False where that cannot be seen."""
    return os.path.exists(path)  # noqa: PTH110 - see above


def ending(path: Path) -> str:
    """What a file's name says of its format, in small letters and with the point: .csv for REPORT.CSV."""
    return path.suffix.lower()


def read_bytes(path: Path, *, called: Path | None = None) -> bytes:
    """Read a file whole; InputError where it is missing, unreadable, or a folder; `called` is its name there."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(called or path, error) from error


def unreadable(path: Path, error: OSError) -> InputError:
    """The error of a file or folder that the system does not let be read."""
    return InputError(_UNREADABLE.format(path=path, error=error.strerror or error))


def decode(data: bytes, path: Path) -> str:
    """Read bytes as UTF-8, a byte order mark dropped; `path` is what errors call them.

    Raises KpituiError naming the line and column of the first byte that is no text.
    """
    if b"\0" in data:
        raise KpituiError(_NUL.format(path=path, at=place_in(data, data.index(0))))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KpituiError(_NOT_UTF8.format(path=path, at=place_in(data, error.start))) from error


def place(before: str) -> str:
    """What comes after a text that a file begins with stands there: line and column, both from 1, in characters."""
    line, start = before.count("\n") + 1, before.rfind("\n") + 1
    return f"{line}:{len(before) - start + 1}"


def place_in(data: bytes, offset: int, encoding: str = "utf-8-sig") -> str:
    """Where a byte of a file stands: line and column of its character, as `place` has them."""
    return place(data[:offset].decode(encoding, "replace"))
