"""Rows as csv and tsv: UTF-8 with or without a mark at its start, or the encoding of older Japanese programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import polars as pl

from kpitui.errors import KpituiError
from kpitui.output.display import Display
from kpitui.output.names import Style
from kpitui.output.values import flat, heads, neutral, worded
from kpitui.report.column import Column
from kpitui.text.cells import safe
from kpitui.text.wording import Both

_ENDS = "\r\n"
"""What csv ends a row with, so that it quotes both signs within a text; until Python 3.13 it would not otherwise."""
_MOST = 5
"""How many characters an error names."""
_UNMAPPABLE = Both(
    "{encoding} では書けない文字があります: {characters}。--encoding utf-8 なら書けます",
    "{encoding} cannot hold {characters}; --encoding utf-8 can",
)
_CHARACTER = Both("{character!r} U+{code} ({row}行目 {column})", "{character!r} U+{code} (row {row}, {column})")
_MORE = Both("ほか{count}字", "{count} more characters")


class _Lines(list[str]):
    """Takes from csv each row, which it writes in one piece."""

    write = list.append


def separated(frame: pl.DataFrame, columns: Sequence[Column], separator: str, display: Display, style: Style) -> bytes:
    """A line of heads, then a line for each row; a missing value is empty.

    Raises KpituiError naming the first characters that the encoding cannot hold, with their rows (1 = first).
    """
    head = heads(columns, display, words=style.words, units=style.words)
    lines = _Lines()
    writer = csv.writer(lines, delimiter=separator, lineterminator=_ENDS)
    writer.writerow(head)
    writer.writerows(_rows(frame, columns, display, style))
    text = "".join(f"{line.removesuffix(_ENDS)}\n" for line in lines)
    try:
        return text.encode("utf-8-sig" if style.bom else style.encoding)
    except UnicodeEncodeError:
        table = chain([head], _rows(frame, columns, display, style))
        raise KpituiError(_unmappable(table, head, style.encoding)) from None


def _rows(frame: pl.DataFrame, columns: Sequence[Column], display: Display, style: Style) -> Iterator[list[Any]]:
    """The values in the columns' order, each made as the style asks."""
    chosen = frame.select(each.key for each in columns)
    for row in chosen.iter_rows():
        yield [_value(each, value, display, style) for each, value in zip(columns, row, strict=True)]


def _value(column: Column, value: Any, display: Display, style: Style) -> Any:
    value = worded(column, value, display) if style.words else flat(value)
    return neutral(value) if style.safe else value


def _unmappable(table: Iterable[list[Any]], heads: list[str], encoding: str) -> Both:
    """Each character that is in the way, with where it first stands; no more than a few."""
    found: dict[str, Both] = {}
    for number, row in enumerate(table):
        for head, value in zip(heads, row, strict=True):
            for character in dict.fromkeys(str(value)):
                if character not in found and not _held(character, encoding):
                    found[character] = _named(character, number, head)
    named = list(found.values())[:_MOST]
    if len(found) > _MOST:
        named.append(_MORE.format(count=len(found) - _MOST))
    characters = Both("、".join(each.ja for each in named), ", ".join(each.en for each in named))
    return _UNMAPPABLE.format(encoding=encoding, characters=characters)


def _named(character: str, row: int, column: str) -> Both:
    code = f"{ord(character):04X}"
    return _CHARACTER.format(character=safe(character), code=code, row=row, column=safe(column))


def _held(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
