"""The colours: the terminal's own sixteen, or one of three sets of our own."""

from __future__ import annotations

from textual.theme import Theme

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-hover-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "screen-selection-background": "ansi_default",
        "screen-selection-foreground": "ansi_default",
        "footer-background": "ansi_default",
        "link-color": "ansi_default",
    },
)
"""The terminal's own sixteen colours: readable on dark and light, and half the bytes of RGB."""

DARK = Theme(
    name="dark",
    dark=True,
    primary="#8ab4f8",
    secondary="#7cc7e8",
    warning="#e8c06a",
    error="#ff8a80",
    success="#7fd18a",
    accent="#c8a6ff",
    foreground="#e4e6eb",
    background="#1b1d22",
    surface="#1b1d22",
    panel="#2a2d34",
)
"""Soft colours on a dark ground."""

LIGHT = Theme(
    name="light",
    dark=False,
    primary="#1f4fa8",
    secondary="#0b5a70",
    warning="#7d4f00",
    error="#b3261e",
    success="#1a662b",
    accent="#6d34a0",
    foreground="#1c1e21",
    background="#fdfdfb",
    surface="#fdfdfb",
    panel="#eceae4",
)
"""Deep colours on a light ground."""

CONTRAST = Theme(
    name="contrast",
    dark=True,
    primary="#ffffff",
    secondary="#7fe9ff",
    warning="#ffd700",
    error="#ff9a9a",
    success="#5cff5c",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
)
"""The strongest contrast that still tells colours apart: at least 7 to 1 everywhere."""

THEMES: dict[str, Theme] = {theme.name: theme for theme in (TERMINAL, DARK, LIGHT, CONTRAST)}
"""The themes by the names that `--theme` takes."""
