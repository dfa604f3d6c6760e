"""Ask in which format, into which file and with which columns the rows of a view are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Label

from kpitui.atomic import ExistsError
from kpitui.errors import KpituiError
from kpitui.output.names import BINARY, DELIMITED, FILES, WORDED, Style
from kpitui.text.wording import Both, Lang
from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.chooser import Chooser
from kpitui.tui.widgets.field import Field
from kpitui.tui.writing import WRITING, Writer


@dataclass(frozen=True)
class Choice:
    """What the reader asks for; texts that a spreadsheet would run are always made safe."""

    form: str
    name: str
    all_columns: bool
    words: bool
    bom: bool

    @property
    def style(self) -> Style:
        """How the rows are to be written."""
        delimited = self.form in DELIMITED
        return Style(bom=self.bom and delimited, safe=delimited, words=self.words and self.form in WORDED)


Write = Callable[[Choice, bool, Callable[[], None]], tuple[Path, ...]]
"""Writes what was chosen, replacing what is there if the flag is true; returns the files.

Calls the last word before it writes, and writes nothing if that raises.
"""

_TITLE = Both("ファイルに書き出す", "export to a file")
_FOR_GUESTS = Both("終了後にこの端末に表示する", "show in this terminal after leaving")
_FORMAT = Both("形式", "format")
_FORMS = {
    "csv": Both("csv: カンマ区切り", "csv: commas"),
    "xlsx": Both("xlsx: Excel", "xlsx: Excel"),
    "md": Both("md: Markdownの表", "md: a Markdown table"),
    "tsv": Both("tsv: タブ区切り", "tsv: tabs"),
    "json": Both("json: 一つのリスト", "json: one list"),
    "ndjson": Both("ndjson: 一行一件", "ndjson: an object a line"),
    "toml": Both("toml", "toml"),
    "parquet": Both("parquet: 型付きの列", "parquet: typed columns"),
}
_COLUMNS = Both("列", "columns")
_SHOWN = Both("表示中の{count}列", "the {count} shown")
_ALL = Both("全{count}列", "all {count}")
_HEADS = Both("見出し・値", "in")
_WORDS = Both("画面の言葉", "words, as on screen")
_KEYS_AND_CODES = Both("英語のキーと符号", "keys and codes, for programs")
_BOM = Both("BOM", "BOM")
_WITH_BOM = Both("付ける (Excelで開くため)", "yes, to open it in Excel")
_WITHOUT_BOM = Both("付けない", "no")
_NAME = Both("ファイル", "file")
_KEYS = Both(
    "Enter 書き出す   Tab 次の欄   Left Right 選ぶ   Esc やめる",
    "Enter export   Tab next   Left Right choose   Esc leave",
)
_AGAIN = Both(
    "{name} は既にあります。もう一度 Enter で置き換え、名前を変えれば別に書き出す",
    "{name} exists. Enter again replaces it; another name keeps both",
)


class ExportDialog(Paced, ModalScreen[tuple[Path, ...] | None]):
    """Returns the files that were written, or None if the reader left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "export", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
    ]

    def __init__(
        self,
        write: Write,
        stem: str,
        summary: str,
        columns: tuple[int, int],
        lang: Lang,
        *,
        guest: bool = False,
        threaded: bool = False,
    ) -> None:
        """`stem` is the file's name without its ending, `columns` how many are shown and how many there are.

        A `guest` is offered what a terminal can show, and names no file. Of many rows the file is written by a thread.
        """
        super().__init__()
        self._guest = guest
        self._forms = tuple(form for form in FILES if not guest or form not in BINARY)
        self._write = write
        self._writer = Writer(self, threaded=threaded)
        self._stem = stem
        self._summary = summary
        self._columns = columns
        self._lang = lang
        self._form = self._forms[0]
        self._warned_of = ""

    def compose(self) -> ComposeResult:
        """What will be written, the choices, the file's name, and a line for what went wrong."""
        shown, every = self._columns
        with Vertical(classes="dialog"):
            yield Label((_FOR_GUESTS if self._guest else _TITLE).say(self._lang), classes="title", markup=False)
            yield Label(self._summary, markup=False)
            yield self._chooser("form", _FORMAT, *(_FORMS[form] for form in self._forms))
            yield self._chooser("columns", _COLUMNS, _SHOWN.format(count=shown), _ALL.format(count=every))
            yield self._chooser("words", _HEADS, _WORDS, _KEYS_AND_CODES)
            yield self._chooser("bom", _BOM, _WITH_BOM, _WITHOUT_BOM)
            yield Label(_NAME.say(self._lang), classes="field named", markup=False)
            yield Field(f"{self._stem}.{self._form}", id="name", compact=True)
            yield Label("", id="problem", markup=False)
            yield Label(_KEYS.say(self._lang), classes="keys", markup=False)

    def on_mount(self) -> None:
        """A guest has neither files to name nor a spreadsheet to mark them for."""
        for each in self.query("#name, .named, #bom").results(Widget):
            each.display = not self._guest

    def _chooser(self, id_: str, label: Both, *choices: Both) -> Chooser:
        return Chooser(label.say(self._lang), [each.say(self._lang) for each in choices], id=id_)

    def _place(self, id_: str) -> int:
        return self.query_one(f"#{id_}", Chooser).place

    @property
    def _choice(self) -> Choice:
        return Choice(
            form=self._form,
            name=self.query_one("#name", Field).text.strip(),
            all_columns=self._place("columns") == 1,
            words=self._place("words") == 0,
            bom=self._place("bom") == 0,
        )

    @on(Chooser.Changed, "#form")
    def change_form(self) -> None:
        """Another ending for the file, unless the reader gave it one of their own; only choices the format has."""
        old, self._form = self._form, self._forms[self._place("form")]
        name = self.query_one("#name", Field)
        if name.value.endswith(f".{old}"):
            name.value = name.value.removesuffix(old) + self._form
        self.query_one("#words").display = self._form in WORDED
        self.query_one("#bom").display = self._form in DELIMITED and not self._guest

    @on(Input.Submitted)
    def action_export(self) -> None:
        """Write and leave, or say why not and stay."""
        choice = self._choice
        if self._writer.busy:
            return
        replace = choice.name == self._warned_of
        if not self._writer.write(
            lambda ready: self._write(choice, replace, ready),
            self.dismiss,
            lambda error: self._refused(choice, error),
        ):
            self._tell(WRITING)

    def _refused(self, choice: Choice, error: KpituiError) -> None:
        if isinstance(error, ExistsError):
            self._warned_of = choice.name
            self._tell(_AGAIN.format(name=error.path.name))
        else:
            self._tell(error.sentence)

    def action_leave(self) -> None:
        """Leave, and nothing is written; what is already being written is written to its end first."""
        if self._writer.leave():
            self.dismiss(None)

    def _tell(self, problem: Both) -> None:
        told = self.query_one("#name", Field).laid_out(problem.say(self._lang))
        self.query_one("#problem", Label).update(told)
