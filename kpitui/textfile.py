"""Read a text file that may be damaged: what is wrong is said by file, line and column, never by a traceback."""

from __future__ import annotations

from pathlib import Path

from kpitui.errors import InputError, KpituiError
from kpitui.text.wording import Both

_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: cannot be read: {error}")
_NUL = Both(
    "{path}:{at}: NULバイトがあり、テキストファイルではありません",
    "{path}:{at}: a NUL byte: this is not a text file",
)
_NOT_UTF8 = Both("{path}:{at}: UTF-8ではありません", "{path}:{at}: not UTF-8")


def read_bytes(path: Path, *, called: Path | None = None) -> bytes:
    """Read a file whole; InputError where it is missing, unreadable, or a folder; `called` is its name there."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=called or path, error=error.strerror or error)) from error


def decode(data: bytes, path: Path) -> str:
    """Read bytes as UTF-8, a byte order mark dropped; `path` is what errors call them.

    Raises KpituiError naming the line and column of the first byte that is no text.
    """
    if b"\0" in data:
        raise KpituiError(_NUL.format(path=path, at=place(_before(data, data.index(0)))))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KpituiError(_NOT_UTF8.format(path=path, at=place(_before(data, error.start)))) from error


def place(before: str) -> str:
    """What comes after a text that a file begins with stands there: line and column, both from 1, in characters."""
    line, start = before.count("\n") + 1, before.rfind("\n") + 1
    return f"{line}:{len(before) - start + 1}"


def _before(data: bytes, offset: int) -> str:
    return data[:offset].decode("utf-8-sig", "replace")
