"""The first screen is styled once: what the terminal's size decides is known before anything is drawn."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from screen import HOME, NARROW, TINY, WIDE, Size, browsing
from textual.css.stylesheet import Stylesheet

from kpitui.report.model import Report
from kpitui.tui.widgets.bar import Bar
from kpitui.views.store import Store


@pytest.fixture
def styled(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each of the lines around the table was styled, by its id."""
    found: Counter[str] = Counter()
    apply = Stylesheet.apply

    def counted(self: Stylesheet, node: Any, *words: Any, **settings: Any) -> None:
        found.update([str(node.id)] if isinstance(node, Bar) else [])
        apply(self, node, *words, **settings)

    monkeypatch.setattr(Stylesheet, "apply", counted)
    return found


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        (HOME, {"-narrow", "-high"}),
        (WIDE, {"-wide", "-tall"}),
        (NARROW, {"-narrow", "-low"}),
        (TINY, {"-tiny", "-flat"}),
    ],
)
async def test_no_part_is_styled_again_for_the_size(
    report: Report, store: Store, styled: Counter[str], size: Size, classes: set[str]
) -> None:
    async with browsing(report, store, size) as desk:
        assert styled == {"headline": 1, "tabs": 1, "chips": 1, "footer": 1}
        assert classes <= desk.app.screen.classes
