"""Read a saved view and check every name in it: against the registry, and against the report it is opened on."""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from kpitui.errors import InputError, KpituiError
from kpitui.report.columns import column, registry
from kpitui.report.metadata import KINDS
from kpitui.report.model import Report, Table
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both
from kpitui.views.saved import SCHEMA, SavedView
from kpitui.views.search import searchable
from kpitui.views.spec import WIDEST, Filter, Scalar, Sort, ViewSpec

_Name = TypeVar("_Name", bound=str)

_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: {error}")
_NOT_TOML = Both("{path}: TOMLとして読めません: {error}", "{path}: {error}")
_WRONG = Both("{path}: {where}: {why}", "{path}: {where}: {why}")
_OTHER_SCHEMA = Both(
    "{found!r} です。このプログラムが読むのは {known} です", "is {found!r}, this program reads {known}"
)
_NO_VALUE = Both("{value!r} は値になりません", "cannot be {value!r}")
_NO_WIDTH = Both(
    "{width!r} は1から{most}までの桁数ではありません", "is {width!r}, not a number of cells from 1 to {most}"
)
_NO_RANGE = Both(
    "{key}: 範囲は数値の列に、値の一覧なしで指定してください",
    "{key}: a range goes with a column of numbers, and without values",
)
_NESTED = Both(
    "{key}: セルは一つの値ではないので、絞り込めません",
    "{key}: its cells are not one value each, so nothing can be filtered by them",
)
_NO_NUMBER = Both("{value!r} は数値ではありません", "is {value!r}, which is no number")
_TWICE = Both("{key!r} が二つあります", "{key!r} stands twice")
_NOT_TEXTS = Both("文字列のリストではありません", "is not a list of texts")
_NO_ID = Both("id のない項目があります", "has an entry without an id")
_NOT_TABLE = Both("テーブルではありません", "is not a table")
_MISTYPED = Both("{value!r} は{kind}ではありません", "is {value!r}, not {kind}")
_HEAD = 65_536
"""Characters within which a file's own values stand, before its first table."""
_KEY, _VALUE = Both("キー", "key"), Both("値", "value")


def read(path: Path, report: Report) -> SavedView:
    """Read a saved view and check every name in it against the registry and the report.

    Raises InputError where the file cannot be read, KpituiError naming file, key and the nearest known name
    where it is damaged.
    """
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=path, error=error.strerror or error)) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise KpituiError(_NOT_TOML.format(path=path, error=error)) from None
    return _Reader(path, report).view(document)


def note(path: Path) -> str:
    """What the view in a file is for, from the lines before its first table; nothing where they cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            lines = itertools.takewhile(
                lambda line: not line.startswith("["), file.read(_HEAD).splitlines(keepends=True)
            )
            found = tomllib.loads("".join(lines)).get("note", "")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def read_spec(tables: Mapping[str, Any], path: Path, report: Report) -> ViewSpec:
    """What the reader chose, from the tables of `saved.spec_tables` in the file at `path`; errors as `read`."""
    return _Reader(path, report).spec(tables)


class _Reader:
    """Turns a parsed file into a SavedView; every complaint names the file and the key."""

    def __init__(self, path: Path, report: Report) -> None:
        self._path = path
        self._report = report

    def view(self, document: Mapping[str, Any]) -> SavedView:
        keys = {
            "schema": int,
            "name": str,
            "note": str,
            "report": dict,
            "view": dict,
            "filter": list,
            "sort": list,
        }
        top = self._table(document, "", {**keys, "mark": list, "columns": dict, "expect": dict, "row": list})
        if top.get("schema") != SCHEMA:
            raise self._error("schema", _OTHER_SCHEMA.format(found=top.get("schema"), known=SCHEMA))
        about = self._table(top.get("report", {}), "report", {"id": str, "sha256": str})
        expect = self._table(top.get("expect", {}), "expect", {"rows": int, "ids": list})
        return SavedView(
            name=top.get("name", self._path.stem),
            spec=self.spec(top),
            note=top.get("note", ""),
            report_id=about.get("id", ""),
            sha256=about.get("sha256", ""),
            ids=self._texts(expect.get("ids", []), "expect.ids"),
            rows=self._rows(top.get("row", [])),
        )

    def spec(self, top: Mapping[str, Any]) -> ViewSpec:
        view = self._table(top.get("view", {}), "view", {"table": str, "search": str, "where": str, "search_in": str})
        table: Table = self._known(view.get("table", "projects"), "view.table", get_args(Table))
        columns = self._table(top.get("columns", {}), "columns", {"shown": list, "pins": list, "widths": dict})
        return ViewSpec(
            table=table,
            search=view.get("search", ""),
            search_in=self._search_in(table, view.get("search_in", "")),
            where=view.get("where", ""),
            filters=tuple(self._filter(table, each) for each in top.get("filter", [])),
            sorts=tuple(self._sort(table, each) for each in top.get("sort", [])),
            columns=self._columns(table, columns.get("shown", []), "columns.shown"),
            widths=self._widths(table, columns.get("widths", {})),
            pins=self._columns(table, columns.get("pins", list(ViewSpec.pins)), "columns.pins"),
            marks=tuple(self._mark(each) for each in top.get("mark", [])),
        )

    def _search_in(self, table: Table, key: str) -> str:
        return self._known(key, "view.search_in", searchable(table)) if key else ""

    def _mark(self, entry: Any) -> tuple[str, str]:
        found = self._table(entry, "mark", {"id": str, "note": str})
        if "id" not in found:
            raise self._error("mark", _NO_ID)
        return found["id"], found.get("note", "")

    def _filter(self, table: Table, entry: Any) -> Filter:
        known = {"column": str, "values": list, "missing": bool, "negated": bool, "low": float, "high": float}
        found = self._table(entry, "filter", known)
        key = self._column(table, found.get("column"), "filter.column")
        if column(table, key).nested:
            raise self._error("filter", _NESTED.format(key=key))
        for end in ("low", "high"):
            self._finite(found.get(end), f"filter.{end}")
        if ("low" in found or "high" in found) and ("values" in found or not column(table, key).numeric):
            raise self._error("filter", _NO_RANGE.format(key=key))
        values = tuple(self._value(table, key, each) for each in found.get("values", []))
        missing: tuple[Scalar, ...] = (None,) if found.get("missing") else ()
        return Filter(key, values + missing, found.get("negated", False), found.get("low"), found.get("high"))

    def _value(self, table: Table, key: str, value: Any) -> Scalar:
        """A value that the column can hold in this report; scales and lists of ours are closed, the rest is free."""
        chosen = column(table, key)
        codes = tuple(each.code for each in chosen.values)
        if chosen.kind == "scale":
            codes = tuple(self._report.frame(table)[key].dtype.categories)  # type: ignore[attr-defined]
        if codes:
            return self._known(value, f"filter.values of {key}", codes)
        expected = (int, float) if chosen.numeric else str
        if not isinstance(value, expected) or isinstance(value, bool):
            raise self._error(f"filter.values of {key}", _NO_VALUE.format(value=value))
        self._finite(value, f"filter.values of {key}")
        return cast("Scalar", value)

    def _finite(self, value: Any, where: str) -> None:
        """Refuse inf and nan, which TOML has and no cell."""
        if isinstance(value, float) and not math.isfinite(value):
            raise self._error(where, _NO_NUMBER.format(value=value))

    def _sort(self, table: Table, entry: Any) -> Sort:
        found = self._table(entry, "sort", {"column": str, "descending": bool})
        return Sort(self._column(table, found.get("column"), "sort.column"), found.get("descending", False))

    def _columns(self, table: Table, keys: Any, where: str) -> tuple[str, ...]:
        found = tuple(self._column(table, key, where) for key in keys)
        for place, key in enumerate(found):
            if key in found[:place]:
                raise self._error(where, _TWICE.format(key=key))
        return found

    def _widths(self, table: Table, widths: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
        for key, width in widths.items():
            self._column(table, key, "columns.widths")
            if not isinstance(width, int) or isinstance(width, bool) or not 1 <= width <= WIDEST:
                raise self._error(f"columns.widths.{key}", _NO_WIDTH.format(width=width, most=WIDEST))
        return tuple(widths.items())

    def _column(self, table: Table, key: Any, where: str) -> str:
        return self._known(key, where, tuple(each.key for each in registry(table, several=True)))

    def _texts(self, values: list[Any], where: str) -> tuple[str, ...]:
        if not all(isinstance(value, str) for value in values):
            raise self._error(where, _NOT_TEXTS)
        return tuple(values)

    def _rows(self, rows: list[Any]) -> tuple[Mapping[str, Any], ...]:
        if not all(isinstance(row, dict) and isinstance(row.get("id"), str) for row in rows):
            raise self._error("row", _NO_ID)
        return tuple(rows)

    def _table(self, found: Any, where: str, known: Mapping[str, type]) -> dict[str, Any]:
        """A TOML table whose keys and types are all known."""
        if not isinstance(found, dict):
            raise self._error(where, _NOT_TABLE)
        prefix = f"{where}." if where else ""
        for key, value in found.items():
            self._known(key, f"{prefix}{key}", tuple(known), _KEY)
            kinds = (int, float) if known[key] is float else known[key]
            if not isinstance(value, kinds) or (known[key] is not bool and isinstance(value, bool)):
                raise self._error(f"{prefix}{key}", _MISTYPED.format(value=value, kind=KINDS[known[key]]))
        return found

    def _known(self, value: Any, where: str, known: tuple[_Name, ...], what: Both = _VALUE) -> _Name:
        for each in known:
            if each == value:
                return each
        raise self._error(where, unknown(what, value, known))

    def _error(self, where: str, why: Both) -> KpituiError:
        return KpituiError(_WRONG.format(path=self._path, where=where, why=why))
