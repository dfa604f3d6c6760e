"""Open a document of any publisher: first the screen that shows how it is read, then the browser on the result."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from kpitui.config import Config
from kpitui.report.open import open_report
from kpitui.sources.general.trial import Trial, begin, save
from kpitui.text.wording import Both
from kpitui.tui.app import KpituiApp, Start
from kpitui.tui.importing.lines import Plain
from kpitui.tui.importing.screen import Importing
from kpitui.tui.opening import first_view
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

_READING = Both("{path} を読んでいます…", "reading {path} …")
_LARGE = 2**18
"""Bytes from which on reading a document takes so long that it is said."""
_SAVED = Both("保存しました: {path}", "saved: {path}")


def run(args: Namespace, typed: bytes = b"") -> int:
    """Open the one document that the command line names, and return the exit code; what was `typed` before comes first.

    What is not kept lies in a temporary report folder while the browser is open.
    """
    config: Config = args.config
    store = Store.usual(config.views)
    path = Path(args.report[0])
    if path.stat().st_size > _LARGE:
        print(Plain(config.language).say(_READING.format(path=path)), file=sys.stderr)
    trial = begin(path)
    with TemporaryDirectory(prefix="kpitui-") as place:
        start = starting(trial, Path(place) / "report", store, args.view or "", config)
        app = KpituiApp(start, SavedView("", ViewSpec()), store, config.language, config)
        app.typed = typed
        app.run(mouse=config.mouse)
    return app.return_code or app.return_value or 0


def starting(trial: Trial, place: Path, store: Store, view: str, config: Config) -> Start:
    """Makes the first screen; `place` is where a report that is not kept is held, `view` the one that was named."""

    def start(app: KpituiApp) -> Importing:
        plain = Plain(app.lang, config.ascii)
        commands = {command.id: command for command in app.commands}
        return Importing(trial, plain, commands, _opening(app, place, store, view, plain))

    return start


def _opening(app: KpituiApp, place: Path, store: Store, view: str, plain: Plain) -> Callable[[Trial, str], None]:
    def opening(trial: Trial, kept: str) -> None:
        folder = Path(kept) if kept else place
        save(trial, folder)
        report = open_report(folder)
        shown = store.find(view, report, app.lang) if view else SavedView("", first_view(report))
        app.push_screen(app.browse(report, shown))
        if kept:
            app.notify(plain.say(_SAVED.format(path=folder)), markup=False, timeout=10)

    return opening
