"""What each command does: a function that takes the browse screen, under the command's id."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpitui.tui.actions.kind import Action
    from kpitui.tui.browse import Browse

ROOMS = {
    "moving": "down up left right page_down page_up first last pane next_hit previous_hit",
    "going": "enter out overview projects kpis audit previous go_to",
    "filtering": "facets toggle only but clear filters where range search",
    "shaping": (
        "sort also_sort columns wider narrower fit hide pin column_left column_right mark only_marked undo redo"
    ),
    "closer": "explain frequency describe matrix copy copy_row rollup",
    "files": "save open questions reload help palette suspend quit",
    "exporting": "export",
}
"""The modules here, and the commands whose actions they hold.

Each is imported when one of its commands is first run: with the dialogs they bring, that is 17 ms that the first
screen need not wait for.
"""


def _late(room: str, command: str) -> Action:
    def act(browse: Browse) -> None:
        import_module(f"{__name__}.{room}").ACTIONS[command](browse)

    return act


ACTIONS: dict[str, Action] = {command: _late(room, command) for room, ids in ROOMS.items() for command in ids.split()}
