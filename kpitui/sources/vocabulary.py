"""The words that publications of these grants use for the same things; other words are kept as they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from kpitui.report.model import Direction
from kpitui.text.wording import Both


class Role(StrEnum):
    """What a column of a publication's table holds; KPIS is a head over several columns."""

    NO = "no"
    PROJECT = "project"
    SUMMARY = "summary"
    COST = "cost"
    KPIS = "kpis"
    KPI = "kpi"
    BASELINE = "baseline"
    TARGET = "target"
    UNIT = "unit"
    ACTUAL = "actual"
    RATING = "rating"
    DIRECTION = "direction"
    REASON = "reason"

    @property
    def words(self) -> Both:
        """What the column is called."""
        return _ROLES[self]


_ROLES = {
    Role.NO: Both("番号", "no"),
    Role.PROJECT: Both("事業名", "project"),
    Role.SUMMARY: Both("概要", "summary"),
    Role.COST: Both("実績額", "cost"),
    Role.KPIS: Both("KPIの欄", "kpis"),
    Role.KPI: Both("指標", "kpi"),
    Role.BASELINE: Both("開始値", "baseline"),
    Role.TARGET: Both("目標値", "target"),
    Role.UNIT: Both("単位", "unit"),
    Role.ACTUAL: Both("実績値", "actual"),
    Role.RATING: Both("評価", "rating"),
    Role.DIRECTION: Both("今後", "direction"),
    Role.REASON: Both("今後の理由", "reason"),
}

SUB_HEADS: Mapping[str, Role] = {
    "指標": Role.KPI,
    "指標名": Role.KPI,
    "事業開始期": Role.BASELINE,
    "事業開始前": Role.BASELINE,
    "基準値": Role.BASELINE,
    "目標値": Role.TARGET,
    "指標値": Role.TARGET,
    "単位": Role.UNIT,
    "今後の方針": Role.DIRECTION,
    "左記の理由": Role.REASON,
    "今後の方針の理由": Role.REASON,
}
HEADS: Mapping[str, Role] = {
    **SUB_HEADS,
    "no": Role.NO,
    "番号": Role.NO,
    "事業番号": Role.NO,
    "整理番号": Role.NO,
    "交付金事業の名称": Role.PROJECT,
    "交付対象事業の名称": Role.PROJECT,
    "施設整備計画の名称": Role.PROJECT,
    "事業名": Role.PROJECT,
    "事業の概要": Role.SUMMARY,
    "事業概要": Role.SUMMARY,
    "施設目的・実施予定の事業等": Role.SUMMARY,
    "実績額": Role.COST,
    "本事業における重要業績評価指標": Role.KPIS,
    "重要業績評価指標": Role.KPIS,
    "実績値": Role.ACTUAL,
    "事業効果": Role.RATING,
    "今後の事業展開方針": Role.DIRECTION,
    "今後の事業展開": Role.DIRECTION,
}

_AIMS = {"増加分": "increase", "減少分": "decrease"}
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_GRANTS = (("拠点整備交付金", "facility", "拠"), ("推進交付金", "promotion", "推"))
_RATINGS = (
    ("非常に", "非常に", "very effective"),
    ("相当程度", "相当程度", "considerably effective"),
    ("効果がなかった", "効果なし", "not effective"),
    ("効果があった", "効果あり", "effective"),
)
_DIRECTIONS = (
    ("計画通りに事業を継続する", "継続", "continue as planned", "continue"),
    ("予定通り事業を終了する", "終了", "end as planned", "end"),
)
_CONDITIONS = (
    (r"すべてのKPIが目標値(を)?達成", "all_met"),
    (r"悪化", "worsened"),
    (r"前進・改善したとは言えない|進展がな", "none_progressed"),
    (r"一部のKPIが目標値に達しなかった|芳しくなかった", "otherwise"),
)


def head_word(cell: str) -> str:
    """A head cell reduced to the word that tells its column: no number, no bracket, no blank, no aim."""
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("", cell))
    text = re.sub(r"\s", "", _BRACKETS.sub("", text)).removesuffix(".").lower()
    for word in _AIMS:
        text = text.removesuffix(word)
    return text


def aim(cell: str) -> str | None:
    """What a head cell says its KPIs are meant to do."""
    return next((code for word, code in _AIMS.items() if word in cell), None)


def grant(name: str, number: int) -> tuple[str, str]:
    """The key of a grant and its name in one character; a grant of another kind is keyed by its number."""
    known = ((key, short) for word, key, short in _GRANTS if name.endswith(word))
    return next(known, (f"grant{number}", name[:1]))


def rating(text: str) -> tuple[str, str]:
    """A rating in short, and in English; a text of no known scale stands for itself."""
    return next(((short, gloss) for word, short, gloss in _RATINGS if word in text), (text, ""))


def direction(text: str) -> Direction:
    """A direction with its short form and its English; a text not known stands for itself."""
    known = (Direction(text, *rest) for word, *rest in _DIRECTIONS if word in text)
    return next(known, Direction(text, text, ""))


def conditions(criterion: str) -> tuple[str, ...]:
    """What a printed criterion asks of the KPIs, as far as it uses words that are known."""
    text = unicodedata.normalize("NFKC", criterion)
    return tuple(code for pattern, code in _CONDITIONS if re.search(pattern, text))
