"""Write a file whole or not at all: a reader sees the old content or the new, never half of either."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from kpitui.errors import InputError
from kpitui.text.wording import Both

_NOT_UNICODE = Both(
    "{path}: 書き込めません: 内容がUnicodeの文字列ではありません",
    "{path}: cannot be written: its text is not Unicode",
)
_UNWRITABLE = Both("{path}: 書き込めません: {error}", "{path}: cannot be written: {error}")


def write_text(path: Path, text: str) -> None:
    """Replace the file at `path` by `text` in UTF-8, line ends as they stand; errors as `write_bytes`."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise InputError(_NOT_UNICODE.format(path=path)) from error
    write_bytes(path, data)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`; a symbolic link stays one, and the file's mode is kept.

    Raises InputError where it cannot be written; the old file is then untouched, with nothing left beside it.
    """
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise InputError(_UNWRITABLE.format(path=path, error=error.strerror or error)) from error
    except RuntimeError as error:  # how Path.resolve reports a loop of links until Python 3.13
        raise InputError(_UNWRITABLE.format(path=path, error=error)) from error


def _replace(target: Path, data: bytes) -> None:
    # In the same folder, for a rename is atomic only within one file system; of fixed length, for a name near
    # the system's limit leaves no room for an addition.
    temporary = target.with_name(f".kpitui-{secrets.token_hex(8)}.tmp")
    try:
        _write_through(temporary, data)
        if target.is_file():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
