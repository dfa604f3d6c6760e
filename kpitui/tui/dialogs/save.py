"""Ask under which name a view is saved, and why it exists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from kpitui.errors import KpituiError
from kpitui.text.cells import one_line, safe
from kpitui.text.wording import Both, Lang
from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.field import Field
from kpitui.tui.writing import WRITING, Writer
from kpitui.views.store import NameTakenError

Save = Callable[[str, str, bool, Callable[[], None]], Path]
"""Saves under a name with a note, replacing if the flag is true; calls the last word before it writes."""

_TITLE = Both("ビューを保存", "save this view")
_NAME = Both("名前", "name")
_NOTE = Both("このビューの目的 (任意)", "what this view is for (optional)")
_KEYS = Both("Enter 保存   Tab 次の欄   Esc やめる", "Enter save   Tab next field   Esc leave")
_AGAIN = Both(
    "同じ名前の別のビューがあります。もう一度 Enter で置き換え、名前を変えれば別に保存",
    "a different view has this name. Enter again replaces it; another name keeps both",
)


class SaveDialog(Paced, ModalScreen[Path | None]):
    """Returns the path of the saved file, or None if the reader left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(
        self, save: Save, summary: str, note: Callable[[str], str], lang: Lang, *, threaded: bool = False
    ) -> None:
        """`note` tells the note to begin with under a name, which is "" until one is typed."""
        super().__init__()
        self._writer = Writer(self, threaded=threaded)
        self._save = save
        self._summary = summary
        self._note = note
        self._lang = lang
        self._warned_of = ""
        self._named = ""

    def compose(self) -> ComposeResult:
        """Two fields, what will be saved, and a line for what went wrong."""
        with Vertical(classes="dialog"):
            yield Label(_TITLE.say(self._lang), classes="title", markup=False)
            yield Label(self._summary, markup=False)
            yield Label(_NAME.say(self._lang), classes="field", markup=False)
            yield Field(id="name", compact=True)
            yield Label(_NOTE.say(self._lang), classes="field", markup=False)
            yield Field(self._begun_with(""), id="note", compact=True)
            yield Label("", id="problem", markup=False)
            yield Label(_KEYS.say(self._lang), classes="keys", markup=False)

    def _begun_with(self, name: str) -> str:
        return one_line(safe(self._note(name)))

    @on(Input.Changed, "#name")
    def offer_note(self) -> None:
        """Another name may have another note to begin with; what the reader has typed stays."""
        name, note = self.query_one("#name", Field).text.strip(), self.query_one("#note", Field)
        if note.value == note.laid_out(self._begun_with(self._named)):
            note.value = note.laid_out(self._begun_with(name))
        self._named = name

    @on(Input.Submitted)
    def save(self) -> None:
        """Save and leave, or say why not and stay."""
        name = self.query_one("#name", Field).text.strip()
        note = self.query_one("#note", Field).text.strip()
        replace = name == self._warned_of
        if self._writer.busy:
            return
        if not self._writer.write(
            lambda ready: self._save(name, note, replace, ready),
            self.dismiss,
            lambda error: self._refused(name, error),
        ):
            self._tell(WRITING.say(self._lang))

    def _refused(self, name: str, error: KpituiError) -> None:
        if isinstance(error, NameTakenError):
            self._warned_of = name
            self._tell(_AGAIN.say(self._lang))
        else:
            self._tell(error.say(self._lang))

    def action_leave(self) -> None:
        """Leave, and nothing is saved; what is already being written is written to its end first."""
        if self._writer.leave():
            self.dismiss(None)

    def _tell(self, problem: str) -> None:
        self.query_one("#problem", Label).update(self.query_one("#name", Field).laid_out(problem))
