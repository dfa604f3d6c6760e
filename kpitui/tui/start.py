"""Start the browser: a small report is read first, of a large one a screen says that it is being read."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kpitui import ambiguous
from kpitui.config import Config
from kpitui.errors import UsageError
from kpitui.glimpse import NONE, Glimpse, digests
from kpitui.report import builtin
from kpitui.report.big import is_big
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Both
from kpitui.textfile import ending
from kpitui.tui.threads import unfinished

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell
    from kpitui.views.resume import Kept

_TABLES = (".csv", ".parquet", ".json", ".ndjson")
_KEY = b"project_id"
_LONGEST_HEAD = 65_536
_TURN = 0.0005
"""Seconds after which the thread that writes to the terminal gets its turn; Python's own 5 ms delay each frame."""
_IMPORT_FIRST = Both(
    "{path}: 公表文書は客に見せる前に kpitui import で報告フォルダにしてください",
    "{path}: a published document is no report yet; kpitui import makes a report folder of it, which guests can read",
)


def run(args: Namespace) -> int:
    """Open the browser on what the command line names and return the exit code.

    Raises KpituiError where that cannot be read; the screen has been left then.
    """
    asked: Config = args.config
    answer = ambiguous.cells("1" if asked.ascii else asked.ambiguous_width)
    args.config = config = asked._replace(ambiguous_width=str(answer.cells))
    paths = [Path(each) for each in args.report]
    if args.guest:
        return _for_guest(paths, args, config, answer.typed)
    if _is_document(paths):
        from kpitui.tui.importing.run import run as read  # noqa: PLC0415 - a report folder needs none of it

        return _ended(read(args, answer.typed))
    asks = asked.ambiguous_width == "auto" and not asked.ascii
    seen: Glimpse = args.seen or NONE
    differs = args.resume or asks or any(map(is_big, paths))
    files = _first_depends_on(paths, args.view, config) if seen.key and not differs else None
    app = _resumed(config) if args.resume else _begun(paths, args.view, config)
    app.typed, app.glimpse = answer.typed, seen
    sys.setswitchinterval(_TURN)
    app.run(mouse=config.mouse)
    if files is not None and app.first_picture:
        app.glimpse.keep(app.first_picture, restored(app.first_picture), files)
    if app.error is not None:
        raise app.error
    return _ended(app.return_code or 0)


def _first_depends_on(paths: Sequence[Path], view: str | None, config: Config) -> list[tuple[str, str]] | None:
    """Files and folders, be they there or not, that the first screen is made of, as they are now."""
    files = [config.path, *(paths or [builtin.folder()])]
    if view:
        from kpitui.views.store import Store  # noqa: PLC0415 - most starts need no view

        files += [view, *Store.usual(config.views).folders]
    return digests(map(str, files))


def _is_document(paths: Sequence[Path]) -> bool:
    """Whether it is some publisher's document, which of a large table its first bytes tell without polars."""
    if len(paths) != 1 or (ending(paths[0]) in _TABLES and is_big(paths[0]) and _begins_as_kpis(paths[0])):
        return False
    from kpitui.report.open import is_document  # noqa: PLC0415 - it may have to look inside, with polars

    return is_document(paths)


def _begins_as_kpis(path: Path) -> bool:
    """Whether a large file is a table by its ending, or a text whose first line names the project of each KPI."""
    if ending(path) != ".csv":
        return True
    try:
        with path.open("rb") as file:
            return _KEY in file.readline(_LONGEST_HEAD)
    except OSError:  # told by what reads it
        return True


def _for_guest(paths: Sequence[Path], args: Namespace, config: Config, typed: bytes) -> int:
    from kpitui.tui import guestapp  # noqa: PLC0415
    from kpitui.tui.opening import opened  # noqa: PLC0415

    if _is_document(paths):
        raise UsageError(_IMPORT_FIRST.format(path=paths[0]))
    found = opened(paths, args.view, config)
    app = guestapp.GuestApp(found.report, found.view, found.store, config, args.guest)
    app.typed = typed
    return guestapp.run(app, config.mouse)


def _begun(paths: Sequence[Path], view: str | None, config: Config) -> Shell:
    return _loading(paths, view, config) if any(map(is_big, paths)) else _ready(paths, view, config)


def _resumed(config: Config) -> Shell:
    from kpitui.tui.resume import last  # noqa: PLC0415

    kept = last()
    paths = [Path(each) for each in kept.reports]
    return _loading(paths, None, config, kept) if any(map(is_big, paths)) else _read_on(kept, config)


def _read_on(kept: Kept, config: Config) -> Shell:
    from kpitui.tui.app import KpituiApp  # noqa: PLC0415
    from kpitui.tui.resume import resumed  # noqa: PLC0415
    from kpitui.views.saved import SavedView  # noqa: PLC0415
    from kpitui.views.store import Store  # noqa: PLC0415

    found = resumed(kept)
    view, store = SavedView("", found.reading.place.spec), Store.usual(config.views)
    return KpituiApp(found.report, view, store, config.language, config, reports=found.reports, resumed=found)


def _ready(paths: Sequence[Path], view: str | None, config: Config) -> Shell:
    from kpitui.tui.app import KpituiApp  # noqa: PLC0415 - polars takes 0.2 s, for which a loading screen need not wait
    from kpitui.tui.opening import opened  # noqa: PLC0415

    found = opened(paths, view, config)
    named = tuple(str(each.absolute()) for each in paths)
    return KpituiApp(found.report, found.view, found.store, config.language, config, reports=named)


def _loading(paths: Sequence[Path], view: str | None, config: Config, last: Kept | None = None) -> Shell:
    from kpitui.tui.loading import LoadingApp  # noqa: PLC0415 - a report that is read first needs none

    return LoadingApp(paths, view, config, last)


def _ended(code: int) -> int:
    """The exit code; where a thread is still at work, the program ends with it here."""
    if unfinished():
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End at once: a thread of polars can be neither stopped nor, while the interpreter is taken down, waited for."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
