"""Keys and pastes, one after the other: each is done with before the next is looked at, however fast they come."""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App
from textual.screen import ModalScreen, Screen

from kpitui.tui.widgets.field import Field


class Typing(App[int]):
    """An application that loses no key of a burst, as when a reader types ahead or a line is pasted as keys.

    Textual puts a key into the queue of what has the focus when it arrives and runs its binding when the key has
    bubbled up again; what follows `/` in one burst would be in the table's queue before the prompt is open. So a key
    of the browser is acted on at once, and one that comes while a dialog opens waits for the dialog. What is typed or
    pasted into a line goes there at once, too: Backspace would else come after the paste that follows it.
    """

    def __init__(self, *, ansi_color: bool) -> None:
        super().__init__(ansi_color=ansi_color)
        self._keys: deque[events.Key | events.Paste] = deque()
        self.pressed = False
        self._typing = False
        self._awaited: Screen[object] | None = None
        self._opened: Screen[object] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes in order, and leave all else to Textual."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and self.screen_stack:
            self.pressed = True
            self.first_stands()
            self._keys.append(event)
            await self._type()
        else:
            await super().on_event(event)

    def first_stands(self) -> None:
        """The first screen is complete, or a key is about to change it."""

    async def _type(self) -> None:
        if self._typing:  # the keys are being worked off already
            return
        self._typing = True
        try:
            while self._keys and self._is_open():
                await self._press(self._keys.popleft())
        finally:
            self._typing = False

    def _is_open(self) -> bool:
        """Whether what is on the screen can take keys; if not, they are looked at again when it can."""
        screen = self.screen
        if not isinstance(screen, ModalScreen) or screen is self._opened:
            return True
        if screen is not self._awaited:
            self._awaited = screen
            screen.call_after_refresh(self._open, screen)
        return False

    async def _open(self, screen: Screen[object]) -> None:
        self._opened = screen
        await self._type()

    async def _press(self, event: events.Key | events.Paste) -> None:
        """Do what a key means now, or put in what was pasted."""
        focused = self.focused
        if isinstance(focused, Field):
            await self._into(focused, event)
        elif isinstance(event, events.Paste) or isinstance(self.screen, ModalScreen) or focused is None:
            await super().on_event(event)
        elif not await self._check_bindings(event.key, priority=True):  # private to Textual 8.2, which has no other way
            await self._check_bindings(event.key)

    async def _into(self, field: Field, event: events.Key | events.Paste) -> None:
        """Into the line one types in; a key that does nothing there may be for what stands around it."""
        if isinstance(event, events.Paste):
            field.paste(event.text)
        elif not (
            await self._check_bindings(event.key, priority=True)
            or field.take(event)
            or await self._check_bindings(event.key)
        ) and isinstance(self.screen, ModalScreen):
            await super().on_event(event)
