"""What a reader says of a document on the import screen: of one column, of a head, of the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kpitui.errors import KpituiError
from kpitui.sources.general import dates
from kpitui.sources.general.options import MapColumn, Options
from kpitui.sources.general.roles import Role
from kpitui.sources.general.trial import assigned, headed, same_layout
from kpitui.sources.raw.encodings import STATED, check_encoding
from kpitui.text.wording import Both
from kpitui.tui.importing.asking import ask_one, ask_text, plainly

if TYPE_CHECKING:
    from kpitui.tui.importing.screen import Importing

_ROLE = Both("「{head}」は何の列ですか", "what does {head} hold?")
_NOW = Both("(今の読み方)", "(as it is now read)")
_NO_COLUMN = Both("列を選んでから", "choose a column first")
_OTHER_COLUMNS = Both("読み直すと列が変わります。読み終わってから", "its columns are being read again: wait for them")
_YEARS = Both("読む年度", "the fiscal year to read")
_LATEST = Both("実績のある最新の年度", "the latest with actuals")
_ONE_YEAR = Both("年度の並ぶ表ではありません", "no fiscal years stand side by side")
_SHEETS = Both("読むシート", "the sheet to read")
_ALL = Both("全て", "all")
_ONE_SHEET = Both("シートは一つです", "there is only one sheet")
_ENCODINGS = Both("文字コード", "the encoding of the text")
_GUESS = Both("推定", "told by its bytes")
_NO_TEXT = Both("テキストではないので、文字コードはありません", "it is no text, so it has no encoding")
_YEAR_OF = Both("この列の年度 (例 R4、2022)", "the fiscal year of this column, such as R4 or 2022")
_NO_YEAR = Both("{text!r} は年度として読めません", "{text!r} is no year")
_UNIT_OF = Both("この列の単位", "the unit of this column")
_MONEY_OF = Both("金額の単位 (例 千円、百万円、£m)", "the unit of money, such as 千円 or £m")
_MONEY_NAMED = Both(
    "金額の単位は見出しの{unit}のまま。改めるには金額の列で {key[import_column_unit]}",
    "the heads name the unit, {unit}, and that counts; {key[import_column_unit]} on the column says another",
)
_HEAD_LINES = Both("見出しの行番号 (例 3 または 3,4)", "the lines of the head, such as 3 or 3,4")
_NO_LINES = Both("行番号は 3 または 3,4 のように書きます", "lines are written as 3 or 3,4")
_ROLES = tuple(Role)


def role(screen: Importing) -> None:
    """Say what the column under the cursor holds."""
    item = screen.columns.item
    if not _has_column(screen) or item is None or item.column is None:
        return
    table, column = item.table, item.column

    def done(place: int) -> None:
        said = MapColumn(column.head, column.place, _ROLES[place].value)
        screen.trials.change(assigned(screen.trials.asked, table, column, said))

    choices = [(each.words, _NOW if each is column.role else Both(each.value, "")) for each in _ROLES]
    ask_one(screen, _ROLE.format(head=screen.display_.short(column.head) or "-"), choices, done)


def _has_column(screen: Importing) -> bool:
    """Whether the cursor is on a column of which something can be said; if not, why is told."""
    if screen.columns.item is None or screen.columns.item.column is None or screen.shown != "columns":
        screen.tell(_NO_COLUMN)
        return False
    if not same_layout(screen.trials.asked.options, screen.trials.now.options):
        screen.tell(_OTHER_COLUMNS)
        return False
    return True


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
        ask_text(screen, hint, done)


def _of_column(screen: Importing, *, year: int | None = None, unit: str | None = None) -> bool:
    item = screen.columns.item
    if item and item.column:
        table, column = item.table, item.column
        said = MapColumn(column.head, column.place, year=year, unit=unit)
        screen.trials.change(assigned(screen.trials.asked, table, column, said))
    return True


def year(screen: Importing) -> None:
    """Choose the year to read, where several stand side by side."""
    found = screen.trials.now.found
    there = found.choice.years if found else ()
    if len(there) < 2:
        screen.tell(_ONE_YEAR)
        return
    wanted = [None, *reversed(there)]
    choices = [(_LATEST, Both("", "")), *plainly([str(each) for each in wanted[1:]])]
    ask_one(screen, _YEARS, choices, lambda place: _say(screen, year=wanted[place]))


def sheet(screen: Importing) -> None:
    """Choose the sheet to read."""
    names = screen.trials.now.sheets
    if len(names) < 2:
        screen.tell(_ONE_SHEET)
        return
    choices = [(_ALL, Both("", "")), *plainly(names)]
    # What was said of columns belongs to tables by their number, and that changes with the sheets.
    ask_one(screen, _SHEETS, choices, lambda place: _say(screen, sheet=names[place - 1] if place else None, tables=()))


def transpose(screen: Importing) -> None:
    """Swap rows and columns, or back."""
    _say(screen, transpose=not screen.trials.asked.options.transpose, tables=())


def encoding(screen: Importing) -> None:
    """Choose the encoding of a text."""
    if not screen.trials.now.is_text:
        screen.tell(_NO_TEXT)
        return
    choices = [(_GUESS, Both("", "")), *plainly(STATED)]
    ask_one(screen, _ENCODINGS, choices, lambda place: _encode(screen, STATED[place - 1] if place else None))


def _encode(screen: Importing, name: str | None) -> None:
    if name:
        check_encoding(name, str(screen.trials.now.path))
    _say(screen, encoding=name)


def as_table(screen: Importing) -> None:
    """Read a known form as any table."""
    screen.trials.change(Options())


def money(screen: Importing) -> None:
    """Say in which unit money is given."""

    def done(text: str) -> bool:
        _say(screen, cost_unit=text.strip())
        if units := _named_money(screen):
            screen.tell(_MONEY_NAMED, unit=", ".join(units))
        return True

    ask_text(screen, _MONEY_OF, done, screen.trials.asked.options.cost_unit or "")


def _named_money(screen: Importing) -> list[str]:
    """The units of money that the heads name, if each of them does: what is said of the whole changes nothing then."""
    tables = screen.trials.now.every_table
    costs = [column.unit for table in tables for column in table.of(Role.COST)]
    named = [unit for unit in costs if unit]
    return list(dict.fromkeys(named)) if len(named) == len(costs) else []


def head(screen: Importing) -> None:
    """Say on which lines the head of the table under the cursor stands."""

    def done(text: str) -> bool:
        try:
            lines = [int(part) for part in text.replace("、", ",").split(",")]
        except ValueError:
            raise KpituiError(_NO_LINES) from None
        item = screen.columns.item
        table = item.table if item else None
        screen.trials.change(headed(screen.trials.asked, table, lines))
        return True

    ask_text(screen, _HEAD_LINES, done)


def _say(screen: Importing, **said: object) -> None:
    screen.trials.change(replace(screen.trials.asked.options, **said))  # type: ignore[arg-type]
