"""What each command does. A function takes the browse screen; its name is the command's id."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from kpitui.output.explain import citation, explanation
from kpitui.text.wording import Both
from kpitui.tui import frame
from kpitui.tui.dialogs.choose import ChooseDialog
from kpitui.tui.dialogs.reading import ReadingDialog
from kpitui.tui.dialogs.save import SaveDialog
from kpitui.tui.help import help_lines
from kpitui.views.builtin import BUILTIN
from kpitui.views.describe import chips
from kpitui.views.history import Place, Tab, kpis_of

if TYPE_CHECKING:
    from pathlib import Path

    from kpitui.tui.browse import Browse

_NOTHING_TO_UNDO = Both("取り消す変更はありません", "nothing to undo")
_NOTHING_TO_REDO = Both("やり直す変更はありません", "nothing to redo")
_NO_HIT = Both("一致する語はありません", "no hit on the screen's columns")
_SAVED = Both("保存しました: {path}", "saved: {path}")
_RELOADED = Both("報告書を読み直しました", "the report was read again")
_VIEWS = Both("ビューを開く", "open a view")
_CHOOSE_KEYS = Both("Enter 開く   Esc やめる", "Enter open   Esc leave")
_ROWS = Both("{chips} ({count}行)", "{chips} ({count} rows)")
_ALL = Both("全ての行", "all rows")

Action = Callable[["Browse"], None]


# Moving


def _move(rows: int) -> Action:
    return lambda browse: browse.pane.move(rows)


def left(browse: Browse) -> None:
    """One column left."""
    browse.grid.move(columns=-1)


def right(browse: Browse) -> None:
    """One column right."""
    browse.grid.move(columns=1)


def pane(browse: Browse) -> None:
    """Focus the next pane that shows."""
    browse.focus_next()


def next_hit(browse: Browse) -> None:
    """The next cell with what is searched for."""
    _hit(browse, 1)


def previous_hit(browse: Browse) -> None:
    """The previous cell with what is searched for."""
    _hit(browse, -1)


def _hit(browse: Browse, direction: int) -> None:
    if not browse.reading.place.spec.search:
        search(browse)
    elif not browse.grid.next_hit(direction):
        browse.tell(_NO_HIT)


# Going in and out


def enter(browse: Browse) -> None:
    """Into the row under the cursor: a project's KPIs, a KPI's page, its source lines."""
    if browse.context == "facets":
        browse.facets.toggle()
        return
    place, row = browse.reading.place, browse.current
    if row is None or place.page in ("overview", "source"):
        return
    if place.page == "record":
        label = frame.source_label(browse.lang)
        browse.go(browse.reading.into(Place(place.spec, "source", row["id"], label=label)))
    elif place.spec.table != "kpis":
        browse.go(browse.reading.into(kpis_of(row["id"], frame.project_label(row, browse.display_))))
    else:
        label = frame.record_label(row, browse.display_)
        browse.go(browse.reading.into(Place(place.spec, "record", row["id"], label=label)))


def out(browse: Browse) -> None:
    """One step out: close the prompt, leave the facets, clear the search, then back along the trail."""
    if browse.prompt.display:
        browse.close_prompt()
    elif browse.context == "facets":
        browse.close_facets()
    elif browse.reading.place.page == "table" and browse.reading.place.spec.search:
        browse.shape("search", dataclasses.replace(browse.reading.place.spec, search=""))
    else:
        browse.go(browse.reading.out())


def _tab(tab: Tab) -> Action:
    return lambda browse: browse.go(browse.reading.at(tab))


# Shaping the view


def facets(browse: Browse) -> None:
    """Open the facets, or close them."""
    if browse.context == "facets":
        browse.close_facets()
    elif browse.reading.place.page == "table":
        browse.open_facets()


def toggle(browse: Browse) -> None:
    """Take the facet's value under the highlight in or out."""
    if browse.context == "facets":
        browse.facets.toggle()


def search(browse: Browse) -> None:
    """Ask for the text to search for."""
    browse.open_prompt()


def sort(browse: Browse) -> None:
    """Sort by the column under the cursor."""
    browse.shape("sort", browse.reading.place.spec.sorted_by(browse.grid.column.key))


def also_sort(browse: Browse) -> None:
    """Make the column under the cursor the next sort key."""
    browse.shape("also_sort", browse.reading.place.spec.also_sorted_by(browse.grid.column.key))


def only(browse: Browse) -> None:
    """Only rows with the value under the cursor."""
    row = browse.current
    if row is not None:
        key = browse.grid.column.key
        browse.shape("only", browse.reading.place.spec.only(key, (row[key],)))


def but(browse: Browse) -> None:
    """All rows but those with the value under the cursor."""
    row = browse.current
    if row is not None:
        key = browse.grid.column.key
        browse.shape("but", browse.reading.place.spec.but(key, row[key]))


def clear(browse: Browse) -> None:
    """Clear every filter and the search."""
    browse.shape("clear", browse.reading.place.spec.cleared())


def undo(browse: Browse) -> None:
    """Take the last change of the view back."""
    if not browse.step_back():
        browse.tell(_NOTHING_TO_UNDO)


def redo(browse: Browse) -> None:
    """Do again what was taken back."""
    if not browse.step_forward():
        browse.tell(_NOTHING_TO_REDO)


# Looking closer


def explain(browse: Browse) -> None:
    """The working behind the number or verdict under the cursor; `y` there copies it as a citation."""
    place, row = browse.reading.place, browse.current
    if row is None or place.page not in ("table", "record"):
        return
    key = browse.grid.column.key if place.page == "table" else "status"
    table, display = place.spec.table, browse.display_
    cite = citation(table, row, display)
    browse.app.push_screen(
        ReadingDialog(lambda width: explanation(table, row, key, display, width), lambda: browse.copy_text(cite))
    )


def copy(browse: Browse) -> None:
    """The cell under the cursor, to the reader's clipboard."""
    row = browse.current
    if row is not None:
        browse.copy_text(browse.display_.cell(browse.grid.column, row))


def copy_row(browse: Browse) -> None:
    """The row under the cursor, with heads, as tab-separated text."""
    row = browse.current
    if row is not None:
        shown = browse.grid.columns
        heads = [each.label.say(browse.lang) for each in shown]
        cells = [browse.display_.cell(each, row) for each in shown]
        browse.copy_text("\t".join(heads) + "\n" + "\t".join(cells))


def rollup(browse: Browse) -> None:
    """Count projects as successes by the next rule."""
    if browse.reading.place.page == "overview":
        browse.next_rollup()


# Files


def save(browse: Browse) -> None:
    """Ask for a name and write the view."""

    def done(path: Path | None) -> None:
        if path is not None:
            browse.tell(_SAVED, path=path)

    if browse.reading.place.page == "table":
        dialog = SaveDialog(browse.save_view, summary(browse), browse.note, browse.lang)
        browse.app.push_screen(dialog, done)


def summary(browse: Browse) -> str:
    """What is about to be saved, in words."""
    told = " / ".join(chips(browse.reading.place.spec, browse.display_)) or _ALL.say(browse.lang)
    return _ROWS.say(browse.lang).format(chips=told, count=len(browse.rowset))


def open_(browse: Browse) -> None:
    """Choose a view to open; the built-in ones stand first."""
    notes = {view.name: view.note.say(browse.lang) for view in BUILTIN}
    saved = [name for name in browse.store.names() if name not in notes]
    choices = [*notes.items(), *((name, "") for name in saved)]
    dialog = ChooseDialog(_VIEWS.say(browse.lang), choices, _CHOOSE_KEYS.say(browse.lang))
    browse.app.push_screen(dialog, lambda name: browse.open_view(name) if name else None)


def reload(browse: Browse) -> None:
    """Read the report again and keep the view."""
    if browse.reload():
        browse.tell(_RELOADED)


def help_(browse: Browse) -> None:
    """The help page for where the reader is."""
    context, table, lang = browse.context, browse.reading.place.spec.table, browse.lang
    browse.app.push_screen(ReadingDialog(lambda width: help_lines(context, table, lang, width)))


def palette(browse: Browse) -> None:
    """Find a command by name."""
    browse.app.action_command_palette()


def quit_(browse: Browse) -> None:
    """Leave kpitui."""
    browse.app.exit(0)


ACTIONS: dict[str, Action] = {
    "down": _move(1),
    "up": _move(-1),
    "left": left,
    "right": right,
    "page_down": lambda browse: browse.pane.page(1),
    "page_up": lambda browse: browse.pane.page(-1),
    "first": lambda browse: browse.pane.ends(last=False),
    "last": lambda browse: browse.pane.ends(last=True),
    "enter": enter,
    "out": out,
    "pane": pane,
    "overview": _tab("overview"),
    "projects": _tab("projects"),
    "kpis": _tab("kpis"),
    "audit": _tab("audit"),
    "explain": explain,
    "copy": copy,
    "copy_row": copy_row,
    "rollup": rollup,
    "facets": facets,
    "toggle": toggle,
    "search": search,
    "next_hit": next_hit,
    "previous_hit": previous_hit,
    "sort": sort,
    "also_sort": also_sort,
    "only": only,
    "but": but,
    "clear": clear,
    "undo": undo,
    "redo": redo,
    "save": save,
    "open": open_,
    "reload": reload,
    "help": help_,
    "palette": palette,
    "quit": quit_,
}
"""What is done for each command's id."""
