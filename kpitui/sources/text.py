"""Undo what a PDF does to Japanese text: blanks where a line broke, or between letters set apart."""

from __future__ import annotations

import re
import unicodedata

_BLANK = re.compile(r"(\S) (?=(\S))")
_SPACED_LETTERS = re.compile(r"(?<![A-Za-z0-9 ])[A-Z](?: [A-Z])+(?![A-Za-z0-9 ])")
_BLANK_IN_NUMBER = re.compile(r"(?<=[0-9,]) (?=[0-9])")
_BREAK = re.compile(r"[^\S\r\n]*[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_DEPARTMENT = re.compile(r"(.*\S)\s*【([^【】]*)】\s*", re.DOTALL)
_BULLETS = "○◯●・"


def clean(text: str) -> str:
    """Drop the blanks that belong to the page: between two wide characters, and within （K P I）.

    Any other run of white space becomes one blank, so that words in Latin letters stay apart.
    """
    parted = text.split()
    if len(parted) < 2:
        return "".join(parted)
    joined = _SPACED_LETTERS.sub(lambda found: found[0].replace(" ", ""), " ".join(parted))
    return _BLANK.sub(_close, joined)


def on_one_line(text: str) -> str:
    """The text of a cell without its outer blanks; line breaks go as in `clean`, other blanks stay as published."""
    bare = text.strip()
    return _BREAK.sub(lambda found: _joint(bare, found), bare) if _BREAK.search(bare) else bare


def _joint(text: str, found: re.Match[str]) -> str:
    return "" if _wide(text[found.start() - 1]) and _wide(text[found.end()]) else " "


def _close(found: re.Match[str]) -> str:
    return found[1] if _wide(found[1]) and _wide(found[2]) else found[0]


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFH"


def clean_amount(text: str) -> str:
    """Clean the text of an amount: `1, 0 0 0 億円` is 1,000億円, with no blank before the unit either."""
    joined = _BLANK_IN_NUMBER.sub("", clean(text))
    return clean(_BLANK.sub(lambda found: found[1] if _wide(found[2]) else found[0], joined))


def without_bullet(text: str) -> str:
    """Text without the mark that makes it an item of a list."""
    return text.strip().lstrip(_BULLETS).strip()


def is_item(text: str) -> bool:
    """Whether a line begins with such a mark."""
    return text.strip().startswith(tuple(_BULLETS))


def split_department(text: str) -> tuple[str, str | None]:
    """Part a project's name from the department in 【】 at its end, if there is one; neither is cleaned."""
    found = _DEPARTMENT.fullmatch(text)
    return (found[1], found[2]) if found else (text, None)
