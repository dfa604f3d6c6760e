"""The line above the footer for typing one thing: a search, an expression, a range, a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textual import on
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from kpitui.text.ambiguous import restored
from kpitui.tui.widgets.field import Field


def _nothing(_: str = "") -> None:
    """Where a question has no use for an answer."""


@dataclass(frozen=True)
class Question:
    """What is asked: a hint, a first value, and what happens while typing, on Enter, on Escape and on Tab.

    `done` may refuse the value by returning False; the prompt then stays open.
    """

    hint: str
    done: Callable[[str], bool | None]
    value: str = ""
    live: Callable[[str], None] = field(default=_nothing)
    left: Callable[[], None] = field(default=_nothing)
    tab: Callable[[], str] | None = None
    suggester: Suggester | None = None


class Prompt(Field):
    """A real input, for its caret is where an input method opens its window; hidden until something is asked."""

    @dataclass
    class Closed(Message):
        """The prompt is no longer open."""

    def __init__(self) -> None:
        super().__init__(id="prompt", compact=True)
        self._question: Question | None = None

    @property
    def asked(self) -> bool:
        """Whether it is open."""
        return self.display

    def ask(self, question: Question) -> None:
        """Open with a question."""
        self._question = question
        self.suggester = _LaidOut(question.suggester, self.laid_out) if question.suggester else None
        self.placeholder = question.hint
        self.display = True
        with self.prevent(Input.Changed):
            self.value = self.laid_out(question.value)
        self.cursor_position = len(self.value)
        self.screen.set_focus(self)  # at once: what is typed ahead belongs in here

    def leave(self) -> None:
        """Close without an answer."""
        question = self._question
        self._close()
        if question:
            question.left()

    def tab(self) -> None:
        """Let the question change its meaning; its new hint shows."""
        if self._question and self._question.tab:
            self.placeholder = self.border_title = self._question.tab()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._question:
            self._question.live(self.text)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        if self._question and self._question.done(self.text) is not False:
            self._close()

    def _close(self) -> None:
        self._question = None
        self.display = False
        self.post_message(self.Closed())


class WordSuggester(Suggester):
    """Completes what is typed by a function of the whole text."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The completed text, or None."""
        return self._complete(value)


class _LaidOut(Suggester):
    """Another suggester, whose words are made to fit the terminal."""

    def __init__(self, suggester: Suggester, lay_out: Callable[[str], str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggester = suggester
        self._lay_out = lay_out

    async def get_suggestion(self, value: str) -> str | None:
        """The completed text, or None."""
        found = await self._suggester.get_suggestion(restored(value))
        return None if found is None else self._lay_out(found)
