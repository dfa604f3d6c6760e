"""How one cell reads to a person: thousands separators, percentages, short forms, words of one language."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from kpitui.dataclass import dataclass
from kpitui.output import money
from kpitui.output.words import INFERRED
from kpitui.report.column import Column
from kpitui.report.declared import REPORT
from kpitui.report.model import WITHIN, Report
from kpitui.report.scales import ranks
from kpitui.text.ambiguous import restored, same_width, widened
from kpitui.text.cells import CUT, ELLIPSIS, one_line, plain_ascii, safe
from kpitui.text.wording import Both, Lang

MISSING = "-"
"""What stands where a value is missing; an empty text stays empty."""

_GLIMPSE = 5_000
"""Characters of a cell that are looked at where there is room for one line."""

_ERAS = (("令和", 2019), ("平成", 1989), ("昭和", 1926))
"""Each era with its first year, by the western year."""

Row = Mapping[str, Any]
_REPORTS = Both("報告書{count}件", "{count} reports")


def number(value: float) -> str:
    """A number with thousands separators and no more decimals than it has; what binary floats add is shed."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{Decimal(f'{value:.15g}'):,f}"


def percent(ratio: float, digits: int = 0) -> str:
    """A ratio as a percentage, rounded down, so that what falls short never reads as 100%.

    The twelfth significant digit is where binary floats begin to show; it is rounded first.
    """
    scale = 10**digits
    return f"{math.floor(float(f'{ratio * 100 * scale:.12g}')) / scale:,.{digits}f}%"


def fiscal_year(year: int, lang: Lang) -> str:
    """A fiscal year by the western year in which it begins: 令和3年度 for 2021; one of no era known here as it is."""
    if lang == "en":
        return f"fiscal {year}"
    era, first = next((each for each in _ERAS if year >= each[1]), ("", 1))
    return f"{era}{'元' if era and year == first else year - first + 1}年度"


def issued(report: Report, lang: Lang) -> str:
    """Who published the report for which fiscal year, as far as that is known; what was inferred is marked.

    Of several reports read together, how many they are.
    """
    if report.several:
        return _REPORTS.format(count=len(report.parts)).say(lang)
    metadata = report.metadata
    inferred = f"({INFERRED.say(lang)})" if metadata.publisher and "publisher" in metadata.inferred else ""
    year = fiscal_year(int(metadata.fiscal_year.value), lang) if metadata.fiscal_year else ""
    return " ".join(part for part in (f"{metadata.publisher}{inferred}", year) if part)


@dataclass(frozen=True, eq=False)
class Display:
    """Cells of one report in one language.

    In ASCII mode there is no ① or → in them; `wide` is for terminals that draw those two cells wide.
    `within` is the key of a report read together with others, which its ids then begin with, unless it stands
    `beside` them in a column of its own.
    """

    report: Report
    lang: Lang
    ascii: bool = False
    wide: bool = False
    within: str = ""
    beside: bool = False

    @property
    def exact(self) -> Display:
        """The same without the substitutes of ASCII mode and of wide terminals, for what leaves the screen."""
        return replace(self, ascii=False, wide=False)

    def among(self, columns: Sequence[Column]) -> Display:
        """The same for a table of these columns: ids are short where the report stands beside them."""
        return replace(self, beside=REPORT in columns)

    def own(self, row: Row) -> tuple[Row, Display]:
        """A record as its own report has it, and that report's cells; the same where there is only one report.

        Whatever looks up what a report prints of a record begins with this.
        """
        if not self.report.several:
            return row, self
        key = row["id"].partition(WITHIN)[0]
        return self.report.part(key).own(row), self.of_part(key)

    @property
    def every(self) -> tuple[Display, ...]:
        """The cells of each report by itself; of the only one."""
        return tuple(self._parts.values()) or (self,)

    def of_part(self, key: str) -> Display:
        """The cells of one of several reports."""
        return self._parts[key]

    @property
    def mark(self) -> str:
        """The sign of text that was cut."""
        return CUT if self.ascii or self.wide else ELLIPSIS

    def plain(self, text: str) -> str:
        """The text to lay out: in ASCII mode without characters of ambiguous width, for a wide terminal with stand-ins.

        Do it before text is measured, and `drawn` when all is laid out.
        """
        return plain_ascii(text) if self.ascii else widened(text) if self.wide else text

    def drawn(self, text: str) -> str:
        """The text to print once it is laid out: no ambiguous characters but those that the layout counted on."""
        return plain_ascii(text) if self.ascii else restored(same_width(text)) if self.wide else text

    def text(self, text: str) -> str:
        """A report's own text, harmless for a terminal; its lines stay."""
        return self.plain(safe(text))

    def sort_mark(self, *, descending: bool) -> str:
        """The sign of a sort's direction, of the same width in every terminal."""
        up, down = ("^", "v") if self.ascii else ("▴", "▾")
        return down if descending else up

    def cell(self, column: Column, row: Row) -> str:
        """The cell of that column on one line, harmless for a terminal; MISSING where there is no value."""
        value = row[column.key]
        if value is None:
            return MISSING
        return self.plain(one_line(safe(self._text(column, value, row)), self.mark))

    def glimpse(self, column: Column, row: Row) -> str:
        """The cell for where there is room for a line of it: of a million characters, no more than a beginning."""
        value = row[column.key]
        if isinstance(value, str) and len(value) > _GLIMPSE:
            row = {**row, column.key: value.lstrip("\r\n")[:_GLIMPSE] + self.mark}
        return self.cell(column, row)

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

    def unit(self, column: Column) -> str:
        """What all numbers of a column count; that of costs is the report's to say."""
        unit = money.short(self.report.metadata) if column.key == "cost" else column.unit
        return self.text(unit.say(self.lang))

    def value(self, column: Column, value: Any) -> str:
        """One value of a column that needs no row: for facets and chips."""
        if value is None:
            return {"ja": "(なし)", "en": "(none)"}[self.lang]
        if column.kind == "codes":
            return column.word(value, self.lang)
        if column.kind == "share":  # worded from its row, and here is none
            return percent(value)
        return self.glimpse(column, {"notes": (), "readings": {}, column.key: value})

    def short_id(self, text: str) -> str:
        """推6.3 for promotion-6.3: the grant in one character. Of several reports, the report's key stands before."""
        if self.report.several:
            key, _, own = text.partition(WITHIN)
            return self._parts[key].short_id(own) if key in self._parts else safe(text)
        grant, dash, number_ = text.partition("-")
        short = self.text(self._grant_shorts.get(grant, grant + dash) + number_)
        return f"{self.text(self.within)}{WITHIN}{short}" if self.within and not self.beside else short

    def long_id(self, text: str) -> str:
        """promotion-6.3 for 推6.3; any other text stays as it is."""
        for grant, short in self._grant_shorts.items():
            if text.startswith(short) and text[len(short) :][:1].isdigit():
                return f"{grant}-{text[len(short) :]}"
        return text

    def long_ids(self, text: str) -> list[str]:
        """The ids that the text may mean, as they stand in the tables: in whole, short, or as a command has them."""
        if not self.report.several:
            return [text, self.long_id(text)]
        within, _, own = text.partition(WITHIN)
        meant = [within] if within in self._parts and own else list(self._parts)
        bare = own if within in self._parts and own else text
        return [self.report.part(key).whole_id(each) for key in meant for each in self._parts[key].long_ids(bare)]

    def short(self, text: str) -> str:
        """The short form of a rating, a direction or a grant; what has none stands for itself."""
        return self._shorts.get(text, text)

    def gloss(self, text: str) -> str:
        """What the report's own word means in English; nothing where it has no gloss or in Japanese."""
        return safe(self._glosses.get(text, "")) if self.lang == "en" else ""

    def share(self, row: Row) -> str:
        """KPIs met of those measured, and how many worsened; the sign of what is missing where none is measured."""
        worsened = {"ja": "悪化", "en": "worse "}[self.lang] + str(row["worsened"])
        measured = row["kpi_count"] - row["unmeasured"]
        share = f"{row['met']}/{measured}" if measured else MISSING
        return f"{share} {worsened}" if row["worsened"] else share

    def admitted(self, row: Row) -> str:
        """The ranks that the printed criteria admit; where readings differ, each reading's, parted by |."""
        ranks = [each["admitted"] for each in row["readings"].values() if each["admitted"] is not None]
        return " | ".join(dict.fromkeys(",".join(map(str, each)) for each in ranks)) or MISSING

    @cached_property
    def _grant_shorts(self) -> dict[str, str]:
        return {grant.key: grant.short for grant in self.report.metadata.grants}

    @cached_property
    def _parts(self) -> dict[str, Display]:
        return {part.key: replace(self, report=part.report, within=part.key) for part in self.report.parts}

    @cached_property
    def _shorts(self) -> dict[str, str]:
        metadata = self.report.metadata
        found = ranks(self.report)
        ratings = {rating.text: f"{_either(found[rating.text])} {rating.short}" for rating in metadata.ratings}
        directions = {direction.text: direction.short for direction in metadata.directions}
        return ratings | directions | {grant.key: grant.name for grant in metadata.grants}

    @cached_property
    def _glosses(self) -> dict[str, str]:
        metadata = self.report.metadata
        ratings = {rating.text: rating.gloss for rating in metadata.ratings}
        return ratings | {direction.text: direction.gloss for direction in metadata.directions}


def _either(numbers: Sequence[int]) -> str:
    """A rating's rank; where reports rank it differently, each rank."""
    return "|".join(map(str, numbers))
