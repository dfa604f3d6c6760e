"""The one table of commands: bindings, footer, help page, palette and the README's table are made from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kpitui.dataclass import dataclass
from kpitui.text.wording import Both
from kpitui.tui.keys import printed

Context = Literal["table", "facets", "overview", "record", "source"]
"""Where the reader is: in the grid, among the facets, or on a page of text."""

_EVERYWHERE: tuple[Context, ...] = ("table", "facets", "overview", "record", "source")
_TABLE: tuple[Context, ...] = ("table",)


@dataclass(frozen=True)
class Command:
    """Something the reader can do: its keys in Textual's names, a word for the footer, a line for the help."""

    id: str
    keys: tuple[str, ...]
    label: Both
    help: Both
    where: tuple[Context, ...] = _EVERYWHERE
    footer: bool = False


def _command(
    id_: str,
    keys: str,
    label: tuple[str, str],
    help_: tuple[str, str],
    where: tuple[Context, ...] = _EVERYWHERE,
    *,
    footer: bool = False,
) -> Command:
    return Command(id_, tuple(keys.split()), Both(*label), Both(*help_), where, footer)


COMMANDS: tuple[Command, ...] = (
    _command("down", "down j", ("下", "down"), ("一行下へ", "one line down")),
    _command("up", "up k", ("上", "up"), ("一行上へ", "one line up")),
    _command("left", "left h", ("左", "left"), ("一列左へ", "one column left"), _TABLE),
    _command("right", "right l", ("右", "right"), ("一列右へ", "one column right"), _TABLE),
    _command("page_down", "pagedown", ("次頁", "page down"), ("一画面下へ", "one screen down")),
    _command("page_up", "pageup", ("前頁", "page up"), ("一画面上へ", "one screen up")),
    _command("first", "g home", ("先頭", "top"), ("先頭へ", "to the top")),
    _command("last", "G end", ("末尾", "end"), ("末尾へ", "to the end")),
    _command(
        "enter",
        "enter",
        ("中へ", "in"),
        ("中へ: 事業 → KPI → 全文 → 原文", "go in: project → its KPIs → the KPI → its source lines"),
        ("table", "record"),
        footer=True,
    ),
    _command(
        "out",
        "escape backspace",
        ("戻る", "back"),
        ("一段戻る: 入力、検索、来た道の順", "one step out: prompt, search, then the way you came"),
        footer=True,
    ),
    _command(
        "pane", "tab", ("次の枠", "next pane"), ("表、詳細、絞り込みの間を移る", "go round table, detail and facets")
    ),
    _command("overview", "1", ("概要", "overview"), ("概要を開く", "open the overview")),
    _command("projects", "2", ("事業", "projects"), ("事業の表を開く", "open the table of projects")),
    _command("kpis", "3", ("KPI", "KPIs"), ("KPIの表を開く", "open the table of KPIs")),
    _command(
        "audit", "4", ("監査", "audit"), ("監査を開く: 評価と基準の照合", "open the audit: ratings against criteria")
    ),
    _command(
        "explain",
        "x",
        ("根拠", "explain"),
        ("この数値・判定の根拠を示す", "show the working behind this number or verdict"),
        ("table", "record"),
        footer=True,
    ),
    _command("copy", "y", ("写す", "copy"), ("このセルを写す", "copy this cell"), _TABLE),
    _command(
        "copy_row", "Y", ("行を写す", "copy row"), ("この行を見出しと共に写す", "copy this row with its heads"), _TABLE
    ),
    _command(
        "rollup",
        "r",
        ("数え方", "rule"),
        ("事業の達成の数え方を替える: 全て、過半、一つ以上", "change the rule for a project's success: all, most, any"),
        ("overview",),
        footer=True,
    ),
    _command(
        "facets",
        "f",
        ("絞る", "filter"),
        ("値を選んで絞り込む (もう一度で閉じる)", "filter by values (again: close)"),
        ("table", "facets"),
        footer=True,
    ),
    _command(
        "toggle",
        "space enter",
        ("選ぶ", "choose"),
        ("この値を選ぶ・外す", "take this value in or out"),
        ("facets",),
        footer=True,
    ),
    _command(
        "search",
        "slash",
        ("検索", "search"),
        ("語を含む行だけにする", "only rows that hold a text"),
        _TABLE,
        footer=True,
    ),
    _command("next_hit", "n", ("次", "next hit"), ("次の一致へ", "to the next hit"), _TABLE),
    _command("previous_hit", "N", ("前", "last hit"), ("前の一致へ", "to the previous hit"), _TABLE),
    _command(
        "sort",
        "s",
        ("並べる", "sort"),
        ("この列で並べ替える (昇順、降順、解除)", "sort by this column (again: reverse, then off)"),
        _TABLE,
        footer=True,
    ),
    _command(
        "also_sort",
        "S",
        ("次の順", "then by"),
        ("この列を次の並べ替えキーに", "add this column as the next sort key"),
        _TABLE,
    ),
    _command(
        "only",
        "equals_sign",
        ("この値だけ", "only this"),
        ("このセルの値の行だけ", "only rows with this cell's value"),
        _TABLE,
    ),
    _command(
        "but",
        "exclamation_mark",
        ("除く", "but this"),
        ("このセルの値の行を除く", "all rows but those with this cell's value"),
        _TABLE,
    ),
    _command(
        "filters",
        "C",
        ("条件", "filters"),
        ("絞り込みの条件を外す・逆にする", "take filters away or turn them round"),
        _TABLE,
    ),
    _command("where", "ampersand", ("式", "where"), ("条件式で絞り込む", "filter by an expression"), _TABLE),
    _command(
        "range",
        "b",
        ("範囲", "range"),
        ("この列の数値の範囲で絞り込む", "filter by a range of this column's numbers"),
        _TABLE,
    ),
    _command("columns", "c", ("列", "columns"), ("表示する列を選ぶ", "choose the columns to show"), _TABLE),
    _command("wider", "greater_than_sign", ("広く", "wider"), ("この列を広く", "widen this column"), _TABLE),
    _command("narrower", "less_than_sign", ("狭く", "narrower"), ("この列を狭く", "narrow this column"), _TABLE),
    _command(
        "fit",
        "underscore",
        ("合わせる", "fit"),
        ("この列の幅を中身に合わせる", "fit this column to its content"),
        _TABLE,
    ),
    _command("hide", "minus", ("隠す", "hide"), ("この列を隠す", "hide this column"), _TABLE),
    _command(
        "pin",
        "p",
        ("留める", "pin"),
        ("この列を左に留める・放す", "hold this column at the left, or let it go"),
        _TABLE,
    ),
    _command(
        "column_left", "H", ("列を左へ", "column left"), ("この列を左へ移す", "move this column to the left"), _TABLE
    ),
    _command(
        "column_right", "L", ("列を右へ", "column right"), ("この列を右へ移す", "move this column to the right"), _TABLE
    ),
    _command(
        "mark",
        "m",
        ("印", "mark"),
        ("行に印と覚え書きを付ける・外す", "mark this row with a note, or take the mark away"),
        _TABLE,
    ),
    _command("only_marked", "asterisk", ("印だけ", "marked"), ("印のある行だけ", "only marked rows"), _TABLE),
    _command(
        "questions",
        "Q",
        ("質問", "questions"),
        ("印の行を出典付きの質問の一覧に", "marked rows as questions with citations"),
        _TABLE,
    ),
    _command(
        "frequency",
        "F",
        ("件数", "count"),
        ("この列の値ごとの件数", "how often each value of this column occurs"),
        _TABLE,
    ),
    _command(
        "describe",
        "I",
        ("分布", "statistics"),
        ("この列の数値の分布 (単位ごと)", "how this column's numbers lie, per unit"),
        _TABLE,
    ),
    _command(
        "matrix",
        "M",
        ("評価×今後", "matrix"),
        ("評価 × 今後の組から事業へ", "rating × next: into the projects of a pair"),
        _TABLE,
    ),
    _command(
        "previous", "apostrophe", ("前の表示", "previous"), ("前に見ていた所へ", "back to what was looked at before")
    ),
    _command("go_to", "o", ("事業へ", "go to"), ("事業を番号か名前で探して開く", "find a project by number or name")),
    _command("clear", "0", ("全て", "all rows"), ("絞り込みを全て外す", "clear every filter"), ("table", "facets")),
    _command("undo", "u", ("取消", "undo"), ("表示の変更を取り消す", "undo the last change of the view")),
    _command("redo", "ctrl+r", ("やり直し", "redo"), ("取り消しをやり直す", "redo what was undone")),
    _command(
        "save",
        "w",
        ("保存", "save"),
        ("今の表示をビューとして保存", "save what is shown as a view"),
        _TABLE,
        footer=True,
    ),
    _command("open", "v", ("ビュー", "views"), ("保存したビューを開く", "open a saved view"), footer=True),
    _command(
        "export",
        "e",
        ("書出し", "export"),
        ("表の行をファイルに書き出す", "export these rows to a file"),
        _TABLE,
        footer=True,
    ),
    _command("reload", "R", ("再読込", "reload"), ("報告書を読み直す", "read the report again"), ("table",)),
    _command("help", "question_mark f1", ("ヘルプ", "help"), ("キーの一覧", "the list of keys"), footer=True),
    _command("palette", "colon ctrl+p", ("命令", "commands"), ("命令を名前で探す", "find a command by name")),
    _command(
        "suspend",
        "ctrl+z",
        ("中断", "suspend"),
        ("シェルに戻る (fg で再開)", "to the shell and back (fg comes back)"),
    ),
    _command("quit", "q ctrl+q", ("終了", "quit"), ("kpituiを終える", "leave kpitui"), footer=True),
)


def first_key(command: Command) -> str:
    """The key that a command is told by, as a reader knows it; nothing where it has none."""
    return printed(command.keys[0]) if command.keys else ""


def here(context: Context, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """Those of the commands that do something in a context."""
    return [command for command in commands if context in command.where]
