"""KPIs that stand inside one cell: 「・指標 目標 X(R6) 実績 Y(R6)」, 「指標 H26年▲3,703→H31年▲2,000」."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kpitui.sources.general.values import parse

_LONGEST = 500
"""Characters of a piece beyond which it is a text, and no KPI."""
_BULLET = re.compile(r"^\s*(?:[・○◯●■□◆◇▪•*]|[①-⑳]|[-–]\s)\s*")
_SPLIT = re.compile(r"[\r\n]+|(?<=[)\s、。;])(?=[・●■◆▪•]\s*\S)|。\s*(?=\S)|「(?=[^「」]*目標[^「」]*」)")
_BASELINE = r"(?:基準値?|現状値?|従前値?|当初値?|開始前|baseline|from)"
_TARGET = r"(?:数値)?(?:目標値?|計画値?|target|goal)"
_ACTUAL = r"(?:実績値?|結果|actual|result|achieved)"
_GAP = r"\s*[::=＝]?\s*"
_ENDS = r"[\s、,;;/|→]*"
_KPI = re.compile(
    rf"^(?P<name>.*?)[\s::((、,]*"
    rf"(?:{_BASELINE}{_GAP}(?P<baseline>.+?){_ENDS})?"
    rf"{_TARGET}{_GAP}(?P<target>.+?){_ENDS}{_ACTUAL}{_GAP}(?P<actual>.+?)[\s)、。,;」]*$",
    re.IGNORECASE,
)
_ARROW = re.compile(
    r"^(?P<name>.*?)[\s::]*(?P<baseline>(?:[HRS][0-9]+年?度?)?\s*[▲△-]?[0-9][^→]*)\s*→\s*(?P<target>[^→]+)$"
)
_NAME_EDGE = re.compile(r"^[・: 「」(,、]+|[・: 「」(,、]+$")


@dataclass(frozen=True)
class Inner:
    """A KPI inside a cell, its parts as printed; a part that is not printed is empty."""

    name: str
    baseline: str
    target: str
    actual: str


def holds(cell: str) -> bool:
    """Whether a cell holds at least one KPI with a target and what came of it or was before, one of them a number."""
    found, _ = read(cell)
    return any(parse(each.target) or parse(each.actual) for each in found)


def read(cell: str) -> tuple[list[Inner], list[str]]:
    """The KPIs inside a cell, and the pieces of it that are none; a piece right before one may be its name."""
    found: list[Inner] = []
    rest: list[str] = []
    for piece in _pieces(cell):
        inner = _inner(piece)
        if inner and not inner.name and rest:
            inner = Inner(rest.pop(), inner.baseline, inner.target, inner.actual)
        if inner and inner.name:
            found.append(inner)
        else:
            rest.append(_BULLET.sub("", piece).strip())
    return found, rest


def _pieces(cell: str) -> list[str]:
    return [piece.strip() for piece in _SPLIT.split(cell) if piece.strip()]


def _inner(piece: str) -> Inner | None:
    if len(piece) > _LONGEST:
        return None
    text = " ".join(unicodedata.normalize("NFKC", _BULLET.sub("", piece)).split())
    found = _KPI.match(text)
    if not found:
        return _moved(text)
    name = _NAME_EDGE.sub("", found["name"])
    return Inner(name, (found["baseline"] or "").strip(), _closed(found["target"]), _closed(found["actual"]))


def _moved(text: str) -> Inner | None:
    """A KPI printed as its way from one value to another: the first is its baseline, the second its target."""
    found = _ARROW.match(text)
    if not found or not (parse(found["baseline"]) and parse(found["target"])):
        return None
    return Inner(_NAME_EDGE.sub("", found["name"]), found["baseline"].strip(), found["target"].strip(), "")


def _closed(part: str) -> str:
    """A part with the bracket that the pattern may have taken from its end."""
    text = part.strip()
    return text + ")" if text.count("(") > text.count(")") else text
