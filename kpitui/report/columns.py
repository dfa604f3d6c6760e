"""The one registry of columns: whatever shows, sorts, filters, saves or explains a column asks here."""

from __future__ import annotations

from kpitui.report.column import Column
from kpitui.report.declared import AUDIT, DEFAULTS, KPIS, PROJECTS, REPORT, SPARSE
from kpitui.report.model import Report, Table


def registry(table: Table, *, several: bool = False) -> tuple[Column, ...]:
    """All columns of a table, in the order machine formats write them; `several` reports are told apart first.

    The column of one report alone is left out, though frames have it and `column` knows it.
    """
    found = {"projects": PROJECTS, "kpis": KPIS, "audit": AUDIT}[table]
    return (REPORT, *found) if several else found


def usual(table: Table, *, several: bool = False) -> tuple[str, ...]:
    """The keys of the columns that a table opens with."""
    return (REPORT.key, *DEFAULTS[table]) if several else DEFAULTS[table]


def written(report: Report, table: Table) -> tuple[Column, ...]:
    """The columns that machine formats write of a report: all but those that no row of it fills."""
    frame = report.frame(table)
    blank = {key for key in SPARSE if key in frame.columns and not (frame[key].fill_null("") != "").any()}
    return tuple(each for each in registry(table, several=report.several) if each.key not in blank)


def column(table: Table, key: str) -> Column:
    """The column of that key; KeyError if the table has none."""
    return {each.key: each for each in registry(table, several=True)}[key]


def facets(table: Table, *, several: bool = False) -> tuple[Column, ...]:
    """The columns always offered as filters with counts, what is asked first standing first."""
    order = ("report", "verdict", "status", "rating", "direction", "change", "grant", "unit", "notes")
    found = {each.key: each for each in registry(table, several=several) if each.facet}
    return tuple(found[key] for key in order if key in found)
