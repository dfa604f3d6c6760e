"""The zip archive that a workbook is, looked over before any of it is unpacked for good."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pyexpat import ExpatError
from xml.parsers import expat

from kpitui.errors import KpituiError
from kpitui.sources.raw import limits
from kpitui.text.wording import Both

_DAMAGED = Both(
    "{path}: 途中で切れているか、壊れています ({why})。もう一度入手してください",
    "{path}: cut short or damaged ({why}); get the file again",
)
_LOCKED = Both(
    "{path}: パスワードで保護されています。解除して保存し直してください",
    "{path}: protected by a password; save it without one",
)
_PARTS = Both("{path}: ファイルの中の部品が{most:,}個を超えます", "{path}: more than {most:,} parts in the archive")
_LARGE = Both(
    "{path}: 展開すると大きすぎます ({size:,}バイト、{most:,}まで)。表を分けて保存してください",
    "{path}: too large when unpacked ({size:,} bytes, of {most:,}); save it in parts",
)
_BOMB = Both(
    "{path}: {part} は展開すると{ratio:,}倍になります。表計算のファイルではありえない大きさなので読みません",
    "{path}: {part} grows {ratio:,} times when unpacked, as no real workbook does, so it is not read",
)
_DOCTYPE = Both(
    "{path}: {part} に文書型宣言 (DOCTYPE) があります。表計算ソフトは書かないものなので読みません",
    "{path}: {part} declares a document type, which no spreadsheet program writes, so it is not read",
)
_CHUNK = 2**20


def damaged(path: str, why: Both | Exception) -> KpituiError:
    """The error of a file that is not whole; what a library says of it is cut short."""
    said = why if isinstance(why, Both) else str(why).partition("\n")[0][:100]
    return KpituiError(_DAMAGED.format(path=path, why=said))


def locked(path: str) -> KpituiError:
    """The error of a file that needs a password."""
    return KpituiError(_LOCKED.format(path=path))


@contextmanager
def opened(data: bytes, path: str) -> Iterator[zipfile.ZipFile]:
    """The archive, its sizes and the XML of its parts checked; KpituiError for what zip or XML finds wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_sizes(archive, path)
            yield archive
    except (zipfile.BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise damaged(path, error) from error


def check_sizes(archive: zipfile.ZipFile, path: str) -> None:
    """Refuse a bomb by what it says of itself: zipfile unpacks no more than a part states."""
    parts = archive.infolist()
    if len(parts) > limits.MOST_PARTS:
        raise KpituiError(_PARTS.format(path=path, most=limits.MOST_PARTS))
    _check_total(parts, path, limits.MOST_UNPACKED)
    _check_total((part for part in parts if not is_sheet(part.filename)), path, limits.MOST_UNPACKED_OTHER)
    for part in parts:
        _check_part(part, path)


def is_sheet(name: str) -> bool:
    """Whether a part holds the cells of a sheet, which are read one row at a time."""
    return "worksheets/" in name.lower() or "media/" in name.lower()


def _check_total(parts: Iterable[zipfile.ZipInfo], path: str, most: int) -> None:
    size = sum(part.file_size for part in parts)
    if size > most:
        raise KpituiError(_LARGE.format(path=path, size=size, most=most))


def _check_part(part: zipfile.ZipInfo, path: str) -> None:
    if part.flag_bits & 1:
        raise locked(path)
    ratio = part.file_size // max(part.compress_size, 1)
    if part.file_size > limits.SMALL_PART and ratio > limits.MOST_RATIO:
        raise KpituiError(_BOMB.format(path=path, part=part.filename, ratio=ratio))


def check_xml(archive: zipfile.ZipFile, path: str) -> None:
    """Read every XML part that is no sheet once: whole, well formed, and without entities of its own."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")) and not is_sheet(part.filename):
            parse(archive, part.filename, path, expat.ParserCreate())


def parse(archive: zipfile.ZipFile, name: str, path: str, parser: expat.XMLParserType) -> None:
    """Run a parser over a part, a piece at a time; KpituiError where it declares a document type."""

    def refuse(*_: object) -> None:
        raise KpituiError(_DOCTYPE.format(path=path, part=name))

    parser.StartDoctypeDeclHandler = refuse
    with archive.open(name) as source:
        while piece := source.read(_CHUNK):
            parser.Parse(piece, False)
    parser.Parse(b"", True)
