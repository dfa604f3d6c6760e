"""The screen that stands while a large report is being read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from kpitui.config import Config
from kpitui.errors import KpituiError
from kpitui.text.cells import plain_ascii, safe
from kpitui.text.prose import Line, Span
from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import Command, first_key
from kpitui.tui.resizing import Sized
from kpitui.tui.shell import Shell
from kpitui.tui.threads import Threads
from kpitui.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from kpitui.views.resume import Kept

T = TypeVar("T")

_LOADING = Both("読み込み中… {name}", "loading… {name}")
_STOP = Both("中止", "stop")
_LEAVES = ("quit", "out")


class Loading(Sized, Screen[None], inherit_bindings=False):
    """The browser's frame, with a line that says which file is being read.

    Keys are those of the browser, as far as they make sense without a report: help, and leaving.
    """

    TABS: ClassVar[tuple[str, ...]] = ("overview", "projects", "kpis", "audit")
    """The commands that the tabs stand for."""

    def __init__(
        self,
        paths: Sequence[Path],
        config: Config,
        commands: Iterable[Command],
        resumed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._resumed = resumed
        self.paths = paths
        self.lang: Lang = config.language
        self.ascii = config.ascii
        self.commands = {command.id: command for command in commands}

    def compose(self) -> ComposeResult:
        """Headline, tabs, what is being read, and the keys that work."""
        yield Bar(id="headline")
        yield Bar(id="tabs")
        yield Static(
            self._text(_LOADING.format(name=", ".join(path.name for path in self.paths))), id="loading", markup=False
        )
        yield Bar(id="footer")

    def on_mount(self) -> None:
        """Fill the lines."""
        self.query_one("#headline", Bar).left = (Span(self._text(", ".join(map(str, self.paths))), "strong"),)
        tabs = (self.commands[each] for each in self.TABS)
        self.query_one("#tabs", Bar).left = tuple(Span(f" {self._named(each)}  ") for each in tabs)
        footer = self.query_one("#footer", Bar)
        footer.left = (Span(first_key(self.commands["out"]), "strong"), Span(f" {_STOP.say(self.lang)}"))
        footer.right = tuple(each for id_ in ("help", "quit") for each in self._key(self.commands[id_]))

    def on_screen_resume(self) -> None:
        """Help was left, and meanwhile the report may have been read."""
        self._resumed()

    def _text(self, words: Both | str) -> str:
        said = safe(words if isinstance(words, str) else words.say(self.lang))
        return plain_ascii(said) if self.ascii else said

    def _named(self, command: Command) -> str:
        return f"{first_key(command)} {command.label.say(self.lang)}".lstrip()

    def _key(self, command: Command) -> Line:
        return (Span(first_key(command), "strong"), Span(f" {command.label.say(self.lang)}  "))

    def action_run(self, commands: tuple[str, ...]) -> None:
        """Leave or help; whatever else a key means has to wait for the report."""
        if any(each in _LEAVES for each in commands):
            self.app.exit(0)
        elif "help" in commands:
            self._help()

    def _help(self) -> None:
        from kpitui.tui.dialogs.reading import ReadingDialog  # noqa: PLC0415 - with polars, see `Shell`
        from kpitui.tui.help import help_lines  # noqa: PLC0415

        display, commands = _display(self.paths[0], self.lang, ascii=self.ascii), self.commands.values()
        self.app.push_screen(ReadingDialog(lambda width: help_lines(commands, "table", "kpis", display, width)))


def _display(path: Path, lang: Lang, *, ascii: bool) -> Any:  # noqa: A002 - as Display calls it
    """How help reads before there is a report: it says nothing of one."""
    import polars as pl  # noqa: PLC0415 - see `Shell`

    from kpitui.output.display import Display  # noqa: PLC0415
    from kpitui.report.model import Fact, Metadata, Report  # noqa: PLC0415

    metadata = Metadata(path.stem, Fact(path.stem, "", 0), "", None, None, path.name, "")
    return Display(Report(metadata, pl.DataFrame(), "", path, pl.DataFrame), lang, ascii)


class LoadingApp(Shell):
    """kpitui over a report that a thread reads while the screen already stands.

    `last` is the session to go on with; without one, the report opens with the view of that name.
    """

    def __init__(self, paths: Sequence[Path], view: str | None, config: Config, last: Kept | None = None) -> None:
        super().__init__(config.language, config)
        self._paths = paths
        self._view = view
        self._last = last
        self._threads = Threads()
        self._browse: Callable[[], Screen[None]] | None = None
        self._filled = False

    def get_default_screen(self) -> Screen[None]:
        """What stands until the report has been read."""
        return Loading(self._paths, self.config, self.commands, self.fill)

    def on_ready(self) -> None:
        """The screen stands: now read."""
        super().on_ready()
        self.run_worker(self._load())

    def loaded(self) -> None:
        """Of what is imported and built nothing is looked at before the browser stands: that would take 20 ms."""
        if self._filled:
            super().loaded()

    async def _load(self) -> None:
        try:
            browse = await self._threads.run(self._read)
        except KpituiError as error:
            self.error = error
            self.exit(error.exit_code)
            return
        self._browse = browse
        self.fill()

    def _read(self) -> Callable[[], Screen[None]]:
        if self._last is not None:
            return _read_on(self._last, self.config, self.commands)
        return _read(self._paths, self._view, self.config, self.commands)

    def fill(self) -> None:
        """Put the browser over what stood, once it is there and help is not being read any more."""
        if self._browse is not None and isinstance(self.screen, Loading):
            self.push_screen(self._browse())
            self._browse, self._filled = None, True
            self.keep_place(tuple(str(each.absolute()) for each in self._paths))


def _read(
    paths: Sequence[Path], view: str | None, config: Config, commands: Iterable[Command]
) -> Callable[[], Screen[None]]:
    """In a thread: read, import the browser meanwhile, find the first rows; returns what makes the browser of it."""
    from kpitui.report.open import open_reports  # noqa: PLC0415 - see `Shell`

    report = _while_importing(lambda: open_reports(paths))
    from kpitui.tui.browse import Browse  # noqa: PLC0415
    from kpitui.tui.opening import begun  # noqa: PLC0415
    from kpitui.views.history import Reading  # noqa: PLC0415

    found = begun(report, view, config)
    rows = found.rows()
    return lambda: Browse(found.report, Reading.start(found.view.spec), found.store, config, commands, found.view, rows)


def _read_on(last: Kept, config: Config, commands: Iterable[Command]) -> Callable[[], Screen[None]]:
    """The same for the session that was kept, with its rows as they were."""
    from kpitui.tui.resume import resumed  # noqa: PLC0415 - see `Shell`

    found = _while_importing(lambda: resumed(last))
    from kpitui.tui.browse import Browse  # noqa: PLC0415
    from kpitui.views.query import select  # noqa: PLC0415
    from kpitui.views.store import Store  # noqa: PLC0415

    rows, store = select(found.report, found.reading.place.spec), Store.usual(config.views)

    def browse() -> Screen[None]:
        made = Browse(found.report, found.reading, store, config, commands, rowset=rows)
        made.first_words = found.words
        return made

    return browse


def _while_importing(read: Callable[[], T]) -> T:
    """What reading a report comes to; the browser, and what its first screen needs, are imported meanwhile.

    Reading polars' own threads do, while an import keeps the interpreter; what reading needs of it comes first.
    """
    import kpitui.report.tables  # noqa: PLC0415

    with ThreadPoolExecutor(1) as aside:
        reading = aside.submit(read)
        import kpitui.tui.browse  # noqa: PLC0415
        import kpitui.tui.opening  # noqa: PLC0415
        import kpitui.tui.resume  # noqa: F401, PLC0415

        return reading.result()
