"""The floor: the least that a Textual program does which shows rows of text; run as a script of its own.

With `--polars` it also imports polars before, as every program must whose rows are in a frame.
"""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static


class Floor(App[None]):
    """Rows that say where they stand, and nothing else."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """One static with all rows."""
        yield Static(
            "\n".join(f"row {number:02} 地方創生に相当程度効果があった" for number in range(1, 25)), markup=False
        )


if __name__ == "__main__":
    if "--polars" in sys.argv:
        import polars as polars  # noqa: PLC0414 - only the time that it takes is wanted
    Floor().run()
