"""The rows that hold what was typed, in a million rows before the next key: see `kpitui.text.scan`.

Measured on a million names: folding all of them 9 s, a class for each character 11 to 16 ms, a plain text 11 ms.
Text of few values is looked at once a value. Who types on narrows: only the rows found before are looked at again.
"""

from __future__ import annotations

import functools
import itertools
import operator
from typing import cast

import polars as pl

from kpitui.report.columns import registry
from kpitui.report.model import Report, Table
from kpitui.text.fold import fold, fold_expr
from kpitui.text.scan import classes, knotty, literal, pattern, plain
from kpitui.views.masks import home, numbers
from kpitui.views.spec import ViewSpec

_KEPT = 3
_FEW = 0.5
"""The share of a report's rows above which looking at all is as fast as gathering some."""


def searchable(table: Table) -> tuple[str, ...]:
    """The columns that a search can be held to: those of text."""
    every = registry(table, several=True)
    return tuple(each.key for each in every if each.kind in ("id", "text", "raw", "word", "scale", "codes"))


def hits(report: Report, spec: ViewSpec) -> pl.Series:
    """For each row of the report whether a searched column, folded, holds what was typed, folded."""
    needle, keys = fold(spec.search), _searched(spec)
    asked = (home(spec.table), keys, needle)
    return report.memo.get("search", asked, lambda: _found(report, spec.table, keys, needle), _KEPT)


def held(report: Report, table: Table, key: str, needle: str, rows: pl.Series | None = None) -> pl.Series:
    """For each of the rows of these numbers, or for all, whether a column's text, folded, holds the folded needle."""
    return _held(report, table, (key,), needle, rows)


def _searched(spec: ViewSpec) -> tuple[str, ...]:
    if spec.search_in in searchable(spec.table):
        return (spec.search_in,)
    return tuple(each.key for each in registry(spec.table) if each.searched)


def _found(report: Report, table: Table, keys: tuple[str, ...], needle: str) -> pl.Series:
    height = report.frame(table).height
    before = _before(report, table, keys, needle)
    if before is None or before.sum() > height * _FEW:
        return _held(report, table, keys, needle, None)
    rows = numbers(before)
    met = rows.filter(_held(report, table, keys, needle, rows))
    return pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True).scatter(met, True)


def _before(report: Report, table: Table, keys: tuple[str, ...], needle: str) -> pl.Series | None:
    """The hits of the last search, if only they can hold the needle."""
    last = report.memo.latest("search")
    if last is None:
        return None
    (name, searched, shorter), found = last
    mask: pl.Series = found
    same = report.frame(name) is report.frame(table) and searched == keys
    return mask if same and shorter in needle else None


def _held(report: Report, table: Table, keys: tuple[str, ...], needle: str, rows: pl.Series | None) -> pl.Series:
    """Whether any of the columns holds the needle, in the rows of these numbers or in all."""
    schema = report.frame(table).schema
    texts = [key for key in keys if not isinstance(schema[key], pl.Enum)]
    asked = _of_values(report, table, tuple(key for key in keys if key not in texts), needle)
    if plain(needle):
        return _asked(report, table, asked | {key: _scanned(_text(key, schema[key]), needle) for key in texts}, rows)
    knotted = (_with_knots(report, table, key, needle, rows) for key in texts)
    return functools.reduce(operator.or_, knotted, _asked(report, table, asked, rows))


def _asked(report: Report, table: Table, asked: dict[str, pl.Expr], rows: pl.Series | None) -> pl.Series:
    """Whether any of what is asked of these columns holds; in one query, for each takes a millisecond.

    Lazily, for then both cores scan.
    """
    frame = report.frame(table)
    if not asked:
        return pl.repeat(value=False, n=frame.height if rows is None else len(rows), dtype=pl.Boolean, eager=True)
    cells = frame.select(*asked) if rows is None else frame.select(*asked)[rows]
    met = [each.fill_null(value=False) for each in asked.values()]
    return cells.lazy().select(met=pl.any_horizontal(met)).collect()["met"]


def _of_values(report: Report, table: Table, keys: tuple[str, ...], needle: str) -> dict[str, pl.Expr]:
    """What to ask of those enums that have a value which holds the needle: of most searches that is none."""
    texts, places = _folded_values(report, table, keys)
    held = texts.str.contains(needle, literal=True)
    found = {key: held[place] for key, place in places.items()}
    return {key: pl.lit(each).gather(pl.col(key).to_physical()) for key, each in found.items() if each.any()}


def _folded_values(report: Report, table: Table, keys: tuple[str, ...]) -> tuple[pl.Series, dict[str, slice]]:
    """The values that the enums can have, folded, and where those of each stand among them."""

    def work() -> tuple[pl.Series, dict[str, slice]]:
        values = [cast("pl.Enum", report.frame(table).schema[key]).categories for key in keys]
        ends = list(itertools.accumulate(map(len, values)))
        places = zip(keys, map(slice, [0, *ends], ends), strict=False)
        return _fold(pl.concat([pl.Series(dtype=pl.String), *values])), dict(places)

    return report.memo.get("folded", (home(table), keys), work)


def _text(key: str, dtype: pl.DataType) -> pl.Expr:
    """A column's text: that of a list is all it lists."""
    return pl.col(key).list.join(" ") if isinstance(dtype, pl.List) else pl.col(key)


def _fold(texts: pl.Series) -> pl.Series:
    return texts.to_frame("text").select(fold_expr(pl.col("text")))["text"]


def _scanned(text: pl.Expr, needle: str) -> pl.Expr:
    """Whether texts that are simple, or all where the needle is plain, hold it."""
    return text.str.contains(needle, literal=True) if literal(needle) else text.str.contains(classes(needle))


def _with_knots(report: Report, table: Table, key: str, needle: str, rows: pl.Series | None) -> pl.Series:
    """The same for any needle: the texts that are not simple, mostly few, are folded where they may hold it."""
    frame = report.frame(table).select(key)
    text = _text(key, frame.schema[key])
    scanned = _asked(report, table, {key: _scanned(text, needle)}, rows)
    knots = _knots(report, table, key, text)
    places = numbers(knots if rows is None else knots.gather(rows))
    if not len(places):
        return scanned
    texts = frame[places if rows is None else rows.gather(places)].select(text)[key]
    may = numbers(texts.str.contains(pattern(needle)))
    held = _fold(texts[may]).str.contains(needle, literal=True)
    return scanned.scatter(places, False).scatter(places[may].filter(held), True)


def _knots(report: Report, table: Table, key: str, text: pl.Expr) -> pl.Series:
    """The rows whose text is not simple, sought once."""
    asked = {key: text.str.contains(knotty())}
    return report.memo.get("knots", (home(table), key), lambda: _asked(report, table, asked, None))
