"""Values of columns that come in known words: aims, directions, achievement."""

from __future__ import annotations

import re
import unicodedata

from kpitui.report.directions import outcome
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.values import parse

_AIMS = (
    (
        "maintain_above",
        r"維持.{0,3}以上|以上.{0,3}維持|(?:at|maintain)\s+or\s+above|at\s+least|no\s+less|not\s+below|minimum|下限",
    ),
    (
        "maintain_below",
        r"維持.{0,3}以下|以下.{0,3}維持|(?:at|maintain)\s+or\s+below|at\s+most|no\s+more|not\s+above|maximum|上限",
    ),
    ("maintain_below", r"以下|以内|未満"),
    ("maintain_above", r"維持|以上|maintain|hold|keep|stable|sustain|横ばい|現状"),
    ("decrease", r"減|低下|下げ|抑制|縮小|短縮|下降|decreas|reduc|lower|down|less|fall|minimi|↓|↘|▼"),
    ("increase", r"増|向上|上げ|高め|上昇|拡大|改善|伸|increas|higher|more|up|rais|grow|rise|maximi|improv|↑|↗|▲"),
    ("increase", r"マイルストーン|到達|達成|完了|整備|milestone|reach|deliver|complet|achiev"),
)
_PLAIN = {"+": "increase", "-": "decrease", "−": "decrease", "高": "increase", "低": "decrease"}
_ORDER = (
    r"追加等|発展|拡充|拡大|充実|強化|重点|expand|increase|scale\s*up|strengthen|extend",
    r"継続|計画通り|現状維持|現行|維持|continue|maintain|on-?going",
    r"見直し|改善|変更|review|improve|revise|reform",
    r"統合|移管|merge",
    r"縮小|縮減|削減|reduce|scale\s*down|shrink|cut",
    r"終了|完了|complete|end|finish",
    r"休止|suspend",
    r"廃止|中止|打ち?切り|stop|close|abolish|terminate",
)
_NOT_MET = re.compile(
    r"未達|未了|不達成|達成せず|達成(?:でき|して|され)(?:ず|ない|なかった|いない)|達成困難|達していない|届か(?:ず|ない|なかった)"
    r"|×|✕|✗|not\s*(?:met|achieved|on\s*track)|missed|below\s+target|fail|off\s*track|behind",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"一部|概ね|おおむね|ほぼ|見込|やや|△|partly|partial|mostly|nearly|almost|on\s*track", re.IGNORECASE
)
_MET = re.compile(
    r"達成|到達|目標以上|上回|〇|○|◎|achieved|\bmet\b|exceed|reached|complete|above\s+target|^yes$|^true$",
    re.IGNORECASE,
)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).lower()


def aim(text: str) -> str | None:
    """The aim that a word of an aim column says; a milestone is something to get to, and so an increase."""
    folded = _folded(text)
    if folded in _PLAIN:
        return _PLAIN[folded]
    return next((code for code, pattern in _AIMS if re.search(pattern, folded)), None)


def is_direction(text: str) -> bool:
    """Whether a value is short and says what happens next."""
    return len(text) <= 24 and outcome(text) is not None


def direction_rank(text: str) -> int:
    """The place of a direction between "expand" and "abolish"; what is not known comes last."""
    folded = _folded(text)
    places = [place for place, pattern in enumerate(_ORDER) if re.search(pattern, folded)]
    return max(places, default=len(_ORDER))


def published(text: str) -> str | None:
    """What a published achievement says: met, not_met; None where it says neither for sure.

    A rate of 100% or more says met, a lower one not_met.
    """
    folded = _folded(text)
    if is_missing(text):
        return None
    rate = parse(text)
    if rate is not None and rate.unit in (None, "%", "％", "percent"):
        bare = rate.number if rate.unit or rate.number > 3 else rate.number * 100
        return "met" if bare >= 100 else "not_met"
    if _NOT_MET.search(folded):
        return "not_met"
    if _PARTLY.search(folded):
        return None
    return "met" if _MET.search(folded) else None
