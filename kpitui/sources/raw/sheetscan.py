"""One look over a sheet's XML before its cells are read: its size, its merged cells, its formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from kpitui.errors import KpituiError
from kpitui.sources.raw import archive as parts
from kpitui.sources.raw import limits
from kpitui.sources.raw.merged import Range
from kpitui.text.wording import Both

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_OUTSIDE = Both(
    "{path}: セルの位置 {reference!r} は表計算のシートの外です",
    "{path}: the cell {reference!r} lies outside any sheet",
)
_SPARSE = Both(
    "{path}: シートが広すぎます (空のセルを含めて{most:,}個を超えます)。表の部分だけを保存してください",
    "{path}: a sheet too wide (more than {most:,} cells, blank ones included); save its table alone",
)
_MOST_SPREAD = 10 * limits.MOST_CELLS
"""Cells that rows may have up to their last one, blank ones included, since those are passed over one by one."""


@dataclass
class Scan:
    """What is known of a sheet before its cells are read.

    `formulas` counts cells with a formula, `uncomputed` those of them without a value kept beside it; `width` is
    the last column in which there is a cell.
    """

    path: str
    _parser: expat.XMLParserType
    merged: list[Range] = field(default_factory=list)
    formulas: int = 0
    uncomputed: int = 0
    width: int = 0
    _spread: int = 0
    _last: int = 0
    _formula: bool = False
    _value: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take note of an element that begins."""
        match tag.rpartition(" ")[2]:
            case "c":
                self._cell(attributes.get("r"), attributes.get("t"))
            case "f":
                self._formula = True
            case "v" if self._formula:
                self._parser.CharacterDataHandler = self._keep
            case "row":
                self._row(attributes.get("r"))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        """Take note of an element that ends."""
        match tag.rpartition(" ")[2]:
            case "v":
                self._parser.CharacterDataHandler = None
            case "c":
                self.formulas += self._formula
                self.uncomputed += self._formula and not self._value
            case "row":
                self._spread += self._last
                self.width = max(self.width, self._last)
                if self._spread > _MOST_SPREAD:
                    raise KpituiError(_SPARSE.format(path=self.path, most=_MOST_SPREAD))

    def _row(self, number: str | None) -> None:
        if number is not None and not (number.isdecimal() and 1 <= int(number[:9]) <= limits.MOST_ROWS):
            raise self._outside(number)
        self._last = 0

    def _keep(self, text: str) -> None:
        self._value = True

    def _cell(self, reference: str | None, kind: str | None) -> None:
        self._formula, self._value = False, kind == "str"  # a text may be empty
        self._last = self._place(reference)[1] if reference else self._last + 1
        if self._last > limits.MOST_COLUMNS:
            raise self._outside(reference or self._last)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        self.merged.append(Range(top, left, bottom, right))

    def _place(self, reference: str) -> tuple[int, int]:
        found = _REFERENCE.fullmatch(reference)
        if not found or not 1 <= int(found[2]) <= limits.MOST_ROWS:
            raise self._outside(reference)
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column

    def _outside(self, reference: object) -> KpituiError:
        return KpituiError(_OUTSIDE.format(path=self.path, reference=str(reference)[:20]))


def scan(archive: zipfile.ZipFile, name: str, path: str) -> Scan:
    """Look over the part of that name. Raises KpituiError where it is larger than any sheet, ExpatError if damaged."""
    parser = expat.ParserCreate(namespace_separator=" ")
    found = Scan(path, parser)
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parts.parse(archive, name, path, parser)
    return found
