"""All columns there are, table by table, in the order in which machine formats write them."""

from __future__ import annotations

from kpitui.report.column import AIMS, BASES, CHANGES, NOTES, PUBLISHED, STATUSES, VERDICTS, Column
from kpitui.report.model import Table
from kpitui.text.wording import Both


def _text(key: str, ja: str, en: str, width: int, help_ja: str, help_en: str) -> Column:
    return Column(key, Both(ja, en), "text", width, Both(help_ja, help_en))


def _figure(key: str, ja: str, en: str, help_ja: str, help_en: str) -> Column:
    return Column(key, Both(ja, en), "number", 11, Both(help_ja, help_en))


def _count(code: str, ja: str, en: str) -> Column:
    told = Both(f"この事業のKPIのうち{ja}の件数", f"how many of the project's KPIs are {en}")
    return Column(code, Both(ja, en), "integer", 6, told)


_GRANT = Column(
    "grant",
    Both("交付金", "grant"),
    "scale",
    8,
    Both("事業の財源となった交付金", "the grant programme that pays for the project"),
    facet=True,
)
_COST = Column(
    "cost",
    Both("実績額", "cost"),
    "integer",
    10,
    Both("③ 実績額。事業ごとの支出", "③ what was spent on the project, in thousand yen or the report's currency"),
    Both("千円", "k¥"),
)
_RATING = Column(
    "rating",
    Both("評価", "rating"),
    "scale",
    10,
    Both("⑥ 事業効果。公表された評価", "⑥ the published rating of the project's effect, in the report's words"),
    facet=True,
)
_RANK = Column(
    "rating_rank",
    Both("評価順位", "rank"),
    "integer",
    6,
    Both("評価の段階。1が最も高い", "level of the rating; 1 is the best"),
)
_DIRECTION = Column(
    "direction",
    Both("今後", "next"),
    "scale",
    6,
    Both("⑦ 今後の事業展開方針。評価ではない", "⑦ what happens next to the project; never a grade"),
    facet=True,
)
_LINE = Column(
    "source_line", Both("出典行", "line"), "integer", 6, Both("原文の行番号", "line of the publication's text")
)
_NOTES = Column(
    "notes",
    Both("注記", "notes"),
    "codes",
    24,
    Both("読むときに気をつけること", "what to mind when reading the figures"),
    facet=True,
    values=NOTES,
)
_VERDICT = Column(
    "verdict",
    Both("監査", "audit"),
    "word",
    10,
    Both(
        "公表された評価は、印字された基準が認める評価の中にあるか",
        "whether the printed criteria admit the published rating",
    ),
    facet=True,
    values=VERDICTS,
)
_ID = Column("id", Both("No", "no"), "id", 8, Both("報告書内の番号", "number within the report"))
REPORT = Column(
    "report",
    Both("報告書", "report"),
    "scale",
    16,
    Both("どの報告書の行か。複数を一緒に読むときの列", "which report the row is of, where several are read together"),
    facet=True,
)
"""The column that tells reports apart; the first of each table where there are several."""

KPIS: tuple[Column, ...] = (
    _ID,
    Column("project_id", Both("事業No", "project no"), "id", 8, Both("事業の番号", "number of the project")),
    _GRANT,
    Column("project_no", Both("事業番号", "number"), "integer", 6, Both("交付金内の番号", "number within the grant")),
    _text("project", "事業", "project", 30, "① 交付金事業の名称", "① name of the project"),
    _text("name", "指標", "KPI", 40, "④ 重要業績評価指標の名称", "④ what is measured"),
    _figure(
        "baseline",
        "開始",
        "baseline",
        "事業開始前の値。単位は行ごと",
        "value before the project, in the row's own unit",
    ),
    _figure("target", "目標", "target", "目標値。単位は行ごと", "value to be reached, in the row's own unit"),
    _figure(
        "actual",
        "実績",
        "actual",
        "⑤ 実績値。空欄は未計測で、0ではない",
        "⑤ value reached; a dash is not measured, never zero",
    ),
    Column("unit", Both("単位", "unit"), "scale", 10, Both("値の単位", "what the values count"), facet=True),
    Column("baseline_raw", Both("開始(原文)", "baseline as printed"), "raw", 12, Both("印字のまま", "as printed")),
    Column("target_raw", Both("目標(原文)", "target as printed"), "raw", 12, Both("印字のまま", "as printed")),
    Column("actual_raw", Both("実績(原文)", "actual as printed"), "raw", 12, Both("印字のまま", "as printed")),
    Column(
        "basis",
        Both("基準", "basis"),
        "word",
        10,
        Both("値が水準か増加分か", "whether the values are levels or increments"),
        values=BASES,
    ),
    Column(
        "aim",
        Both("目指す向き", "aim"),
        "word",
        10,
        Both("指標をどちらへ動かすか", "which way the KPI is meant to move"),
        values=AIMS,
    ),
    Column(
        "status",
        Both("状況", "status"),
        "word",
        10,
        Both("目標に届いたか。四つの値", "whether the target was reached; one of four"),
        facet=True,
        values=STATUSES,
    ),
    Column(
        "attainment",
        Both("対目標", "attained"),
        "ratio",
        8,
        Both("対目標比: 実績 ÷ 目標", "actual as a share of the target"),
    ),
    Column(
        "progress",
        Both("進捗", "progress"),
        "ratio",
        8,
        Both("進捗率: 開始から目標までの道のりのうち進んだ割合", "share of the way from baseline to target"),
    ),
    _figure("gap", "差", "gap", "実績 − 目標。単位は行ごと", "actual minus target, in the row's own unit"),
    Column(
        "change",
        Both("増減", "change"),
        "word",
        6,
        Both("開始前からどちらへ動いたか", "which way the KPI moved from its baseline"),
        facet=True,
        values=CHANGES,
    ),
    _RATING,
    _RANK,
    _DIRECTION,
    _COST,
    _LINE,
    _NOTES,
    _text(
        "target_text",
        "目標(文)",
        "target in words",
        20,
        "数値でない目標か、別の年の目標。比べられない",
        "a target that is no number, or of another year, and cannot be compared",
    ),
    Column(
        "target_date",
        Both("目標年度", "target date"),
        "raw",
        8,
        Both("目標の年度。実績の年度と異なる場合だけ", "when the target is to be reached, where that is another year"),
    ),
    Column(
        "published",
        Both("公表の達成", "published"),
        "word",
        10,
        Both("達成・未達成の公表。状況の判定とは別", "whether the report itself says met; our status is apart"),
        values=PUBLISHED,
    ),
    Column(
        "published_raw",
        Both("公表(原文)", "published as printed"),
        "raw",
        12,
        Both("達成状況の欄の印字のまま", "the cell of achievement as printed"),
    ),
)
"""The last four hold what some publishers print beside these; where a report fills none, it is written without."""
SPARSE = ("target_text", "target_date", "published", "published_raw")
"""Columns that are written only where some row fills them."""

PROJECTS: tuple[Column, ...] = (
    _ID,
    _GRANT,
    Column("no", Both("番号", "number"), "integer", 6, Both("交付金内の番号", "number within the grant")),
    _text("name", "事業", "project", 40, "① 交付金事業の名称", "① name of the project"),
    _text(
        "department", "部局", "department", 14, "名称の【 】に記された部局", "department named in 【 】 after the name"
    ),
    _text("summary", "概要", "summary", 40, "② 事業の概要", "② what the project does"),
    _COST,
    _RATING,
    _RANK,
    Column(
        "rating_text",
        Both("評価(原文)", "rating as printed"),
        "text",
        20,
        Both("評価欄の文", "the rating cell as printed"),
        facet=False,
    ),
    _DIRECTION,
    _text("direction_reason", "今後の理由", "reason", 20, "左記の理由", "reason given for what happens next"),
    Column("kpi_count", Both("KPI数", "KPIs"), "integer", 6, Both("KPIの件数", "how many KPIs")),
    _count("met", "達成", "met"),
    _count("missed", "未達", "missed"),
    _count("worsened", "悪化", "worsened"),
    _count("unmeasured", "未計測", "unmeasured"),
    Column(
        "met_share",
        Both("KPI達成", "KPIs met"),
        "share",
        12,
        Both("達成 ÷ 計測済みのKPI", "KPIs met of those measured"),
    ),
    _VERDICT,
    _LINE,
    _NOTES,
)

AUDIT: tuple[Column, ...] = (
    *(each for each in PROJECTS if each.key in ("id", "grant", "no", "name", "rating", "rating_rank")),
    _VERDICT,
    Column(
        "admitted",
        Both("基準では", "admitted"),
        "readings",
        12,
        Both(
            "印字された基準が認める評価。読み方で異なれば | で分ける",
            "ratings the printed criteria admit; | parts readings",
        ),
    ),
    *(each for each in PROJECTS if each.key in ("met", "missed", "worsened", "unmeasured", "met_share")),
    Column(
        "outranked",
        Both("逆転", "outranked"),
        "integer",
        6,
        Both(
            "達成割合がより低いのに評価がより高い事業の数",
            "how many projects with a lower share met have a better rating",
        ),
    ),
    _DIRECTION,
    _COST,
    Column(
        "readings",
        Both("読み方", "readings"),
        "used",
        20,
        Both("読み方ごとに認められる評価", "ratings admitted under each reading"),
    ),
    Column(
        "kpis",
        Both("用いたKPI", "KPIs used"),
        "used",
        20,
        Both("判定に用いたKPIとその状況", "the KPIs used, with their status"),
    ),
    _LINE,
    _NOTES,
)

DEFAULTS: dict[Table, tuple[str, ...]] = {
    "projects": ("id", "name", "cost", "rating", "met_share", "direction"),
    "kpis": ("id", "name", "baseline", "target", "actual", "unit", "status", "progress"),
    "audit": ("id", "name", "verdict", "rating", "admitted", "met_share", "outranked", "direction"),
}
"""The columns a table opens with; the others can be called in."""
