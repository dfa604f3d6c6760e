"""An error of kpitui's own: a sentence for whoever reads, and a file for whoever mends it."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_state_path

from kpitui.atomic import write_text
from kpitui.errors import KpituiError
from kpitui.text.wording import Both

_FILED = Both(
    "kpitui の中で誤りが起きたため終わりました。起きたことは {path} に書いてあります",
    "an error inside kpitui ended it; {path} tells what happened",
)
_UNFILED = Both("kpitui の中で誤りが起きたため終わりました: {error}", "an error inside kpitui ended it: {error}")


class DefectError(KpituiError):
    """kpitui met an error that it has no sentence for: exit code 70, as sysexits.h has it for software."""

    exit_code = 70

    def __init__(self, error: BaseException, words: Sequence[str]) -> None:
        """Write what happened, and to which command line, into the reader's own state folder."""
        path = user_state_path("kpitui") / "error.txt"
        super().__init__(_FILED.format(path=path) if _filed(path, error, words) else _UNFILED.format(error=error))


def _filed(path: Path, error: BaseException, words: Sequence[str]) -> bool:
    """Whether it could be written; the values of variables, which may be anybody's, are left out."""
    told = "".join(traceback.format_exception(error)).encode(errors="backslashreplace").decode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, f"{_versions()}\nkpitui {list(words)!a}\n\n{told}", private=True)
    except (OSError, KpituiError):
        return False
    return True


def _versions() -> str:
    known = ", ".join(f"{each} {version(each)}" for each in ("kpitui", "textual", "polars"))
    return f"{known}; Python {platform.python_version()} on {sys.platform}"
