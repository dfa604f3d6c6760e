"""Small invented tables, one for each layout and quirk of published reports; `|` parts cells."""

from collections.abc import Mapping
from typing import Any

from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import Understanding, understand
from kpitui.sources.raw.model import Document, RawRow, RawTable

BLANKS_BELOW = """
令和4年度 事業の実績
(単位：千円)

No|事業名|事業費|指標|単位|開始前|目標値|実績値|評価
1|道の駅の整備|1,200|来場者数|人|90|100|120|A
|||売上額|千円|4,000|5,000|▲5|
2|空き家対策|300|成約件数|件|0|3|-|B
|合計|1,500||||||
※ 評価はAが最も高い
"""
YEARS_ACROSS = """
No|事業名|指標|単位|令和2年度||令和3年度||令和4年度||評価
||||目標値|実績値|目標値|実績値|目標値|実績値|
1|道の駅の整備|来場者数|人|100|90|110|120|130||A
||売上額|千円|5,000|4,800|5,500|▲5|6,000||
2|空き家対策|成約件数|件|3|2|4|5|5|-|B
"""
GROUPS_ACROSS = """
No.|交付対象事業の名称|指標①|目標値|実績値|指標②|目標値|実績値|指標③|目標値|実績値|事業効果
1|甲事業|来客(人)|10|12|売上(千円)|5|4||||地方創生に非常に効果的であった
2|乙事業|件数|3件|2件|-|-|-||||地方創生に相当程度効果があった
"""
NAMED_GROUPS = """
no,name,dept,output_name,output_val,output_name2,output_val2,outcome_name,outcome_val,output_unit,output_unit2,outcome_unit
1,公園の管理,公園課,清掃の回数,12,,,満足度,81.5,回,,％
2,図書の購入,図書館,購入冊数,300,督促状,5,データなし,データなし,冊,通,
""".replace(",", "|")
RATING_ONLY = """
No|事業名|担当課|評価
1|図書館運営|生涯学習課|B
2|橋りょう補修|道路課|A
3|祭りの開催|観光課|D
4|旧施設の管理|管財課|F
A：計画以上 B：計画どおり C：やや遅れ D：見直し
"""
ON_ITS_SIDE = """
事業名|甲事業|乙事業
指標|来客|件数
目標値|10|20
実績値|12|3
評価|A|C
"""
IN_CELLS = """
事業名|事業の概要|実績額(千円)
甲事業|「来客数 目標 1,000人(R6) 実績 1,200人(R6)」|5,000
乙事業|・雇用者数 目標 20人(R6) 実績 15人(R6) ・売上 目標 9億円(R6) 実績 8,000万円(R6)|3,000
丙事業|・人口の増減 H26年▲3,703人→H31年▲2,000人|10
"""
OWN_TARGETS = """
goal_id|goal_name|organization_abbreviation|value_start|value_target|value_current|progress_pct|goal_status
G1|Reduce backlog|SSA|1000|500|700|60|On Track
G2|Build homes|HUD|0|200|250|125|Ahead
G3|Pilot|DOE|||||Unavailable
"""
KPI_LIST = """
指標名|現況値|目標値|実績値|単位|目指す方向
人口|100|90|95|人|減少
出生率|1.4|1.6|1.56 (全国16位)||増加
維持率|80|85%以上|84.9％|%|維持(以上)
"""
SEVERAL_HEADS = """
事業名|指標|目標値|実績値|単位
甲事業|来客|10|12|人
||||
事業名|目標値 指標|単位|実績値|
乙事業|売上|5|4|千円

第二の表
施設名|所管課|評価|今後の方向性
"""
LAYOUTS: Mapping[str, str] = {
    "blanks below": BLANKS_BELOW,
    "years across": YEARS_ACROSS,
    "groups across": GROUPS_ACROSS,
    "named groups": NAMED_GROUPS,
    "rating only": RATING_ONLY,
    "in cells": IN_CELLS,
    "own targets": OWN_TARGETS,
    "list of KPIs": KPI_LIST,
    "several heads": SEVERAL_HEADS,
}


def rows(text: str) -> tuple[RawRow, ...]:
    lines = enumerate(text.strip("\n").split("\n"), start=1)
    return tuple(RawRow(number, tuple(line.split("|")) if line else ("",)) for number, line in lines)


def document(text: str, path: str = "report.csv") -> Document:
    return Document(path, (RawTable("", rows(text)),), ())


def understood(text: str, options: Options | None = None, path: str = "report.csv") -> Understanding:
    return understand(document(text, path), options or Options())


def values(found: Understanding, *keys: str) -> list[tuple[Any, ...]]:
    """The named fields of each KPI."""
    return [tuple(kpi.get(key) for key in keys) for kpi in found.kpis]


def roles(found: Understanding, table: int = 0) -> list[str]:
    return [column.role.value if column.role else "" for column in found.tables[table].columns]


def doubts(found: Understanding) -> list[str]:
    return [f"{each.about.en}: {each.what.en}" for each in found.uncertain]
