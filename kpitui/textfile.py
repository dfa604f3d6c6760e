"""Read a text file that may be damaged: what is wrong is said by file and line, never by a traceback."""

from __future__ import annotations

from pathlib import Path

from kpitui.errors import InputError, KpituiError
from kpitui.text.wording import Both

_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: cannot be read: {error}")
_NUL = Both(
    "{path}:{line}: NULバイトがあり、テキストファイルではありません",
    "{path}:{line}: a NUL byte: this is not a text file",
)
_NOT_UTF8 = Both("{path}:{line}: UTF-8ではありません", "{path}:{line}: not UTF-8")


def read_bytes(path: Path, *, called: Path | None = None) -> bytes:
    """Read a file whole; InputError where it is missing, unreadable, or a folder; `called` is its name there."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=called or path, error=error.strerror or error)) from error


def decode(data: bytes, path: Path) -> str:
    """Read bytes as UTF-8, a byte order mark dropped; `path` is what errors call them.

    Raises KpituiError naming the line of the first byte that is no text.
    """
    if b"\0" in data:
        raise KpituiError(_NUL.format(path=path, line=_line_at(data, data.index(0))))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KpituiError(_NOT_UTF8.format(path=path, line=_line_at(data, error.start))) from error


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
