"""Any document as raw tables: what `kpitui` reads when it is given a file of another publisher."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import BinaryIO

from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.sources.raw import apart, delimited, limits
from kpitui.sources.raw.kinds import Kind, kind_of
from kpitui.sources.raw.model import Document
from kpitui.text.wording import Both

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_IS_URL = Both(
    "{path}: URLからは取得しません。ファイルを保存して、そのパスを指定してください",
    "{path}: nothing is fetched from a URL; save the file and give its path",
)
_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: cannot be read: {error}")
_LARGE = Both(
    "{path}: {most:,}バイトを超えるファイルは読みません。表を分けて保存してください",
    "{path}: a file of more than {most:,} bytes is not read; save it in parts",
)
_BLANK = Both("{path}: 表に何もありません", "{path}: nothing in its tables")


def read(path: Path | None, *, sheet: str | None = None, encoding: str | None = None) -> Document:
    """Read a document as raw tables; None or "-" is standard input, `sheet` the one sheet or table wanted.

    `encoding` is that of a text, where a person names it.

    The format and the encoding are told by the bytes. Raises InputError where the file is missing or unreadable;
    UsageError for a URL, an unknown sheet, or a format whose extra is not installed; else KpituiError.
    """
    name = "-" if path is None else str(path)
    return parse(read_file(name), name, sheet=sheet, encoding=encoding)


def parse(data: bytes, name: str, *, sheet: str | None = None, encoding: str | None = None) -> Document:
    """The same of bytes that are at hand; `name` is what errors call them."""
    kind = kind_of(data, name)
    document = delimited.read(data, name, sheet, encoding) if kind is Kind.TEXT else apart.read(kind, data, name, sheet)
    if not any(any(row.cells) for table in document.tables for row in table.rows):
        raise KpituiError(_BLANK.format(path=name))
    return document


def read_input() -> bytes:
    """Everything on standard input; KpituiError where that is too much."""
    return _bounded(sys.stdin.buffer, "-")


def read_file(name: str) -> bytes:
    """The bytes of a file, or of standard input for "-"; errors as `read`."""
    if name == "-":
        return read_input()
    if _URL.match(name):
        raise UsageError(_IS_URL.format(path=name))
    try:
        with Path(name).open("rb") as file:
            return _bounded(file, name)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(_UNREADABLE.format(path=name, error=why)) from error


def _bounded(file: BinaryIO, name: str) -> bytes:
    data = file.read(limits.MOST_BYTES + 1)
    if len(data) > limits.MOST_BYTES:
        raise KpituiError(_LARGE.format(path=name, most=limits.MOST_BYTES))
    return data
