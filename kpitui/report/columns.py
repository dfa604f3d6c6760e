"""The one registry of columns: whatever shows, sorts, filters, saves or explains a column asks here."""

from __future__ import annotations

from typing import Literal

from kpitui.dataclass import dataclass
from kpitui.report.model import Report, Table
from kpitui.text.wording import Both, Lang

Kind = Literal["id", "text", "raw", "word", "scale", "integer", "number", "ratio", "share", "codes", "readings", "used"]


_NO_UNIT = Both("", "")


@dataclass(frozen=True)
class Value:
    """One value of a column of ours: its code in machine formats and its words on screen."""

    code: str
    words: Both


@dataclass(frozen=True)
class Column:
    """What is known of a column before any report is read.

    `width` is the most cells it takes unless the reader widens it; `values` the closed list of a column of
    ours, in sort order; a `scale` column takes its order from the report; `unit` is what its numbers count.
    A `facet` is always offered as a filter with counts, and never where it is False; else where a report has few
    values of it.
    """

    key: str
    label: Both
    kind: Kind
    width: int
    help: Both
    unit: Both = _NO_UNIT
    facet: bool | None = None
    values: tuple[Value, ...] = ()

    @property
    def numeric(self) -> bool:
        """Whether the column holds numbers, and so stands at the right."""
        return self.kind in ("integer", "number", "ratio", "share")

    @property
    def align(self) -> Literal["left", "right"]:
        """The side its cells stand at."""
        return "right" if self.numeric and self.kind != "share" else "left"

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of the cells that its own cell is worded from."""
        more = {"share": ("met", "kpi_count", "unmeasured", "worsened"), "readings": ("readings",)}.get(self.kind, ())
        return (self.key, *more, *(("notes",) if self.key == "aim" else ()))

    @property
    def searched(self) -> bool:
        """Whether the text search looks into it."""
        return self.kind in ("text", "scale")

    def word(self, code: str, lang: Lang) -> str:
        """How one of its own codes reads; an unknown code stands for itself."""
        return next((value.words.say(lang) for value in self.values if value.code == code), code)


def _values(*triples: tuple[str, str, str]) -> tuple[Value, ...]:
    return tuple(Value(code, Both(ja, en)) for code, ja, en in triples)


STATUSES = _values(
    ("worsened", "悪化", "worsened"),
    ("missed", "未達", "missed"),
    ("met", "達成", "met"),
    ("unmeasured", "未計測", "unmeasured"),
)
BASES = _values(
    ("level", "水準", "level"),
    ("increment", "増加分", "increment"),
    ("zero", "ゼロ開始", "zero baseline"),
    ("change", "変化量", "printed as change"),
    ("ambiguous", "両義", "ambiguous"),
)
AIMS = _values(
    ("increase", "増加", "increase"),
    ("maintain_above", "維持(以上)", "maintain at or above"),
    ("maintain_below", "維持(以下)", "maintain at or below"),
    ("decrease", "減少", "decrease"),
)
PUBLISHED = _values(("met", "達成", "met"), ("not_met", "未達成", "not met"))
"""What a report itself says of a KPI's target."""
CHANGES = _values(("up", "増", "up"), ("flat", "横ばい", "flat"), ("down", "減", "down"))
VERDICTS = _values(
    ("disagrees", "不一致", "disagrees"),
    ("depends", "解釈次第", "depends"),
    ("consistent", "一致", "consistent"),
    ("unrated", "対象外", "unrated"),
)
CONDITIONS = ("all_met", "worsened", "none_progressed", "none_met", "some_met", "otherwise")
"""What a rating's criterion can ask of a project's KPIs; the first that is true and asked for decides."""
OUTCOMES = ("continue", "end")
"""What a direction can come to."""
NOTES = _values(
    ("target_equals_baseline", "目標が開始値と同じ", "target equals baseline"),
    (
        "target_below_baseline",
        "増加の表で目標が開始値を下回る",
        "target below baseline in a table of increases",
    ),
    ("mixed_bases", "事業内で水準と増加分が混在", "levels and increments mixed in one project"),
    ("actual_as_change", "実績が変化量で記載", "actual printed as a change"),
    ("no_target", "目標値なし", "no target"),
    ("not_comparable", "目標が数値でない", "target in words, not comparable"),
    ("published_differs", "公表の達成状況と異なる", "published achievement differs"),
    ("no_unit", "単位なし", "no unit"),
    ("duplicated_summary", "概要が他の事業と同じ", "same summary as another project"),
    ("number_twice", "番号が重複", "number used twice"),
    ("rating_outside_scale", "評価が尺度にない", "rating outside the printed scale"),
    ("state_for_rating", "評価欄に評価以外の文", "a state in the place of a rating"),
    ("direction_outside_list", "今後が一覧にない", "direction outside the report's list"),
    ("continued_without_effect", "効果なしでも継続", "no effect, yet it continues"),
    ("ended_though_best", "最高評価でも終了", "rated best, yet it ends"),
    ("aim_inferred", "目指す向きは推定", "aim inferred"),
    ("declared", "報告フォルダで指定", "declared in the report folder"),
)


def _text(key: str, ja: str, en: str, width: int, help_ja: str, help_en: str) -> Column:
    return Column(key, Both(ja, en), "text", width, Both(help_ja, help_en))


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
    "source_line",
    Both("出典行", "line"),
    "integer",
    6,
    Both("原文の行番号", "line of the publication's text"),
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
    Column(
        "project_no",
        Both("事業番号", "number"),
        "integer",
        6,
        Both("交付金内の番号", "number within the grant"),
    ),
    _text("project", "事業", "project", 30, "① 交付金事業の名称", "① name of the project"),
    _text("name", "指標", "KPI", 40, "④ 重要業績評価指標の名称", "④ what is measured"),
    Column(
        "baseline",
        Both("開始", "baseline"),
        "number",
        11,
        Both("事業開始前の値。単位は行ごと", "value before the project, in the row's own unit"),
    ),
    Column(
        "target",
        Both("目標", "target"),
        "number",
        11,
        Both("目標値。単位は行ごと", "value to be reached, in the row's own unit"),
    ),
    Column(
        "actual",
        Both("実績", "actual"),
        "number",
        11,
        Both("⑤ 実績値。空欄は未計測で、0ではない", "⑤ value reached; a dash is not measured, never zero"),
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
    Column(
        "gap",
        Both("差", "gap"),
        "number",
        11,
        Both("実績 − 目標。単位は行ごと", "actual minus target, in the row's own unit"),
    ),
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
        "数値でない目標。比べられない",
        "a target that is no number and cannot be compared",
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
        "department",
        "部局",
        "department",
        14,
        "名称の【 】に記された部局",
        "department named in 【 】 after the name",
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


def registry(table: Table, *, several: bool = False) -> tuple[Column, ...]:
    """All columns of a table, in the order machine formats write them; `several` reports are told apart first.

    The column of one report alone is left out, though frames have it and `column` knows it.
    """
    found = {"projects": PROJECTS, "kpis": KPIS, "audit": AUDIT}[table]
    return (REPORT, *found) if several else found


def usual(table: Table, *, several: bool = False) -> tuple[str, ...]:
    """The keys of the columns that a table opens with."""
    return (REPORT.key, *DEFAULTS[table]) if several else DEFAULTS[table]


def written(report: Report, table: Table) -> tuple[Column, ...]:
    """The columns that machine formats write of a report: all but those that no row of it fills."""
    frame = report.frame(table)
    blank = {key for key in SPARSE if key in frame.columns and not (frame[key].fill_null("") != "").any()}
    return tuple(each for each in registry(table, several=report.several) if each.key not in blank)


def column(table: Table, key: str) -> Column:
    """The column of that key; KeyError if the table has none."""
    return {each.key: each for each in registry(table, several=True)}[key]


def facets(table: Table, *, several: bool = False) -> tuple[Column, ...]:
    """The columns always offered as filters with counts, what is asked first standing first."""
    order = ("report", "verdict", "status", "rating", "direction", "change", "grant", "unit", "notes")
    found = {each.key: each for each in registry(table, several=several) if each.facet}
    return tuple(found[key] for key in order if key in found)
