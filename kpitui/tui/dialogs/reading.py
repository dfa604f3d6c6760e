"""A page of text over the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.page import Build, Page


class ReadingDialog(Paced, ModalScreen[None]):
    """Shows lines until the reader leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss(None)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "ends(False)", show=False),
        Binding("end,G", "ends(True)", show=False),
        Binding("y", "copy", show=False),
    ]

    def __init__(self, build: Build, copy: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._build = build
        self._copy = copy

    def compose(self) -> ComposeResult:
        """One page."""
        yield Page(id="reading")

    def on_mount(self) -> None:
        """Fill the page."""
        page = self.query_one(Page)
        page.show(self._build)
        page.focus()

    def action_copy(self) -> None:
        """Copy what the page is about, where there is something to copy."""
        self._copy()

    def action_move(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(Page).move(lines)

    def action_page(self, direction: int) -> None:
        """Scroll by a screenful."""
        self.query_one(Page).page(direction)

    def action_ends(self, last: bool) -> None:
        """Scroll to the first or last line."""
        self.query_one(Page).ends(last=last)
