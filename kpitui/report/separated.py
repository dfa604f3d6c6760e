"""csv and tsv in the registry's keys, as kpitui exports them: UTF-8, or CP932 as older programs take it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import polars as pl

from kpitui.errors import KpituiError
from kpitui.report.big import is_big
from kpitui.report.sheet import LONGEST_CELL
from kpitui.text.wording import Both
from kpitui.textfile import decode, ending, read_bytes

SEPARATORS = {".csv": ",", ".tsv": "\t"}
SUFFIXES = tuple(SEPARATORS)
_OTHER = "cp932"
_LARGE = Both(
    "{path}: UTF-8ではありません。この大きさのファイルはUTF-8で保存し直してください",
    "{path}: not UTF-8; a file of this size is read only as that, so save it as UTF-8",
)


def scan(path: Path) -> pl.LazyFrame:
    """The file's rows as texts; whether it is UTF-8 shows when they are collected.

    It is the file of that very name, whatever signs of a pattern are in it, and absolute, for polars takes ~ for home.
    """
    return pl.scan_csv(path.absolute(), glob=False, separator=SEPARATORS[ending(path)], infer_schema=False)


def recoded(path: Path) -> pl.LazyFrame | None:
    """The rows of a file in CP932; None where it is UTF-8, and `scan` has them.

    Raises KpituiError where it is neither, or too large to be held in memory twice; InputError where it is unreadable.
    """
    data = read_bytes(path)
    if _is_utf8(data):
        return None
    if is_big(path):
        raise KpituiError(_LARGE.format(path=path))
    text = _in_cp932(data, path)
    return pl.scan_csv(text.encode(), separator=SEPARATORS[ending(path)], infer_schema=False)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _in_cp932(data: bytes, path: Path) -> str:
    """The text, where CP932 is what reads best: damaged UTF-8 may happen to be CP932, too, of no words."""
    from kpitui.sources.raw import encodings  # noqa: PLC0415 - hardly any file needs it

    try:
        text = data.decode(_OTHER)
        if encodings.decode(data, str(path)).text == text:
            return text
    except (UnicodeDecodeError, KpituiError):
        pass
    return decode(data, path)  # which raises, for it is not UTF-8


def lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of such a file, the head first, each with the line it begins on; as far as it can be read."""
    reader = csv.reader(_opened(path), delimiter=SEPARATORS[ending(path)])
    line = 1
    with suppress(csv.Error):
        for row in reader:
            yield line, row
            line = reader.line_num + 1


def broken(path: Path) -> tuple[int, csv.Error] | None:
    """The line of the first record that is no csv, and what is wrong with it; None where all are."""
    reader = csv.reader(_opened(path), delimiter=SEPARATORS[ending(path)], strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        return line, error
    return None


def _opened(path: Path) -> io.StringIO:
    """The text, for csv to read, to which the bound of a cell is told that `kpitui.report.sheet` has."""
    csv.field_size_limit(LONGEST_CELL)
    data = read_bytes(path)
    return io.StringIO(data.decode("utf-8-sig" if _is_utf8(data) else _OTHER, "replace"), newline="")
