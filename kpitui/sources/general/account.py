"""The words in which a dry run gives its account, in both languages."""

from __future__ import annotations

from kpitui.text.wording import Both

DOCUMENT = Both("文書: {path}", "document: {path}")
TABLE = Both("表{number}{name}: 見出し {lines}行目、{layout}", "table {number}{name}: head on line {lines}; {layout}")
UNREAD = Both(
    "読まない表{name}: 見出し {lines}行目、事業名の列も指標の列もない",
    "a table that is not read{name}: head on line {lines}; neither projects nor indicators",
)
COLUMN = Both(
    "  {place:>3} {head} → {role}{more}  [{why}]{samples}", "  {place:>3} {head} -> {role}{more}  [{why}]{samples}"
)
NOT_UNDERSTOOD = Both("使わない", "not used")
SAMPLES = Both("  例: {values}", "  e.g. {values}")
EMPTY = Both("  全て空", "  all blank")
YEAR, UNIT, SLOT = (
    Both("{year}年度", "fiscal {year}"),
    Both("単位 {unit}", "unit {unit}"),
    Both("組{slot}", "group {slot}"),
)
COMMA = Both("小数点はコンマ、点は桁区切り", "decimal commas, dots part thousands")
READ = Both("読む列", "read")
COUNTS = Both("行: {total} = {kinds}", "rows: {total} = {kinds}")
KIND = Both("{kind} {count}", "{count} {kind}")
RESULT = Both("結果: 事業{projects}件、KPI {kpis}件", "result: {projects} projects, {kpis} KPIs")
SKIPPED = Both("空の指標欄: {count}", "empty indicator slots skipped: {count}")
YEARS = Both("他の年度の値: {count}行 (years.csv)", "values of other years: {count} rows (years.csv)")
MARKS = Both("値がないことを示す記載: {marks}", "marks for missing values: {marks}")
WORDS = Both("数値でなく文の値: {count}件", "values in words, not comparable: {count}")
DROPPED = Both("読まなかった行: {count}", "rows not understood: {count}")
ASIDE = Both("表の外または合計の行: {count}", "prose, legend and totals: {count}")
CELLS = Both("読まなかったセル: {count}", "cells not understood: {count}")
AT = Both("  {line}行目: {why}{text}", "  line {line}: {why}{text}")
LEFT_OUT = Both("確かめること: {count}", "to be checked: {count}")
UNCERTAIN = Both("確かでないこと: {count}", "uncertain: {count}")
NOTHING = Both("確かでないこと: なし", "uncertain: nothing")
ASK = Both("  {about}: {what}", "  {about}: {what}")
MORE = Both("  ほか{count}件", "  and {count} more")
SCALE = Both("評価の段階 ({source}): {order}", "ratings, best first ({source}): {order}")
NEXT = Both("今後の方針: {values}", "what happens next: {values}")
STATED = Both(
    "題名 {title}、公表者 {publisher}、識別名 {id}、年度 {year}{inferred}",
    "title {title}; publisher {publisher}; id {id}; fiscal year {year}{inferred}",
)
INFERRED = Both(" (推定: {keys})", " (inferred: {keys})")
FACTS = {
    "title": Both("題名", "title"),
    "publisher": Both("公表者", "publisher"),
    "id": Both("識別名", "id"),
    "fiscal_year": Both("年度", "fiscal year"),
}
UNKNOWN = Both("不明", "unknown")
HINT = Both(
    "直すには: --map-to map.toml で対応表を書き出し、編集して --map map.toml で読ませます",
    "to change this: write a map with --map-to map.toml, edit it, and read it with --map map.toml",
)
LAYOUTS = {
    "rating_only": Both("一行一事業、KPIなし", "a project per row, without KPIs"),
    "groups": Both("一行一事業、指標の組が横に{count}", "a project per row, {count} groups of indicators side by side"),
    "in_cell": Both("KPIがセルの中", "KPIs inside one cell"),
    "years": Both("一行一KPI、年度が横に並ぶ", "a KPI per row, fiscal years across"),
    "kpis": Both("一行一KPI", "a KPI per row"),
    "own": Both("一行一事業、目標と実績は事業のもの", "a project per row with a target of its own"),
}
