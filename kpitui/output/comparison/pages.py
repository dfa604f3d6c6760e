"""A comparison for people: a page in sections, and the same as Markdown."""

from __future__ import annotations

import polars as pl

from kpitui.output import people
from kpitui.output.comparison.sections import Entry, Section, sections
from kpitui.output.comparison.summary import circumstances, summary
from kpitui.output.comparison.table import provenance
from kpitui.output.comparison.values import Values
from kpitui.output.comparison.wording import ARROW
from kpitui.output.display import MISSING, Display
from kpitui.output.markup import escaped
from kpitui.report.column import Column
from kpitui.report.compare import Comparison
from kpitui.text.cells import safe
from kpitui.text.prose import Line, line, paragraph
from kpitui.text.wording import Both, Lang

_SURE = Both("確かさ {sure}", "sure {sure}")
_LINE = Both("{line}行目", "line {line}")
_HEADS = (
    Both("番号", "no"),
    Both("名称", "name"),
    Both("前", "earlier"),
    Both("後", "later"),
    Both("出典行", "lines"),
    Both("確かさ", "sure"),
)


def page(comparison: Comparison, lang: Lang, width: int, *, ascii_: bool = False) -> list[Line]:
    """The whole comparison as lines of at most `width` cells, the summary first; `?` marks an uncertain pair."""
    lines = paragraph(summary(comparison, lang), width, "strong")
    for label, text in circumstances(comparison, lang, ascii_=ascii_):
        lines += paragraph(text, width, label=label)
    for section in sections(comparison, Values(comparison, lang, ascii_=ascii_)):
        lines += [line(""), *paragraph(section.heading, width, "strong")]
        lines += [each for entry in section.entries for each in _lines(entry, lang, width)]
    return lines


def _lines(entry: Entry, lang: Lang, width: int) -> list[Line]:
    """An entry: what it is about, and below it both values with their source lines."""
    head = paragraph(" ".join(filter(None, (entry.ids, entry.name))), width, label="?" if entry.sure else "-")
    facts = [_LINE.format(line=entry.lines).say(lang)] if entry.lines else []
    facts += [_SURE.format(sure=entry.sure).say(lang)] if entry.sure else []
    values = "" if entry.a == entry.b == MISSING else ARROW.join(filter(None, (entry.a, entry.b)))
    told = " ".join(filter(None, (values, f"({', '.join(facts)})" if facts else "")))
    if not entry.ids:
        return paragraph(told, width, label="-")
    return [*head, *(paragraph(told, width, indent=4) if told else ())]


def markdown(comparison: Comparison, lang: Lang) -> str:
    """The same as Markdown: a heading and a table for each section."""
    found = sections(comparison, Values(comparison, lang, ascii_=False))
    parts = [f"{escaped(_line(summary(comparison, lang)))}\n\n{_list(comparison, lang)}"]
    parts += [f"## {escaped(section.heading)}\n\n{_grid(section, comparison, lang)}" for section in found]
    parts.append(f"{escaped(provenance(comparison, len(comparison.differences)).sentence(lang))}\n")
    return "\n".join(parts)


def _list(comparison: Comparison, lang: Lang) -> str:
    told = [": ".join(filter(None, each)) for each in circumstances(comparison, lang)]
    return "".join(f"- {escaped(_line(each))}\n" for each in told)


def _line(text: str) -> str:
    return " ".join(safe(text).split())


def _grid(section: Section, comparison: Comparison, lang: Lang) -> str:
    keys = ("ids", "name", "a", "b", "lines", "sure")
    columns = [Column(key, head, "text", 40, Both("", "")) for key, head in zip(keys, _HEADS, strict=True)]
    frame = pl.DataFrame([vars(each) for each in section.entries], schema=dict.fromkeys(keys, pl.String))
    filled = [each for each in columns if frame[each.key].n_unique() > 1 or frame[each.key][0] not in ("", MISSING)]
    return people.markdown(frame, filled, Display(comparison.b, lang), None)
