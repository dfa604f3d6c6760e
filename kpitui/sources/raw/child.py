"""A process of its own for formats that a library has to parse, so that the worst file costs a bounded amount.

Parsers of workbooks, Parquet and PDF can be made to loop, to fill the memory or to crash. Run as a program, this
module reads the bytes of a document from its input and writes the document, or the error, to its output as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import archive, limits
from kpitui.sources.raw.kinds import Kind
from kpitui.sources.raw.model import Document
from kpitui.text.wording import Both

_MEMORY = Both(
    "{path}: 読むのに{most:,}バイトを超えるメモリーが要るため中止しました。表を分けて保存してください",
    "{path}: given up, as reading it takes more than {most:,} bytes of memory; save it in parts",
)
_STRUCTURE = Both("{kind} の構造になっていません", "it is not built as {kind} is")
_Reader = Callable[[bytes, str, str | None], Document]


def main() -> None:
    """Read `KIND PATH [SHEET]` from the command line, the bytes from standard input."""
    _bound()
    kind, path, *sheet = sys.argv[1:]
    data = sys.stdin.buffer.read()
    answer = json.dumps(_answer(Kind(kind), data, path, sheet[0] if sheet else None), ensure_ascii=False)
    sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))


def _bound() -> None:
    """Bound the memory, where the system can, and the libraries' threads, each of which reserves some."""
    os.environ.setdefault("POLARS_MAX_THREADS", "2")
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (limits.MOST_MEMORY, limits.MOST_MEMORY))


def _answer(kind: Kind, data: bytes, path: str, sheet: str | None) -> dict[str, Any]:
    try:
        document = read(kind, data, path, sheet)
    except KpituiError as error:
        return {"error": error.sentence, "usage": isinstance(error, UsageError)}
    tables = [[table.name, [[row.line, *row.cells] for row in table.rows]] for table in document.tables]
    return {"tables": tables, "told": document.told}


def read(kind: Kind, data: bytes, path: str, sheet: str | None) -> Document:
    """Read a document in this process. Raises KpituiError for whatever a library makes of a damaged one."""
    try:
        return _reader(kind)(data, path, sheet)
    except KpituiError:
        raise
    except MemoryError:
        raise KpituiError(_MEMORY.format(path=path, most=limits.MOST_MEMORY)) from None
    except Exception as error:  # what a parser raises for damage is not declared, and may be anything
        raise archive.damaged(path, _STRUCTURE.format(kind=kind)) from error


def _reader(kind: Kind) -> _Reader:
    """The reader of a format, in the module of its name; imported only now, as others need what is not installed."""
    reader: _Reader = import_module(f"kpitui.sources.raw.{kind}").read
    return reader


if __name__ == "__main__":
    main()
