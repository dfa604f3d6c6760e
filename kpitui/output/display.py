"""How one cell reads to a person: thousands separators, percentages, short forms, words of one language."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kpitui.output.words import INFERRED
from kpitui.report.columns import Column
from kpitui.report.model import Report
from kpitui.text.cells import one_line, safe
from kpitui.text.wording import Lang

MISSING = "-"
"""What stands where a value is missing; an empty text stays empty."""

Row = Mapping[str, Any]


def number(value: float) -> str:
    """A number with thousands separators and no more decimals than it has."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.9f}".rstrip("0")


def percent(ratio: float, digits: int = 0) -> str:
    """A ratio as a percentage, rounded down, so that what falls short never reads as 100%.

    The twelfth significant digit is where binary floats begin to show; it is rounded first.
    """
    scale = 10**digits
    return f"{math.floor(float(f'{ratio * 100 * scale:.12g}')) / scale:,.{digits}f}%"


def fiscal_year(year: int, lang: Lang) -> str:
    """A fiscal year by the western year in which it begins: 令和3年度 for 2021."""
    era = f"令和{year - 2018}" if year >= 2019 else f"平成{year - 1988}"
    return f"{era.replace('令和1', '令和元') if year == 2019 else era}年度" if lang == "ja" else f"fiscal {year}"


@dataclass(frozen=True, eq=False)
class Display:
    """Cells of one report in one language."""

    report: Report
    lang: Lang

    def cell(self, column: Column, row: Row) -> str:
        """The cell of that column on one line, harmless for a terminal; MISSING where there is no value."""
        value = row[column.key]
        if value is None:
            return MISSING
        return one_line(safe(self._text(column, value, row)))

    def _text(self, column: Column, value: Any, row: Row) -> str:  # noqa: PLR0911 - one line per kind
        match column.kind:
            case "id":
                return self.short_id(value)
            case "scale":
                return self.short(value)
            case "word":
                inferred = column.key == "aim" and "aim_inferred" in row["notes"]
                return column.word(value, self.lang) + (f"({INFERRED.say(self.lang)})" if inferred else "")
            case "integer" | "number":
                return number(value)
            case "ratio":
                return percent(value)
            case "share":
                return self.share(row)
            case "readings":
                return self.admitted(row)
            case "used":
                return json.dumps(value, ensure_ascii=False)
            case "codes":
                return ", ".join(column.word(code, self.lang) for code in value)
            case _:
                return str(value)

    def value(self, column: Column, value: Any) -> str:
        """One value of a column that needs no row: for facets and chips."""
        if value is None:
            return {"ja": "(なし)", "en": "(none)"}[self.lang]
        alone = {"met": 0, "kpi_count": 0, "unmeasured": 0, "worsened": 0, "notes": (), "readings": {}}
        if column.kind == "codes":
            return column.word(value, self.lang)
        return self.cell(column, {**alone, column.key: value})

    def short_id(self, text: str) -> str:
        """推6.3 for promotion-6.3 in Japanese; English keeps the id, which commands take."""
        grant, dash, number_ = text.partition("-")
        return self._grant_shorts.get(grant, grant + dash) + number_ if self.lang == "ja" else text

    def short(self, text: str) -> str:
        """The short form of a rating, a direction or a grant; what has none stands for itself."""
        return self._shorts.get(text, text)

    def gloss(self, text: str) -> str:
        """What the report's own word means in English; nothing where it has no gloss or in Japanese."""
        return self._glosses.get(text, "") if self.lang == "en" else ""

    def share(self, row: Row) -> str:
        """KPIs met of those measured, and how many worsened."""
        worsened = {"ja": "悪化", "en": "worse "}[self.lang] + str(row["worsened"])
        share = f"{row['met']}/{row['kpi_count'] - row['unmeasured']}"
        return f"{share} {worsened}" if row["worsened"] else share

    def admitted(self, row: Row) -> str:
        """The ranks that the printed criteria admit; where readings differ, each reading's, parted by |."""
        ranks = [each["admitted"] for each in row["readings"].values() if each["admitted"] is not None]
        return " | ".join(dict.fromkeys(",".join(map(str, each)) for each in ranks)) or MISSING

    @cached_property
    def _grant_shorts(self) -> dict[str, str]:
        return {grant.key: grant.short for grant in self.report.metadata.grants}

    @cached_property
    def _shorts(self) -> dict[str, str]:
        metadata = self.report.metadata
        ratings = {rating.text: f"{rating.rank} {rating.short}" for rating in metadata.ratings}
        directions = {direction.text: direction.short for direction in metadata.directions}
        return ratings | directions | {grant.key: grant.name for grant in metadata.grants}

    @cached_property
    def _glosses(self) -> dict[str, str]:
        metadata = self.report.metadata
        ratings = {rating.text: rating.gloss for rating in metadata.ratings}
        return ratings | {direction.text: direction.gloss for direction in metadata.directions}
