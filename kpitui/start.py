"""Where the program begins: `--version` is answered at once, everything else by the command line."""

import sys

from kpitui import __version__


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"kpitui {__version__}")
        return 0
    from kpitui.glimpse import glimpsed  # noqa: PLC0415 - the version needs none of it

    seen = glimpsed()
    from kpitui.cli import main as run  # noqa: PLC0415 - argparse alone takes half as long as Python itself

    return run(seen=seen)
