"""Write a file whole or not at all: a reader sees the old content or the new, never half of either."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from kpitui.dataclass import dataclass
from kpitui.errors import InputError, KpituiError
from kpitui.text.wording import Both

ABANDONED = 600.0
"""Seconds after which a file that is still under its temporary name belongs to nobody."""
_NOT_UNICODE = Both(
    "{path}: 書き込めません: 内容がUnicodeの文字列ではありません",
    "{path}: cannot be written: its text is not Unicode",
)
_EXISTS = Both("{path} は既にあります", "{path} exists")
_UNWRITABLE = Both("{path}: 書き込めません: {error}", "{path}: cannot be written: {error}")


class ExistsError(KpituiError):
    """A file of that name exists; it was left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(_EXISTS.format(path=path))
        self.path = path


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Replace the file at `path` by `text` in UTF-8, line ends as they stand; errors as `write_bytes`.

    A `private` file is its owner's alone from the first byte, whatever mode an older one had.
    """
    write_all({path: encoded(path, text)}, replace=True, private=private)


def encoded(path: Path, text: str) -> bytes:
    """The text in UTF-8; InputError naming the file it is for where it is not Unicode."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(_NOT_UNICODE.format(path=path)) from error


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`; a symbolic link stays one, and the file's mode is kept.

    Raises InputError where it cannot be written; the old file is then untouched, with nothing left beside it.
    """
    write_all({path: data}, replace=True)


def write_all(files: Mapping[Path, bytes], *, replace: bool, private: bool = False) -> None:
    """Write files that belong together; every one is whole on the disk before the first gets its name.

    Without `replace`, raises ExistsError if one of them exists, even one that came up a moment ago, and leaves
    none behind. Raises InputError where one cannot be written. A device or a pipe is written to as it stands.
    """
    staged: list[_Staged] = []
    try:
        for path, data in files.items():
            with told(path):
                staged.append(_Staged.of(path, data, replace=replace, private=private))
        for each in staged:
            with told(each.path):
                each.place(replace=replace)
    except BaseException:
        for each in staged:
            each.take_back(replaced=replace)
        raise
    for folder in {each.target.parent for each in staged if each.stream is None}:
        _sweep(folder)


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed while it wrote has left in a folder, once it surely is no longer at it."""
    for left in folder.glob(".kpitui-*.tmp"):
        with suppress(OSError):
            if time() - left.stat().st_mtime > ABANDONED:
                left.unlink()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What the system says of a file, as an InputError or ExistsError that names it."""
    try:
        yield
    except FileExistsError:
        raise ExistsError(path) from None
    except OSError as error:
        raise InputError(_UNWRITABLE.format(path=path, error=error.strerror or error)) from error
    except RuntimeError as error:  # how Path.resolve reports a loop of links until Python 3.13
        raise InputError(_UNWRITABLE.format(path=path, error=error)) from error


@dataclass
class _Staged:
    """A file under a temporary name in its own folder, and the name it is to get; a stream has only its data."""

    path: Path
    target: Path
    temporary: Path
    stream: bytes | None = None
    placed: bool = False

    @classmethod
    def of(cls, path: Path, data: bytes, *, replace: bool, private: bool = False) -> _Staged:
        target = path.resolve()
        # In the same folder, for a rename is atomic only within one file system; of fixed length, for a name near
        # the system's limit leaves no room for an addition.
        temporary = target.parent / f".kpitui-{secrets.token_hex(8)}.tmp"
        if is_stream(path):
            return cls(path, path, temporary, data)
        if not replace and target.exists():
            raise FileExistsError
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        try:
            _write_through(temporary, data, 0o600 if private else 0o666)
            if target.is_file() and not private:
                shutil.copymode(target, temporary)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return cls(path, target, temporary)

    def place(self, *, replace: bool) -> None:
        if self.stream is not None:
            self.path.write_bytes(self.stream)
        elif replace:
            self.temporary.replace(self.target)
        else:
            _claim(self.temporary, self.target)
        self.placed = self.stream is None

    def take_back(self, *, replaced: bool) -> None:
        self.temporary.unlink(missing_ok=True)
        if self.placed and not replaced:
            self.target.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Whether it is a device or a pipe, such as /dev/stdout, which a file must not take the place of."""
    try:
        mode = path.stat().st_mode
    except (OSError, RuntimeError):
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _claim(temporary: Path, target: Path) -> None:
    """Give a file a name that nothing has; FileExistsError if something does."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: an empty file holds the name
        target.open("xb").close()
        try:
            temporary.replace(target)
        except BaseException:
            target.unlink()
            raise
    else:
        temporary.unlink()


def _write_through(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
