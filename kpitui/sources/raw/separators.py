"""Which character parts the cells of a text: the one that cuts most of its lines into the same number of cells."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from kpitui.text.wording import Both

NAMES = {
    "\t": Both("タブ", "tab"),
    ";": Both("セミコロン (;)", "semicolon (;)"),
    "|": Both("縦線 (|)", "vertical bar (|)"),
    ",": Both("コンマ (,)", "comma (,)"),
}
"""Those tried. One before another is less often a part of what is written in a cell."""
_SEEN_LINES = 2_000
_SEEN_CHARACTERS = 2**21
_EVEN = 0.9
"""The share of lines of one width from which a separator is beyond doubt, if the first line has that width too."""
_ENOUGH = 0.5
"""The share of lines that a separator must cut, unless it is a tab, which nobody writes in a sentence."""
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++\Z")
_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_IN_SENTENCE = re.compile(r"(?<=\S)[,;](?= )")
_STATED = re.compile(r"\ufeff?sep=([\t;|,])(?:\r\n|\r|\n)", re.IGNORECASE)


@dataclass(frozen=True)
class Cut:
    """How one separator cuts a text: the share of lines it cuts, and of those of the commonest width, that width.

    `first` is the width of the first line that it cuts.
    """

    separator: str
    cut: float
    even: float
    width: int
    first: int

    @property
    def sure(self) -> bool:
        """Whether nearly every line has one width, the head among them."""
        return self.even >= _EVEN and self.first == self.width

    @property
    def score(self) -> float:
        """How much the cuts look like columns: many, and the same on each line."""
        return self.even**2 * math.log2(self.width) if self.width else 0.0


def lines(text: str) -> Iterator[str]:
    """Cut a text into lines, each with its end: line feeds, carriage returns, or both."""
    return (found[0] for found in _LINE.finditer(text))


def stated(text: str) -> str | None:
    """The separator that a first line such as `sep=;` states, as Excel writes and reads it."""
    found = _STATED.match(text)
    return found[1] if found else None


def find(text: str) -> str | None:
    """The separator of a text, or None where it has no columns."""
    sample = text[:_SEEN_CHARACTERS]
    cuts = [cut for separator in NAMES if separator in sample and (cut := _cut(sample, separator))]
    sure = next((cut for cut in cuts if cut.sure), None)
    best = sure or max(cuts, key=lambda cut: cut.score, default=None)
    return best.separator if best else None


def _cut(sample: str, separator: str) -> Cut | None:
    """How that separator cuts the sample; None where the cuts are those of numbers and sentences."""
    widths = [len(cells) for cells in _records(sample, separator) if any(cells)]
    several = [width for width in widths if width > 1]
    if not several:
        return None
    width, count = Counter(several).most_common(1)[0]
    cut = Cut(separator, len(several) / len(widths), count / len(widths), width, several[0])
    return cut if separator == "\t" or _parts_columns(sample, cut) else None


def _parts_columns(sample: str, cut: Cut) -> bool:
    """Whether the separator stands for columns: on most lines, and not only within numbers and sentences."""
    bare = _IN_NUMBER.sub("", sample)
    bare = bare if cut.sure else _IN_SENTENCE.sub("", bare)
    return cut.cut >= _ENOUGH and _lines_with(cut.separator, bare) * 2 >= _lines_with(cut.separator, sample)


def _lines_with(separator: str, text: str) -> int:
    return sum(separator in line for line in islice(lines(text), _SEEN_LINES))


def _records(sample: str, separator: str) -> Iterable[list[str]]:
    reader = csv.reader(lines(sample), delimiter=separator)
    found: list[list[str]] = []
    with suppress(csv.Error):  # a quote that swallows the rest: what was read before it is judged
        found.extend(islice(reader, _SEEN_LINES))
    return found
