"""What each command of the import screen does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpitui.atomic import ExistsError
from kpitui.errors import KpituiError
from kpitui.report.folder import FILES
from kpitui.sources.general import dates
from kpitui.sources.general.options import MapColumn, Options
from kpitui.sources.general.roles import Role
from kpitui.sources.general.trial import assigned, headed, same_layout, save_map
from kpitui.sources.raw.encodings import STATED, check_encoding
from kpitui.text.cells import fit
from kpitui.text.prose import Line, line, paragraph
from kpitui.text.wording import Both
from kpitui.tui.dialogs.choose import ChooseDialog
from kpitui.tui.dialogs.reading import ReadingDialog
from kpitui.tui.keys import printed
from kpitui.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from kpitui.tui.importing.screen import Importing

Action = Callable[["Importing"], None]

_KEYS = Both("Enter 決定   Esc やめる", "Enter choose   Esc leave")
_ROLE = Both("「{head}」は何の列ですか", "what does {head} hold?")
_NOW = Both("(今の読み方)", "(as it is now read)")
_NO_COLUMN = Both("列を選んでから", "choose a column first")
_OTHER_COLUMNS = Both("読み直すと列が変わります。読み終わってから", "its columns are being read again: wait for them")
_NOT_YET = Both("読み直してから。Esc で中止", "not before it has been read again; Esc stops")
_YEARS = Both("読む年度", "the fiscal year to read")
_LATEST = Both("実績のある最新の年度", "the latest with actuals")
_ONE_YEAR = Both("年度の並ぶ表ではありません", "no fiscal years stand side by side")
_SHEETS = Both("読むシート", "the sheet to read")
_ALL = Both("全て", "all")
_ONE_SHEET = Both("シートは一つです", "there is only one sheet")
_ENCODINGS = Both("文字コード", "the encoding of the text")
_GUESS = Both("推定", "told by its bytes")
_NO_TEXT = Both("テキストではないので、文字コードはありません", "it is no text, so it has no encoding")
_OPEN = Both("報告書を開く", "open the report")
_ONLY_OPEN = Both("開く (保存しない)", "open it, keep nothing")
_AND_KEEP = Both("フォルダに保存して開く", "save it to a folder and open that")
_AND_KEEP_NOTE = Both(
    "対応表も入るので、来年のファイルは kpitui import --map で読める",
    "with the map, so that next year's file is read by kpitui import --map",
)
_FOLDER = Both("保存するフォルダ", "the folder to save to")
_THERE = Both(
    "{path} には報告書があります。もう一度 Enter で置き換えます", "{path} holds a report: Enter again replaces it"
)
_MAP = Both("対応表のファイル", "the file for the map")
_AGAIN = Both("{path} は既にあります。もう一度 Enter で置き換えます", "{path} exists: Enter again replaces it")
_SAVED = Both("保存しました: {path}", "saved: {path}")
_YEAR_OF = Both("この列の年度 (例 R4、2022)", "the fiscal year of this column, such as R4 or 2022")
_NO_YEAR = Both("{text!r} は年度として読めません", "{text!r} is no year")
_UNIT_OF = Both("この列の単位", "the unit of this column")
_MONEY_OF = Both("金額の単位 (例 千円、百万円、£m)", "the unit of money, such as 千円 or £m")
_HEAD_LINES = Both("見出しの行番号 (例 3 または 3,4)", "the lines of the head, such as 3 or 3,4")
_NO_LINES = Both("行番号は 3 または 3,4 のように書きます", "lines are written as 3 or 3,4")
_HELP = Both("この画面のキー", "the keys of this screen")
_MARKS = Both("?  確かでない列。Enter で役割を選び直せます", "?  an uncertain column: Enter says what it holds")
_LEAVE = Both(
    "もう一度 Esc で離れます。選び直したことは失われます", "Esc again leaves, and what you said of the columns is lost"
)
_KEYS_WIDTH = 18
_ROLES = tuple(Role)


def _ask(screen: Importing, title: Both, choices: Sequence[tuple[Both, Both]], done: Callable[[int], None]) -> None:
    """Let the reader choose one of several; leaving changes nothing."""
    told = [(screen.display_.say(name), screen.display_.say(note)) for name, note in choices]

    def answered(place: int | None) -> None:
        if place is not None:
            _try(screen, lambda: done(place))

    screen.app.push_screen(ChooseDialog(screen.display_.say(title), told, _KEYS.say(screen.lang), lines=1), answered)


def _try(screen: Importing, step: Callable[[], object]) -> bool:
    """Do something, and say what went wrong; whether nothing did."""
    try:
        step()
    except KpituiError as error:
        screen.complain(error)
        return False
    return True


def _plainly(texts: Sequence[str]) -> list[tuple[Both, Both]]:
    return [(Both(text, text), Both("", "")) for text in texts]


def role(screen: Importing) -> None:
    """Say what the column under the cursor holds."""
    item = screen.item
    if not _has_column(screen) or item is None or item.column is None:
        return
    table, column = item.table, item.column

    def done(place: int) -> None:
        said = MapColumn(column.head, column.place, _ROLES[place].value)
        screen.change(assigned(screen.asked, table, column, said))

    choices = [(each.words, _NOW if each is column.role else Both(each.value, "")) for each in _ROLES]
    _ask(screen, _ROLE.format(head=screen.display_.short(column.head) or "-"), choices, done)


def _has_column(screen: Importing) -> bool:
    """Whether the cursor is on a column of which something can be said; if not, why is told."""
    if screen.item is None or screen.item.column is None or screen.shown != "columns":
        screen.tell(_NO_COLUMN)
        return False
    if not same_layout(screen.asked.options, screen.trial.options):
        screen.tell(_OTHER_COLUMNS)
        return False
    return True


def year(screen: Importing) -> None:
    """Choose the year to read, where several stand side by side."""
    found = screen.trial.found
    there = found.choice.years if found else ()
    if len(there) < 2:
        screen.tell(_ONE_YEAR)
        return
    wanted = [None, *reversed(there)]
    choices = [(_LATEST, Both("", "")), *_plainly([str(each) for each in wanted[1:]])]
    _ask(screen, _YEARS, choices, lambda place: _say(screen, year=wanted[place]))


def _say(screen: Importing, **said: object) -> None:
    screen.change(replace(screen.asked.options, **said))  # type: ignore[arg-type]


def sheet(screen: Importing) -> None:
    """Choose the sheet to read."""
    names = screen.trial.sheets
    if len(names) < 2:
        screen.tell(_ONE_SHEET)
        return
    choices = [(_ALL, Both("", "")), *_plainly(names)]
    # What was said of columns belongs to tables by their number, and that changes with the sheets.
    _ask(screen, _SHEETS, choices, lambda place: _say(screen, sheet=names[place - 1] if place else None, tables=()))


def transpose(screen: Importing) -> None:
    """Swap rows and columns, or back."""
    _say(screen, transpose=not screen.asked.options.transpose, tables=())


def encoding(screen: Importing) -> None:
    """Choose the encoding of a text."""
    if not screen.trial.is_text:
        screen.tell(_NO_TEXT)
        return
    choices = [(_GUESS, Both("", "")), *_plainly(STATED)]
    _ask(screen, _ENCODINGS, choices, lambda place: _encode(screen, STATED[place - 1] if place else None))


def _encode(screen: Importing, name: str | None) -> None:
    if name:
        check_encoding(name, str(screen.trial.path))
    _say(screen, encoding=name)


def as_table(screen: Importing) -> None:
    """Read a known form as any table."""
    screen.change(Options())


def column_year(screen: Importing) -> None:
    """Say of which year the column under the cursor is."""

    def done(text: str) -> bool:
        found = dates.whole(text.strip())
        if found is None:
            raise KpituiError(_NO_YEAR.format(text=text))
        return _of_column(screen, year=found.year)

    _prompt_of_column(screen, _YEAR_OF, done)


def column_unit(screen: Importing) -> None:
    """Say in which unit the column under the cursor is."""
    _prompt_of_column(screen, _UNIT_OF, lambda text: _of_column(screen, unit=text.strip()))


def _prompt_of_column(screen: Importing, hint: Both, done: Callable[[str], bool]) -> None:
    if _has_column(screen):
        _prompt(screen, hint, done)


def _of_column(screen: Importing, *, year: int | None = None, unit: str | None = None) -> bool:
    item = screen.item
    if item and item.column:
        table, column = item.table, item.column
        said = MapColumn(column.head, column.place, year=year, unit=unit)
        screen.change(assigned(screen.asked, table, column, said))
    return True


def _prompt(screen: Importing, hint: Both, done: Callable[[str], bool], value: str = "") -> None:
    """Ask for a text; the prompt stays open where it is not understood."""

    def answered(text: str) -> bool:
        try:
            return done(text) if text.strip() else True
        except KpituiError as error:
            screen.complain(error)
            return False

    screen.prompt.ask(Question(hint.say(screen.lang), answered, value))
    if value:
        screen.tell(hint)  # the hint in the line itself is covered by the value


def money(screen: Importing) -> None:
    """Say in which unit money is given."""

    def done(text: str) -> bool:
        _say(screen, cost_unit=text.strip())
        return True

    _prompt(screen, _MONEY_OF, done, screen.asked.options.cost_unit or "")


def head(screen: Importing) -> None:
    """Say on which lines the head of the table under the cursor stands."""

    def done(text: str) -> bool:
        try:
            lines = [int(part) for part in text.replace("、", ",").split(",")]
        except ValueError:
            raise KpituiError(_NO_LINES) from None
        item = screen.item
        table = item.table if item else None
        screen.change(headed(screen.asked, table, lines))
        return True

    _prompt(screen, _HEAD_LINES, done)


def _is_read_again(screen: Importing) -> bool:
    """Whether what is shown is about to be replaced, so that it is too soon to go on with it; that is told."""
    if screen.waits:
        screen.tell(_NOT_YET)
    return screen.waits


def save_the_map(screen: Importing) -> None:
    """Write the map of the columns; a file that exists is only replaced when that was said twice."""
    warned: list[str] = []

    def done(text: str) -> bool:
        path = Path(text.strip()).expanduser()
        if _is_read_again(screen):
            return False
        try:
            save_map(screen.trial, path, replace=text in warned)
        except ExistsError:
            warned.append(text)
            screen.tell(_AGAIN, path=path)
            return False
        screen.notify(screen.display_.say(_SAVED.format(path=path)), markup=False, timeout=10)
        return True

    _prompt(screen, _MAP, done, "map.toml")


def go(screen: Importing) -> None:
    """Open the report, kept or not."""
    if _is_read_again(screen):
        return
    if screen.trial.refused:
        screen.shown = "account"
        screen.complain(screen.trial.refused)
        return
    choices = [(_ONLY_OPEN, Both("", "")), (_AND_KEEP, _AND_KEEP_NOTE)]
    _ask(screen, _OPEN, choices, lambda place: _keep(screen) if place else screen.open(""))


def _keep(screen: Importing) -> None:
    warned: list[str] = []

    def done(text: str) -> bool:
        path = Path(text.strip()).expanduser()
        if text not in warned and any((path / name).exists() for name in FILES):
            warned.append(text)
            screen.tell(_THERE, path=path)
            return False
        screen.open(str(path))
        return True

    _prompt(screen, _FOLDER, done, screen.trial.path.stem)


def help_(screen: Importing) -> None:
    """The keys of this screen."""
    screen.app.push_screen(ReadingDialog(lambda width: _help(screen, width)))


def _help(screen: Importing, width: int) -> list[Line]:
    rows = [line(_HELP.say(screen.lang))]
    for each in screen.commands.values():
        keys = fit(", ".join(map(printed, each.keys)), _KEYS_WIDTH)
        rows += paragraph(screen.display_.plain(each.help.say(screen.lang)), width, "", keys)
    return [*rows, (), *paragraph(_MARKS.say(screen.lang), width)]


def out(screen: Importing) -> None:
    """One step out: the prompt, the account, the screen."""
    if screen.prompt.asked:
        screen.prompt.leave()
    elif screen.stop():
        pass
    elif screen.shown == "account" and not screen.trial.refused and screen.trial.every_table:
        screen.shown = "columns"
    elif screen.before and not screen.warned:
        screen.warned = True
        screen.tell(_LEAVE)
    else:
        leave(screen)


def leave(screen: Importing) -> None:
    """Leave at once; the exit code of a document that is refused is that of its import."""
    refused = screen.trial.refused
    screen.app.exit(refused.exit_code if refused else 0)


def _show(shown: str) -> Action:
    def show(screen: Importing) -> None:
        screen.shown = "account" if shown == "account" else "columns"

    return show


def _pane(screen: Importing) -> None:
    if not screen.prompt.asked:
        screen.shown = "account" if screen.shown == "columns" else "columns"


def _move(rows: int) -> Action:
    def move(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.move(rows)
        else:
            (screen.options.action_cursor_down if rows > 0 else screen.options.action_cursor_up)()

    return move


def _page(direction: int) -> Action:
    def page(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.page(direction)
        else:
            getattr(screen.options, "action_page_down" if direction > 0 else "action_page_up")()

    return page


def _ends(*, last: bool) -> Action:
    def ends(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.ends(last=last)
        else:
            (screen.options.action_last if last else screen.options.action_first)()

    return ends


def _palette(screen: Importing) -> None:
    screen.app.action_command_palette()


ACTIONS: dict[str, Action] = {
    "import_go": go,
    "import_role": role,
    "import_columns": _show("columns"),
    "import_account": _show("account"),
    "import_year": year,
    "import_sheet": sheet,
    "import_transpose": transpose,
    "import_save_map": save_the_map,
    "import_column_year": column_year,
    "import_column_unit": column_unit,
    "import_money": money,
    "import_head": head,
    "import_encoding": encoding,
    "import_as_table": as_table,
    "undo": lambda screen: screen.undo(),
    "help": help_,
    "palette": _palette,
    "quit": leave,
    "out": out,
    "pane": _pane,
    "down": _move(1),
    "up": _move(-1),
    "page_down": _page(1),
    "page_up": _page(-1),
    "first": _ends(last=False),
    "last": _ends(last=True),
}
