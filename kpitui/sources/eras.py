"""Japanese years: 令和3年度 is fiscal 2021, R4.3 is March 2022."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_BEFORE_FIRST = {"令和": 2018, "平成": 1988, "R": 2018, "H": 1988}
_FISCAL_YEAR = re.compile(r"(令和|平成)\s*(元|[0-9]{1,2})\s*年度")
_MONTH = re.compile(r"(?<![A-Za-z])(令和|平成|R|H)\s*(元|[0-9]{1,2})\s*[.年]\s*(1[0-2]|0?[1-9])(?![0-9])")


class FiscalYear(NamedTuple):
    """A fiscal year by the western year in which it began, and in short: 2021, r3."""

    year: int
    short: str


def fiscal_year(text: str) -> FiscalYear | None:
    """The first fiscal year named in a text."""
    found = _FISCAL_YEAR.search(unicodedata.normalize("NFKC", text))
    if not found:
        return None
    number = _number(found[2])
    letter = "r" if found[1] == "令和" else "h"
    return FiscalYear(_BEFORE_FIRST[found[1]] + number, f"{letter}{number}")


def month(text: str) -> str | None:
    """The first month named in a text, as YYYY-MM."""
    found = _MONTH.search(unicodedata.normalize("NFKC", text))
    return f"{_BEFORE_FIRST[found[1]] + _number(found[2])}-{int(found[3]):02}" if found else None


def _number(year: str) -> int:
    return 1 if year == "元" else int(year)
