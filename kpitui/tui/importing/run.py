"""Open a document of any publisher: first the screen that shows how it is read, then the browser on the result."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kpitui.config import Config
from kpitui.report.open import open_report
from kpitui.sources.general.trial import Trial, begin, save
from kpitui.text.wording import Both
from kpitui.tui.app import KpituiApp, Start
from kpitui.tui.commands import Command
from kpitui.tui.importing.commands import commands
from kpitui.tui.importing.lines import Plain
from kpitui.tui.importing.screen import Importing
from kpitui.tui.importing.trials import LARGE
from kpitui.tui.importing.waiting import Waiting
from kpitui.tui.opening import first_view
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

_SAVED = Both("保存しました: {path}", "saved: {path}")


def run(args: Namespace, typed: bytes = b"") -> int:
    """Open the one document that the command line names, and return the exit code; what was `typed` before comes first.

    A large one is read by a thread when the screen already stands. What is not kept lies in a temporary report folder
    while the browser is open; a thread may still be writing there at the end. Raises KpituiError where it cannot be
    read at all.
    """
    config: Config = args.config
    store = Store.usual(config.views)
    path = Path(args.report[0])
    with TemporaryDirectory(prefix="kpitui-", ignore_cleanup_errors=True) as place:
        goal = Goal(Path(place) / "report", store, args.view or "", config)
        start = waiting(path, goal) if path.stat().st_size > LARGE else starting(begin(path), goal)
        app = KpituiApp(start, SavedView("", ViewSpec()), store, config.language, config)
        app.typed = typed
        app.run(mouse=config.mouse)
    if app.error is not None:
        raise app.error
    return app.return_code or app.return_value or 0


@dataclass(frozen=True)
class Goal:
    """Where reading a document leads: `place` holds a report that is not kept, `view` is the one that was named."""

    place: Path
    store: Store
    view: str
    config: Config

    def screen(self, trial: Trial, app: KpituiApp) -> Importing:
        """The import screen over what was read."""
        plain = Plain(app.lang, self.config.ascii)
        return Importing(trial, plain, commands_of(app), lambda found, kept: self._opened(found, kept, app, plain))

    def _opened(self, trial: Trial, kept: str, app: KpituiApp, plain: Plain) -> Callable[[], None]:
        """Write the report and read it, maybe in a thread; returns what shows it."""
        folder = Path(kept) if kept else self.place
        save(trial, folder)
        report = open_report(folder)
        shown = self.store.find(self.view, report, app.lang) if self.view else SavedView("", first_view(report))

        def show() -> None:
            app.push_screen(app.browse(report, shown))
            if kept:
                app.notify(plain.say(_SAVED.format(path=folder)), markup=False, timeout=10)

        return show


def starting(trial: Trial, goal: Goal) -> Start:
    """Makes the first screen over a document that has been read."""
    return lambda app: goal.screen(trial, app)


def waiting(path: Path, goal: Goal) -> Start:
    """Makes the first screen of a document that a thread is to read behind it."""

    def start(app: KpituiApp) -> Waiting:
        every = commands_of(app).values()
        return Waiting(path, app.config, every, lambda: begin(path), lambda trial: goal.screen(trial, app))

    return start


def commands_of(app: KpituiApp) -> dict[str, Command]:
    """The commands of the import screen with the keys that they have in an app."""
    return commands({command.id: command for command in app.commands}, app.importing)
