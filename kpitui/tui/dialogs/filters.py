"""The filters of the view, one to a line: taken away or turned round, by number or at the highlight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label

from kpitui.text.wording import Both, Lang
from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.options import Options

_TITLE = Both("絞り込みの条件", "filters")
_KEYS = Both(
    "1-9 または x 外す   ! 逆にする (n 番号 でも)   Esc 閉じる",
    "1-9 or x take away   ! or n and a number turn round   Esc close",
)
_WHICH = Both("逆にする番号 1-9   n やめる", "number of the one to turn round: 1-9   n leave")

Change = Callable[[int], Sequence[str]]
"""Changes the filter of a place (0 = first) and returns the filters left, in words."""


class FiltersDialog(Paced, ModalScreen[None]):
    """Changes take effect at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,C", "dismiss(None)", show=False),
        Binding("x,delete,backspace,enter", "remove", show=False),
        Binding("exclamation_mark,space", "negate", show=False),
        Binding("n", "by_number", show=False),
        *(Binding(str(number), f"number({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, texts: Sequence[str], remove: Change, negate: Change, lang: Lang) -> None:
        super().__init__()
        self._texts = texts
        self._remove = remove
        self._negate = negate
        self._lang = lang
        self._turning = False

    def compose(self) -> ComposeResult:
        """A numbered line for each filter."""
        with Vertical(classes="dialog"):
            yield Label(_TITLE.say(self._lang), classes="title", markup=False)
            yield Options(*self._lines(), markup=False, compact=True)
            yield Label(_KEYS.say(self._lang), classes="keys", markup=False)

    def _lines(self) -> list[Content]:
        return [Content(f"{number} {text}") for number, text in enumerate(self._texts, 1)]

    def action_remove(self) -> None:
        """Take the highlighted filter away."""
        self._at_highlight(self._remove)

    def action_negate(self) -> None:
        """Turn the highlighted filter round."""
        self._at_highlight(self._negate)

    def action_by_number(self) -> None:
        """Let the next number turn its filter round instead of taking it away; again: not."""
        self._turning = not self._turning
        self.query_one(".keys", Label).update((_WHICH if self._turning else _KEYS).say(self._lang))

    def action_number(self, number: int) -> None:
        """Take the filter of that number away, or turn it round if that was asked for."""
        change = self._negate if self._turning else self._remove
        if self._turning:
            self.action_by_number()
        if number <= len(self._texts):
            self._change(change, number - 1)

    def _at_highlight(self, change: Change) -> None:
        highlighted = self.query_one(Options).highlighted
        if highlighted is not None:
            self._change(change, highlighted)

    def _change(self, change: Change, index: int) -> None:
        """Make the change and show what is left; with nothing left, leave."""
        self._texts = change(index)
        options = self.query_one(Options)
        options.set_options(self._lines())
        options.highlighted = min(index, len(self._texts) - 1) if self._texts else None
        if not self._texts:
            self.dismiss(None)
