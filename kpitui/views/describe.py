"""A view in words: its chips and its sort order."""

from __future__ import annotations

from kpitui.output.display import Display
from kpitui.report.column import Column
from kpitui.report.columns import column
from kpitui.text.cells import one_line, safe
from kpitui.text.wording import Both
from kpitui.views.spec import Filter, ViewSpec

_SEARCH = Both("検索", "search")
_WHERE = Both("式", "where")
_NOT = Both("除く ", "not ")
_SORTED = Both("並び: ", "sorted: ")


def chips(spec: ViewSpec, display: Display) -> list[str]:
    """What narrows the view, one text each: filters first, in the order of their numbers."""
    found = [_filter(spec, each, display) for each in spec.filters]
    if spec.search:
        where = f" ({column(spec.table, spec.search_in).label.say(display.lang)})" if spec.search_in else ""
        found.append(f"{_SEARCH.say(display.lang)}{where}: {spec.search}")
    if spec.where:
        found.append(f"{_WHERE.say(display.lang)}: {spec.where}")
    return [one_line(safe(text)) for text in found]


def _filter(spec: ViewSpec, chosen: Filter, display: Display) -> str:
    about = column(spec.table, chosen.column)
    negation = _NOT.say(display.lang) if chosen.negated else ""
    if chosen.ranged:
        return f"{about.label.say(display.lang)}: {negation}{_range(about, chosen, display)}"
    values = [display.value(about, value) for value in chosen.values]
    return f"{about.label.say(display.lang)}: {negation}{', '.join(values)}"


def _range(about: Column, chosen: Filter, display: Display) -> str:
    """The ends of a range as the column's cells read, an open end left out."""
    ends = ["" if end is None else display.value(about, end) for end in (chosen.low, chosen.high)]
    return " .. ".join(ends).strip()


def order(spec: ViewSpec, display: Display) -> str:
    """The sort keys, each with the sign of its direction; nothing in the report's own order."""
    keys = [
        f"{column(spec.table, each.column).label.say(display.lang)} {display.sort_mark(descending=each.descending)}"
        for each in spec.sorts
    ]
    return _SORTED.say(display.lang) + ", ".join(keys) if keys else ""
