"""The table of commands of the import screen: its keys, its footer, its help and its palette are made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpitui.text.wording import Both
from kpitui.tui.commands import Command

PREFIX = "import_"
"""What the ids of the screen's own commands begin with."""
SHARED = ("down", "up", "page_down", "page_up", "first", "last", "pane", "out", "undo", "help", "palette", "quit")
"""Commands of the browser that work here, too, by the same keys, whatever the reader has made of them."""


def _command(id_: str, keys: str, label: tuple[str, str], help_: tuple[str, str], *, footer: bool = False) -> Command:
    return Command(id_, tuple(keys.split()), Both(*label), Both(*help_), footer=footer)


OWN: tuple[Command, ...] = (
    _command(
        "import_go",
        "o",
        ("開く", "open"),
        ("この読み方で報告書を開く", "open the report as it is now read"),
        footer=True,
    ),
    _command(
        "import_role", "enter", ("役割", "role"), ("この列が何の列かを選ぶ", "say what this column holds"), footer=True
    ),
    _command("import_columns", "1", ("列", "columns"), ("列の一覧", "the columns")),
    _command(
        "import_account",
        "2",
        ("説明", "account"),
        ("読み方の説明: 読まなかった行、確かでないこと、件数", "the account: rows left out, what is uncertain, counts"),
        footer=True,
    ),
    _command("import_year", "y", ("年度", "year"), ("読む年度を選ぶ", "choose the fiscal year to read"), footer=True),
    _command("import_sheet", "s", ("シート", "sheet"), ("読むシートを選ぶ", "choose the sheet to read")),
    _command("import_transpose", "t", ("行列", "swap"), ("行と列を入れ替える", "swap rows and columns"), footer=True),
    _command(
        "import_save_map", "w", ("対応表", "map"), ("列の対応表を保存", "save the map of the columns"), footer=True
    ),
    _command(
        "import_column_year",
        "Y",
        ("列の年度", "its year"),
        ("この列の年度を書く", "say of which fiscal year this column is"),
    ),
    _command(
        "import_column_unit", "U", ("列の単位", "its unit"), ("この列の単位を書く", "say in which unit this column is")
    ),
    _command("import_money", "c", ("金額の単位", "money"), ("金額の単位を書く", "say in which unit money is given")),
    _command("import_head", "h", ("見出し", "head"), ("見出しの行を書く", "say on which lines the head stands")),
    _command("import_encoding", "e", ("文字", "encoding"), ("文字コードを選ぶ", "choose the encoding of the text")),
    _command(
        "import_as_table",
        "a",
        ("表として", "as a table"),
        ("列の決まった形式でなく一般の表として読む", "read it as any table, not as the known form"),
    ),
)


def commands(shared: Mapping[str, Command], own: Iterable[Command] = OWN) -> dict[str, Command]:
    """All commands that work here, by id; those of the browser, and its own, with the keys that they now have."""
    return {each.id: each for each in own} | {id_: shared[id_] for id_ in SHARED if id_ in shared}
