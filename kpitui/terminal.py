"""Whether what kpitui is to draw on can show it; asked before the screen is taken."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping

from kpitui.errors import UsageError
from kpitui.text.wording import Both

_NO_SCREEN = ("", "dumb", "unknown")
"""Values of TERM that promise nothing, not even that the cursor can be moved."""
_NOWHERE = Both(
    "端末がありません。画面なしで表を出すには: kpitui projects, kpis, overview, show ID",
    "no terminal here; for tables without a screen: kpitui projects, kpis, overview, show ID",
)
_DUMB = Both(
    "TERM={term} の端末には画面を描けません。画面なしで表を出すには: kpitui projects, kpis, overview, show ID",
    "a terminal of TERM={term} cannot be drawn on; for tables without a screen: "
    "kpitui projects, kpis, overview, show ID",
)
_NO_JAPANESE = Both(
    "ロケールの文字コード {charset} では日本語を表示できません。端末がUTF-8なら: LC_ALL=C.UTF-8 kpitui --lang ja",
    "the locale's character set, {charset}, cannot show the report's Japanese; "
    "if the terminal takes UTF-8: LC_ALL=C.UTF-8 kpitui",
)
_FOR_GUESTS = Both(
    "UTF-8を表示でき、TERMの分かる端末が要ります。端末から ssh -t で接続してください",
    "this takes a terminal that shows UTF-8 and says by TERM what it is; connect from one with ssh -t",
)
"""What is said to guests, who can do nothing else instead."""


def check(environ: Mapping[str, str] = os.environ, charset: str | None = None, *, guest: bool = False) -> None:
    """Raise UsageError, naming what to do instead, where a screen cannot be drawn here.

    `charset` is the one to write in, by default what Python took from the locale: for C and POSIX, which name
    none, that is UTF-8.
    """
    missing = _missing(environ.get("TERM", ""), charset or sys.stdout.encoding)
    if missing is not None:
        raise UsageError(_FOR_GUESTS if guest else missing)


def _missing(term: str, charset: str) -> Both | None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _NOWHERE
    if term in _NO_SCREEN:
        return _DUMB.format(term=term or '""')
    if codecs.lookup(charset).name != "utf-8":
        return _NO_JAPANESE.format(charset=charset)
    return None
