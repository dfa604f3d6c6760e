"""How the reader gets on: from place to place and from view to view, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from kpitui.dataclass import dataclass
from kpitui.report.model import Table
from kpitui.text.wording import Both
from kpitui.tui.answers import Answers
from kpitui.tui.engine import Engine
from kpitui.tui.saying import STOPPED, between
from kpitui.views.history import History, Page, Place, Reading
from kpitui.views.spec import ViewSpec

UNDO_HINT = Both("{key[undo]} で元に戻せます", "{key[undo]} brings it back")
_SURPRISING = ("clear", "hide", "only", "but")
"""Commands after which a reader may wonder where things went."""
_NO_OPPOSITE = Both("検索は逆にできません", "a search has no opposite")


class Shown(Protocol):
    """What shows a reading."""

    @property
    def reading(self) -> Reading:
        """What is being read; another one is drawn as soon as it is set."""
        ...

    @reading.setter
    def reading(self, reading: Reading) -> None: ...

    def remembered(self) -> Reading:
        """What is being read, with where the cursor is."""
        ...


@dataclass(frozen=True)
class _Change:
    """A view whose rows are being worked out, and what was read before if that is already more than one change ago."""

    spec: ViewSpec
    base: Reading | None


class Way:
    """The one who changes what is being read, once what it shows is known; keeps what was read before.

    Whatever is asked for replaces what is still waited for.
    """

    def __init__(self, shown: Shown, answers: Answers, engine: Engine, tell: Callable[[Both], None]) -> None:
        """`tell` says something in the footer."""
        self._shown = shown
        self._answers = answers
        self._engine = engine
        self._tell = tell
        self._previous = shown.reading
        self._history = History()
        self._change: _Change | None = None
        self._ahead = _where(shown.reading.place)

    # From place to place

    def go(self, reading: Reading) -> None:
        """Look at something else; where the reader was is kept for the way back."""
        if reading is not self._shown.reading:
            self._arrive(reading.place, lambda: self._gone(reading))

    def _gone(self, reading: Reading) -> None:
        left = self._shown.reading.place
        self._previous = self._shown.remembered()
        self._shown.reading = _with(reading, left, self._previous.place)

    def go_back(self) -> None:
        """To what was looked at before; once more: forth again."""
        self.go(self._previous)

    # From view to view

    @property
    def wanted(self) -> ViewSpec:
        """The view of this place with the changes whose rows are still being worked out."""
        change = self._awaited
        return change.spec if change else self._shown.reading.place.spec

    @property
    def _awaited(self) -> _Change | None:
        """The change whose rows are still to come."""
        return self._change if self._engine.waits("rows") else None

    def shape(self, command: str, spec: ViewSpec) -> None:
        """Change the view of this place, as an undoable step.

        A change made while another is being worked out, that is one to `wanted`, makes one step with it.
        """
        if spec == self._shown.reading.place.spec:
            self._engine.drop("rows")
            return
        base = self._awaited.base if self._awaited else None
        self._select(spec, lambda: self._shaped(command, spec, base), _Change(spec, base))

    def _shaped(self, command: str, spec: ViewSpec, base: Reading | None) -> None:
        before = base or self._shown.remembered()
        self._history = self._history.changed(command, before)
        self._shown.reading = before.here(replace(before.place, spec=spec)).marked(spec)
        if command in _SURPRISING or not len(self._answers.rowset):
            self._tell(UNDO_HINT)

    def turn_round(self, chip: int) -> None:
        """Ask for the opposite of what a chip stands for; a search has none."""
        spec = self._shown.reading.place.spec
        turned = spec.with_chip_negated(chip)
        if turned == spec:
            self._tell(_NO_OPPOSITE)
        else:
            self.shape("filters", turned)

    def open(self, spec: ViewSpec, done: Callable[[], None]) -> None:
        """Show a view on its own tab, as an undoable step, then do something."""
        self._select(spec, lambda: self._opened(spec, done))

    def _opened(self, spec: ViewSpec, done: Callable[[], None]) -> None:
        self._previous = self._shown.remembered()
        self._history = self._history.changed("open", self._previous)
        self._shown.reading = self._previous.opened(spec)
        done()

    # A view that is not decided on yet

    def attempt(self, spec: ViewSpec, before: Reading) -> None:
        """Show a view that is not decided on yet, from where the reader was: no step of the history."""
        reading = before.here(replace(before.place, spec=spec))
        self._select(spec, lambda: self._show(reading), _Change(spec, before))

    def keep(self, command: str, before: Reading) -> None:
        """Decide on what was attempted, as an undoable step from what was read before."""
        self._engine.afterwards("rows", lambda: self._kept(command, before), lambda: self.restore(before))

    def _kept(self, command: str, before: Reading) -> None:
        if self._shown.reading.place.spec != before.place.spec:
            self._history = self._history.changed(command, before)

    def restore(self, reading: Reading) -> None:
        """Show what was read before, cursor and all."""
        self._arrive(reading.place, lambda: self._show(reading))

    def _show(self, reading: Reading) -> None:
        self._shown.reading = reading

    # Back and forth

    def undo(self, told: Callable[[str | None], None]) -> None:
        """Undo, and tell the command taken back once that is done; None if there is nothing to.

        A change that is still being worked out is the last one, and is stopped.
        """
        if self._awaited:
            self.stop()
        else:
            self._step(self._history.undo(self._shown.reading), told)

    def redo(self, told: Callable[[str | None], None]) -> None:
        """Redo, and tell the command done again once that is done; None if there is nothing to."""
        self._step(self._history.redo(self._shown.reading), told)

    def _step(self, step: tuple[str, Reading, History] | None, told: Callable[[str | None], None]) -> None:
        if step is None:
            told(None)
        else:
            self._arrive(step[1].place, lambda: self._stepped(*step, told))

    def _stepped(self, command: str, reading: Reading, history: History, told: Callable[[str], None]) -> None:
        self._shown.reading, self._history = reading, history
        told(command)

    # Waiting

    def _arrive(self, place: Place, then: Callable[[], None]) -> None:
        self._change, self._ahead = None, _where(place)
        self._answers.arrive(place, self._words(place.spec), then)

    def _select(self, spec: ViewSpec, then: Callable[[], None], change: _Change | None = None) -> None:
        self._change, self._ahead = change, ("table", spec.table)
        self._answers.select(spec, self._words(spec), then)

    def _words(self, spec: ViewSpec) -> Both:
        """How it is called to work out a view from the present one."""
        return between(self._shown.reading.place.spec, spec)

    def read_again(self, done: Callable[[], None]) -> None:
        """Do something once the report has been read again, and the rows of this view with it."""
        self._change, self._ahead = None, _where(self._shown.reading.place)
        self._answers.read_again(self._shown.reading.place.spec, done)

    def stay(self) -> None:
        """No longer wait for another table or page: what the reader begins is about the one that shows."""
        if self._engine.waits("rows") and self._ahead != _where(self._shown.reading.place):
            self._engine.drop("rows")
            self._tell(STOPPED)

    def stop(self) -> bool:
        """Give up what is being worked out and leave things as they are; False where nothing is."""
        stopped = self._engine.stop()
        if stopped:
            self._tell(STOPPED)
        return stopped


def _where(place: Place) -> tuple[Page, Table]:
    """What a place shows of which table."""
    return place.page, place.spec.table


def _with(reading: Reading, old: Place, new: Place) -> Reading:
    """The reading with the place that was left, with its cursor, where it stands in a trail."""
    trails = (tuple(new if place is old else place for place in trail) for trail in reading.trails)
    return replace(reading, trails=tuple(trails))
