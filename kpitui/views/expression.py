"""Expressions of polars SQL over the registry's keys: read, checked, pointed at where wrong, and completed.

An expression only computes on the columns of a row; polars knows no function there that reads or writes anything.
"""

from __future__ import annotations

import re

import polars as pl

from kpitui.errors import UsageError
from kpitui.report.columns import registry
from kpitui.report.model import Report, Table
from kpitui.text.cells import width
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both

_POINTED = Both("式: {why}\n{text}\n{pointer}", "where: {why}\n{text}\n{pointer}")
_UNPARSABLE = Both("ここから先を解釈できません", "cannot be read from here on")
_NOT_A_CONDITION = Both(
    "条件ではありません (真偽ではなく{kind})", "is not a condition (it gives {kind}, not true or false)"
)
_NOT_BY_ROW = Both("行ごとの条件ではありません", "is not a condition on each row")
_COLUMN = Both("列", "column")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*$")
_QUOTED = re.compile(
    r"([A-Za-z_][A-Za-z0-9_]*)\s*(?:=|!=|<>|IN\s*\(|LIKE)\s*(?:'[^']*'\s*,\s*)*'([^']*)$", re.IGNORECASE
)


class PointedError(UsageError):
    """An expression cannot be what it is; the sentence has it below, and a ^ under the place."""

    in_lines = True


def condition(text: str, frame: pl.DataFrame) -> pl.Series:
    """Which rows of the frame meet the expression; a row where it gives no answer does not.

    Words of a scale or of a list of ours are compared as text, so that LIKE works on them. Raises PointedError that
    says what is wrong and points at the place.
    """
    found = _parsed(text)
    names = found.meta.root_names()
    for name in names:
        if name not in frame.columns:
            raise _pointed(text, _place_of(name, text), unknown(_COLUMN, name, frame.columns))
    worded = [pl.col(name).cast(pl.String) for name in set(names) if isinstance(frame.schema[name], pl.Enum)]
    try:
        met = frame.lazy().with_columns(worded).select(met=found).collect()["met"]
    except pl.exceptions.PolarsError as error:
        why = str(error).splitlines()[0]
        raise _pointed(text, 0, Both(why, why)) from None
    return _checked(met, text, frame.height)


def _place_of(name: str, text: str) -> int:
    """Where the name stands as a whole word."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return found.start() if found else 0


def _checked(met: pl.Series, text: str, height: int) -> pl.Series:
    if met.dtype != pl.Boolean:
        raise _pointed(text, 0, _NOT_A_CONDITION.format(kind=met.dtype))
    if len(met) != height and height != 1:
        raise _pointed(text, 0, _NOT_BY_ROW)
    return met.fill_null(value=False)


def _parsed(text: str) -> pl.Expr:
    try:
        return pl.sql_expr(text)
    except pl.exceptions.PolarsError:
        raise _pointed(text, _stumble(text), _UNPARSABLE) from None


def _stumble(text: str) -> int:
    """Where reading stumbles: an opening bracket that nothing closes, else the end of what can still be read."""
    if text.count("(") > text.count(")"):
        return text.rfind("(")
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return next((end for end in reversed(ends[:-1]) if _reads(text[:end])), 0)


def _reads(text: str) -> bool:
    try:
        pl.sql_expr(text)
    except pl.exceptions.PolarsError:
        return False
    return True


def _pointed(text: str, place: int, why: Both) -> PointedError:
    """The error with the expression below it and a ^ under the place."""
    return PointedError(_POINTED.format(why=why, text=text, pointer=" " * width(text[:place]) + "^"))


def completion(text: str, report: Report, table: Table) -> str | None:
    """The text with its last word completed: inside quotes a value of the column before them, else a column's key."""
    quoted = _QUOTED.search(text)
    if quoted:
        return _completed(text, quoted[2], _values(report, table, quoted[1]), "'")
    word = _WORD.search(text)
    return (
        _completed(text, word[0], [each.key for each in registry(table, several=report.several)], " ") if word else None
    )


def _completed(text: str, begun: str, known: list[str], end: str) -> str | None:
    found = next((each for each in known if each.startswith(begun) and each != begun), None)
    return text[: len(text) - len(begun)] + found + end if found else None


def _values(report: Report, table: Table, key: str) -> list[str]:
    """The values of a column of few values."""
    frame = report.frame(table)
    dtype = frame.schema.get(key)
    return list(dtype.categories) if isinstance(dtype, pl.Enum) else []
