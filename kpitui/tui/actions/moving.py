"""Moving about: rows, columns, panes, hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpitui.text.wording import Both
from kpitui.tui.actions import filtering
from kpitui.tui.actions.kind import Action
from kpitui.tui.hits import next_hit

if TYPE_CHECKING:
    from kpitui.tui.browse import Browse

_NO_HIT = Both("画面の列に一致する語はありません", "no hit on the screen's columns")


def _move(rows: int) -> Action:
    return lambda browse: browse.pane.move(rows)


def _column(columns: int) -> Action:
    return lambda browse: browse.grid.move(columns=columns)


def _page(direction: int) -> Action:
    return lambda browse: browse.pane.page(direction)


def _ends(*, last: bool) -> Action:
    return lambda browse: browse.pane.ends(last=last)


def _hit(direction: int) -> Action:
    def hit(browse: Browse) -> None:
        if browse.reading.place.spec.search:
            _go_to_hit(browse, direction)
        else:
            filtering.search(browse)

    return hit


def _go_to_hit(browse: Browse, direction: int) -> None:
    """Go to the next hit, unless the cursor was moved while it was sought."""
    grid, seen = browse.grid, browse.grid.seen
    row, place = grid.row, grid.place

    def use(found: tuple[int, int] | None) -> None:
        if found is None:
            browse.tell(_NO_HIT)
        elif (grid.row, grid.place) == (row, place):
            grid.jump(*found)

    if len(seen.rowset):
        browse.look(lambda: next_hit(seen, row, place, direction), use)
    else:
        use(None)


def pane(browse: Browse) -> None:
    """Focus the next pane that shows; in the prompt, let the question change its meaning."""
    if browse.prompt.asked:
        browse.prompt.tab()
    else:
        browse.focus_next()


ACTIONS: dict[str, Action] = {
    "down": _move(1),
    "up": _move(-1),
    "left": _column(-1),
    "right": _column(1),
    "page_down": _page(1),
    "page_up": _page(-1),
    "first": _ends(last=False),
    "last": _ends(last=True),
    "pane": pane,
    "next_hit": _hit(1),
    "previous_hit": _hit(-1),
}
