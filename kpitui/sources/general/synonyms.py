"""The head words that published reports use for each role, after blanks, marks and brackets are gone.

A word stands in its reduced form (`headword.reduced`). Those of a role are in order of preference: where two
columns would hold the same, the one whose word stands first is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kpitui.sources.general.roles import Role

_TABLE: Mapping[Role, str] = {
    Role.NUMBER: (
        "no 事業番号 事務事業番号 整理番号 事務事業id 事業id 番号 施策番号 管理番号 事業コード 通番 連番"
        " 項番 通し番号 コード gmppidnumber gmppid majorprojectsid projectid projectno projectnumber number"
        " id goalid ref reference referencenumber 予算事業id レビューシート番号 №"
    ),
    Role.PROJECT: (
        "交付金事業の名称 交付金事業名 交付対象事業の名称 交付対象事業名 施設整備計画の名称 施設名 施設名称"
        " 事業名 事業名称 事業の名称 事務事業名 事務事業の名称 事務事業名称 事務事業 細事業名 個別事業名 対象事業名"
        " 事業等の名称 事業等名 取組名 取組事業名 取組の名称 プロジェクト名 計画名 計画の名称 projectname"
        " project programmename programname programme program schemename scheme initiative goalname"
        " relatedgoal goal projecttitle 事業 取組 具体的な取組 主な事業 主要事業 施策名 施策の名称 施策"
        " 基本施策 名称 name title"
    ),
    Role.GRANT: (
        "交付金の種類 交付金名 交付金の名称 交付金区分 交付金種別 交付金 grant grantname grantprogramme"
        " grantprogram fund"
    ),
    Role.DEPARTMENT: (
        "担当部局課名 部課名 所管課 所管課名 担当課 担当課名 担当課室 課室 課室名 課名 主管課 主管課名"
        " 所属名 所属 所管部署 担当部署 部署 部署名 担当部局 所管部局 担当部局庁 部局 部局名 部名 担当 所管 実施主体"
        " 府省庁 府省庁名 府省 府省名 省庁 department dept departmentname bureau organizationabbreviation"
        " organisation organization agency agencyname ministry leaddepartment leadagency owner lead"
        " responsible"
    ),
    Role.SUMMARY: (
        "事業の概要 事業概要 概要 事業内容 事業の内容 取組内容 取組の内容 取組概要 施設目的実施予定の事業等"
        " 事業の目的 事業目的 目的 事業の目的概要 事業の概要目的 事業の目的内容 事業目的概要 descriptionaims"
        " description summary overview projectdescription aims objective objectives purpose goalstatement"
    ),
    Role.COST: (
        "実績額 交付金実績額 事業費実績額 決算額 事業費決算額 決算 支出額 支出済額 執行額 事業費実績 交付額"
        " 交付金額 交付決定額 交付金充当額 総事業費 事業費 経費 金額 予算額執行額 予算現額 予算額 当初予算額"
        " 予算 計画額 actualspend outturn actualcost expenditure spend spending totalcost wholelifecosts"
        " wholelifecost cost costs budget totalbudget"
    ),
    Role.RATING: (
        "事業効果 総合評価 事業の評価 事業評価 評価結果 評価区分 評価 最終評価 達成状況評価 効果検証"
        " 効果検証結果 進捗区分 進捗評価 見直し区分 内部評価 市内部評価 庁内評価 自己評価 一次評価 二次評価"
        " 外部評価 推進会議の評価 有識者評価 外部有識者評価 判定 ランク 評定 総合判定"
        " deliveryconfidenceassessment colourrating colorrating overallrating ragrating ragstatus rag rating"
        " goalstatus overallstatus projectstatus deliveryconfidence assessment grade status 状況"
    ),
    Role.DIRECTION: (
        "今後の事業展開方針 今後の事業展開 今後の方針 今後の方向性 今後の事業の方向性 事業の方向性"
        " 改革改善の方向性 方向性 今後の展開 今後の取組方針 今後の取組 今後の対応 今後の対応方針 今後"
        " 次年度の方向性 次年度以降の方向性 nextstep nextsteps futuredirection nextaction plannedaction"
    ),
    Role.REASON: "左記の理由 今後の方針の理由 方針の理由 方向性の理由 理由 reason rationale",
    Role.INDICATOR: (
        "指標名 指標 指標の名称 重要業績評価指標 重要業務評価指標 本事業における重要業績評価指標 成果指標"
        " 成果指標名 活動指標 活動指標名 評価指標 評価指標名 目標指標 目標指標名 目標名 数値目標名 kpi kpi名"
        " kpiの名称 kpi指標 kpi指標名 kpiname 数値目標 指標項目 指標内容 indicator indicatorname"
        " performanceindicator keyperformanceindicator measure measurename performancemeasure metric"
        " metricname measureofsuccess successmeasure outcome output"
    ),
    Role.BASELINE: (
        "事業開始前 事業開始期 事業開始時 事業開始前の値 事業実施前 開始前 開始時 開始値 基準値 基準年度値"
        " 基準年値 従前値 当初値 初期値 策定時 計画策定時 策定時の値 策定時点 計画策定時の値 基準 基準年"
        " 基準年度 valuestart startvalue startingvalue startingpoint baseline baselinevalue base"
    ),
    Role.TARGET: (
        "目標値 指標値 目標指標値 目標数値 目安値 目標 計画値 当初見込 当初見込み 見込値 期待値 目安"
        " 最終目標値 最終目標 目標水準 valuetarget targetvalue target targets goalvalue"
    ),
    Role.ACTUAL: (
        "実績値 成果実績 活動実績 実績数値 実績 最新の数値 最新値 最新の値 最新の実績値 直近値 直近の値"
        " 直近の実績値 現在値 達成値 結果 valuecurrent currentvalue actual actualvalue actuals latestvalue"
        " latest current result results observed value val"
    ),
    Role.UNIT: "単位 unit units unitofmeasure unitofmeasurement",
    Role.TARGET_DATE: (
        "目標年月 目標月 目標最終年度 目標最終年 目標年度 目標年 目標時期 目標達成年度 達成年度"
        " 達成目標年度 targetdate targetyear deadline duedate targetperiod"
    ),
    Role.AIM: (
        "目指す向き 目指す方向 目指す方向性 目標の方向 目標の方向性 指標の方向 指標の方向性 指標の性質"
        " 増減の方向 増減方向 向き 望ましい方向 aim polarity desireddirection directionofchange"
        " goodperformance aimtype targettype desiredtrend"
    ),
    Role.PUBLISHED: (
        "達成状況 目標達成状況 達成度 達成率 目標達成率 目標達成度 達成割合 達成区分 達成の可否 達成可否"
        " 達成の有無 達成有無 目標達成 進捗状況 進捗率 進捗度 進捗 達成 progresspct progress achievement"
        " achievementrate achieved met targetmet targetstatus kpistatus attainment percentachieved"
    ),
    Role.IGNORE: "備考 特記事項 注記 pdfpage page ページ 頁 url 課題 成果と課題 remarks notes comments comment",
}


class Synonym(NamedTuple):
    """A known head word: its role, and its place in the order of preference within the role, 0 first."""

    role: Role
    preference: int


WORDS: Mapping[str, Synonym] = {
    word: Synonym(role, place)
    for role, words in _TABLE.items()
    for place, word in reversed([*enumerate(words.split())])
}
AMBIGUOUS: Mapping[str, tuple[Role, ...]] = {
    "現状値": (Role.BASELINE, Role.ACTUAL),
    "現状": (Role.BASELINE, Role.ACTUAL),
    "現況値": (Role.BASELINE, Role.ACTUAL),
    "内容": (Role.INDICATOR, Role.SUMMARY),
    "項目": (Role.INDICATOR, Role.PROJECT),
    "計画": (Role.TARGET, Role.SUMMARY),
    "方向": (Role.AIM, Role.DIRECTION),
    "direction": (Role.AIM, Role.DIRECTION),
}
"""Words that mean one thing in one report and another in the next; the whole head decides."""
_SHORTEST = 2


def exact(word: str) -> Synonym | None:
    """The synonym that a word is."""
    return WORDS.get(word)


def ending(word: str) -> Synonym | None:
    """The longest synonym that a word ends with, which is where Japanese compounds and English phrases say it."""
    for start in range(1, len(word) - _SHORTEST + 1):
        tail = word[start:]
        if tail in WORDS and (len(tail) >= 4 or not tail.isascii()):
            return WORDS[tail]
    return None
