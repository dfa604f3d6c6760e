"""What the words of a direction come to: those of many publishers, of which no report says it itself."""

from __future__ import annotations

import re
import unicodedata

_OUTCOMES = (
    (r"継続|予定通り実施|計画通り|現行通り|現状維持|維持|continue|maintain|on-?going", "continue"),
    (r"拡充|拡大|発展|充実|強化|重点|追加|expand|increase|scale\s*up|strengthen|extend", "continue"),
    (r"見直し|改善|改良|変更|手法|効率化|統合|移管|review|improve|revise|redesign|merge|reform", "continue"),
    (r"縮小|縮減|削減|reduce|scale\s*down|shrink|cut", "continue"),
    (r"終了|完了|廃止|中止|休止|休廃止|打ち?切り|completed?|end(?:ed)?\b|stop|close|abolish|terminate|finish", "end"),
)


def outcome(text: str) -> str | None:
    """What a direction comes to for the project: continue or end; the last word that says so decides."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split()).lower()
    said = [(found.start(), code) for pattern, code in _OUTCOMES for found in re.finditer(pattern, folded)]
    return max(said)[1] if said else None
