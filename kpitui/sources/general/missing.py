"""The marks and sentences by which reports say that there is no value."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DASHES = re.compile(r"[-‐‑‒–—―−ー─‥…・.*\s]*")
_FILLED = re.compile(r"[■□▓#*]{2,}|#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!).*", re.IGNORECASE)
_NOUN = (
    r"(?:数値|実績値?|目標値?|成果指標|活動指標|指標|データ|設定|該当|回答|記載|対象)(?:は|が|の)?"
    r"(?:設定)?(?:データ)?"
)
_WORDS = re.compile(
    r"(?:" + _NOUN + r")?(?:なし|無し|無|なく|ありません)"
    r"|該当なし|該当せず|対象外|非公表|非該当|不明|不詳|空欄"
    r"|(?:データ|数値|実績|目標)?未(?:定|測定|計測|集計|公表|実施|調査|確定|把握|設定|算出|達|着手|入力|回答)"
    r"(?:のため)?"
    r"|(?:現在|現時点で)?(?:調査|集計|実施|調整|検討|確認|精査|実証|測定|算定|算出|整備|計測|作業|策定|協議)中"
    r"|(?:数値)?(?:算出|測定|把握|集計|計測|評価|比較|算定)(?:不可|不能|不要|できない|できず|困難|なし)(?:のため)?"
    r"|見込み?|(?:公表|算出|集計|調査|測定|確定)(?:予定|前|待ち)"
    r"|nan|none|null|na|n/a|n\.a\.?|nd|tbc|tbd|tba|nil return"
    r"|unavailable|unknown|pending|undefined|exempt|withheld|redacted|confidential|missing|blank"
    r"|not\s+(?:yet\s+)?(?:applicable|available|measured|known|set|reported|provided|published|collected|assessed"
    r"|rated)"
    r"|(?:target|data|value|baseline)\s+(?:undefined|unavailable|not\s+\w+|missing|pending)"
    r"|no\s+(?:data|value|target|rating|information)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(
    r"(?:設定)?に(?:なじ|馴染)まない"
    r"|(?:年度|年|月|以降|次回|今後)(?:に|の|から)?\s*(?:初回|次回)?(?:の)?(?:調査|測定|集計|算出|公表|確定|把握)"
    r"(?:予定|する|を行う|を実施|開始|$)"
    r"|(?:把握|算出|測定|集計|評価|設定)(?:が|は|して|する(?:こと|の)は?)?(?:でき(?:ない|なかった|ず)|困難|不可能?|していない)"
    r"|^exempt\s+(?:under|from)\b|^(?:\W*)not\s+(?:applicable|available)\b|\bdid\s+not\s+provide\b"
    r"|^early\s+planning\b",
    re.IGNORECASE,
)
_IN_SENTENCES = re.compile(r"[調測集算公確把評設馴]|なじまない|exempt|not|early", re.IGNORECASE)
"""What every such sentence has in it: that a text has none is told sooner than that it is no such sentence."""
_SHORT = re.compile(r"^(?:未達|無|無し)$")
_OUTER = re.compile(r"^[(\[【〔<]\s*(.*?)\s*[)\]】〕>]$", re.DOTALL)
_LONGEST = 500
"""Characters of a cell that are looked at: who says that there is nothing says so soon."""
DITTO = ("〃", "同上", "\u2033", "ditto", "々", '"')


@lru_cache(maxsize=65_536)
def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value; zero is a value, and so is a text that says something."""
    text = " ".join(unicodedata.normalize("NFKC", cell[:_LONGEST]).split())
    inner = _OUTER.sub(r"\1", text).rstrip("。.※ ")
    if _DASHES.fullmatch(text) or _FILLED.fullmatch(text):
        return True
    if _SHORT.fullmatch(inner):
        return inner != "未達"
    return _WORDS.fullmatch(inner) is not None or (
        _IN_SENTENCES.search(text) is not None and _SENTENCES.search(text) is not None
    )


def is_ditto(cell: str) -> bool:
    """Whether a cell says "as above"."""
    return cell.strip().lower() in DITTO
