"""Reads a document in a process of its own, and waits for it only so long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import archive, limits
from kpitui.sources.raw.kinds import Kind
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.text.wording import Both

_NEEDS = {Kind.XLSX: ("excel", "openpyxl"), Kind.XLS: ("excel", "xlrd"), Kind.PDF: ("pdf", "pdfplumber")}
_EXTRA = Both(
    "{path}: {kind} を読むには追加のインストールが必要です: pip install 'kpitui[{extra}]'",
    "{path}: reading {kind} needs the extra: pip install 'kpitui[{extra}]'",
)
_SLOW = Both(
    "{path}: 読むのに{most}秒以上かかるため中止しました。表の部分だけを保存して取り込んでください",
    "{path}: given up after {most} s of reading; save its tables alone and read those",
)
_CRASHED = Both("読み取りの途中で止まりました", "reading it broke off")


def read(kind: Kind, data: bytes, path: str, sheet: str | None) -> Document:
    """Read a document of that kind within bounded memory and time.

    Raises UsageError where the library for it is not installed, KpituiError where the document cannot be read.
    """
    check_extra(kind, path)
    # -P: a file of the current folder that is named like a module must not be run in its place.
    words = [
        sys.executable,
        "-P",
        "-m",
        "kpitui.sources.raw.child",
        kind,
        path,
        *([sheet] if sheet is not None else []),
    ]
    try:
        done = subprocess.run(
            words, input=data, capture_output=True, check=False, timeout=limits.MOST_SECONDS, env=_surroundings()
        )
    except subprocess.TimeoutExpired:
        raise KpituiError(_SLOW.format(path=path, most=limits.MOST_SECONDS)) from None
    except (OSError, ValueError) as error:
        raise archive.damaged(path, error) from error
    if done.returncode or not done.stdout:
        raise archive.damaged(path, _CRASHED)
    return replace(_document(json.loads(done.stdout.decode("utf-8", "surrogatepass")), path), laid_out=kind is Kind.PDF)


def check_extra(kind: Kind, path: str) -> None:
    """Raise UsageError where the library for a format is not installed."""
    extra, library = _NEEDS.get(kind, ("", ""))
    if library and find_spec(library) is None:
        raise UsageError(_EXTRA.format(path=path, kind=kind, extra=extra))


def _surroundings() -> dict[str, str]:
    """The environment, with the modules found where this process finds them."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}


def _document(answer: dict[str, Any], path: str) -> Document:
    if "error" in answer:
        kind = UsageError if answer["usage"] else KpituiError
        raise kind(Both(*answer["error"]))
    tables = tuple(RawTable(name, tuple(_row(row) for row in rows)) for name, rows in answer["tables"])
    return Document(path, tables, tuple(Both(*words) for words in answer["told"]))


def _row(row: list[Any]) -> RawRow:
    line, *cells = row
    return RawRow(line, tuple(cells))
