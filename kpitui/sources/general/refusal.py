"""Documents that cannot be read, with the reason and what to do instead; and tables that lie on their side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpitui.errors import KpituiError
from kpitui.sources.general import grid
from kpitui.sources.general.options import Options
from kpitui.sources.general.roles import Role
from kpitui.sources.general.tables import Found
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.text.nearest import shown
from kpitui.text.wording import Both

_NO_COLUMNS = Both(
    "{path}: 列の区切りがありません。どの文がどの列のものか分からないため、読めません。"
    "元の表をTSV、CSVまたはExcelで書き出してください",
    "{path}: no column separators found, so nothing tells which text belongs to which column: "
    "export the table as TSV, CSV or Excel",
)
_ON_ITS_SIDE = Both(
    "{path}: 見出しが行ではなく左の列に並んでいます ({heads})。行と列を入れ替えて読むには --transpose を付けてください",
    "{path}: the heads stand in the first column, not in a row ({heads}): to swap rows and columns, add --transpose",
)
_NO_HEAD = Both(
    "{path}: 事業名や指標の見出しが見つかりません。{seen}見出しの行を --map の head に書くか、"
    "見出しを付けて書き出してください",
    "{path}: no head that names a project or an indicator. {seen}Name the lines of the head in a map (--map, head), "
    "or export the table with its head",
)
_SEEN = Both("最初の行: {row}。", "The first row says: {row}. ")
_PER_SHEET = Both(
    "{path}: {count}枚のシートのどれにも表の見出しがありません。一事業一シートの様式は読めません。"
    "一覧表を一つのシートにまとめてください",
    "{path}: none of the {count} sheets has the head of a table. One sheet per project is not read: "
    "put the projects into one table",
)
_NO_SUBJECT = Both(
    "{path}:{line}: この表には事業名の列も指標の列もありません。列の役割を --map で指定してください",
    "{path}:{line}: this table has neither a column of projects nor one of indicators: say which they are by --map",
)
_NOT_ITS_MAP = Both(
    "{path}: 対応表の列 ({heads}) が一つもありません。ほかの文書の対応表です",
    "{path}: none of the map's columns ({heads}) is in it: this is the map of another document",
)
_MOST_SWAPPED = 10_000


def check(document: Document, found: Found, options: Options) -> None:
    """Raise KpituiError where there is no table to be read."""
    path = document.path
    if found.tables:
        return
    if found.unread:
        raise KpituiError(_NO_SUBJECT.format(path=path, line=found.unread[0].head[-1].line))
    filled = [row for sheet in document.tables for row in sheet.rows if not grid.blank(row)]
    if not any(len(grid.filled(row)) > 1 for row in filled):
        raise KpituiError(_NO_COLUMNS.format(path=path))
    heads = on_its_side(document.tables)
    if heads and not options.transpose:
        raise KpituiError(_ON_ITS_SIDE.format(path=path, heads=", ".join(map(shown, heads[:4]))))
    if len(document.tables) > 1 and not any(sheet.name.startswith("page ") for sheet in document.tables):
        raise KpituiError(_PER_SHEET.format(path=path, count=len(document.tables)))
    seen = _SEEN.format(row=shown(grid.text(filled[0])))
    raise KpituiError(_NO_HEAD.format(path=path, seen=seen))


def check_map(path: str, fitting: int, options: Options) -> None:
    """Raise KpituiError where a map names columns and none of them is there: nothing of it would be used."""
    heads = [column.head for table in options.tables for column in table.columns if column.head]
    if heads and not fitting:
        raise KpituiError(_NOT_ITS_MAP.format(path=path, heads=", ".join(map(shown, heads[:4]))))


def on_its_side(sheets: Iterable[RawTable]) -> list[str]:
    """The heads that stand in the first column of a sheet, if they would make the head of a table."""
    for sheet in sheets:
        heads = [grid.cell(row, 0).strip() for row in sheet.rows if grid.cell(row, 0).strip()]
        roles = {grid.role_of(head) for head in heads} - {None}
        if len(roles) >= 2 and roles & {Role.PROJECT, Role.INDICATOR} and len(heads) <= _MOST_SWAPPED:
            return [head for head in heads if grid.role_of(head)]
    return []


def swapped(sheets: Sequence[RawTable]) -> tuple[RawTable, ...]:
    """The sheets with rows and columns swapped; a row's line is then the number of its column."""
    return tuple(RawTable(sheet.name, _swapped(sheet.rows)) for sheet in sheets)


def _swapped(rows: Sequence[RawRow]) -> tuple[RawRow, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(RawRow(place + 1, tuple(grid.cell(row, place) for row in rows)) for place in range(width))
