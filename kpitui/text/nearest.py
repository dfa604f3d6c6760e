"""Name the nearest thing that exists, when somebody asks for one that does not."""

from __future__ import annotations

import difflib
from collections.abc import Sequence


def unknown(what: str, asked: object, known: Sequence[str]) -> str:
    """A sentence naming what was asked for and the nearest known name, or all of them if none is near."""
    near = difflib.get_close_matches(str(asked), [str(each) for each in known], n=1, cutoff=0.5)
    hint = f"nearest is {near[0]!r}" if near else f"there are {', '.join(map(str, known))}"
    return f"no {what} {asked!r}; {hint}"
