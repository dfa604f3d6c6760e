"""What a column is, and the closed lists of values that columns of ours have, each in its sort order."""

from __future__ import annotations

from typing import Literal

from kpitui.dataclass import dataclass
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
    def nested(self) -> bool:
        """Whether its cells are not one value each, nor codes, so that nothing can be filtered by them."""
        return self.kind in ("readings", "used")

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
    ("not_comparable", "目標が数値でないか別の年のもの", "target in words or of another year, not comparable"),
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
