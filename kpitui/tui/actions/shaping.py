"""Shaping the view: filters, search, sort order, columns, marks; every change can be undone."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from kpitui.errors import KpituiError, UsageError
from kpitui.output.display import MISSING
from kpitui.report.columns import REPORT, Column, registry
from kpitui.text.wording import Both
from kpitui.tui.actions.kind import Action, values
from kpitui.tui.dialogs.columns import ColumnsDialog
from kpitui.tui.dialogs.filters import FiltersDialog
from kpitui.tui.widgets.prompt import Question, WordSuggester
from kpitui.views.describe import chips
from kpitui.views.expression import completion, condition
from kpitui.views.search import searchable
from kpitui.views.spec import ViewSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpitui.tui.browse import Browse

_SEARCH_ALL = Both(
    "検索する語 (全ての文字列の列。Tab でこの列だけ、Enter 決定、Esc やめる)",
    "text to search for (in all text columns; Tab: this column only; Enter keep, Esc leave)",
)
_SEARCH_ONE = Both(
    "検索する語 (列「{column}」だけ。Tab で全ての列)", "text to search for (in {column} only; Tab: all columns)"
)
_NOT_TEXT = Both(
    "「{column}」は文字列の列ではないので、全ての列を探します", "{column} holds no text; all columns are searched"
)
_WHERE = Both(
    "条件式。例 progress < 0.5 AND unit = '件' (→ で補完、Enter 決定、空で外す)",
    "condition, e.g. progress < 0.5 AND unit = '件' (right arrow completes, Enter keeps, empty removes)",
)
_RANGE = Both(
    "「{column}」の範囲。例 10..50、..0、100.. (空で外す)", "range of {column}, e.g. 10..50, ..0, 100.. (empty removes)"
)
_BAD_RANGE = Both("範囲は 10..50 のように書いてください", "write a range as 10..50")
_NOT_A_NUMBER = Both("範囲は数値の列で使えます", "ranges work on columns of numbers")
_NOTE = Both("印の覚え書き (空でもよい)", "a note to the mark (may be empty)")
NO_MARKS = Both("印のある行はありません。{key[mark]} で印を付けます", "no row is marked; {key[mark]} marks one")
_AT_THE_EDGE = Both(
    "この列はもう端にあります (留めた列は留めた列の間で動きます)",
    "this column is at the edge already (pinned ones move among themselves)",
)
_NO_FILTER = Both("絞り込みはありません", "nothing is filtered")
_NO_UNDO = Both("取り消す変更はありません", "nothing to undo")
_NO_REDO = Both("やり直す変更はありません", "nothing to redo")
_UNDONE = Both("取り消し: {what}", "undone: {what}")
_REDONE = Both("やり直し: {what}", "done again: {what}")
_ENDS = re.compile(r"\s*(-?[\d,.]*?)\s*%?\s*(?:\.\.|~|～)\s*(-?[\d,.]*?)\s*%?\s*")
_STEP = 2
"""Cells that a column grows or shrinks by."""


def _spec(browse: Browse) -> ViewSpec:
    """The view that changes are made to."""
    return browse.way.wanted


# Filters


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
        browse.way.shape("only", _spec(browse).only(column.key, values(column, row)))


def but(browse: Browse) -> None:
    """All rows but those with the value under the cursor."""
    row = browse.current
    if row is not None:
        spec, column = _spec(browse), browse.grid.column
        for value in values(column, row):
            spec = spec.but(column.key, value)
        browse.way.shape("but", spec)


def clear(browse: Browse) -> None:
    """Clear every filter and the search."""
    browse.way.shape("clear", _spec(browse).cleared())


def filters(browse: Browse) -> None:
    """List the filters, to take away or turn round."""
    texts = chips(_spec(browse), browse.display_)
    if not texts:
        browse.tell(_NO_FILTER)
        return

    def remove(index: int) -> Sequence[str]:
        browse.way.shape("filters", _spec(browse).without_chip(index))
        return chips(_spec(browse), browse.display_)

    def negate(index: int) -> Sequence[str]:
        browse.way.turn_round(index)
        return chips(_spec(browse), browse.display_)

    browse.app.push_screen(FiltersDialog(texts, remove, negate, browse.lang))


def where(browse: Browse) -> None:
    """Ask for a condition; one that cannot be read is pointed at, and the prompt stays."""
    spec = _spec(browse)
    table = browse.report.frame(spec.table)

    def done(text: str) -> bool:
        try:
            if text.strip():
                condition(text, table)
        except KpituiError as error:
            browse.complain(error)
            return False
        browse.way.shape("where", dataclasses.replace(_spec(browse), where=text.strip()))
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
        browse.way.shape("range", _spec(browse).within(column.key, low, high))
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
    before, spec = browse.remembered(), _spec(browse)
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


# Sorting


def sort(browse: Browse) -> None:
    """Sort by the column under the cursor."""
    browse.way.shape("sort", _spec(browse).sorted_by(browse.grid.column.key))


def also_sort(browse: Browse) -> None:
    """Make the column under the cursor the next sort key."""
    browse.way.shape("also_sort", _spec(browse).also_sorted_by(browse.grid.column.key))


# Columns


def columns(browse: Browse) -> None:
    """Choose which columns show."""
    spec, frame = _spec(browse), browse.report.frame(_spec(browse).table)

    def preview(column: Column) -> str:
        rows = frame.head(3).rows(named=True)
        return " | ".join(browse.display_.glimpse(column, row) for row in rows) or MISSING

    def done(keys: tuple[str, ...] | None) -> None:
        if keys:
            browse.way.shape("columns", dataclasses.replace(spec.settled(browse.report), columns=keys))

    offered = registry(spec.table, several=browse.report.several)
    browse.app.push_screen(ColumnsDialog(offered, spec.shown_in(browse.report), preview, browse.lang), done)


def _sized(by: int) -> Action:
    def size(browse: Browse) -> None:
        column, width = browse.grid.column, browse.grid.width_of_column
        browse.way.shape("wider" if by > 0 else "narrower", _spec(browse).sized(column.key, width + by))

    return size


def fit(browse: Browse) -> None:
    """Make the column as wide as its widest cell; again: as wide as usual."""
    column, spec = browse.grid.column, _spec(browse)
    wide = browse.grid.widest(column)
    browse.way.shape("fit", spec.sized(column.key, None if dict(spec.widths).get(column.key) == wide else wide))


def _seen(browse: Browse) -> ViewSpec:
    """The view with the columns on the grid as its own: a narrow screen may show fewer than the usual ones."""
    spec, keys = _spec(browse).settled(browse.report), {each.key for each in browse.grid.columns}
    return dataclasses.replace(spec, columns=tuple(key for key in spec.shown if key in keys))


def hide(browse: Browse) -> None:
    """Take the column off the table; the cursor stands on the next one then."""
    place = browse.grid.place
    browse.way.shape("hide", _seen(browse).hidden(browse.grid.column.key))
    browse.grid.move(columns=place - browse.grid.place)


def pin(browse: Browse) -> None:
    """Hold the column at the left, or let it go."""
    key, spec = browse.grid.column.key, _spec(browse)
    browse.way.shape("pin", (spec.settled(browse.report) if key == REPORT.key else spec).pinned(key))


def _moved(by: int) -> Action:
    def move(browse: Browse) -> None:
        seen = _seen(browse)
        spec = seen.moved(browse.grid.column.key, by)
        if spec == seen:
            browse.tell(_AT_THE_EDGE)
        else:
            browse.way.shape("column_left" if by < 0 else "column_right", spec)

    return move


# Marks


def mark(browse: Browse) -> None:
    """Mark the row, with a note; a marked row loses its mark."""
    row = browse.current
    if row is None:
        return
    if row["id"] in dict(_spec(browse).marks):
        browse.way.shape("mark", _spec(browse).marked(row["id"], None))
        return

    def done(note: str) -> None:
        browse.way.shape("mark", _spec(browse).marked(row["id"], note.strip()))

    browse.prompt.ask(Question(_NOTE.say(browse.lang), done))


def only_marked(browse: Browse) -> None:
    """Only the marked rows."""
    spec = _spec(browse)
    if not spec.marks:
        browse.tell(NO_MARKS)
        return
    browse.way.shape("only_marked", spec.only("id", tuple(key for key, _ in spec.marks)))


# Undo


def undo(browse: Browse) -> None:
    """Take the last change of the view back and say which it was."""
    browse.way.undo(lambda command: _tell_step(browse, _UNDONE, command, _NO_UNDO))


def redo(browse: Browse) -> None:
    """Do again what was taken back and say what it was."""
    browse.way.redo(lambda command: _tell_step(browse, _REDONE, command, _NO_REDO))


def _tell_step(browse: Browse, words: Both, command: str | None, nothing: Both) -> None:
    """Name the step that was taken, or say that there was none."""
    if command is None:
        browse.tell(nothing)
    else:
        browse.tell(words, what=browse.commands[command].help)


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
    "sort": sort,
    "also_sort": also_sort,
    "columns": columns,
    "wider": _sized(_STEP),
    "narrower": _sized(-_STEP),
    "fit": fit,
    "hide": hide,
    "pin": pin,
    "column_left": _moved(-1),
    "column_right": _moved(1),
    "mark": mark,
    "only_marked": only_marked,
    "undo": undo,
    "redo": redo,
}
