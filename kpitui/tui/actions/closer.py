"""Looking closer: the working behind a figure, frequencies, statistics, rating × direction, the clipboard."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import TYPE_CHECKING, Any

from kpitui.output.display import MISSING, number, percent
from kpitui.output.explain import citation, explanation
from kpitui.report.column import Column
from kpitui.report.columns import column
from kpitui.text.cells import fit
from kpitui.text.cells import width as cells
from kpitui.text.wording import Both
from kpitui.tui.actions import going
from kpitui.tui.actions.kind import Action, copy_text, filterable
from kpitui.tui.dialogs.choose import Choice, ChooseDialog
from kpitui.tui.dialogs.reading import ReadingDialog
from kpitui.views.spec import Filter, Scalar, ViewSpec
from kpitui.views.statistics import Frequency, Statistics, frequencies, per_unit, statistics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpitui.report.model import Report, Table
    from kpitui.tui.browse import Browse

_KEYS = Both("Enter その行へ   Esc 閉じる", "Enter the rows behind it   Esc close")
_FREQUENCIES = Both("「{column}」の値と件数", "how often each {column} occurs")
_STATISTICS = Both("「{column}」の分布 (単位ごと)", "how {column} lies, unit by unit")
_MATRIX = Both("評価 × 今後", "rating × next")
_NOT_A_NUMBER = Both(
    "この列は数値ではありません。{key[frequency]} で値の件数",
    "this column holds no numbers; {key[frequency]} counts its values",
)
_FIGURES = (
    Both("件数", "count"),
    Both("なし", "none"),
    Both("最小", "min"),
    Both("中央", "median"),
    Both("平均", "mean"),
    Both("最大", "max"),
)
_JUDGED: dict[Table, str] = {"kpis": "status", "projects": "rating", "audit": "verdict"}
"""What of a record on its page is explained."""
_NAME = 46
"""Cells of a value's name at the most."""


def explain(browse: Browse) -> None:
    """The working behind the number or verdict under the cursor; `y` there copies it as a citation."""
    place, row = browse.reading.place, browse.current
    if row is None or place.page not in ("table", "record"):
        return
    table, display = place.spec.table, browse.display_
    key = browse.grid.column.key if place.page == "table" else _JUDGED[table]
    cite = citation(table, row, display)
    page = ReadingDialog(lambda width: explanation(table, row, key, display, width), lambda: copy_text(browse, cite))
    browse.app.push_screen(page)


def frequency(browse: Browse) -> None:
    """Count the values of this column; Enter opens the rows that have one."""
    report, about, spec = browse.report, filterable(browse.grid.column), browse.reading.place.spec
    browse.look(lambda: frequencies(report, spec, about.key), lambda found: _offer_values(browse, spec, about, found))


def _offer_values(browse: Browse, spec: ViewSpec, about: Column, found: Sequence[Frequency]) -> None:
    names = _told_apart(browse, about, [each.value for each in found])
    choices = _aligned(names, [f"{each.count:,}" for each in found])
    specs = [_one_value(spec, about, each.value) for each in found]
    _offer(browse, _FREQUENCIES.format(column=about.label), choices, specs, names)


def _told_apart(browse: Browse, about: Column, found: Sequence[Scalar]) -> list[str]:
    """The values in words; numbers that would read the same are written out."""
    names = [browse.display_.value(about, each) for each in found]
    twice = {name for name, count in Counter(names).items() if count > 1}
    return [
        f"{value:g}" if name in twice and isinstance(value, float) else name
        for name, value in zip(names, found, strict=True)
    ]


def _one_value(spec: ViewSpec, about: Column, value: object) -> ViewSpec:
    """The view's rows with one value of a column."""
    asked = Filter(about.key, (value,))  # type: ignore[arg-type]
    return dataclasses.replace(spec, filters=(*spec.filters, asked))


def describe(browse: Browse) -> None:
    """How the numbers of this column lie, for each unit by itself; Enter opens the unit's rows."""
    report, about, spec = browse.report, browse.grid.column, browse.reading.place.spec
    if not about.numeric:
        browse.tell(_NOT_A_NUMBER)
        return
    browse.look(lambda: statistics(report, spec, about.key), lambda found: _offer_units(browse, spec, about, found))


def _offer_units(browse: Browse, spec: ViewSpec, about: Column, found: Sequence[Statistics]) -> None:
    by_unit = per_unit(spec.table, about.key)
    shared = browse.display_.unit(about) or browse.display_.value(about, None)
    names = [each.unit or shared for each in found]
    rows = [[number(each.count), number(each.missing), *_figures(each, about)] for each in found]
    head, *notes = _in_columns([[words.say(browse.lang) for words in _FIGURES], *rows])
    choices = _aligned(names, notes)
    specs = [_one_value(spec, column("kpis", "unit"), each.unit) if by_unit else spec for each in found]
    indent = " " * (cells(choices[0][0]) if choices else 0)
    _offer(browse, _STATISTICS.format(column=about.label), choices, specs, names, head=f"{indent}  {head}")


def _figures(found: Statistics, about: Column) -> list[str]:
    return [_figure(value, about) for value in (found.low, found.median, found.mean, found.high)]


def _in_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Figures below each other, right-aligned by cells."""
    widths = [max(map(cells, column_)) for column_ in zip(*rows, strict=True)]
    return ["  ".join(fit(text, wide, "right") for text, wide in zip(row, widths, strict=True)) for row in rows]


def _figure(value: float | None, about: Column) -> str:
    if value is None:
        return MISSING
    return percent(value) if about.kind in ("ratio", "share") else number(round(value, 2))


def matrix(browse: Browse) -> None:
    """Rating × direction, pair by pair; Enter opens the projects of a pair."""
    report = browse.report
    browse.look(lambda: _pairs(report), lambda rows: _offer_pairs(browse, rows))


def _pairs(report: Report) -> list[tuple[Any, ...]]:
    groups = report.projects.group_by("rating", "direction").len("count")
    return groups.sort("rating", "direction", nulls_last=True).rows()


def _offer_pairs(browse: Browse, rows: list[tuple[Any, ...]]) -> None:
    pairs = [
        [
            browse.display_.value(column("projects", key), value)
            for key, value in zip(("rating", "direction"), row, strict=False)
        ]
        for row in rows
    ]
    names = [" × ".join(pair) for pair in pairs]
    choices = _aligned(names, [f"{row[2]:,}" for row in rows])
    specs = [
        ViewSpec("projects", filters=(Filter("rating", (row[0],)), Filter("direction", (row[1],)))) for row in rows
    ]
    _offer(browse, _MATRIX, choices, specs, names)


def _aligned(names: Sequence[str], notes: Sequence[str]) -> list[Choice]:
    """Names of one width, so that what stands beside them is in line."""
    wide = min(max(map(cells, names), default=0), _NAME)
    figures = max(map(cells, notes), default=0)
    return [(fit(name, wide), fit(note, figures, "right")) for name, note in zip(names, notes, strict=True)]


def _offer(
    browse: Browse,
    title: Both,
    choices: Sequence[Choice],
    specs: Sequence[ViewSpec],
    names: Sequence[str],
    head: str = "",
) -> None:
    """Show figures to choose from and go into the rows behind the chosen one."""

    def done(place: int | None) -> None:
        if place is not None:
            going.behind(browse, specs[place], names[place])

    dialog = ChooseDialog(title.say(browse.lang), choices, _KEYS.say(browse.lang), head=head, lines=1)
    browse.app.push_screen(dialog, done)


def copy(browse: Browse) -> None:
    """The cell under the cursor, to the reader's clipboard."""
    row = browse.current
    if row is not None:
        copy_text(browse, browse.display_.exact.cell(browse.grid.column, row))


def copy_row(browse: Browse) -> None:
    """The row under the cursor, with heads, as tab-separated text."""
    row = browse.current
    if row is not None:
        shown = browse.grid.columns
        heads = [each.label.say(browse.lang) for each in shown]
        texts = [browse.display_.exact.cell(each, row) for each in shown]
        copy_text(browse, "\t".join(heads) + "\n" + "\t".join(texts))


def rollup(browse: Browse) -> None:
    """Count projects as successes by the next rule."""
    if browse.reading.place.page == "overview":
        browse.next_rollup()


ACTIONS: dict[str, Action] = {
    "explain": explain,
    "frequency": frequency,
    "describe": describe,
    "matrix": matrix,
    "copy": copy,
    "copy_row": copy_row,
    "rollup": rollup,
}
