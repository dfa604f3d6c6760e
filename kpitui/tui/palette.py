"""What is found by typing some of it: commands with their keys, projects by number or name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import Command, here
from kpitui.tui.keys import printed

if TYPE_CHECKING:
    from kpitui.tui.browse import Browse

_NEXT_TIME = Both("{what}: 次からは {keys}", "{what}: {keys} does it next time")


class Commands(Provider):
    """Offers the commands of the browse screen's context."""

    @property
    def _browse(self) -> Browse:
        return cast("Browse", self.screen)

    def _run(self, command: Command) -> None:
        """Do it, and say by which key it goes next time."""
        self._browse.run(command.id)
        if command.keys:
            self._browse.add(_NEXT_TIME, what=command.label, keys=printed(command.keys[0]))

    async def discover(self) -> Hits:
        """Everything that can be done here, before anything is typed."""
        for command in here(self._browse.context, self._browse.commands.values()):
            text = self._browse.display_.plain(title(command, self._browse.lang))
            yield DiscoveryHit(Content(text), partial(self._run, command), text)

    async def search(self, query: str) -> Hits:
        """Commands whose words hold what was typed."""
        matcher = self.matcher(query)
        for command in here(self._browse.context, self._browse.commands.values()):
            text = self._browse.display_.plain(title(command, self._browse.lang))
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, _highlighted(text, matcher), partial(self._run, command), text)


def choices(offered: Sequence[tuple[str, Callable[[], None]]]) -> type[Provider]:
    """What offers texts from elsewhere, each with what it does; Textual's own (8.2.8) takes them for markup."""
    return type("Choices", (_Choices,), {"offered": offered})


class _Choices(Provider):
    """Offers texts as they are."""

    offered: ClassVar[Sequence[tuple[str, Callable[[], None]]]] = ()

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for text, act in self.offered:
            yield DiscoveryHit(Content(text), act, text)

    async def search(self, query: str) -> Hits:
        """Those that hold what was typed."""
        matcher = self.matcher(query)
        for text, act in self.offered:
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, _highlighted(text, matcher), act, text)


def _highlighted(text: str, matcher: Matcher) -> Content:
    """The text with what matches set off; Textual's own (8.2.8) takes it for markup."""
    found = Content(text)
    for at in matcher.fuzzy_search.match(matcher.query, text)[1]:
        found = found if text[at].isspace() else found.stylize(matcher.match_style, at, at + 1)
    return found


def title(command: Command, lang: Lang) -> str:
    """A command with its keys, on one line."""
    keys = " ".join(map(printed, command.keys))
    return f"{command.help.say(lang)}  ({keys})" if keys else command.help.say(lang)
