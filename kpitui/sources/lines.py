"""The lines of a document, and what each was understood to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kpitui.errors import KpituiError
from kpitui.text.wording import Both


class LineKind(StrEnum):
    """What a line was read as; every line is exactly one of these."""

    BLANK = "blank"
    HEADING = "heading"
    PROSE = "prose"
    FACT = "fact"
    LEGEND = "legend"
    HEAD = "head"
    REPEATED_HEAD = "repeated_head"
    PROJECT = "project"
    KPI = "kpi"
    TOTAL = "total"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Both:
        """What such a line is called."""
        return _KINDS[self]


_KINDS = {
    LineKind.BLANK: Both("空行", "blank"),
    LineKind.HEADING: Both("標題", "heading"),
    LineKind.PROSE: Both("本文", "prose"),
    LineKind.FACT: Both("記載事項", "fact"),
    LineKind.LEGEND: Both("凡例", "legend"),
    LineKind.HEAD: Both("表の見出し", "head"),
    LineKind.REPEATED_HEAD: Both("繰り返しの見出し", "repeated_head"),
    LineKind.PROJECT: Both("事業", "project"),
    LineKind.KPI: Both("KPI", "kpi"),
    LineKind.TOTAL: Both("合計", "total"),
    LineKind.UNKNOWN: Both("不明", "unknown"),
}
_WRONG = Both("{path}:{line}: {why}", "{path}:{line}: {why}")


@dataclass(frozen=True)
class Line:
    """A line of the document, by its number (1 = first), as printed."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text.strip()

    @property
    def tabular(self) -> bool:
        """Whether it is a line of a table, with cells between tabs."""
        return "\t" in self.text and not self.blank

    @property
    def cells(self) -> list[str]:
        """Its cells, as printed."""
        return self.text.split("\t")

    @property
    def filled(self) -> list[str]:
        """Those of its cells in which something is printed."""
        return [cell for cell in self.cells if cell.strip()]


@dataclass(frozen=True)
class Remark:
    """Something on a line that could not be read, and why."""

    line: int
    why: Both
    text: str


def split(text: str) -> list[Line]:
    """Cut a document into lines, at line feeds alone; what follows the last one is a line if it is not empty."""
    texts = text.replace("\r\n", "\n").split("\n")
    return [Line(number, line) for number, line in enumerate(texts[:-1] if not texts[-1] else texts, start=1)]


def wrong(path: Path, line: Line, why: Both) -> KpituiError:
    """Say why a document cannot be read, by file and line."""
    return KpituiError(_WRONG.format(path=path, line=line.number, why=why))
