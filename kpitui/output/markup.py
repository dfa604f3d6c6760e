"""Text as it stands in Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\`*_\[<|~]|&(?=#?\w+;)")
"""What Markdown would read as anything but itself within a line."""


def escaped(text: str) -> str:
    """Text of one line in which Markdown finds no markup."""
    return _MARKUP.sub(r"\\\g<0>", text)
