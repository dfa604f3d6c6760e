"""Asking the reader for one thing on the import screen: for one of several, or for a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kpitui.errors import KpituiError
from kpitui.text.wording import Both
from kpitui.tui.dialogs.choose import ChooseDialog
from kpitui.tui.widgets.prompt import Question

if TYPE_CHECKING:
    from kpitui.tui.importing.screen import Importing

_KEYS = Both("Enter 決定   Esc やめる", "Enter choose   Esc leave")


def ask_one(screen: Importing, title: Both, choices: Sequence[tuple[Both, Both]], done: Callable[[int], None]) -> None:
    """Let the reader choose one of several; leaving changes nothing."""
    told = [(screen.display_.say(name), screen.display_.say(note)) for name, note in choices]

    def answered(place: int | None) -> None:
        try:
            if place is not None:
                done(place)
        except KpituiError as error:
            screen.complain(error)

    screen.app.push_screen(ChooseDialog(screen.display_.say(title), told, _KEYS.say(screen.lang), lines=1), answered)


def plainly(texts: Sequence[str]) -> list[tuple[Both, Both]]:
    """Choices that are no words of ours, and have no notes."""
    return [(Both(text, text), Both("", "")) for text in texts]


def ask_text(screen: Importing, hint: Both, done: Callable[[str], bool], value: str = "") -> None:
    """Ask for a text; the prompt stays open where it is not understood."""

    def answered(text: str) -> bool:
        try:
            return done(text) if text.strip() else True
        except KpituiError as error:
            screen.complain(error)
            return False

    screen.prompt.ask(Question(hint.say(screen.lang), answered, value))
    if value:
        screen.tell(hint)  # the hint in the line itself is covered by the value
