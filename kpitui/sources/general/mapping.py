"""map.toml: what the columns of a document hold, to be edited, and used again for next year's file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kpitui.errors import KpituiError
from kpitui.report.column import AIMS
from kpitui.report.metadata import KINDS
from kpitui.sources.general.model import Column, Table
from kpitui.sources.general.options import MapColumn, MapTable, Options
from kpitui.sources.general.roles import Role
from kpitui.sources.general.understand import Understanding
from kpitui.sources.importer import MAP
from kpitui.text.nearest import nearest, shown
from kpitui.text.toml import dumps
from kpitui.text.wording import Both

FILE = MAP
SCHEMA = 1
_TOP = ("schema", "title", "publisher", "id", "year", "sheet", "transpose", "cost_unit", "ratings", "encoding", "table")
_TABLE = ("name", "head", "column")
_COLUMN = ("place", "head", "role", "unit", "year", "aim", "slot")
_MOST = 10**6

_NOT_TOML = Both("{path}: TOMLとして読めません: {error}", "{path}: {error}")
_WRONG = Both("{path}: キー '{key}' {why}", "{path}: key '{key}' {why}")
_UNKNOWN = Both("は不明です{hint}", "is unknown{hint}")
_MISTYPED = Both("は{kind}のはずです", "should be {kind}")
_UNKNOWN_VALUE = Both("の値 {value!r} は不明です{hint}", "is {value!r}, which is unknown{hint}")
_SCHEMA = Both("は {known} のはずです", "should be {known}")
_RANGE = Both("は1から{most:,}までの数のはずです", "should be a number from 1 to {most:,}")

_Kind = TypeVar("_Kind", str, int, bool)


def dump(found: Understanding, options: Options) -> str:
    """The map of a document as it was understood; a column whose role was not told has an empty one.

    Year, sheet and title are written only where a person said them, so that next year's file is read for its own.
    """
    return dumps(
        {
            "schema": SCHEMA,
            "title": options.title,
            "publisher": options.publisher,
            "id": options.report_id,
            "year": options.year,
            "sheet": options.sheet,
            "transpose": options.transpose or None,
            "cost_unit": options.cost_unit,
            "ratings": tuple(rating.text for rating in found.ratings),
            "encoding": options.encoding,
            "table": [_table(each, options.table(each.number, each.sheet)) for each in found.every_table],
        }
    )


def _table(table: Table, stated: MapTable | None) -> dict[str, object]:
    head = stated.head if stated else ()
    return {"name": table.sheet, "head": head, "column": [_column(each, table) for each in table.columns]}


def _column(column: Column, table: Table) -> dict[str, object]:
    several = len(table.slots) > 1
    return {
        "place": column.place + 1,
        "head": column.head,
        "role": column.role.value if column.role else "",
        "unit": column.unit,
        "year": column.year,
        "aim": column.aim,
        "slot": column.slot if several else None,
    }


def parse(text: str, path: Path) -> Options:
    """Read the text of a map; KpituiError names the key that is unknown or wrong, and the nearest known one."""
    try:
        data: dict[str, object] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise KpituiError(_NOT_TOML.format(path=path, error=error)) from error
    top = _Part(path, "", data, _TOP)
    if top.get("schema", int) not in (None, SCHEMA):
        raise top.wrong("schema", _SCHEMA.format(known=SCHEMA))
    return Options(
        year=top.get("year", int),
        sheet=top.get("sheet", str),
        transpose=bool(top.get("transpose", bool)),
        title=top.get("title", str),
        publisher=top.get("publisher", str),
        report_id=top.get("id", str),
        cost_unit=top.get("cost_unit", str),
        ratings=tuple(top.list("ratings", str)),
        tables=tuple(_read_table(each) for each in top.parts("table", _TABLE)),
        encoding=top.get("encoding", str),
    )


def _read_table(part: _Part) -> MapTable:
    columns = tuple(_read_column(each) for each in part.parts("column", _COLUMN))
    return MapTable(part.get("name", str) or "", tuple(part.list("head", int)), columns)


def _read_column(part: _Part) -> MapColumn:
    return MapColumn(
        head=part.get("head", str) or "",
        place=(part.number("place") or 1) - 1,
        role=part.word("role", ["", *Role]) or "",
        unit=part.get("unit", str) or None,
        year=part.get("year", int),
        aim=part.word("aim", [aim.code for aim in AIMS]),
        slot=part.number("slot"),
    )


class _Part:
    """A table of the file under the name that errors call it by; only the known keys may stand in it."""

    def __init__(self, path: Path, name: str, data: Mapping[str, object], known: Sequence[str]) -> None:
        self.path, self.name, self.data = path, name, data
        for key in data:
            if key not in known:
                raise self.wrong(key, _UNKNOWN.format(hint=nearest(key, known)))

    def wrong(self, key: str, why: Both) -> KpituiError:
        return KpituiError(_WRONG.format(path=self.path, key=f"{self.name}{shown(key)}", why=why))

    def get(self, key: str, kind: type[_Kind]) -> _Kind | None:
        value = self.data.get(key)
        if value is None or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
            return value
        raise self.wrong(key, _MISTYPED.format(kind=KINDS[kind]))

    def number(self, key: str) -> int | None:
        value = self.get(key, int)
        if value is not None and not 1 <= value <= _MOST:
            raise self.wrong(key, _RANGE.format(most=_MOST))
        return value

    def word(self, key: str, known: Sequence[str]) -> str | None:
        value = self.get(key, str)
        if value is not None and value not in known:
            raise self.wrong(key, _UNKNOWN_VALUE.format(value=shown(value), hint=nearest(value, known)))
        return value

    def list(self, key: str, kind: type[_Kind]) -> list[_Kind]:
        values = self.data.get(key, [])
        if not isinstance(values, list):
            raise self.wrong(key, _MISTYPED.format(kind=KINDS[list]))
        found = [each for each in values if isinstance(each, kind) and not isinstance(each, bool)]
        if len(found) != len(values):
            raise self.wrong(key, _MISTYPED.format(kind=KINDS[list]))
        return found

    def parts(self, key: str, known: Sequence[str]) -> Sequence[_Part]:
        values = self.data.get(key, [])
        if not isinstance(values, list):
            raise self.wrong(key, _MISTYPED.format(kind=KINDS[list]))
        found = []
        for number, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                raise self.wrong(f"{key}[{number}]", _MISTYPED.format(kind=KINDS[dict]))
            found.append(_Part(self.path, f"{self.name}{key}[{number}].", value, known))
        return found


def over(said: Options, kept: Options) -> Options:
    """What the command line says, and what a map says where that is silent."""
    return replace(
        kept,
        year=said.year if said.year is not None else kept.year,
        sheet=said.sheet or kept.sheet,
        transpose=said.transpose or kept.transpose,
        title=said.title or kept.title,
        publisher=said.publisher or kept.publisher,
        report_id=said.report_id or kept.report_id,
        encoding=said.encoding or kept.encoding,
    )
