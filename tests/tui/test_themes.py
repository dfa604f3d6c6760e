"""Themes: readable on their own ground, told apart by more than colour, and none at all where none is wanted."""

from itertools import product

import pytest
from rich.color import Color as Colour
from rich.color import ColorType
from screen import HOME, Desk, browsing
from textual.color import Color

from kpitui.config import DEFAULTS, load
from kpitui.options import option
from kpitui.report.model import Report
from kpitui.tui.themes import CONTRAST, DARK, LIGHT, THEMES
from kpitui.views.store import Store

INKS = ("foreground", "primary", "secondary", "success", "warning", "error", "accent")
_LINEAR = 0.03928


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 255 for part in Color.parse(color).rgb]
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours(desk: Desk) -> list[Colour]:
    """Every colour on the screen, of signs and of their ground."""
    styles = [segment.style for segment in desk.segments if segment.style]
    return [colour for style in styles for colour in (style.color, style.bgcolor) if colour]


def test_the_option_offers_the_themes_there_are() -> None:
    assert option("theme").choices == tuple(THEMES)


@pytest.mark.parametrize(("theme", "ink"), product((DARK, LIGHT, CONTRAST), INKS), ids=str)
def test_every_ink_can_be_read_on_every_ground(theme: object, ink: str) -> None:
    least = 7 if theme is CONTRAST else 4.5
    for ground in ("background", "surface"):
        assert contrast(getattr(theme, ink), getattr(theme, ground)) >= least


@pytest.mark.parametrize("name", ["dark", "light", "contrast"])
async def test_a_theme_draws_in_its_own_colours(name: str, report: Report, store: Store) -> None:
    async with browsing(report, store, config=DEFAULTS._replace(theme=name)) as desk:
        await desk.press("3")
        drawn = {seg.style.bgcolor.get_truecolor().hex for seg in desk.segments if seg.style and seg.style.bgcolor}
        assert THEMES[name].background in drawn
        missed = next(seg.style for seg in desk.segments if seg.text.strip() == "未達" and seg.style)
        assert missed.color is not None
        drawn_in, meant = missed.color.get_truecolor(), Color.parse(THEMES[name].warning or "").rgb
        assert max(abs(one - other) for one, other in zip(drawn_in, meant, strict=True)) <= 1


async def test_the_terminals_own_theme_uses_nothing_but_its_sixteen_colours(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        assert {colour.type for colour in colours(desk)} == {ColorType.DEFAULT, ColorType.STANDARD}


@pytest.mark.parametrize("name", list(THEMES))
async def test_every_theme_says_the_same(name: str, report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        expected = desk.text
    async with browsing(report, store, config=DEFAULTS._replace(theme=name)) as desk:
        assert desk.text == expected


async def test_no_color_leaves_no_colour_codes(report: Report, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(report, store, HOME, config=load({"theme": "dark"})) as desk:
        await desk.press("3")
        assert colours(desk) == []


async def test_an_empty_no_color_counts_as_unset(report: Report, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with browsing(report, store, HOME, config=load()) as desk:
        await desk.press("3")
        assert {colour.type for colour in colours(desk)} == {ColorType.DEFAULT, ColorType.STANDARD}
