"""How the table is laid out: sort order, columns, and marks, which can be undone like every change of the view."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from kpitui.output.display import MISSING
from kpitui.report.column import Column
from kpitui.report.columns import registry
from kpitui.report.declared import REPORT
from kpitui.text.wording import Both
from kpitui.tui.actions.kind import Action
from kpitui.tui.dialogs.columns import ColumnsDialog
from kpitui.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from kpitui.tui.browse import Browse
    from kpitui.views.spec import ViewSpec

_NOTE = Both("印の覚え書き (空でもよい)", "a note to the mark (may be empty)")
NO_MARKS = Both("印のある行はありません。{key[mark]} で印を付けます", "no row is marked; {key[mark]} marks one")
_AT_THE_EDGE = Both(
    "この列はもう端にあります (留めた列は留めた列の間で動きます)",
    "this column is at the edge already (pinned ones move among themselves)",
)
_NO_UNDO = Both("取り消す変更はありません", "nothing to undo")
_NO_REDO = Both("やり直す変更はありません", "nothing to redo")
_UNDONE = Both("取り消し: {what}", "undone: {what}")
_REDONE = Both("やり直し: {what}", "done again: {what}")
_STEP = 2
"""Cells that a column grows or shrinks by."""


# Sorting


def sort(browse: Browse) -> None:
    """Sort by the column under the cursor."""
    browse.way.shape("sort", browse.way.wanted.sorted_by(browse.grid.column.key))


def also_sort(browse: Browse) -> None:
    """Make the column under the cursor the next sort key."""
    browse.way.shape("also_sort", browse.way.wanted.also_sorted_by(browse.grid.column.key))


# Columns


def columns(browse: Browse) -> None:
    """Choose which columns show."""
    spec, frame = browse.way.wanted, browse.report.frame(browse.way.wanted.table)

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
        browse.way.shape("wider" if by > 0 else "narrower", browse.way.wanted.sized(column.key, width + by))

    return size


def fit(browse: Browse) -> None:
    """Make the column as wide as its widest cell; again: as wide as usual."""
    column, spec = browse.grid.column, browse.way.wanted
    wide = browse.grid.widest(column)
    browse.way.shape("fit", spec.sized(column.key, None if dict(spec.widths).get(column.key) == wide else wide))


def _seen(browse: Browse) -> ViewSpec:
    """The view with the columns on the grid as its own: a narrow screen may show fewer than the usual ones."""
    spec, keys = browse.way.wanted.settled(browse.report), {each.key for each in browse.grid.columns}
    return dataclasses.replace(spec, columns=tuple(key for key in spec.shown if key in keys))


def hide(browse: Browse) -> None:
    """Take the column off the table; the cursor stands on the next one then."""
    place = browse.grid.place
    browse.way.shape("hide", _seen(browse).hidden(browse.grid.column.key))
    browse.grid.move(columns=place - browse.grid.place)


def pin(browse: Browse) -> None:
    """Hold the column at the left, or let it go."""
    key, spec = browse.grid.column.key, browse.way.wanted
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
    if row["id"] in dict(browse.way.wanted.marks):
        browse.way.shape("mark", browse.way.wanted.marked(row["id"], None))
        return

    def done(note: str) -> None:
        browse.way.shape("mark", browse.way.wanted.marked(row["id"], note.strip()))

    browse.prompt.ask(Question(_NOTE.say(browse.lang), done))


def only_marked(browse: Browse) -> None:
    """Only the marked rows."""
    spec = browse.way.wanted
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
