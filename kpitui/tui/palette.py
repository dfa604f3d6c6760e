"""The command palette: every command that does something here, with its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

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
            yield DiscoveryHit(text, partial(self._run, command), text)

    async def search(self, query: str) -> Hits:
        """Commands whose words hold what was typed."""
        matcher = self.matcher(query)
        for command in here(self._browse.context, self._browse.commands.values()):
            text = self._browse.display_.plain(title(command, self._browse.lang))
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._run, command), text)


def title(command: Command, lang: Lang) -> str:
    """A command with its keys, on one line."""
    keys = " ".join(map(printed, command.keys))
    return f"{command.help.say(lang)}  ({keys})" if keys else command.help.say(lang)
