"""The import screen's lines, as functions of how a document is read: its columns, one closer, and the account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kpitui.sources.general import account, explain, grid
from kpitui.sources.general.model import Column, Table
from kpitui.sources.general.trial import Trial
from kpitui.sources.general.years import Choice
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow
from kpitui.text.cells import CUT, ELLIPSIS, clip, fit, one_line, plain_ascii, safe
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both, Lang

_MOST = 1_000
"""Rows or cells of one kind listed in the account."""
_SEEN = 20
"""Rows of a refused document that are shown."""
_TITLE = Both("取り込む: {name}", "importing {name}")
_TABLE = Both("表{number}{name} 見出し {lines}行目 {layout}", "table {number}{name}, head on line {lines}: {layout}")
_UNREAD = Both(
    "読まない表{name} 見出し {lines}行目 (事業名か指標の列を選ぶと読む)",
    "not read{name}, head on line {lines}: neither projects nor indicators (choose such a column to read it)",
)
_HEAD, _READ_AS, _DOUBT = (
    Both("見出し", "head"),
    Both("読み方", "read as"),
    Both("確かでない", "uncertain"),
)
_SAMPLES, _FILLED = Both("例", "e.g."), Both("{count}個のセルに値", "{count} cells filled")
_REFUSED = Both("このままでは読めません", "it cannot be read as it is")
_FIRST_ROWS = Both("最初の行", "its first rows")
_CAN_SAY = Both(
    "{head} 見出しの行を書く   {transpose} 行と列を入れ替える   {encoding} 文字コードを選ぶ",
    "{head} says where the head is   {transpose} swaps rows and columns   {encoding} chooses the encoding",
)
_FORM = Both(
    "交付金の公表文書の形式です。列は固定です ({key} で一般の表として読む)",
    "it has the structure of a publication of grant projects, whose columns are known ({key} reads it as any table)",
)
_LINES = Both("原文{total}行: {kinds}", "{total} source lines: {kinds}")
_KIND = Both("{kind} {count}", "{count} {kind}")
_REMARK = Both("  {line}行目: {why}: {text}", "  line {line}: {why}: {text}")
_COUNTS = Both("事業{projects}件 KPI {kpis}件", "{projects} projects, {kpis} KPIs")
_UNREADABLE = Both("読めません", "not readable")
_UNCERTAIN = Both("確かでないこと {count}", "uncertain: {count}")
_LEFT_OUT = Both("読まなかった行 {count}", "rows left out: {count}")
_YEAR, _SHEET, _SWAPPED = (
    Both("{year}年度", "fiscal {year}"),
    Both("シート {name}", "sheet {name}"),
    Both("入替", "swapped"),
)

Shown = Literal["columns", "account"]
_TABS: dict[Shown, Both] = {"columns": Both("列", "columns"), "account": Both("説明", "account")}


@dataclass(frozen=True)
class Plain:
    """Words of one language, and strangers' text made harmless; in ASCII mode without ambiguous characters."""

    lang: Lang
    ascii: bool = False

    def plain(self, text: str) -> str:
        """The text, in ASCII mode without characters of ambiguous width."""
        return plain_ascii(text) if self.ascii else text

    def text(self, text: str) -> str:
        """Text of the document, harmless for a terminal; its lines stay."""
        return self.plain(safe(text))

    def short(self, text: str) -> str:
        """Text of the document on one line."""
        return self.plain(one_line(safe(" ".join(text.split()))))

    def say(self, words: Both) -> str:
        """Words that may hold text of the document."""
        return self.text(words.say(self.lang))

    @property
    def cut(self) -> str:
        """The sign of text that was cut."""
        return CUT if self.ascii else ELLIPSIS


@dataclass(frozen=True)
class Item:
    """One line of the list: a column, or, where that is None, the head of its table."""

    table: Table
    column: Column | None = None


def items(trial: Trial) -> list[Item]:
    """The lines of the list."""
    return [
        item
        for table in trial.every_table
        for item in (Item(table), *(Item(table, column) for column in table.columns))
    ]


def item_text(item: Item, trial: Trial, plain: Plain, width: int) -> str:
    """A line of the list, cut to so many cells."""
    text = _column(item.column, plain, width) if item.column else _table(item.table, trial, plain)
    return clip(text, width, plain.cut)


def _table(table: Table, trial: Trial, plain: Plain) -> str:
    read = trial.found is not None and any(each is table for each in trial.found.tables)
    lines = ", ".join(str(row.line) for row in table.head)
    name = f" ({table.sheet})" if table.sheet else ""
    if not read and trial.found is not None:
        return plain.say(_UNREAD.format(name=name, lines=lines))
    return plain.say(_TABLE.format(number=table.number + 1, name=name, lines=lines, layout=explain.layout(table)))


def _column(column: Column, plain: Plain, width: int) -> str:
    """Its place, head, role, a mark of doubt, and the first cells."""
    room = max((width - 20) // 3, 8)
    role = plain.say(column.role.words if column.role else account.NOT_UNDERSTOOD)
    head = fit(plain.short(column.head) or "-", room, mark=plain.cut)
    samples = plain.short(" / ".join(column.samples))
    doubt = "?" if column.doubt else " "
    return f"{column.place + 1:>4} {head} {doubt} {fit(role, 12, mark=plain.cut)} {samples}"


def closer(item: Item, trial: Trial, plain: Plain, width: int) -> list[Line]:
    """A column with all that is known of it."""
    column = item.column
    if column is None:
        return paragraph(_table(item.table, trial, plain), width, "strong")
    choice = trial.found.choice if trial.found else Choice(None, ())
    role = (column.role.words if column.role else account.NOT_UNDERSTOOD).say(plain.lang)
    read_as = f"{role}{explain.more(column, item.table, choice).say(plain.lang)}  [{column.why.say(plain.lang)}]"
    filled = _FILLED.format(count=column.filled).say(plain.lang)
    samples = " / ".join([plain.short(each) for each in column.samples])
    rows = [(_HEAD, plain.short(column.head) or "-"), (_READ_AS, plain.text(read_as))]
    rows += [(_DOUBT, plain.say(column.doubt))] if column.doubt else []
    rows += [(_SAMPLES, f"{samples}   ({filled})" if samples else filled)]
    wide = max(cells(label.say(plain.lang)) for label, _ in rows)
    return [each for label, text in rows for each in _labelled(label, text, plain, width, wide)]


def _labelled(label: Both, text: str, plain: Plain, width: int, wide: int) -> list[Line]:
    return paragraph(text, width, "", fit(label.say(plain.lang), wide))


def told(trial: Trial, plain: Plain, width: int, keys: Callable[[str], str]) -> list[Line]:
    """The whole account: how everything was read, or why it was not; `keys` names the keys of a command."""
    if trial.refused:
        return list(_refused(trial, plain, width, keys))
    if trial.publication:
        return list(_publication(trial, plain, width, keys))
    assert trial.found is not None
    texts = (each.say(plain.lang) for each in explain.told(trial.found, _MOST))
    return [each for text in texts for each in _indented(plain.text(text), width)]


def _indented(text: str, width: int) -> list[Line]:
    """A line of the account; what goes on in a next line stands two cells further in."""
    body = text.lstrip(" ")
    margin = len(text) - len(body)
    first, *rest = paragraph(body, width - margin - 2, indent=margin + 2)
    return [line(" " * margin, *first[1:]), *rest]


def _refused(trial: Trial, plain: Plain, width: int, keys: Callable[[str], str]) -> Iterator[Line]:
    assert trial.refused is not None
    yield line(Span(_REFUSED.say(plain.lang), "worsened"))
    yield from paragraph(plain.text(trial.refused.say(plain.lang)), width)
    if trial.document:
        yield ()
        named = {id_: keys(f"import_{id_}") for id_ in ("head", "transpose", "encoding")}
        yield from paragraph(plain.say(_CAN_SAY.format(**named)), width, "dim")
    rows = [row for table in trial.document.tables for row in table.rows] if trial.document else []
    if rows:
        yield ()
        yield line(Span(_FIRST_ROWS.say(plain.lang), "strong"))
        yield from (line(Span(_row(each, plain, width))) for each in rows[:_SEEN])


def _row(row: RawRow, plain: Plain, width: int) -> str:
    return clip(f"{row.line:>5} {plain.short(grid.text(row))}", width, plain.cut)


def _publication(trial: Trial, plain: Plain, width: int, keys: Callable[[str], str]) -> Iterator[Line]:
    summary = trial.publication
    assert summary is not None
    yield from paragraph(plain.say(_FORM.format(key=keys("import_as_table"))), width, "strong")
    kinds = ", ".join(
        _KIND.format(kind=kind.words, count=count).say(plain.lang) for kind, count in summary.lines.items() if count
    )
    yield from paragraph(_LINES.format(total=sum(summary.lines.values()), kinds=kinds).say(plain.lang), width)
    for each in summary.remarks:
        yield from paragraph(plain.say(_REMARK.format(line=each.line, why=each.why, text=each.text)), width)


def title(trial: Trial, plain: Plain) -> Line:
    """Which document it is."""
    return line(Span(plain.say(_TITLE.format(name=trial.path.name)), "strong"))


def tabs(shown: Shown, keys: Mapping[str, str], lang: Lang) -> Line:
    """The tabs with the keys of their commands, the open one in brackets."""
    texts = {tab: f"{keys[f'import_{tab}']} {words.say(lang)}".lstrip() for tab, words in _TABS.items()}
    return tuple(Span(f"[{text}] ", "strong") if tab == shown else Span(f" {text}  ") for tab, text in texts.items())


def standing(trial: Trial, plain: Plain) -> Line:
    """What it comes to."""
    if trial.refused:
        return line(Span(_UNREADABLE.say(plain.lang), "worsened"))
    projects, kpis = trial.counts
    return line(Span(_COUNTS.format(projects=projects, kpis=kpis).say(plain.lang), "strong"))


def doubts(trial: Trial, plain: Plain) -> Line:
    """How it is read just now, how much is uncertain, and how many rows were left out."""
    options, found = trial.options, trial.found
    year = options.year or (found.choice.year if found else None)
    parts = [_YEAR.format(year=year)] if year else []
    parts += [_SHEET.format(name=options.sheet)] if options.sheet else []
    parts += [_SWAPPED] if options.transpose else []
    spans = [Span(f"{plain.say(part)}  ") for part in parts]
    if found:
        left = found.counts.get(LineKind.UNKNOWN, 0)
        spans += [Span(f"{_LEFT_OUT.format(count=left).say(plain.lang)}  ", "missed" if left else "")]
        count = len(found.uncertain)
        spans += [Span(_UNCERTAIN.format(count=count).say(plain.lang), "missed" if count else "")]
    return tuple(spans)
