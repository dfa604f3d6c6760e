"""Files of one folder, replaced all at once: whoever reads them has all the old ones or all the new ones.

The new files are first written into a folder of their own inside the folder, under a name that nobody reads. Renaming
that folder to `PENDING` is the change: it has happened, or it has not. Only then does each file move to its place, and
until it is there a reader takes it from `PENDING`. So a program that is killed leaves a folder that reads as old or
as new at every moment, and whoever changes it next first ends the moving. All of it is mkdir, rename and unlink, which
every system has; a lock of the system, where there is one, lets one program at a time move files. Files of other
names are never touched.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep, time

from kpitui.atomic import ABANDONED, told, write_bytes
from kpitui.dataclass import dataclass
from kpitui.errors import InputError
from kpitui.text.wording import Both
from kpitui.textfile import is_folder, read_bytes

PENDING = ".kpitui-import"
"""The folder of files that count already and are on their way to their places."""
_GONE = ".gone"
"""The ending, in that folder, of the name of a file that is to be no more."""
_STAGED = ".kpitui-*.new"
_PATIENCE = 30.0
"""Seconds to wait for another program that changes the same folder."""
_TRIES = 20
"""How often reading begins anew because the folder changed meanwhile."""
_UNUSABLE = Both("{folder}: 報告フォルダにできません: {error}", "{folder}: cannot be made a report folder: {error}")
_BUSY = Both(
    "{folder}: 別のプログラムが書き込んでいます",
    "{folder}: another program is writing there",
)

Mark = tuple[int, int, int] | None
"""What tells one content of a file from another: its number, time and size; None where there is no file."""


# Reading


def current(folder: Path, name: str) -> Path:
    """Where a file of the folder is to be read; there is none there if a change took it away."""
    waiting = folder / PENDING / name
    on_its_way = _mark(waiting) or _mark(waiting.with_name(name + _GONE))
    return waiting if on_its_way else folder / name


def read(folder: Path, names: Sequence[str], optional: Collection[str] = ()) -> dict[str, bytes]:
    """The files of those names, all as before a change or all as after it; optional ones may be absent.

    Raises InputError where a file is missing or unreadable.
    """
    every = (*names, *optional)
    for _ in range(_TRIES - 1):
        before, missed, found = _marks(folder, every), None, dict[str, bytes]()
        try:
            found = _read(folder, names, optional)
        except InputError as error:
            missed = error
        if _marks(folder, every) == before:
            if missed:
                raise missed
            return found
    return _read(folder, names, optional)


def _read(folder: Path, names: Sequence[str], optional: Collection[str]) -> dict[str, bytes]:
    there = [name for name in optional if _mark(current(folder, name))]
    return {name: read_bytes(current(folder, name), called=folder / name) for name in (*names, *there)}


def _marks(folder: Path, names: Sequence[str]) -> list[tuple[Path, Mark]]:
    """Where each file is to be read, and what tells its content from another."""
    return [(path, _mark(path)) for path in (current(folder, name) for name in names)]


def _mark(path: Path) -> Mark:
    try:
        found = path.stat()
    except (OSError, RuntimeError, ValueError):
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


# Writing


@dataclass(frozen=True)
class Change:
    """The new content of files by name, and the names of files that are to be no more."""

    files: Mapping[str, bytes]
    gone: Collection[str] = ()


def replace(folder: Path, change: Callable[[], Change]) -> None:
    """Change files of a folder all at once; the folder is made if it is not there.

    What to change is asked for once nobody else can write there. A file that is replaced keeps its mode, and a
    symbolic link stays one. Raises InputError where something cannot be written, and the folder is then as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(_UNUSABLE.format(folder=folder, error=error.strerror or error)) from error
    with _alone(folder):
        _settle(folder)
        _commit(_staged(folder, change()), folder)
        _settle(folder)
        _sweep(folder)


def settle(folder: Path) -> None:
    """Bring to its end a change that a killed program has left half moved; errors as `replace`."""
    if _mark(folder / PENDING):
        with _alone(folder):
            _settle(folder)


def _staged(folder: Path, change: Change) -> Path:
    """A folder with all that is to change, whole on the disk, under a name that nobody reads."""
    place = folder / f".kpitui-{secrets.token_hex(8)}.new"
    with told(folder):
        place.mkdir()
    try:
        for name, data in change.files.items():
            _stage(place / name, folder / name, data)
        for name in change.gone:
            with told(folder / name):
                (place / (name + _GONE)).touch()
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return place


def _stage(path: Path, target: Path, data: bytes) -> None:
    """Write one of them, if there is nothing in the way of it where it goes."""
    with told(target):
        real = target.resolve()
        if real.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with told(target):
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if real.is_file():
            shutil.copymode(real, path)


def _commit(staged: Path, folder: Path) -> None:
    try:
        with told(folder):
            staged.rename(folder / PENDING)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _settle(folder: Path) -> None:
    """Move what counts already to its place; begun anew after a kill, it goes on where that one ended."""
    pending = folder / PENDING
    if not is_folder(pending):
        return
    with told(pending):
        waiting = sorted(pending.iterdir())
    for each in waiting:
        with told(folder / each.name):
            _move(each, folder)
    with told(pending):
        pending.rmdir()


def _move(waiting: Path, folder: Path) -> None:
    """Move one file; where its place is a link, to where that leads, which may be on another disk."""
    if waiting.name.endswith(_GONE):
        (folder / waiting.name.removesuffix(_GONE)).unlink(missing_ok=True)
        waiting.unlink()
    elif (folder / waiting.name).is_symlink():
        write_bytes(folder / waiting.name, waiting.read_bytes())
        waiting.unlink()
    else:
        waiting.replace(folder / waiting.name)


def _sweep(folder: Path) -> None:
    """Remove what killed programs never came to rename, once it surely is nobody's."""
    for left in folder.glob(_STAGED):
        with suppress(OSError):
            if time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One program at a time; the system lets go of the lock when a program ends, however that comes."""
    try:
        import fcntl  # noqa: PLC0415 - not every system has it
    except ImportError:
        yield
        return
    with told(folder):
        handle = os.open(folder, os.O_RDONLY)
    try:
        until = monotonic() + _PATIENCE
        while not _locked(lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)):
            if monotonic() > until:
                raise InputError(_BUSY.format(folder=folder))
            sleep(0.02)
        yield
    finally:
        os.close(handle)


def _locked(lock: Callable[[], None]) -> bool:
    """Whether nobody else has the lock; a file system that knows none lets everyone pass."""
    try:
        lock()
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
