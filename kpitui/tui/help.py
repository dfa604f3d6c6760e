"""The help page: the commands that work where the reader is, with their keys, and what marks mean."""

from __future__ import annotations

from collections.abc import Iterable

from kpitui.output.display import Display
from kpitui.report.column import Column
from kpitui.report.columns import registry
from kpitui.report.model import Table
from kpitui.text.cells import fit
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both
from kpitui.tui.commands import Command, Context, here
from kpitui.tui.keys import printed

_HERE = Both("ここで使えるキー", "keys that work here")
_COLUMNS = Both("列の意味", "what the columns mean")
_MARKS = Both("記号", "marks")
_MARK_LINES = (
    Both(
        ">  カーソルのある行   +  印を付けた行   *  注記のある行",
        ">  the cursor's row   +  marked by you   *  with notes",
    ),
    Both("-  値なし。未計測で、0ではない", "-  no value: not measured, never zero"),
    Both("{up} {down}  昇順、降順", "{up} {down}  ascending, descending"),
    Both("{cut}  切られた文。全文は詳細に", "{cut}  text cut here; the detail has all of it"),
    Both("< >  表の見出しで、画面の外にも列がある", "< >  in the head: more columns outside the screen"),
    Both(
        "[##..]  開始から目標まで。> は目標を超え、< は開始を下回る",
        "[##..]  baseline to target; > beyond it, < below it",
    ),
)
_ASCII_LINES = (
    Both(
        "(1) は丸数字、II はローマ数字、-> は矢印、x と +/- は数学記号、deg は度、* は米印・丸・星、"
        "o と @ は丸と二重丸、^ v は三角、alpha はギリシャ文字、# + - | は罫線。"
        "? は置き換えのない文字。y で写す文は元のまま",
        "(1) is a circled 1, II a Roman two, -> an arrow, x and +/- are signs of mathematics, deg is a degree, "
        "* a dot or a star, o and @ are circles, ^ v triangles, alpha is a Greek letter, # + - | are lines; "
        "? has no likeness in ASCII. What y copies is as printed",
    ),
)
_WIDE_LINES = (
    Both(
        "- | + #  罫線とブロックの代わり。端末により幅が異なるため",
        "- | + #  in place of lines and blocks, whose width terminals disagree on",
    ),
)
_KEYS_WIDTH = 18


def help_lines(commands: Iterable[Command], context: Context, table: Table, display: Display, width: int) -> list[Line]:
    """The whole page for where the reader is, with the keys that the commands now have."""
    lang = display.lang
    return [
        line(Span(_HERE.say(lang), "strong")),
        *(each for command in here(context, commands) for each in _command(command, display, width)),
        line(""),
        line(Span(_MARKS.say(lang), "strong")),
        *(each for mark in _marks(display) for each in paragraph(_mark(mark, display), width)),
        line(""),
        line(Span(_COLUMNS.say(lang), "strong")),
        *(each for about in registry(table, several=display.report.several) for each in _column(about, display, width)),
    ]


def _command(command: Command, display: Display, width: int) -> list[Line]:
    keys = ", ".join(map(printed, command.keys))
    return paragraph(display.plain(command.help.say(display.lang)), width, "", fit(keys, _KEYS_WIDTH))


def _marks(display: Display) -> tuple[Both, ...]:
    """The marks that may be met, substitutes among them where there are some."""
    return (*_MARK_LINES, *(_ASCII_LINES if display.ascii else _WIDE_LINES if display.wide else ()))


def _mark(words: Both, display: Display) -> str:
    signs = {"up": display.sort_mark(descending=False), "down": display.sort_mark(descending=True)}
    return display.plain(words.format(**signs, cut=display.mark).say(display.lang))


def _column(about: Column, display: Display, width: int) -> list[Line]:
    told = display.plain(f"{about.help.say(display.lang)} [{about.key}]")
    return paragraph(told, width, "", fit(about.label.say(display.lang), _KEYS_WIDTH))
