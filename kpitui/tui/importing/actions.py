"""What each command of the import screen does: a function that takes the screen, under the command's id."""

from __future__ import annotations

from kpitui.tui.importing import keeping, moving, saying

ACTIONS: dict[str, moving.Action] = {
    "import_go": keeping.go,
    "import_role": saying.role,
    "import_columns": moving.show("columns"),
    "import_account": moving.show("account"),
    "import_year": saying.year,
    "import_sheet": saying.sheet,
    "import_transpose": saying.transpose,
    "import_save_map": keeping.save_the_map,
    "import_column_year": saying.column_year,
    "import_column_unit": saying.column_unit,
    "import_money": saying.money,
    "import_head": saying.head,
    "import_encoding": saying.encoding,
    "import_as_table": saying.as_table,
    "undo": moving.undo,
    "help": moving.help_,
    "palette": moving.palette,
    "quit": moving.leave,
    "out": moving.out,
    "pane": moving.pane,
    "down": moving.move(1),
    "up": moving.move(-1),
    "page_down": moving.page(1),
    "page_up": moving.page(-1),
    "first": moving.ends(last=False),
    "last": moving.ends(last=True),
}
