"""Where the program begins: `--version` is answered at once, everything else by the command line."""

import gc
import os
import sys

from kpitui import __version__


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"kpitui {__version__}")
        return 0
    gc.disable()  # what is loaded stays; whoever has loaded it enables it again
    seen = None
    if "--guest" not in sys.argv and all(map(os.isatty, (0, 1, 2))):  # whose variables name no file that is read
        from kpitui.glimpse import glimpsed  # noqa: PLC0415 - where nothing is shown it is not needed

        seen = glimpsed()
    from kpitui.cli import main as run  # noqa: PLC0415 - the version needs none of it

    return run(seen=seen)
