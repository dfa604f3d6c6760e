"""Rows that kpitui exported as JSON, a JSON object a line, or xlsx, read back as columns of texts."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from kpitui.errors import KpituiError, UsageError
from kpitui.text.wording import Both
from kpitui.textfile import decode, ending, read_bytes

if TYPE_CHECKING:
    from kpitui.sources.raw.model import RawRow

_WITH_UNIT = re.compile(r"([a-z_]+) \(.*\)")
"""The head of a column in xlsx whose numbers have one unit."""
_SHEET = "kpis"
_FIRST = re.compile(rb'<sheet name="([^"]*)"')
_BROKEN = Both("{path}:{at}: JSONとして読めません: {error}", "{path}:{at}: no JSON: {error}")
_NO_WORKBOOK = Both(
    "{path}: xlsxではありません。別の形式のファイルか、壊れています",
    "{path}: is no xlsx: a file of another format, or damaged",
)
_NO_ROWS = Both(
    "{path}: 行 (JSONのオブジェクト) の並びではありません。他の形のJSONは読めません。CSVかExcelで保存してください",
    "{path}: is no list of rows, each an object of JSON; other JSON is not read: save its table as CSV or Excel",
)


def read(path: Path) -> pl.DataFrame:
    """The rows of such a file as texts, null where nothing stands.

    Raises InputError where it cannot be read, KpituiError where it is damaged, UsageError where xlsx lacks its library.
    """
    return _READERS[ending(path)](path)


def may_hold(path: Path) -> bool:
    """Whether a workbook's first sheet is called as an export calls it; its rows are read only then."""
    if ending(path) != ".xlsx":
        return True
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            found = _FIRST.search(part.read(2**16))
            return found is not None and found[1] == _SHEET.encode()
    except (OSError, KeyError, ValueError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile):
        return False


# JSON


def _json(path: Path) -> pl.DataFrame:
    return _texts(path, _loaded(decode(read_bytes(path), path), path, 1))


def _ndjson(path: Path) -> pl.DataFrame:
    lines = decode(read_bytes(path), path).split("\n")
    return _texts(path, [_loaded(line, path, place) for place, line in enumerate(lines, 1) if line.strip()])


def _loaded(text: str, path: Path, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"{line + error.lineno - 1}:{error.colno}"
        raise KpituiError(_BROKEN.format(path=path, at=at, error=error.msg)) from None
    except (RecursionError, ValueError) as error:
        raise KpituiError(_BROKEN.format(path=path, at=line, error=error)) from None


def _texts(path: Path, rows: Any) -> pl.DataFrame:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise KpituiError(_NO_ROWS.format(path=path))
    keys = dict.fromkeys(key for row in rows for key in row)
    return pl.DataFrame(
        {key: [_text(row.get(key)) for row in rows] for key in keys}, schema=dict.fromkeys(keys, pl.String)
    )


def _text(value: Any) -> str | None:
    """A value as csv has it: a list of codes parted by blanks."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False)


# xlsx


def _xlsx(path: Path) -> pl.DataFrame:
    from kpitui.sources.raw import apart, kinds, read  # noqa: PLC0415 - only this format needs it

    data = read.read_file(str(path))
    kind = kinds.kind_of(data, str(path))
    if kind is kinds.Kind.TEXT:
        raise KpituiError(_NO_WORKBOOK.format(path=path))
    apart.check_extra(kind, str(path))
    head, *rows = (row.cells for row in _sheet(data, path))
    keys = [_key(cell) for cell in head]
    return pl.DataFrame(
        {key: _cells(rows, place) for place, key in enumerate(keys)}, schema=dict.fromkeys(keys, pl.String)
    )


def _sheet(data: bytes, path: Path) -> tuple[RawRow, ...]:
    """The rows of the sheet that an export has; a workbook without it is bad data, and no wrong request."""
    from kpitui.sources.raw import read  # noqa: PLC0415 - see above

    try:
        return read.parse(data, str(path), sheet=_SHEET).tables[0].rows
    except UsageError as error:
        raise KpituiError(error.sentence) from None


def _key(head: str) -> str:
    found = _WITH_UNIT.fullmatch(head)
    return found[1] if found else head


def _cells(rows: Sequence[tuple[str, ...]], place: int) -> list[str | None]:
    return [(row[place] or None) if place < len(row) else None for row in rows]


_READERS: Mapping[str, Callable[[Path], pl.DataFrame]] = {".json": _json, ".ndjson": _ndjson, ".xlsx": _xlsx}
SUFFIXES = tuple(_READERS)
