"""Whole screens as pictures: what a change moves anywhere shows here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from screen import settle
from textual.pilot import Pilot
from textual.widgets import Input

from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.started import first_start
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

Compare = Callable[..., bool]
Size = tuple[int, int]
HOME, WIDE, HUGE, NARROW = (80, 24), (120, 36), (200, 50), (60, 20)
SCREENS: dict[str, tuple[Size, Lang, str]] = {
    "projects": (HOME, "ja", ""),
    "overview": (HOME, "ja", "1"),
    "a projects kpis": (HOME, "ja", "down down down down down enter"),
    "a kpi with its working": (HOME, "ja", "3 down enter"),
    "source lines": (HOME, "ja", "3 down enter enter"),
    "underperforming kpis with facets": (WIDE, "ja", "v enter"),
    "audit": (HOME, "ja", "4 down"),
    "saving a view": (HOME, "ja", "v enter w"),
    "views to open": (HOME, "ja", "v"),
    "help": (WIDE, "ja", "question_mark"),
    "english": (WIDE, "en", "3 l l s"),
    "much room": (HUGE, "ja", "3"),
    "little room": (NARROW, "ja", "v enter"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_whole_screen(name: str, snap_compare: Compare, report: Report, store: Store) -> None:
    size, lang, keys = SCREENS[name]
    first_start()
    app = KpituiApp(report, SavedView("", ViewSpec()), store, lang)

    async def walk(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in keys.split():
            await pilot.press(key)
            await settle(pilot)
        for field in pilot.app.screen.query(Input):
            field.cursor_blink = False  # else a slow machine takes the picture between two blinks
        await settle(pilot)

    assert snap_compare(app, run_before=walk, terminal_size=size)
