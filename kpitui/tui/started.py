"""Whether this reader has seen kpitui before: remembered by an empty file in the state folder."""

from __future__ import annotations

from platformdirs import user_state_path


def first_start() -> bool:
    """True once for each reader; where that cannot be remembered, never, so that nobody is told over and over."""
    mark = user_state_path("kpitui") / "started"
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.open("x").close()
    except OSError:
        return False
    return True
