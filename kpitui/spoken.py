"""What --help needs to know before anything is read: the language, ASCII mode, and where the settings would lie.

Most readers have no file of settings and wait here for none of what reading one takes.
"""

from __future__ import annotations

import os
import sys

from kpitui.errors import KpituiError
from kpitui.text.wording import language

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpitui.text.wording import Lang

FILE_VARIABLE = "KPITUI_CONFIG"
"""The environment variable that names another file."""


def spoken(given: str | None = None, environ: Mapping[str, str] = os.environ) -> Lang:
    """The language to speak whether or not the rest of the configuration can be read."""
    named = given or environ.get("KPITUI_LANG")
    if named in ("ja", "en"):
        return lang_of(named)
    if not _settled(environ):
        return language(environ)
    from kpitui import config  # noqa: PLC0415 - see above

    try:
        return config.load({"lang": given}, environ).language
    except KpituiError:
        return language(environ)


def plainly(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether variables or the file ask for ASCII mode; False where they cannot be read."""
    if not environ.get("KPITUI_ASCII") and not _settled(environ):
        return False
    from kpitui import config  # noqa: PLC0415 - see above

    try:
        return config.load({}, environ).ascii
    except KpituiError:
        return False


def lang_of(named: str) -> Lang:
    """The language of that name, for auto what the locale says."""
    return "ja" if named == "ja" else "en" if named == "en" else language()


def _settled(environ: Mapping[str, str]) -> bool:
    """Whether there is a file of settings."""
    return os.path.exists(file(environ))  # noqa: PTH110 - see `file`


def file(environ: Mapping[str, str]) -> str:
    """The path of the file of settings, as text: pathlib alone takes 4 ms, a third of what Python itself does."""
    named = environ.get(FILE_VARIABLE)
    return os.path.expanduser(named or os.path.join(_folder(environ), "config.toml"))  # noqa: PTH111, PTH118


def _folder(environ: Mapping[str, str]) -> str:
    """Where the system keeps the reader's settings of this program."""
    if sys.platform == "linux":  # what platformdirs says there, for --help without the 5 ms that importing it takes
        return os.path.join(environ.get("XDG_CONFIG_HOME", "").strip() or "~/.config", "kpitui")  # noqa: PTH118
    from platformdirs import user_config_dir  # noqa: PLC0415

    return user_config_dir("kpitui")
