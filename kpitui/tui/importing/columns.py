"""The list of a document's columns, each table's under its head."""

from __future__ import annotations

from textual.content import Content
from textual.widgets.option_list import Option

from kpitui.sources.general.trial import Trial
from kpitui.tui.importing import lines
from kpitui.tui.importing.lines import Item, Plain
from kpitui.tui.widgets.options import Options


class Columns(Options):
    """The columns with what each is taken for, as they are read in a trial."""

    def __init__(self, plain: Plain) -> None:
        super().__init__(id="columns", markup=False, compact=True)
        self._plain = plain
        self._items: list[Item] = []

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        place = self.highlighted
        return self._items[place] if place is not None and place < len(self._items) else None

    def show(self, trial: Trial, width: int) -> None:
        """List a trial's columns on lines of so many cells; the cursor stays as near as it can, first on a column."""
        place = self.highlighted or 0
        self._items = lines.items(trial)
        self._list(trial, width)
        if self._items:
            self.highlighted = min(place or 1, len(self._items) - 1)

    def widen(self, trial: Trial, width: int) -> None:
        """List the same columns on lines of another width."""
        place = self.highlighted
        self._list(trial, width)
        self.highlighted = place

    def _list(self, trial: Trial, width: int) -> None:
        with self.prevent(self.OptionHighlighted):
            self.set_options([self._option(each, trial, width) for each in self._items])

    def _option(self, item: Item, trial: Trial, width: int) -> Option:
        text = lines.item_text(item, trial, self._plain, width)
        return Option(Content(text) if item.column else Content.assemble((text, "bold $secondary")))
