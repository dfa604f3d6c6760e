"""What each check looks for and why it matters, in both languages."""

from __future__ import annotations

from kpitui.dataclass import dataclass
from kpitui.text.wording import Both


@dataclass(frozen=True)
class Check:
    """A check: its code, how heavy a finding weighs (3 = figures in doubt, 0 = agrees), what it says and why."""

    code: str
    weight: int
    what: Both
    why: Both


_TABLE = (
    Check(
        "total_differs",
        3,
        Both(
            "実績額の列の合計が印字された合計と異なる (印字 / 合計、千円)",
            "cost column differs from its printed total (printed / sum, thousand yen)",
        ),
        Both("行の漏れ、または数字の誤りがある", "a row is missing, or a figure is off"),
    ),
    Check(
        "spend_differs",
        3,
        Both(
            "実績額の合計が交付金の実績額と異なる (印字 / 合計、千円)",
            "costs differ from the grant's printed spend (printed / sum, thousand yen)",
        ),
        Both("表と概要のどちらかが古い", "the table or the summary is out of date"),
    ),
    Check(
        "count_differs",
        3,
        Both(
            "事業の数が印字された採択数と異なる (印字 / 表)",
            "number of projects differs from the printed count (printed / listed)",
        ),
        Both("載っていない事業、または余分な行がある", "a project is not listed, or a row is one too many"),
    ),
    Check(
        "numbers_missing",
        3,
        Both("番号が抜けている", "numbers are missing"),
        Both("載っていない事業があるかもしれない", "a project may not be listed"),
    ),
    Check(
        "number_twice",
        3,
        Both("同じ番号の事業が二つある", "two projects bear the same number"),
        Both("どちらの値か分からなくなる", "figures can be taken for the other project's"),
    ),
    Check(
        "rating_outside_scale",
        3,
        Both("評価が報告書の尺度にない", "the rating is not on the report's scale"),
        Both("基準と照合できない", "it cannot be held against the criteria"),
    ),
    Check(
        "continued_without_effect",
        3,
        Both("効果がなかった事業を継続する", "a project without effect continues"),
        Both("評価と今後の方針が食い違う", "rating and direction are at odds"),
    ),
    Check(
        "published_differs",
        3,
        Both(
            "公表された達成状況が、値から判定した状況と異なる",
            "the published achievement differs from what the values say",
        ),
        Both("目標か実績か判定の仕方のどれかが違う", "target, actual, or the way of judging is not the same"),
    ),
    Check(
        "actual_as_change",
        2,
        Both("実績が開始値からの変化量で印字されている", "the actual is printed as a change from baseline"),
        Both("目標は水準なので、そのままでは比べられない", "the target is a level; as printed they cannot be compared"),
    ),
    Check(
        "target_below_baseline",
        2,
        Both("増加分の表で目標が開始値を下回る", "target below baseline in a table of increases"),
        Both("値は増加分として読む。減らす目標ではない", "read as increments; it is not a target to get lower"),
    ),
    Check(
        "mixed_bases",
        2,
        Both("一つの事業で水準と増加分が混在する", "levels and increments in one project"),
        Both("並んだ数字を同じ読み方では比べられない", "figures side by side are not read the same way"),
    ),
    Check(
        "duplicated_summary",
        2,
        Both("概要が他の事業と一字一句同じ", "summary is word for word another project's"),
        Both("写し間違いなら、どちらかの説明が失われている", "if it was copied by mistake, one description is lost"),
    ),
    Check(
        "no_target",
        2,
        Both("目標値がない", "no target"),
        Both("達成を判定できない", "nothing can be judged"),
    ),
    Check(
        "not_comparable",
        2,
        Both("目標が数値でなく文で書かれているか、別の年のものである", "the target is in words or of another year"),
        Both("達成は計算では判定できない", "whether it was met cannot be computed"),
    ),
    Check(
        "direction_outside_list",
        2,
        Both("今後の方針が報告書の一覧にない", "the direction is not in the report's list"),
        Both("継続か終了か分からない", "it is not known whether the project continues"),
    ),
    Check(
        "target_equals_baseline",
        1,
        Both("目標が開始値と同じ", "target equals baseline"),
        Both("達成しても前進とは限らない", "to meet it need not be progress"),
    ),
    Check(
        "state_for_rating",
        1,
        Both("評価欄に評価以外の文がある", "a state stands in the place of a rating"),
        Both("この事業は監査の対象外", "the project is outside the audit"),
    ),
    Check(
        "ended_though_best",
        1,
        Both("最高評価の事業が終了する", "a project rated best ends"),
        Both("当初の予定による終了か確かめる価値がある", "worth asking whether it was planned so from the start"),
    ),
    Check(
        "no_unit",
        1,
        Both("単位がない", "no unit"),
        Both("何を数えた値か分からない", "it is not known what the figures count"),
    ),
    Check(
        "total_agrees",
        0,
        Both(
            "実績額の列の合計は印字された合計と一致 (印字 / 合計、千円)",
            "cost column agrees with its printed total (printed / sum, thousand yen)",
        ),
        Both("行の漏れがない裏付け", "a sign that no row is missing"),
    ),
    Check(
        "spend_agrees",
        0,
        Both(
            "実績額の合計は交付金の実績額と一致 (印字 / 合計、千円)",
            "costs agree with the grant's printed spend (printed / sum, thousand yen)",
        ),
        Both("表と概要が同じ事実を述べている", "table and summary state the same"),
    ),
    Check(
        "count_agrees",
        0,
        Both(
            "事業の数は印字された採択数と一致 (印字 / 表)",
            "number of projects agrees with the printed count (printed / listed)",
        ),
        Both("全ての事業が載っている", "every project is listed"),
    ),
    Check(
        "numbers_complete",
        0,
        Both("番号に抜けはない", "numbering without holes"),
        Both("全ての事業が載っている", "every project is listed"),
    ),
)
CHECKS: dict[str, Check] = {check.code: check for check in _TABLE}
"""All checks by code, heaviest first."""
