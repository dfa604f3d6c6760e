"""How large a report is before it is read; it imports no polars, for a screen says that it is being read meanwhile."""

from __future__ import annotations

from pathlib import Path

from kpitui.textfile import ending

_PARQUET = 4_000_000
_TEXT = 20_000_000
"""Bytes from which on reading is shown as a wait: some 150,000 KPIs in Parquet, 70,000 in text, for which reading and
judging take a fifth of a second. Below, the rows themselves are there sooner than a screen before them and they."""


def is_big(path: Path) -> bool:
    """Whether reading the file or folder takes so long that the reader is told of it."""
    try:
        files = list(path.iterdir()) if path.is_dir() else [path]
        size = sum(each.stat().st_size for each in files)
    except OSError:  # told by what reads it
        return False
    return size > (_PARQUET if ending(path) == ".parquet" else _TEXT)
