"""What a publication states outside its tables: its title, the grants, how evaluation works."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from kpitui.report.model import Fact
from kpitui.sources.lines import Line, LineKind, Remark
from kpitui.sources.numbers import parse_whole
from kpitui.sources.text import clean, clean_amount, is_item, without_bullet
from kpitui.text.wording import Both

_TABLE_TITLE = re.compile(r"(?:令和|平成)\s*(?:元|[0-9]{1,2})\s*年度(?:補正)?(.+交付金)事業")
_SECTION = re.compile(r"\([0-9]{1,2}\)\s*(.+交付金)")
_CHAPTER = re.compile(r"[0-9]{1,2}\.?\s+[^\s0-9].*")
_STATEMENT = re.compile(r"([^:]+):(.+)")
_AMOUNT = re.compile(r"([0-9,]+)(\D*)")

_LABELS = {"対象": "purpose", "国予算額": "budget"}
_STATEMENTS = {"採択事業": ("adopted", "事業"), "実績額": ("cost", "千円")}

_NOT_WHOLE = Both("{unit}を単位とする整数ではありません", "not a whole number of {unit}")


def table_title(line: Line) -> str | None:
    """The name of the grant whose table a line announces; None if it is no title of a table."""
    found = None if line.tabular else _TABLE_TITLE.fullmatch(clean(unicodedata.normalize("NFKC", line.text)))
    return found[1].strip() if found else None


@dataclass
class Prose:
    """What the prose was found to say: facts by the name of their grant and the field they belong to."""

    title: Fact | None = None
    grants: dict[str, dict[str, Fact]] = field(default_factory=dict)
    evaluation: list[Fact] = field(default_factory=list)
    kinds: dict[int, LineKind] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def read(lines: Iterable[Line]) -> Prose:
    """Read the lines that belong to no table and no legend; blank ones are passed over."""
    reader = _Reader()
    for line in lines:
        reader.feed(line)
    return reader.prose


class _Reader:
    """Knows where in the document it is: in which grant's section, under which label, in which chapter."""

    def __init__(self) -> None:
        self.prose = Prose()
        self._grant: dict[str, Fact] | None = None
        self._label: str | None = None
        self._evaluates = False

    def feed(self, line: Line) -> None:
        steps = (self._title, self._item, self._labelled, self._section, self._chapter, self._statement)
        text = unicodedata.normalize("NFKC", line.text).strip()
        kinds = (step(line, text) for step in steps)
        self.prose.kinds[line.number] = next((kind for kind in kinds if kind), LineKind.PROSE)

    def _title(self, line: Line, text: str) -> LineKind | None:
        if self.prose.title:
            return None
        self.prose.title = Fact(clean(line.text), line.text, line.number)
        return LineKind.HEADING

    def _item(self, line: Line, text: str) -> LineKind | None:
        """A listed item is a label in a grant's section, a sentence in the chapter on evaluation."""
        if not is_item(line.text):
            return None
        said = clean(without_bullet(line.text))
        if self._evaluates:
            self.prose.evaluation.append(Fact(said, line.text, line.number))
            return LineKind.FACT
        self._label = _LABELS.get(said)
        return LineKind.HEADING if self._grant is not None else None

    def _labelled(self, line: Line, text: str) -> LineKind | None:
        """The line below a label is what the label announced."""
        if self._grant is None or self._label is None:
            return None
        value = clean_amount(line.text) if self._label == "budget" else clean(line.text)
        self._grant.setdefault(self._label, Fact(value, line.text, line.number))
        self._label = None
        return LineKind.FACT

    def _section(self, line: Line, text: str) -> LineKind | None:
        found = _SECTION.fullmatch(text)
        if not found:
            return None
        self._grant = self.prose.grants.setdefault(clean(found[1]), {})
        return LineKind.HEADING

    def _chapter(self, line: Line, text: str) -> LineKind | None:
        if not table_title(line) and not _CHAPTER.fullmatch(text):
            return None
        self._grant, self._evaluates = None, "評価" in text
        return LineKind.HEADING

    def _statement(self, line: Line, text: str) -> LineKind | None:
        """A number after its name, such as 採択事業：22事業; in another unit it would be another number."""
        found = _STATEMENT.fullmatch(clean_amount(text))
        if self._grant is None or not found or found[1] not in _STATEMENTS:
            return None
        key, unit = _STATEMENTS[found[1]]
        amount = _AMOUNT.fullmatch(found[2].strip())
        value = parse_whole(amount[1]) if amount and amount[2] == unit else None
        if value is None:
            self.prose.remarks.append(Remark(line.number, _NOT_WHOLE.format(unit=unit), line.text))
            return LineKind.UNKNOWN
        self._grant.setdefault(key, Fact(value, line.text, line.number))
        return LineKind.FACT
