"""Numbers as reports print them, with the unit, the year and the bound that stand beside them in the cell."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from kpitui.sources.general import dates, units
from kpitui.sources.general.missing import is_missing

_DIGITS = r"(?:[0-9]{1,3}(?:,\s?[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+"
_NUMBER = re.compile(rf"(?P<sign>[-+▲△−‐‑‒–—]?)\s*(?P<money>[{units.CURRENCIES}]?)\s*(?P<digits>{_DIGITS})")
_PARTS = re.compile(rf"({_DIGITS})\s*({units.SCALE}|百(?=円))")
_EXPONENT = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?[eE][-+]?[0-9]{1,2}")
_SPACED = re.compile(r"(?<![0-9.])[0-9](?:,?\s[0-9])+(?![0-9])")
_GROUPED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
"""Thousands parted by blanks."""
_BRACKET = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
_DATED = re.compile(r"^(?:(?:令和|平成|[RH])\s*(?:元|[0-9]{1,2})|(?:FY|(?:19|20)(?=[0-9]{2}年))\s*[0-9]{2,4})")
_PLAIN = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
"""What most cells are: nothing but a number. The other forms cost a hundred times as much to take apart."""
_LONGEST = 500
"""Characters of a cell beyond which it is a text, and no value with a remark."""
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿]")
_RAISED = re.compile(r"(?<=[0-9０-９%％])[⁰¹²³⁴-⁹₀-₉]+|[⁰¹²³⁴-⁹₀-₉]+(?=[0-9０-９])")
"""Small digits beside a number, which count its footnotes: 43¹ is 43. Those of m² stand beside a letter."""
_POWER = re.compile(r"(?<![0-9.,])10[⁰¹²³⁴-⁹]")
_AFTER_DATE = re.compile(r"^[ :年度末、]+")
_FOOTNOTE = re.compile(r"^[※*]\s*(?:[0-9]+(?=\s))?|[※*]+[0-9]*$|注[0-9]*$")
_BEFORE = re.compile(
    r"^(?:累計|延べ|のべ|通算|合計|年間|平均|計|約|概ね|おおむね|およそ|最大|最低|total|approx(?:imately|\.)?|about|around"
    r"|circa|c\.)\s*:?\s*(?=\S)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:程度|前後|見込み?|延伸|増設|新設|導入|設立|締結|予定|実施|開催|達成|設置|整備|完了|開設|参加|/年間?)$"
)
_BOUNDS = (
    (re.compile(r"^(?:>=|≧|≥|⩾|at\s+least)\s*", re.IGNORECASE), "maintain_above"),
    (re.compile(r"^(?:<=|≦|≤|⩽|at\s+most|up\s+to|no\s+more\s+than)\s*", re.IGNORECASE), "maintain_below"),
    (re.compile(r"(?:以上)?(?:を|の)?(?:維持|確保|キープ)(?:する)?$"), "maintain_above"),
    (re.compile(r"(?:以上|超|を超える|or\s+(?:more|above|higher|over))(?:とする)?$", re.IGNORECASE), "maintain_above"),
    (
        re.compile(r"(?:以下|以内|未満|を下回る|or\s+(?:less|below|lower|fewer|under))(?:とする)?$", re.IGNORECASE),
        "maintain_below",
    ),
)
_UNIT = re.compile(r"(?!年度|月)(?:[^\W\d_]|[%‰°]|/(?=[^\W\d_]))(?:[^\W_]|[ /・*^%‰²³-](?=[^\W_]))*[²³]?")
_SECOND = re.compile(
    r"(?<!/)(?:[^\W\d_a-zA-Z]|(?<![a-zA-Z])(?!per\b)[a-zA-Z]+\s+|[a-zA-Z](?=[0-9]{2,}[^\W\d_]))[0-9]", re.IGNORECASE
)
"""A number after the unit of the first, as in 1時間30分 or 3 of 5; that of t-CO2, m3 or kg/10a is the unit's own."""
_DAY = re.compile(r"[0-9]{1,2}日")
_TEXTUAL = re.compile(r"^分の|[をがにはで]|増$|減$|より|する|した|され|月$|[向上増減]加?させ")


@dataclass(frozen=True)
class Value:
    """What a cell prints: the number, and what stands beside it.

    `bound` is the aim that words such as 以上 or 以下 say; `aside` is text that belongs to no part of the value.
    """

    number: Decimal
    unit: str | None = None
    year: int | None = None
    bound: str | None = None
    aside: str = ""


@lru_cache(maxsize=65_536)
def parse(cell: str) -> Value | None:
    """The value that a cell prints; None where it says that there is none, or says something in words.

    Several amounts (1時間30分) are no value: the first alone would be another number than is printed.
    """
    found = _first(cell)
    return None if found and _has_second(found) else found


def has_several(cell: str) -> bool:
    """Whether a cell prints more than one amount, and so no value that can be told."""
    found = _first(cell)
    return found is not None and _has_second(found)


def _has_second(value: Value) -> bool:
    return value.unit is not None and _SECOND.search(value.unit) is not None


def _first(cell: str) -> Value | None:
    """The first amount that a cell prints, what follows it taken for its unit."""
    if _PLAIN.fullmatch(cell):
        return _finite(Value(Decimal(cell.replace(",", ""))))
    if len(cell) > _LONGEST or is_missing(cell) or _POWER.search(cell):
        return None
    text = " ".join(unicodedata.normalize("NFKC", _RAISED.sub("", _CIRCLED.sub(" ", cell))).split())
    if _EXPONENT.fullmatch(text):
        return _finite(Value(Decimal(text)))
    rest, known = _brackets(_FOOTNOTE.sub("", text).strip())
    rest, known = _leading(rest, known)
    rest, known = _bounded(rest, known)
    found = _number(_closed(rest), known)
    return _finite(found) if found else None


def _closed(text: str) -> str:
    """The text with the blanks between digits taken out."""
    for pattern in (_GROUPED, _SPACED):
        text = pattern.sub(lambda spaced: re.sub(r"\s", "", spaced[0]), text)
    return text


def number(cell: str, unit: str | None = None) -> float | None:
    """The number that a cell prints, in that unit; None where there is none or its own unit counts other things."""
    found = parse(cell)
    told = units.convert(found.number, found.unit, unit) if found else None
    return None if told is None else as_float(told)


def as_float(number: Decimal) -> float:
    """The float nearest to a number; never minus zero."""
    return float(number) + 0.0


def _finite(value: Value) -> Value | None:
    return value if math.isfinite(float(value.number)) else None


def _brackets(text: str) -> tuple[str, Value]:
    """The text without its brackets; they may hold the year or the unit, or something aside."""
    known = Value(Decimal(0))
    for inner in _BRACKET.findall(text):
        when = dates.whole(inner)
        if when and known.year is None:
            known = replace(known, year=when.year)
        elif units.looks_like(inner) and known.unit is None:
            known = replace(known, unit=inner.strip())
        else:
            known = replace(known, aside=f"{known.aside} ({inner})".strip())
    return _BRACKET.sub(" ", text).strip(), known


def _leading(text: str, known: Value) -> tuple[str, Value]:
    """The text without the year and the words such as 累計 that stand before its number."""
    when = dates.find(text)
    rest = text[when.end :] if when else ""
    is_date = _DAY.fullmatch(rest.strip()) is not None
    if when and when.start == 0 and not is_date and _DATED.match(text) and re.search(r"[0-9]", rest):
        text, known = _AFTER_DATE.sub("", text[when.end :]), replace(known, year=when.period.year)
    while word := _BEFORE.match(text):
        text, known = text[word.end() :], replace(known, aside=f"{word[0].strip()} {known.aside}".strip())
    return text, known


def _bounded(text: str, known: Value) -> tuple[str, Value]:
    """The text without the words after its number that say on which side of it to stand."""
    for pattern, aim in _BOUNDS:
        cut = pattern.sub("", text).strip()
        if cut != text and re.search(r"[0-9]", cut):
            text, known = cut, replace(known, bound=known.bound or aim)
    while (word := _AFTER.search(text)) and re.search(r"[0-9]", text[: word.start()]):
        text, known = text[: word.start()].strip(), replace(known, aside=f"{known.aside} {word[0]}".strip())
    return text, known


def _number(text: str, known: Value) -> Value | None:
    """The number at the beginning of a text and its unit, if there is nothing else."""
    begin = _NUMBER.match(text)
    if not begin:
        return None
    sign = -1 if begin["sign"] and begin["sign"] != "+" else 1
    body = text[begin.start("digits") :]
    amount, unit = _summed(body)
    unit = unit.strip()
    if begin["money"]:
        unit = begin["money"] + (f" {unit}" if unit else "")
        if units.unit(unit).base not in ("円", *units.CURRENCIES):
            return None
    elif unit and not _is_unit(unit):
        return None
    own = re.sub(r"^([¥$£€]) ", r"\1", unit) or None
    return replace(known, number=sign * amount, unit=own or known.unit)


def _summed(text: str) -> tuple[Decimal, str]:
    """The amount that a text begins with and the rest: 1億5,000万円 is 150,000,000 and 円, but 9億円 is 9 and 億円."""
    parts, at = [], 0
    while found := _PARTS.match(text, at):
        parts.append((_decimal(found[1]), units.unit(found[2]).scale))
        at = found.end()
    last = re.compile(_DIGITS).match(text, at)
    if len(parts) + (last is not None) > 1:
        total = sum((amount * scale for amount, scale in parts), Decimal(0))
        return total + (_decimal(last[0]) if last else 0), text[last.end() if last else at :]
    whole = re.compile(_DIGITS).match(text)
    return (_decimal(whole[0]), text[whole.end() :]) if whole else (Decimal(0), text)


def _decimal(digits: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", digits))


def _is_unit(text: str) -> bool:
    """Whether what follows a number counts it, and does not turn it into a sentence."""
    if text == "月":
        return False
    if units.looks_like(text):
        return True
    if len(text) > 14 or _TEXTUAL.search(text):
        return False
    return _UNIT.fullmatch(text) is not None
