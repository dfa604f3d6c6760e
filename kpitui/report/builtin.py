"""Where the built-in report lies: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_NAME = "yamaguchi-r3"


def folder() -> Path:
    """The folder of the report that is opened when none is named."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "data" / _NAME
    return installed if installed.is_dir() else package.parent / "data" / _NAME
