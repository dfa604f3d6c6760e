"""The help page: every command with its keys, those that work here first, and what marks mean."""

from __future__ import annotations

from kpitui.report.columns import Column, registry
from kpitui.report.model import Table
from kpitui.text.cells import fit
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import COMMANDS, Command, Context, here, printed

_HERE = Both("ここで使えるキー", "keys that work here")
_ELSEWHERE = Both("ほかの場所で使えるキー", "keys that work elsewhere")
_COLUMNS = Both("列の意味", "what the columns mean")
_MARKS = Both("記号", "marks")
_MARK_LINES = (
    Both(">  カーソルのある行   *  注記のある行", ">  the cursor's row   *  a row with notes"),
    Both("-  値なし。未計測で、0ではない", "-  no value: not measured, never zero"),
    Both("^ v  昇順、降順", "^ v  ascending, descending"),
    Both("…  切られた文。全文は詳細に", "…  text cut here; the detail has all of it"),
    Both("< >  表の見出しで、画面の外にも列がある", "< >  in the head: more columns outside the screen"),
    Both(
        "[##..]  開始から目標まで。> は目標を超え、< は開始を下回る",
        "[##..]  baseline to target; > beyond it, < below it",
    ),
)
_KEYS_WIDTH = 18


def help_lines(context: Context, table: Table, lang: Lang, width: int) -> list[Line]:
    """The whole page for where the reader is."""
    now = here(context)
    elsewhere = [command for command in COMMANDS if command not in now]
    return [
        line(Span(_HERE.say(lang), "strong")),
        *(each for command in now for each in _command(command, lang, width)),
        *([line(""), line(Span(_ELSEWHERE.say(lang), "strong"))] if elsewhere else []),
        *(each for command in elsewhere for each in _command(command, lang, width)),
        line(""),
        line(Span(_MARKS.say(lang), "strong")),
        *(each for mark in _MARK_LINES for each in paragraph(mark.say(lang), width)),
        line(""),
        line(Span(_COLUMNS.say(lang), "strong")),
        *(each for about in registry(table) for each in _column(about, lang, width)),
    ]


def _command(command: Command, lang: Lang, width: int) -> list[Line]:
    keys = ", ".join(map(printed, command.keys))
    return paragraph(command.help.say(lang), width, "", fit(keys, _KEYS_WIDTH))


def _column(about: Column, lang: Lang, width: int) -> list[Line]:
    return paragraph(f"{about.help.say(lang)} [{about.key}]", width, "", fit(about.label.say(lang), _KEYS_WIDTH))
