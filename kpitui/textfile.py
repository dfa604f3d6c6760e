"""Read a text file that may be damaged: what is wrong is said by file and line, never by a traceback."""

from __future__ import annotations

from pathlib import Path

from kpitui.errors import InputError, KpituiError


def read_bytes(path: Path) -> bytes:
    """Read a file whole; InputError where it is missing, unreadable, or a folder."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error


def decode(data: bytes, path: Path) -> str:
    """Read bytes as UTF-8, a byte order mark dropped; `path` is what errors call them.

    Raises KpituiError naming the line of the first byte that is no text.
    """
    if b"\0" in data:
        raise KpituiError(f"{path}:{_line_at(data, data.index(0))}: a NUL byte: this is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KpituiError(f"{path}:{_line_at(data, error.start)}: not UTF-8") from error


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1
