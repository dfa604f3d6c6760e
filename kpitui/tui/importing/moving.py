"""Moving about on the import screen, and out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpitui.text.cells import fit
from kpitui.text.prose import Line, line, paragraph
from kpitui.text.wording import Both
from kpitui.tui.dialogs.reading import ReadingDialog
from kpitui.tui.keys import printed
from kpitui.tui.saying import STOPPED

if TYPE_CHECKING:
    from kpitui.tui.importing.lines import Shown
    from kpitui.tui.importing.screen import Importing

Action = Callable[["Importing"], None]

_HELP = Both("この画面のキー", "the keys of this screen")
_MARKS = Both("?  確かでない列。Enter で役割を選び直せます", "?  an uncertain column: Enter says what it holds")
_LEAVE = Both(
    "もう一度 Esc で離れます。選び直したことは失われます", "Esc again leaves, and what you said of the columns is lost"
)
_KEYS_WIDTH = 18
_UNCHANGED = Both("取り消す変更はありません", "nothing to undo")


def out(screen: Importing) -> None:
    """One step out: the prompt, the account, the screen."""
    if screen.prompt.asked:
        screen.prompt.leave()
    elif stop(screen):
        pass
    elif screen.shown == "account" and not screen.trials.now.refused and screen.trials.now.every_table:
        screen.shown = "columns"
    elif screen.trials.before and not screen.trials.warned:
        screen.trials.warned = True
        screen.tell(_LEAVE)
    else:
        leave(screen)


def leave(screen: Importing) -> None:
    """Leave at once; the exit code of a document that is refused is that of its import."""
    refused = screen.trials.now.refused
    screen.app.exit(refused.exit_code if refused else 0)


def undo(screen: Importing) -> None:
    """Go back to how it was read before the last word; what is not read so yet need not be."""
    if not stop(screen) and not screen.trials.undo():
        screen.tell(_UNCHANGED)


def stop(screen: Importing) -> bool:
    """Give up what is being worked out and leave things as they are; False where nothing is."""
    stopped = screen.trials.stop()
    if stopped:
        screen.tell(STOPPED)
    return stopped


def show(shown: Shown) -> Action:
    """Show the columns or the account."""

    def act(screen: Importing) -> None:
        screen.shown = shown

    return act


def pane(screen: Importing) -> None:
    """The other of the two, columns or account."""
    if not screen.prompt.asked:
        screen.shown = "account" if screen.shown == "columns" else "columns"


def move(rows: int) -> Action:
    """Go down or, by less than nothing, up."""

    def act(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.move(rows)
        else:
            (screen.columns.action_cursor_down if rows > 0 else screen.columns.action_cursor_up)()

    return act


def page(direction: int) -> Action:
    """Go a page down (1) or up (-1)."""

    def act(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.page(direction)
        else:
            getattr(screen.columns, "action_page_down" if direction > 0 else "action_page_up")()

    return act


def ends(*, last: bool) -> Action:
    """Go to the first line or the last."""

    def act(screen: Importing) -> None:
        if screen.shown == "account":
            screen.account.ends(last=last)
        else:
            (screen.columns.action_last if last else screen.columns.action_first)()

    return act


def palette(screen: Importing) -> None:
    """All commands, to be sought by their words."""
    screen.app.action_command_palette()


def help_(screen: Importing) -> None:
    """The keys of this screen."""
    screen.app.push_screen(ReadingDialog(lambda width: _help(screen, width)))


def _help(screen: Importing, width: int) -> list[Line]:
    rows = [line(_HELP.say(screen.lang))]
    for each in screen.commands.values():
        keys = fit(", ".join(map(printed, each.keys)), _KEYS_WIDTH)
        rows += paragraph(screen.display_.plain(each.help.say(screen.lang)), width, "", keys)
    return [*rows, (), *paragraph(_MARKS.say(screen.lang), width)]
