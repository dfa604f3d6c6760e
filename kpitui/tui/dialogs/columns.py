"""Choose which columns show, with a word on each and a look at its values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from kpitui.report.column import Column
from kpitui.text.ambiguous import restored
from kpitui.text.fold import fold
from kpitui.text.wording import Both, Lang
from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.field import Field
from kpitui.tui.widgets.options import Options

_TITLE = Both("表示する列", "columns to show")
_FIND = Both("列を探す", "find a column")
_KEYS = Both(
    "Space 選ぶ   Enter 決定   Tab 検索と一覧   Esc やめる", "Space choose   Enter done   Tab search/list   Esc leave"
)

Preview = Callable[[Column], str]
"""A few values of a column, in words."""


class ColumnsDialog(Paced, ModalScreen[tuple[str, ...] | None]):
    """Returns the keys of the chosen columns, those that showed before in their old order; None if the reader left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("enter", "done", show=False, priority=True),
        Binding("space", "choose", show=False),
    ]

    def __init__(self, columns: Sequence[Column], shown: Sequence[str], preview: Preview, lang: Lang) -> None:
        super().__init__()
        self._columns = {each.key: each for each in columns}
        self._shown = list(shown)
        self._preview = preview
        self._lang = lang

    def compose(self) -> ComposeResult:
        """A search line, the list, and what the highlighted column is."""
        with Vertical(classes="dialog"):
            yield Label(_TITLE.say(self._lang), classes="title", markup=False)
            yield Field(placeholder=_FIND.say(self._lang), compact=True)
            yield Options(*self._options(), markup=False, compact=True)
            yield Label("", id="preview", markup=False)
            yield Label(_KEYS.say(self._lang), classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin in the list; the search line is a Tab away."""
        self.query_one(Options).focus()

    def _options(self, text: str = "") -> list[Option]:
        """The columns whose words hold the text, those that show marked."""
        needle = fold(text)
        found = [each for each in self._columns.values() if needle in fold(self._worded(each))]
        return [Option(Content(f"{self._mark(each.key)} {self._worded(each)}"), id=each.key) for each in found]

    def _mark(self, key: str) -> str:
        return "[x]" if key in self._shown else "[ ]"

    def _worded(self, column: Column) -> str:
        return f"{column.label.say(self._lang)}  {column.key}"

    @on(Input.Changed)
    def find(self, event: Input.Changed) -> None:
        """Only columns whose words hold what is typed."""
        options = self.query_one(Options)
        options.set_options(self._options(restored(event.value)))
        options.highlighted = 0 if options.option_count else None

    def action_choose(self) -> None:
        """Take the highlighted column in or out; one newly chosen goes to the end."""
        options = self.query_one(Options)
        option = options.highlighted_option
        if option is None or option.id is None:
            return
        if option.id in self._shown:
            self._shown.remove(option.id)
        else:
            self._shown.append(option.id)
        options.replace_option_prompt(
            option.id, Content(f"{self._mark(option.id)} {self._worded(self._columns[option.id])}")
        )

    @on(OptionList.OptionHighlighted)
    def tell(self, event: OptionList.OptionHighlighted) -> None:
        """What the highlighted column means, and some of its values."""
        if event.option.id is not None:
            column = self._columns[event.option.id]
            self.query_one("#preview", Label).update(f"{column.help.say(self._lang)}\n{self._preview(column)}")

    def action_done(self) -> None:
        """Leave with the choice; at least one column stays."""
        self.dismiss(tuple(self._shown) or None)
