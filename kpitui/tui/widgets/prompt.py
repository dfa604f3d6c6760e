"""The line above the footer for typing one thing: a search, an expression, a range, a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from textual import on
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from kpitui.dataclass import dataclass
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
        self._followed = ""
        self._before: Widget | None = None

    @property
    def asked(self) -> bool:
        """Whether it is open."""
        return self.display

    def ask(self, question: Question) -> None:
        """Open with a question."""
        self._question, self._followed = question, question.value
        self._before = self.screen.focused if self.screen.focused is not self else self._before
        self.suggester = _LaidOut(question.suggester, self.laid_out) if question.suggester else None
        self.placeholder = question.hint
        self.display = True
        with self.prevent(Input.Changed):
            self.value = self.laid_out(question.value)
        self.select_on_focus = False  # the focus may come later than what is typed, and must not mark that
        self.selection = Selection(0, len(self.value))
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
        self._follow()

    def _follow(self) -> None:
        """Tell of what now stands here, unless that has been told."""
        if self._question and self.text != self._followed:
            self._followed = self.text
            self._question.live(self.text)

    async def action_submit(self) -> None:
        """Answer at once: what is typed behind Enter is meant for what comes then."""
        self._follow()
        if self._question and self._question.done(self.text) is not False:
            self._close()

    def _close(self) -> None:
        self._question = None
        self.display = False
        self.screen.set_focus(self._before)
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
