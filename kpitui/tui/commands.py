"""The one table of commands: bindings, footer, help page, palette and the README's table are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

from kpitui.text.wording import Both

Context = Literal["table", "facets", "page"]
"""Where the reader is: in the grid, among the facets, or on a page of text."""

_EVERYWHERE: tuple[Context, ...] = ("table", "facets", "page")
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
        ("table", "page"),
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
        ("page",),
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
        "space",
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
    _command("reload", "R", ("再読込", "reload"), ("報告書を読み直す", "read the report again"), ("table",)),
    _command("help", "question_mark f1", ("ヘルプ", "help"), ("キーの一覧", "the list of keys"), footer=True),
    _command("palette", "colon ctrl+p", ("命令", "commands"), ("命令を名前で探す", "find a command by name")),
    _command("quit", "q ctrl+q", ("終了", "quit"), ("kpituiを終える", "leave kpitui"), footer=True),
)

COMMAND: dict[str, Command] = {command.id: command for command in COMMANDS}
"""The commands by id."""

_PRINTED = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "backspace": "Backspace",
    "down": "Down",
    "up": "Up",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "f1": "F1",
}


def printed(key: str) -> str:
    """A key as a reader knows it."""
    return _PRINTED.get(key, key.replace("ctrl+", "Ctrl-"))


def bindings() -> list[BindingType]:
    """A binding for every key of every command."""
    return [
        Binding(key, f"run('{command.id}')", command.label.en, show=False, id=f"{command.id}:{key}")
        for command in COMMANDS
        for key in command.keys
    ]


def here(context: Context) -> list[Command]:
    """The commands that do something in a context."""
    return [command for command in COMMANDS if context in command.where]
