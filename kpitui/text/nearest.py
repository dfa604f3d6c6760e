"""What an error says of a word that it did not expect: the word itself, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpitui.text.wording import Both

_LONGEST = 40
# Comparing with each of a hundred thousand ids would take seconds, to say what no reader needs to be told.
_LISTED = 12
"""Names listed at the most where none is near."""
_MOST = 1_000

_UNKNOWN = Both("{what} {asked!r} はありません{hint}", "no {what} {asked!r}{hint}")
_NEAREST = Both("。近いもの: {near!r}", "; nearest is {near!r}")
_NEAREST_KNOWN = Both("。近いもの: {near!r}", "; the nearest known is {near!r}")
_ALL = Both("。あるもの: {known}", "; there are {known}")
_NOTHING = Both("", "")


def unknown(what: Both, asked: object, known: Sequence[str]) -> Both:
    """A sentence naming what was asked for and the nearest known name, or all of them if none is near."""
    return _UNKNOWN.format(what=what, asked=asked, hint=_hint(str(asked), known))


def _hint(asked: str, known: Sequence[str]) -> Both:
    if len(known) > _MOST:
        return _NOTHING
    near = _closest(asked, known, 0.5)
    return _NEAREST.format(near=near) if near else _ALL.format(known=_listed(known))


def _listed(known: Sequence[str]) -> str:
    """The known names, the first dozen of them."""
    return ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")


def nearest(word: str, known: Iterable[str]) -> Both:
    """Say which of the known words is most like this one, as the end of a sentence; silent among many."""
    words = sorted(known)
    near = _closest(word, words, 0.0) if len(words) <= _MOST else None
    return _NEAREST_KNOWN.format(near=near) if near else _NOTHING


def _closest(word: str, known: Sequence[str], cutoff: float) -> str | None:
    import difflib  # noqa: PLC0415 - only errors need it

    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=cutoff)), None)


def shown(text: str) -> str:
    """Give text as short as an error can bear, free of what would move a terminal's cursor."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return "".join(char if char.isprintable() else "�" for char in short)
