"""Which sheets of a workbook are read: the one asked for, or all that its reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import limits
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both

FILLED = Both(
    "シート {sheet!r}: 結合されたセルの値を{count:,}個のセルに補いました",
    "sheet {sheet!r}: {count:,} cells filled with the value of the merged cell that covers them",
)
_SHEETS = Both("シート: {names}", "sheets: {names}")
_HIDDEN = Both("非表示のため読まなかったシート: {names}", "hidden sheets, not read: {names}")
NO_SHEETS = Both("{path}: シートのないファイルです", "{path}: this file has no sheets")
_NONE = Both("{path}: 表示されているシートがありません", "{path}: no visible sheet")
_TOO_MANY = Both("{path}: シートが{most:,}枚を超えます", "{path}: more than {most:,} sheets")
_SHEET = Both("シート", "sheet")
_WRONG = Both("{path}: {why}", "{path}: {why}")


class Found(NamedTuple):
    """A sheet of cells, and whether a reader of the workbook sees it."""

    name: str
    visible: bool


def choose(found: Sequence[Found], asked: str | None, path: str) -> tuple[list[str], list[Both]]:
    """The names of the sheets to read, and what is to be told of them.

    Raises UsageError where the one asked for does not exist; a hidden one is read if asked for.
    """
    if len(found) > limits.MOST_SHEETS:
        raise KpituiError(_TOO_MANY.format(path=path, most=limits.MOST_SHEETS))
    if asked is not None:
        check_name(asked, [sheet.name for sheet in found], path)
        return [asked], [_SHEETS.format(names=asked)]
    shown = [sheet.name for sheet in found if sheet.visible]
    hidden = [sheet.name for sheet in found if not sheet.visible]
    if not shown:
        raise KpituiError(_NONE.format(path=path))
    told = [_SHEETS.format(names=", ".join(shown))]
    return shown, [*told, _HIDDEN.format(names=", ".join(hidden))] if hidden else told


def check_name(asked: str, known: Sequence[str], path: str) -> None:
    """Raise UsageError where no sheet or table has that name, with the nearest that there is."""
    if asked not in known:
        raise UsageError(_WRONG.format(path=path, why=unknown(_SHEET, asked, known)))
