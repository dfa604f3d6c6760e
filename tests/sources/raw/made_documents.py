"""Documents that the tests make themselves: workbooks and PDFs, whole and damaged, and readings of them."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import xlwt  # type: ignore[import-untyped]
from reportlab.lib import colors  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table  # type: ignore[import-untyped]

from kpitui.errors import KpituiError
from kpitui.sources.raw.model import Document
from kpitui.sources.raw.read import read
from kpitui.text.wording import Both

FONT = "HeiseiKakuGo-W5"
"""One of the Japanese fonts that a PDF may name without holding it."""

Cells = tuple[str, ...]


def rows(document: Document, table: int = 0) -> list[Cells]:
    """The cells of one of its tables."""
    return [row.cells for row in document.tables[table].rows]


def read_bytes(folder: Path, data: bytes, name: str = "file", *, sheet: str | None = None) -> Document:
    """Read these bytes as a file."""
    (folder / name).write_bytes(data)
    return read(folder / name, sheet=sheet)


def said(document: Document) -> str:
    """All that is told, in English."""
    return "\n".join(words.en for words in document.told)


def is_read_or_refused(reader: Callable[..., Document], *arguments: Any) -> None:
    """Read something damaged; anything but a KpituiError is a failure."""
    with suppress(KpituiError):
        reader(*arguments)


def both_halves(told: Sequence[Both]) -> bool:
    """Whether everything told is told in both languages."""
    return all(words.ja and words.en for words in told)


def workbook() -> Any:
    """A workbook of one sheet, a title merged above a head in row 3 and a project merged over two KPIs."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "実績"
    for row in (
        ["報告書"],
        [],
        ["番号", "事業名", "指標", "率"],
        [1, "観光", "客数", 0.354],
        [None, None, "宿泊", 0.5],
    ):
        sheet.append(row)
    for cells in ("A1:D1", "A4:A5", "B4:B5"):
        sheet.merge_cells(cells)
    sheet["D4"].number_format = "0.0%"
    return book


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def patched(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return buffer.getvalue()


def part(data: bytes, name: str) -> str:
    """The text of one part of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def old_workbook() -> bytes:
    """An xls file with the same quirks."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("実績")
    sheet.write_merge(0, 0, 0, 2, "報告書")
    for column, head in enumerate(("事業名", "率", "日付")):
        sheet.write(2, column, head)
    sheet.write_merge(3, 4, 0, 0, "観光")
    sheet.write(3, 1, 0.354, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(3, 2, dt.date(2022, 3, 31), xlwt.easyxf(num_format_str="yyyy/m/d"))
    sheet.write(4, 1, 12.0)
    sheet.write(4, 2, True)
    book.add_sheet("裏").visibility = 1
    return saved(book)


def pdf_table(body: Sequence[Sequence[str]], *, is_ruled: bool, heads: int = 1, style: Sequence[Any] = ()) -> Any:
    """A table to put into a PDF, its head repeated on each page, numbers at the right."""
    look = [("FONT", (0, 0), (-1, -1), FONT, 9), ("ALIGN", (2, 0), (-1, -1), "RIGHT"), *style]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if is_ruled else []
    widths = [40, 150, *[90] * (len(body[0]) - 2)]
    return Table([list(row) for row in body], repeatRows=heads, style=[*look, *grid], colWidths=widths)


def pdf(*story: Any, **settings: Any) -> bytes:
    """A PDF of tables and paragraphs; None begins a page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    plain = ParagraphStyle("plain", fontName=FONT, wordWrap="CJK")
    flow = [
        PageBreak() if each is None else Paragraph(each, plain) if isinstance(each, str) else each for each in story
    ]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, **settings).build(flow)
    return buffer.getvalue()
