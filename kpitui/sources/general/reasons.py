"""Why a column was taken for what it was, in both languages."""

from __future__ import annotations

from kpitui.text.wording import Both

LATEST = Both(
    "ほかに開始値の列があるため最新の値とみなした", "another column is the baseline, so it is the latest value"
)
BEFORE = Both("ほかに実績の列があるため開始値とみなした", "another column is the actual, so it is the baseline")
PROGRESS = Both(
    "実績の列がなく、達成状況の列があるため最新の値とみなした",
    "no column of actuals, but one of achievement, so it is the latest value",
)
PLAN = Both("実績の列がないため計画の開始値とみなした", "no column of actuals, so it is taken for a plan's baseline")
BY_VALUES = Both("値が {what}", "its values are {what}")
IN_CELL = Both("目標と実績がセルの中にある", "target and actual stand inside its cells")
SCALE = Both("知られた評価の尺度 ({name})", "a known scale of ratings ({name})")
NEXT = Both("今後の方針の語", "words for what happens next")
NO_KPI = Both("指標の列がないため、値としては使わない", "no column of indicators, so it is no value of one")
WORDS_ONLY = Both("数値でなく文が入っている", "it holds words, not numbers")
NUMBERS_ONLY = Both("文でなく数値が入っている", "it holds numbers, not words")
OBJECTIVE = Both(
    "指標の列がないため、目標の内容を指標とみなした", "no column of indicators, so the objective is taken for its name"
)
SIGNS = Both("数値でなく記号が入っている: 達成状況とみなした", "it holds signs, not numbers: taken for the achievement")
WORD = Both("見出し語", "the head word")
OUTTURN = Both("目標の列があり、実績の列がない", "there is a column of targets, and none of actuals")
TOO_MANY = Both("値が多様で長く、段階ではない", "its values are too many or too long for a scale")
UNRATED = Both("KPIがないため事業の評価とみなした", "there are no KPIs, so it rates the project")
MONEY = Both("金額の単位があり、指標の列がない", "its unit is money, and there is no column of indicators")
YEAR = Both("見出しが年だけ: 実績とみなした", "its head is but a year: taken for actuals")
TWICE = Both("同じものの列が他にある (第{place}列を使う)", "another column holds the same (column {place} is used)")
OTHER = Both(
    "同じ種類の第{place}列を使う。{rows}行でそれと違うことが書かれている",
    "another column of its kind is used (column {place}); this one says something else in {rows} rows",
)
ALONE = Both(
    "同じ種類の第{place}列を使う。{rows}行でそれと違うことが書かれ、うち{alone}行はこの列にだけ値がある",
    "another column of its kind is used (column {place}); this one says something else in {rows} rows, in {alone} of"
    " which column {place} says nothing",
)
BUDGET = Both(
    "見出し語。予算や計画の額で、支出の実績ではないが、実績額の列に示される (外すには対応表で ignore)",
    "the head word; a budget or plan and not what was spent, yet it is shown as cost (to leave it out, say ignore in"
    " a map)",
)
NOT_SPENT = Both(
    "予算や計画の額で、支出の実績ではない: 実績額としては読まない (読むには対応表で cost)",
    "a budget or plan and not what was spent: not read as cost (to read it so, say cost in a map)",
)
FIRST_WORDS = Both(
    "事業名の見出しがないため、最初の文の列を事業名とみなした",
    "no head says project, so the first column of words is taken for it",
)
LIKELY = Both("{why}だけで判断しました", "told by {why} alone")
CONTEXT = Both("ほかの列から", "from the other columns")
BY_ROWS = Both(
    "目標と実績が別々の行にある表は読めません: 値は読みません",
    "targets and actuals stand in rows of their own, which is not read: no values are taken",
)
