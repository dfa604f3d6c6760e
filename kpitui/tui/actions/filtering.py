"""Which rows show: filters by value, by range and by condition, and the search; every change can be undone."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from kpitui.errors import KpituiError, UsageError
from kpitui.report.column import Column
from kpitui.text.wording import Both
from kpitui.tui.actions.kind import Action, values
from kpitui.tui.dialogs.filters import FiltersDialog
from kpitui.tui.widgets.prompt import Question, WordSuggester
from kpitui.views.describe import chips
from kpitui.views.expression import completion, condition
from kpitui.views.search import searchable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpitui.tui.browse import Browse

_SEARCH_ALL = Both(
    "検索する語 (全ての文字列の列。Tab でこの列だけ、Enter 決定、Esc やめる)",
    "text to search for (in all text columns; Tab: this column only; Enter keeps)",
)
_SEARCH_ONE = Both(
    "検索する語 (列「{column}」だけ。Tab で全ての列)", "text to search for (in {column} only; Tab: all columns)"
)
_NOT_TEXT = Both(
    "「{column}」は文字列の列ではないので、全ての列を探します", "{column} holds no text; all columns are searched"
)
_WHERE = Both(
    "条件式。例 progress < 0.5 AND unit = '件' (→ で補完、Enter 決定、空で外す)",
    "condition, e.g. progress < 0.5 AND unit = '件' (right completes, empty removes)",
)
_RANGE = Both(
    "「{column}」の範囲。例 10..50、..0、100.. (空で外す)", "range of {column}, e.g. 10..50, ..0, 100.. (empty removes)"
)
_BAD_RANGE = Both("範囲は 10..50 のように書いてください", "write a range as 10..50")
_NOT_A_NUMBER = Both("範囲は数値の列で使えます", "ranges work on columns of numbers")
_NO_FILTER = Both("絞り込みはありません", "nothing is filtered")
_ENDS = re.compile(r"\s*(-?[\d,.]*?)\s*%?\s*(?:\.\.|~|～)\s*(-?[\d,.]*?)\s*%?\s*")


def facets(browse: Browse) -> None:
    """Open the facets, or close them."""
    if browse.context == "facets":
        browse.close_facets()
    elif browse.reading.place.page == "table":
        browse.open_facets()


def toggle(browse: Browse) -> None:
    """Take the facet's value under the highlight in or out."""
    browse.facets.toggle()


def only(browse: Browse) -> None:
    """Only rows with the value under the cursor."""
    row = browse.current
    if row is not None:
        column = browse.grid.column
        browse.way.shape("only", browse.way.wanted.only(column.key, values(column, row)))


def but(browse: Browse) -> None:
    """All rows but those with the value under the cursor."""
    row = browse.current
    if row is not None:
        spec, column = browse.way.wanted, browse.grid.column
        for value in values(column, row):
            spec = spec.but(column.key, value)
        browse.way.shape("but", spec)


def clear(browse: Browse) -> None:
    """Clear every filter and the search."""
    browse.way.shape("clear", browse.way.wanted.cleared())


def filters(browse: Browse) -> None:
    """List the filters, to take away or turn round."""
    texts = chips(browse.way.wanted, browse.display_)
    if not texts:
        browse.tell(_NO_FILTER)
        return

    def remove(index: int) -> Sequence[str]:
        browse.way.shape("filters", browse.way.wanted.without_chip(index))
        return chips(browse.way.wanted, browse.display_)

    def negate(index: int) -> Sequence[str]:
        browse.way.turn_round(index)
        return chips(browse.way.wanted, browse.display_)

    browse.app.push_screen(FiltersDialog(texts, remove, negate, browse.lang))


def where(browse: Browse) -> None:
    """Ask for a condition; one that cannot be read is pointed at, and the prompt stays."""
    spec = browse.way.wanted
    table = browse.report.frame(spec.table)

    def done(text: str) -> bool:
        try:
            if text.strip():
                condition(text, table)
        except KpituiError as error:
            browse.complain(error)
            return False
        browse.way.shape("where", dataclasses.replace(browse.way.wanted, where=text.strip()))
        return True

    suggester = WordSuggester(lambda text: completion(text, browse.report, spec.table))
    browse.prompt.ask(Question(_WHERE.say(browse.lang), done, spec.where, suggester=suggester))


def range_(browse: Browse) -> None:
    """Ask for a range of the numbers in this column; of ratios in percent."""
    column = browse.grid.column
    if not column.numeric:
        browse.complain(UsageError(_NOT_A_NUMBER))
        return

    def done(text: str) -> bool:
        try:
            low, high = ends(text, column)
        except KpituiError as error:
            browse.complain(error)
            return False
        browse.way.shape("range", browse.way.wanted.within(column.key, low, high))
        return True

    hint = _RANGE.format(column=column.label).say(browse.lang)
    browse.prompt.ask(Question(hint, done))


def ends(text: str, column: Column) -> tuple[float | None, float | None]:
    """The ends of a range as typed, None where one is open; for ratios 50 and 50% both mean a half.

    Raises UsageError for what is no range.
    """
    if not text.strip():
        return None, None
    found = _ENDS.fullmatch(text)
    try:
        low, high = (float(end.replace(",", "")) if end else None for end in found.groups()) if found else (None, None)
    except ValueError:
        raise UsageError(_BAD_RANGE) from None
    if low is None and high is None:
        raise UsageError(_BAD_RANGE)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    scale = 100 if column.kind in ("ratio", "share") else 1
    return (None if low is None else low / scale, None if high is None else high / scale)


# Searching


def search(browse: Browse) -> None:
    """Ask for a text; the table follows as it is typed, and goes back on Escape."""
    before, spec = browse.remembered(), browse.way.wanted
    column = browse.grid.column
    own = column.key if column.key in searchable(spec.table) else ""

    def shown(text: str, within: str) -> None:
        wanted = dataclasses.replace(spec, search=text, search_in=within if text else "")
        browse.way.attempt(wanted, before)

    def tab() -> str:
        if not own:
            browse.tell(_NOT_TEXT, column=column.label)
        within[0] = "" if within[0] else own
        shown(browse.prompt.value, within[0])
        return _SEARCH_ONE.format(column=column.label).say(browse.lang) if within[0] else _SEARCH_ALL.say(browse.lang)

    within = [spec.search_in]
    hint = _SEARCH_ALL.say(browse.lang)
    browse.prompt.ask(
        Question(
            hint,
            lambda _: browse.way.keep("search", before),
            spec.search,
            live=lambda text: shown(text, within[0]),
            left=lambda: browse.way.restore(before),
            tab=tab,
        )
    )


ACTIONS: dict[str, Action] = {
    "facets": facets,
    "toggle": toggle,
    "only": only,
    "but": but,
    "clear": clear,
    "filters": filters,
    "where": where,
    "range": range_,
    "search": search,
}
