"""What a person says about a document before it is understood: on the command line, or in a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MapColumn:
    """A column of a map: found again by its head, and by its place where that fails; what it is said to hold.

    `role` is the name of a role, or "" to leave it to the program.
    """

    head: str
    place: int
    role: str = ""
    unit: str | None = None
    year: int | None = None
    aim: str | None = None
    slot: int | None = None


@dataclass(frozen=True)
class MapTable:
    """A table of a map by the name of its sheet; `head` are the lines of its head rows, where a person says them."""

    name: str = ""
    head: tuple[int, ...] = ()
    columns: tuple[MapColumn, ...] = ()


@dataclass(frozen=True)
class Options:
    """What was said about a document; None or empty is "find out".

    `year` is the fiscal year to read, `cost_unit` the unit of money where the document names none, `ratings` the
    ratings from best to worst, `encoding` that of a text whose own is not told.
    """

    year: int | None = None
    sheet: str | None = None
    transpose: bool = False
    title: str | None = None
    publisher: str | None = None
    report_id: str | None = None
    cost_unit: str | None = None
    ratings: Sequence[str] = ()
    tables: tuple[MapTable, ...] = ()
    encoding: str | None = None

    def table(self, number: int, name: str) -> MapTable | None:
        """What is said of a table: by the name of its sheet where sheets are named, else by its number from 0."""
        same = [each for each in self.tables if each.name == name]
        before = sum(1 for each in self.tables[:number] if each.name == name)
        if name and same:
            return same[min(before, len(same) - 1)]
        return self.tables[number] if number < len(self.tables) else None
