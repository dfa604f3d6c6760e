"""Years and months as reports write them: 2021年度, 令和3年度, R6, H31, R4.3, FY22, 2022-23."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_BEFORE_FIRST = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_ERA = r"(?P<era>令和|平成|昭和|(?<![A-Za-z])[RHS])\s*(?P<of>元|[0-9]{1,2})(?![0-9])"
_WESTERN = r"(?<![0-9.,])(?:(?:FY|fiscal\s*(?:year)?)\s*)?(?P<west>(?:19|20)[0-9]{2})(?![0-9,])"
_SHORT = r"(?<![A-Za-z])FY\s*(?P<short>[0-9]{2})(?![0-9])"
_MONTH = r"(?:\s*[.年/]\s*(?P<month>1[0-2]|0?[1-9])(?![0-9])\s*月?)?"
_SPAN = r"(?:\s*[-/]\s*[0-9]{2}(?![0-9]))?(?:\s*Q[1-4])?"
_TAIL = r"(?:\s*(?:年度|年))?(?:\s*(?:末|時点|現在|目途))*"
_PERIOD = re.compile(f"(?:{_ERA}|{_WESTERN}|{_SHORT}){_MONTH}{_SPAN}{_TAIL}", re.IGNORECASE)
_BARE = re.compile(r"[0-9]{4}")
_COUNTED = re.compile(r"[0-9元]")
"""What every period has somewhere; most texts have none, which is told sooner than that they name no period."""


class Period(NamedTuple):
    """A fiscal year by the western year in which it began, and a month as YYYY-MM where one is named.

    A month counts to the Japanese fiscal year, which ends in March: R4.3 is of fiscal 2021.
    """

    year: int
    month: str | None = None


class Found(NamedTuple):
    """A period, and where in the text it stands."""

    period: Period
    start: int
    end: int


def find(text: str) -> Found | None:
    """The first period that a text names; the text must be NFKC."""
    found = _PERIOD.search(text) if _COUNTED.search(text) else None
    return Found(_period(found), found.start(), found.end()) if found else None


def period(text: str) -> Period | None:
    """The first period that any text names."""
    found = find(unicodedata.normalize("NFKC", text))
    return found.period if found else None


def whole(text: str) -> Period | None:
    """The period that a text is, with nothing beside it; a bare 2024 is one."""
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _PERIOD.fullmatch(folded)
    return _period(found) if found and (_BARE.fullmatch(folded) or found) else None


def _period(found: re.Match[str]) -> Period:
    if found["era"]:
        count = 1 if found["of"] == "元" else int(found["of"])
        year = _BEFORE_FIRST[found["era"].upper()] + count
    else:
        year = int(found["west"]) if found["west"] else 2000 + int(found["short"])
    if not found["month"]:
        return Period(year)
    month = int(found["month"])
    return Period(year - 1 if month <= 3 else year, f"{year}-{month:02}")
