"""What a file is, by its first bytes; its name says nothing."""

from __future__ import annotations

from enum import StrEnum

from kpitui.errors import KpituiError
from kpitui.text.wording import Both


class Kind(StrEnum):
    """The formats that are read."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    PDF = "pdf"
    PARQUET = "parquet"


_STARTS = (
    (b"PK\x03\x04", Kind.XLSX),
    (b"PK\x05\x06", Kind.XLSX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.XLS),
    (b"PAR1", Kind.PARQUET),
)
_OTHER = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"ARROW1", "Arrow"),
)
_PDF_WITHIN = 1_024
"""Bytes within which the mark of a PDF stands; some programs write something before it."""
_NOT_READ = Both(
    "{path}: {kind} のファイルで、表として読めません。TSV、CSV か Excel の表を取り込んでください",
    "{path}: a {kind} file, which is not read as a table; give the table as TSV, CSV or Excel",
)


def kind_of(data: bytes, path: str) -> Kind:
    """The format of these bytes, text where nothing says otherwise; KpituiError for one known not to be read."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind.PDF
    for start, name in _OTHER:
        if data.startswith(start):
            raise KpituiError(_NOT_READ.format(path=path, kind=name))
    return Kind.TEXT
