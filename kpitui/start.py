"""Where the program begins: `--version` is answered at once, everything else by the command line."""

import gc
import os
import sys

from kpitui import __version__

MEMORY = "dirty_decay_ms:50,muzzy_decay_ms:0"
"""How soon polars' allocator (jemalloc) gives back what is free: of its own accord after half a second, which is longer
than a million rows take to read, so that 60 of 430 MB lie unused at the peak; at once takes half as long again."""


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    if sys.argv[1:] == ["--version"] and _told_version():
        return 0
    os.environ.setdefault("_RJEM_MALLOC_CONF", MEMORY)
    gc.disable()  # until `loaded`: 40 of 260 ms went into looking at what was being loaded
    seen = None
    if "--guest" not in sys.argv and all(map(os.isatty, (0, 1, 2))):  # whose variables name no file that is read
        from kpitui.glimpse import glimpsed  # noqa: PLC0415 - where nothing is shown it is not needed

        seen = glimpsed()
    from kpitui.cli import main as run  # noqa: PLC0415 - the version needs none of it

    try:
        return run(seen=seen)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of polars is no Exception
        return _broken(error)


def _told_version() -> bool:
    """Print the version; where that fails, the command line says why."""
    if sys.stdout is None:
        return False
    try:
        print(f"kpitui {__version__}", flush=True)
    except OSError:
        return False
    return True


def _broken(error: BaseException) -> int:
    """Say that kpitui itself is at fault, and return the exit code; no reader is shown a traceback."""
    from kpitui.cli.run import tell  # noqa: PLC0415 - as long as nothing goes wrong this is not needed
    from kpitui.defect import DefectError  # noqa: PLC0415

    defect = DefectError(error, sys.argv[1:])
    tell(defect, sys.argv[1:])
    return defect.exit_code


def loaded() -> None:
    """All that the work needs is loaded: it stays, so that the garbage collector need never look at it again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
