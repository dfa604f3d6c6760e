"""How a document is read on the import screen, and how it was before each word of the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kpitui.sources.general.options import Options
from kpitui.sources.general.trial import Trial, changed
from kpitui.text.wording import Both
from kpitui.tui.engine import Asked, Engine
from kpitui.tui.saying import READING

MANY = 3_000
"""Rows from which on a thread reads the document again: with twenty columns that takes more than a second."""
LARGE = 2**18
"""Bytes from which on a document is read in a thread where the number of its rows is not known yet."""
_OPENING = Both("報告書を開いています… Esc で中止", "opening the report… Esc stops")

Opening = Callable[[Trial, str], Callable[[], None]]


class Trials:
    """The trial that is shown, `now`, and those `before`; every word of the reader makes another.

    `opening` takes the trial when the reader goes on, maybe in a thread, and returns what shows the report. `begun` is
    called when something was asked for, `taken` when another trial is shown. `warned` says that the reader, who is
    about to leave, was told of losing what has been said since.
    """

    def __init__(
        self, trial: Trial, opening: Opening, engine: Engine, begun: Callable[[], None], taken: Callable[[], None]
    ) -> None:
        self.now = trial
        self.before: list[Trial] = []
        self.warned = False
        self._opening = opening
        self._engine = engine
        self._begun = begun
        self._taken = taken
        self._asked = trial.options

    @property
    def waits(self) -> bool:
        """Whether the document is being read again, or its report opened."""
        return self.waits_for is not None

    @property
    def waits_for(self) -> Both | None:
        """What is being worked out; None where nothing is."""
        return _OPENING if self._engine.waits("page") else READING if self._engine.waits("look") else None

    @property
    def asked(self) -> Trial:
        """The document as shown, with everything that was said of it, be it read so already or not."""
        return replace(self.now, options=self._asked) if self._engine.waits("look") else self.now

    @property
    def is_long(self) -> bool:
        """Whether reading the document takes so long that a thread does it."""
        document = self.now.document
        return sum(len(table.rows) for table in document.tables) > MANY if document else len(self.now.data) > LARGE

    def change(self, options: Options) -> None:
        """Read the document anew with these options; one that is refused thereby tells why.

        A reading that has not come to its end is dropped: the options say what was said before, too.
        """
        trial = self.now
        again = options.encoding != trial.options.encoding and len(trial.data) > LARGE
        self._engine.drop("page")
        self._asked = options
        asked = Asked(options, READING, self._changed)
        self._engine.ask("look", asked, lambda: changed(trial, options), threaded=again or self.is_long)
        self._begun()

    def _changed(self, trial: Trial) -> None:
        self.before.append(self.now)
        self.warned = False
        self._take(trial)

    def _take(self, trial: Trial) -> None:
        self.now = trial
        self._taken()

    def open(self, kept: str) -> None:
        """Write the report, into the folder `kept` if one is named, and show it."""
        trial = self.now
        asked = Asked(object(), _OPENING, lambda show: show())
        self._engine.ask("page", asked, lambda: self._opening(trial, kept), threaded=self.is_long)
        self._begun()

    def stop(self) -> bool:
        """Give up what is being worked out and leave things as they are; False where nothing is."""
        return self._engine.stop()

    def undo(self) -> bool:
        """Go back to how it was read before the last word; False where nothing was said."""
        if not self.before:
            return False
        self._take(self.before.pop())
        return True
