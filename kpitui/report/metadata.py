"""What a publication states about itself, to report.toml and back without loss."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeVar

from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.report.column import AIMS, BASES
from kpitui.report.model import CONDITIONS, OUTCOMES, Direction, Fact, Grant, Metadata, Override, Rating
from kpitui.text.nearest import nearest, shown
from kpitui.text.toml import dumps
from kpitui.text.wording import Both

SCHEMA = 1

_Scalar = TypeVar("_Scalar", int, str)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
KINDS: Mapping[type, Both] = {
    str: Both("文字列", "a text"),
    int: Both("整数", "a whole number"),
    float: Both("小数", "a decimal number"),
    bool: Both("真偽値", "true or false"),
    list: Both("リスト", "a list"),
    dict: Both("テーブル", "a table"),
}
"""What a value of TOML is called."""
_DATE = Both("日付または時刻", "a date or time")

_NOT_TOML = Both("{path}: TOMLとして読めません: {error}", "{path}: {error}")
_WRONG = Both("{path}: キー '{key}' {why}", "{path}: key '{key}' {why}")
_UNKNOWN = Both("は不明です{hint}", "is unknown{hint}")
_UNKNOWN_VALUE = Both("の値 {value!r} は不明です{hint}", "is {value!r}, which is unknown{hint}")
_UNKNOWN_WORD = Both("の {value!r} は不明です{hint}", "has {value!r}, which is unknown{hint}")
_MISTYPED = Both("は{kind}のはずですが、{found}です", "should be {kind}, not {found}")
_MISSING = Both("がありません", "is missing")
_TOO_LARGE = Both("の数値は大きすぎます", "is a number too large")
_NOT_TEXTS = Both("は文字列のリストのはずです", "should be a list of texts")
_OTHER_SCHEMA = Both(
    "は {found!r} です。この版が読むのはスキーマ {known} です", "is {found!r}: this version reads schema {known}"
)
_NO_MONTH = Both(
    "は 2022-03 のような年月のはずですが、{found!r} です", "should be a month such as 2022-03, not {found!r}"
)
_TWICE = Both("の {value!r} が二つあります", "is {value!r}, which stands twice")

# A list of tables is headed in the singular, one [[grant]] for each grant.
_KEYS = {"grants": "grant", "ratings": "rating", "directions": "direction", "overrides": "override"}


def dump(metadata: Metadata) -> str:
    """Write metadata as the text of a report.toml; equal metadata give equal text."""
    stated = {_KEYS.get(key, key): value for key, value in asdict(metadata).items()}
    return dumps({"schema": SCHEMA, **stated})


def parse(text: str, path: Path) -> Metadata:
    """Read the text of a report.toml; `path` is what errors call it.

    Raises KpituiError naming line and column where the text is not TOML, else the key that is unknown,
    missing or of the wrong type, and the known key or value nearest to it.
    """
    try:
        data: dict[str, object] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise KpituiError(_NOT_TOML.format(path=path, error=error)) from error
    known = ("schema", *(_KEYS.get(field.name, field.name) for field in fields(Metadata)))
    return _metadata(_Entry(path, "", data, known))


@dataclass(frozen=True)
class _Entry:
    """A table of the file under the name that errors call it by; only the known keys may stand in it."""

    path: Path
    name: str
    data: Mapping[str, object]
    known: tuple[str, ...]

    def __post_init__(self) -> None:
        for key in self.data:
            if key not in self.known:
                raise self.wrong(key, _UNKNOWN.format(hint=nearest(key, self.known)))

    def wrong(self, key: str, why: Both) -> KpituiError:
        return KpituiError(_WRONG.format(path=self.path, key=f"{self.name}{shown(key)}", why=why))

    def mistyped(self, key: str, kind: type, value: object) -> KpituiError:
        return self.wrong(key, _MISTYPED.format(kind=KINDS[kind], found=KINDS.get(type(value), _DATE)))

    def get(self, key: str, kind: type[_Scalar]) -> _Scalar:
        value = self.optional(key, kind)
        if value is None:
            raise self.wrong(key, _MISSING)
        return value

    def optional(self, key: str, kind: type[_Scalar]) -> _Scalar | None:
        value = self.data.get(key)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise self.mistyped(key, kind, value)
        if isinstance(value, int) and abs(value) >= 2**63:
            raise self.wrong(key, _TOO_LARGE)
        return value

    def word(self, key: str, known: Iterable[str]) -> str | None:
        """A value out of a closed list."""
        value, words = self.optional(key, str), tuple(known)
        if value is not None and value not in words:
            raise self.wrong(key, _UNKNOWN_VALUE.format(value=shown(value), hint=nearest(value, words)))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        found = tuple(value for value in values if isinstance(value, str))
        if len(found) != len(values):
            raise self.wrong(key, _NOT_TEXTS)
        return found

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Values out of a closed list."""
        values, words = self.texts(key), tuple(known)
        for value in values:
            if value not in words:
                raise self.wrong(key, _UNKNOWN_WORD.format(value=shown(value), hint=nearest(value, words)))
        return values

    def entry(self, key: str, model: type) -> _Entry | None:
        """The table under that key, with the model's fields as its known keys."""
        value = self.data.get(key)
        return None if value is None else self._entry(key, key, value, model)

    def entries(self, key: str, model: type) -> list[_Entry]:
        values = enumerate(self._list(key), start=1)
        return [self._entry(key, f"{key}[{number}]", value, model) for number, value in values]

    def _list(self, key: str) -> list[object]:
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise self.mistyped(key, list, value)
        return value

    def _entry(self, key: str, name: str, value: object, model: type) -> _Entry:
        if not isinstance(value, dict):
            raise self.mistyped(key, dict, value)
        known = tuple(field.name for field in fields(model))
        return _Entry(self.path, f"{self.name}{name}.", value, known)

    def fact(self, key: str, kind: type[int] | type[str]) -> Fact:
        found = self.optional_fact(key, kind)
        if found is None:
            raise self.wrong(key, _MISSING)
        return found

    def optional_fact(self, key: str, kind: type[int] | type[str]) -> Fact | None:
        entry = self.entry(key, Fact)
        return None if entry is None else _fact(entry, kind)


def _fact(entry: _Entry, kind: type[int] | type[str]) -> Fact:
    value = entry.get("value", int) if kind is int else entry.get("value", str)
    return Fact(value, entry.get("raw", str), entry.get("line", int))


def _metadata(entry: _Entry) -> Metadata:
    if entry.get("schema", int) != SCHEMA:
        raise entry.wrong("schema", _OTHER_SCHEMA.format(found=entry.data["schema"], known=SCHEMA))
    return Metadata(
        id=entry.get("id", str),
        title=entry.fact("title", str),
        publisher=entry.get("publisher", str),
        fiscal_year=entry.optional_fact("fiscal_year", int),
        as_of=_month(entry),
        source_file=entry.get("source_file", str),
        source_sha256=entry.get("source_sha256", str),
        inferred=entry.texts("inferred"),
        evaluation=tuple(_fact(part, str) for part in entry.entries("evaluation", Fact)),
        grants=_distinct(entry, "grant", "key", [_grant(part) for part in entry.entries("grant", Grant)]),
        ratings=_distinct(entry, "rating", "rank", [_rating(part) for part in entry.entries("rating", Rating)]),
        directions=tuple(_direction(part) for part in entry.entries("direction", Direction)),
        overrides=_distinct(
            entry, "override", "kpi", [_override(part) for part in entry.entries("override", Override)]
        ),
        currency=entry.optional("currency", str),
    )


def _month(entry: _Entry) -> Fact | None:
    found = entry.optional_fact("as_of", str)
    if found is None:
        return None
    if not _MONTH.fullmatch(str(found.value)):
        raise entry.wrong("as_of.value", _NO_MONTH.format(found=shown(str(found.value))))
    return found


_Item = TypeVar("_Item", Grant, Rating, Override)


def _distinct(entry: _Entry, key: str, mark: str, items: list[_Item]) -> tuple[_Item, ...]:
    """The items, provided that no two bear the same mark."""
    marks = [getattr(item, mark) for item in items]
    for number, value in enumerate(marks, start=1):
        if value in marks[: number - 1]:
            raise entry.wrong(f"{key}[{number}].{mark}", _TWICE.format(value=value))
    return tuple(items)


def _grant(entry: _Entry) -> Grant:
    if aim := entry.entry("aim", Fact):
        aim.word("value", (aim.code for aim in AIMS))
    return Grant(
        key=entry.get("key", str),
        name=entry.get("name", str),
        short=entry.get("short", str),
        purpose=entry.optional_fact("purpose", str),
        budget=entry.optional_fact("budget", str),
        adopted=entry.optional_fact("adopted", int),
        cost=entry.optional_fact("cost", int),
        table=entry.optional_fact("table", str),
        aim=entry.optional_fact("aim", str),
        total=entry.optional_fact("total", int),
    )


def _rating(entry: _Entry) -> Rating:
    return Rating(
        rank=entry.get("rank", int),
        text=entry.get("text", str),
        short=entry.get("short", str),
        gloss=entry.get("gloss", str),
        line=entry.get("line", int),
        criterion=entry.optional_fact("criterion", str),
        conditions=entry.words("conditions", CONDITIONS),
    )


def _direction(entry: _Entry) -> Direction:
    return Direction(
        text=entry.get("text", str),
        short=entry.get("short", str),
        gloss=entry.get("gloss", str),
        outcome=entry.word("outcome", OUTCOMES),
    )


def _override(entry: _Entry) -> Override:
    return Override(
        kpi=entry.get("kpi", str),
        note=entry.get("note", str),
        basis=entry.word("basis", (basis.code for basis in BASES)),
        aim=entry.word("aim", (aim.code for aim in AIMS)),
        unit=entry.optional("unit", str),
    )
