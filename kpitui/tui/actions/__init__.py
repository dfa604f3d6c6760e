"""What each command does: a function that takes the browse screen, under the command's id."""

from __future__ import annotations

from kpitui.tui.actions import closer, exporting, files, going, moving, shaping
from kpitui.tui.actions.kind import Action

ACTIONS: dict[str, Action] = {
    **moving.ACTIONS,
    **going.ACTIONS,
    **shaping.ACTIONS,
    **closer.ACTIONS,
    **files.ACTIONS,
    **exporting.ACTIONS,
}
