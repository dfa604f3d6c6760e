"""The command line: what was asked for. What is done about it lies in `kpitui.verbs` and `kpitui.tui`."""

from kpitui.cli.run import main
from kpitui.cli.words import VERBS

__all__ = ["VERBS", "main"]
