"""A value of a sheet or a column as the text a reader of it sees, as far as its meaning goes.

A sheet keeps 0.354 and shows 35.4%; keeps 1234567 and shows 1,235千円. What changes the meaning is applied: per
cent, thousands, and words in the number format. What only changes the look is not: grouping, rounding, eras.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_DROPPED = re.compile(r"\[[^\]]*\]|_.|\*.")
"""Colours, conditions and locales; the width of a character; what a cell is filled up with."""
_DIGITS = re.compile(r"[0#?][0#?,.]*")
_PLACE = "\0"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNSAFE = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")


class Look(NamedTuple):
    """What a number format says beyond the digits: words around the number, and the power of ten it is shown by."""

    before: str
    after: str
    power: int


def text(value: object, number_format: str = "General") -> str:
    """The value as text: "" for none and for bytes, ISO dates, TRUE and FALSE, numbers with all their digits."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    return _other(value)


def _other(value: object) -> str:
    match value:
        case None | bytes():
            return ""
        case dt.datetime():
            return _moment(value)
        case list() | dict():
            return clean(json.dumps(value, ensure_ascii=False, default=text))
    return clean(str(value))


def clean(words: str) -> str:
    """Text without the escapes of a workbook (_x000D_) and without what would move a terminal's cursor."""
    words = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words) if "_x" in words else words
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", words)


def _moment(value: dt.datetime) -> str:
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.replace(tzinfo=None).isoformat(" ", "seconds")


def _number(value: float | Decimal, number_format: str) -> str:
    look = look_of(number_format)
    return f"{look.before}{digits(value, look.power)}{look.after}"


def digits(value: float | Decimal, power: int = 0) -> str:
    """A number, times a power of ten, in decimal digits: fifteen significant ones, as a sheet keeps them."""
    exact = Decimal(format(value, ".15g") if isinstance(value, float) else value)
    if not exact.is_finite():
        return ""
    plain = format(exact.scaleb(power), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


@lru_cache(maxsize=1_000)
def look_of(number_format: str) -> Look:
    """What a number format adds to a number, by the section for positive ones; nothing where it is not plain."""
    words: list[str] = []

    def keep(found: re.Match[str]) -> str:
        words.append(found[1] if found[1] is not None else found[2])
        return _PLACE

    bare = _DROPPED.sub("", _QUOTED.sub(keep, number_format)).split(";")[0]
    parts = _DIGITS.split(bare)
    if len(parts) != 2:
        return Look("", "", 0)
    number = _DIGITS.search(bare)
    thousands = len(number[0]) - len(number[0].rstrip(",")) if number else 0
    power = 2 * bare.count("%") - 3 * thousands
    before, after = (_worded(part, words) for part in parts)
    return Look(before.lstrip(), after.rstrip(), power)


def _worded(part: str, words: list[str]) -> str:
    """A part of the format with its quoted words back in place, and without what only aligns."""
    return "".join(words.pop(0) if sign == _PLACE else sign for sign in part if sign not in "+-() " or sign == _PLACE)
