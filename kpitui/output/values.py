"""Heads and values as files hold them: flat, in codes or in words, and harmless to a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from kpitui.output.display import Display
from kpitui.report.column import Column

_RUN = re.compile(r"[\0\t\r\n]|\s*[=+\-@＝＋－＠]")
"""How a text begins that a spreadsheet may take for a formula; one set for Japanese takes wide signs, too."""
_HARMLESS = re.compile(r"\s*[+\-－]?\s*[\d,]*\.?\d*\s*%?\s*")
"""A number with its sign, or a dash alone: what tables print, and nothing that could be run."""


def heads(columns: Sequence[Column], display: Display, *, words: bool, units: bool) -> list[str]:
    """A head for each column: its key, or its label in words; with the unit that all its numbers have."""
    names = [each.label.say(display.lang) if words else each.key for each in columns]
    counted = [display.unit(each) if units else "" for each in columns]
    return [f"{name} ({unit})" if unit else name for name, unit in zip(names, counted, strict=True)]


def flat(value: Any) -> Any:
    """Texts of a list parted by blanks; what is nested deeper as JSON; anything else as it is."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def worded(column: Column, value: Any, display: Display) -> Any:
    """A code of ours as its word, several parted by commas, and a grant by its name; anything else flat."""
    if isinstance(value, list) and column.kind == "codes":
        return ", ".join(column.word(each, display.lang) for each in value)
    if isinstance(value, list) and all(isinstance(each, int) for each in value):
        return ",".join(map(str, value))
    if isinstance(value, str) and column.values:
        return column.word(value, display.lang)
    if isinstance(value, str) and column.key == "grant":
        return next((grant.name for grant in display.report.metadata.grants if grant.key == value), value)
    return flat(value)


def runs(text: str) -> bool:
    """Whether a spreadsheet might run the text as a formula; a number with its sign, or a dash, does nothing."""
    return bool(_RUN.match(text)) and not (_HARMLESS.fullmatch(text) and text[0] not in "\0\t\r\n")


def neutral(value: Any) -> Any:
    """A text that might be run, with a quotation mark before it; every other value as it is."""
    return f"'{value}" if isinstance(value, str) and runs(value) else value
