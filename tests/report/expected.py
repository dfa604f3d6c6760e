"""What the built-in report's printed numbers say, judged by hand: the answers the program must reach.

Figures stand as the report prints them and fractions are left unreduced, so that each line can be checked
against the page by eye. Nothing here was computed by the program under test.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

Basis = Literal["zero", "increment", "ambiguous", "level", "change"]
Status = Literal["met", "missed", "worsened", "unmeasured"]
Change = Literal["up", "flat", "down"]
Note = Literal[
    "target_equals_baseline",
    "target_below_baseline",
    "mixed_bases",
    "actual_as_change",
    "no_target",
    "no_unit",
]
Verdict = Literal["consistent", "depends", "disagrees", "unrated"]
Admitted = tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int]]


class ExpectedKpi(NamedTuple):
    """One KPI; rates are None where they cannot be formed, the gap is in the KPI's own unit."""

    id: str
    basis: Basis
    status: Status
    change: Change | None
    attainment: Fraction | None
    progress: Fraction | None
    gap: str | None
    notes: tuple[Note, ...]
    why: str


class ExpectedProject(NamedTuple):
    """One project: its counts, the verdict, and the ranks each reading of the criteria admits.

    Readings in order: unmeasured left out and criterion 4 on any worsened KPI; left out, only when all
    worsened; unmeasured counted as not met, any; counted as not met, all.
    """

    id: str
    met: int
    missed: int
    worsened: int
    unmeasured: int
    verdict: Verdict
    admitted: Admitted
    why: str


F = Fraction

# One entry: id, basis, status, change, attainment, progress, gap, notes / why.
# fmt: off
KPIS: tuple[ExpectedKpi, ...] = (
    # 1 コネクタースタートアップ・サプライヤー創出
    ExpectedKpi("promotion-1.1", "zero", "missed", "up",
        F(434000, 1839000), F(434000, 1839000), "-1405000", (),
        "zero baseline; 434,000 of 1,839,000 is short of target, above zero"),
    ExpectedKpi("promotion-1.2", "level", "met", "up", F(31, 16), F(29, 14), "15", (),
        "level 2 to 16; 31 is past the target"),
    ExpectedKpi("promotion-1.3", "level", "met", "up", F(38, 33), F(22, 17), "5", (),
        "level 16 to 33; 38 is past the target"),
    # 2 宇宙・航空機産業
    ExpectedKpi("promotion-2.1", "level", "missed", "up", F(351000, 491000), F(316000, 456000), "-140000", (),
        "level 35,000 to 491,000; 351,000 is short of target, well above the start"),
    ExpectedKpi("promotion-2.2", "zero", "met", "up", F(16, 11), F(16, 11), "5", (),
        "zero baseline; 16 passes 11"),
    ExpectedKpi("promotion-2.3", "level", "missed", "up", F(57, 64), F(47, 54), "-7", (),
        "level 10 to 64; 57 is seven short, above the start"),
    ExpectedKpi("promotion-2.4", "level", "met", "up", F(70, 67), F(21, 18), "3", (),
        "level 49 to 67; 70 passes it"),
    # 3 市場開拓・物流システム
    ExpectedKpi("promotion-3.1", "level", "met", "up", F(288140, 243440), F(284700, 240000), "44700", (),
        "level 3,440 to 243,440; 288,140 passes it"),
    ExpectedKpi("promotion-3.2", "zero", "missed", "up", F(34, 57), F(34, 57), "-23", (),
        "zero baseline; 34 of 57"),
    ExpectedKpi("promotion-3.3", "zero", "missed", "up", F(11, 15), F(11, 15), "-4", (),
        "zero baseline; 11 of 15"),
    ExpectedKpi("promotion-3.4", "level", "met", "up", F(253, 135), F(163, 45), "118", (),
        "level 90 to 135; 253 is far past it"),
    # 4 オープンイノベーション
    ExpectedKpi("promotion-4.1", "zero", "met", "up", F(335000, 59000), F(335000, 59000), "276000", (),
        "zero baseline; 335,000 is more than five times 59,000"),
    ExpectedKpi("promotion-4.2", "zero", "met", "up", F(33, 30), F(33, 30), "3", (),
        "zero baseline; 33 passes 30"),
    ExpectedKpi("promotion-4.3", "zero", "met", "up", F(38, 32), F(38, 32), "6", (),
        "zero baseline; 38 passes 32"),
    ExpectedKpi("promotion-4.4", "zero", "met", "up", F(121, 120), F(121, 120), "1", (),
        "zero baseline; 121 passes 120 by one"),
    # 5 中山間地域
    ExpectedKpi("promotion-5.1", "level", "met", "up", F(12054, 8745), F(10309, 7000), "3309", (),
        "level 1,745 to 8,745; 12,054 passes it"),
    ExpectedKpi("promotion-5.2", "zero", "missed", "up", F(1, 2), F(1, 2), "-1", (),
        "zero baseline; one of two"),
    ExpectedKpi("promotion-5.3", "zero", "met", "up", F(6, 6), F(6, 6), "0", (),
        "zero baseline; six of six, exactly on target"),
    ExpectedKpi("promotion-5.4", "zero", "missed", "up", F(5, 14), F(5, 14), "-9", (),
        "zero baseline; 5 of 14"),
    # 6 農林水産業技術イノベーション
    ExpectedKpi("promotion-6.1", "zero", "unmeasured", None, None, None, None, (),
        "zero baseline; a dash stands for the actual, so nothing can be compared"),
    ExpectedKpi("promotion-6.2", "zero", "missed", "up", F(616, 650), F(616, 650), "-34", (),
        "zero baseline; 616 of 650"),
    ExpectedKpi("promotion-6.3", "zero", "worsened", "down", F(-22, 20), F(-22, 20), "-42", (),
        "zero baseline; 22 ha were lost where 20 should be gained, below the start"),
    ExpectedKpi("promotion-6.4", "zero", "met", "up", F(301, 250), F(301, 250), "51", (),
        "zero baseline; 301 passes 250"),
    # 7 働き方改革 x 労働生産性向上
    ExpectedKpi("promotion-7.1", "zero", "met", "up", F(71, 45), F(71, 45), "26", (),
        "zero baseline; 71 passes 45"),
    ExpectedKpi("promotion-7.2", "increment", "met", "up", F("9.2") / F("8.9"), F("9.2") / F("8.9"), "0.3",
        ("target_below_baseline", "mixed_bases"),
        "target 8.9 below baseline 10.1 in a table of increases: +8.9 was asked, +9.2 came"),
    ExpectedKpi("promotion-7.3", "zero", "met", "up", F(11, 10), F(11, 10), "1", (),
        "zero baseline; 11 passes 10; reads the same beside either basis"),
    ExpectedKpi("promotion-7.4", "level", "met", "up", F(53, 36), F(29, 12), "17", ("mixed_bases",),
        "level 24 to 36; 53 passes it; a level in a project that also prints an increment"),
    # 8 文化ツーリズム
    ExpectedKpi("promotion-8.1", "zero", "missed", "up", F(11272, 40000), F(11272, 40000), "-28728", (),
        "zero baseline; 11,272 of 40,000"),
    ExpectedKpi("promotion-8.2", "zero", "missed", "up", F(1971, 4000), F(1971, 4000), "-2029", (),
        "zero baseline; 1,971 of 4,000, just under half"),
    ExpectedKpi("promotion-8.3", "zero", "met", "up", F(1, 1), F(1, 1), "0", (),
        "zero baseline; the one that was planned"),
    # 9 ひと・資金の流れ
    ExpectedKpi("promotion-9.1", "zero", "missed", "up", F(126, 185), F(126, 185), "-59", (),
        "zero baseline; 126 of 185"),
    ExpectedKpi("promotion-9.2", "zero", "met", "up", F(475, 290), F(475, 290), "185", (),
        "zero baseline; 475 passes 290"),
    ExpectedKpi("promotion-9.3", "zero", "met", "up", F(18, 18), F(18, 18), "0", (),
        "zero baseline; 18 of 18, exactly on target"),
    ExpectedKpi("promotion-9.4", "zero", "missed", "flat", F(0, 4), F(0, 4), "-4", (),
        "zero baseline; none of four: no movement, which is short of target but not worse"),
    # 10 若者育成
    ExpectedKpi("promotion-10.1", "level", "met", "up",
        F("83.9") / F("83.6"), F("2.8") / F("2.5"), "0.3", (),
        "level 81.1 to 83.6; 83.9 passes it"),
    ExpectedKpi("promotion-10.2", "level", "met", "up",
        F("55.8") / F("53.0"), F("7.5") / F("4.7"), "2.8", (),
        "level 48.3 to 53.0; 55.8 passes it"),
    ExpectedKpi("promotion-10.3", "level", "missed", "up",
        F("54.4") / F("56.5"), F("4.9") / F("7.0"), "-2.1", (),
        "level 49.5 to 56.5; 54.4 is 2.1 short, above the start"),
    ExpectedKpi("promotion-10.4", "level", "missed", "up",
        F("46.4") / F("59.3"), F("7.1") / F("20.0"), "-12.9", (),
        "level 39.3 to 59.3; 46.4 is 78% of the target but only about a third of the way"),
    # 11 海外から稼ぐ農林水産業
    ExpectedKpi("promotion-11.1", "zero", "missed", "up", F(106, 11000), F(106, 11000), "-10894", (),
        "zero baseline; 106 of 11,000, under one per cent, yet above zero"),
    ExpectedKpi("promotion-11.2", "zero", "missed", "flat", F(0, 15), F(0, 15), "-15", (),
        "zero baseline; none of 15: no movement, not worse"),
    ExpectedKpi("promotion-11.3", "zero", "met", "up", F(26, 10), F(26, 10), "16", (),
        "zero baseline; 26 passes 10"),
    # 12 産業・交流拠点
    ExpectedKpi("promotion-12.1", "zero", "missed", "up", F(4, 8), F(4, 8), "-4", (),
        "zero baseline; half of eight"),
    ExpectedKpi("promotion-12.2", "zero", "missed", "up", F(262426, 357000), F(262426, 357000), "-94574", (),
        "zero baseline; 262,426 of 357,000"),
    ExpectedKpi("promotion-12.3", "zero", "missed", "up", F(1, 4), F(1, 4), "-3", (),
        "zero baseline; one of four"),
    ExpectedKpi("promotion-12.4", "zero", "met", "up", F(6, 6), F(6, 6), "0", (),
        "zero baseline; six of six, exactly on target"),
    # 13 デジタルデバイド克服
    ExpectedKpi("promotion-13.1", "zero", "met", "up", F(7, 7), F(7, 7), "0", (),
        "zero baseline; seven of seven, exactly on target"),
    ExpectedKpi("promotion-13.2", "level", "missed", "up", F(13, 14), F(8, 9), "-1", (),
        "level 5 to 14; 13 is one short, above the start"),
    ExpectedKpi("promotion-13.3", "zero", "missed", "up", F(1703, 3000), F(1703, 3000), "-1297", (),
        "zero baseline; 1,703 of 3,000"),
    # 14 プロフェッショナル人材還流
    ExpectedKpi("promotion-14.1", "level", "met", "up", F(198, 177), F(141, 120), "21", (),
        "level 57 to 177; 198 passes it"),
    ExpectedKpi("promotion-14.2", "level", "met", "up", F(1470, 1187), F(1083, 800), "283", (),
        "level 387 to 1,187; 1,470 passes it"),
    ExpectedKpi("promotion-14.3", "zero", "met", "flat", None, None, "0", ("target_equals_baseline",),
        "zero baseline and zero target: nothing to achieve, reached by standing still; no rate over zero"),
    # 15 移住就業・創業促進
    ExpectedKpi("promotion-15.1", "zero", "missed", "up", F(12, 300), F(12, 300), "-288", (),
        "zero baseline; 12 of 300"),
    ExpectedKpi("promotion-15.2", "zero", "missed", "up", F(7, 15), F(7, 15), "-8", (),
        "zero baseline; 7 of 15"),
    ExpectedKpi("promotion-15.3", "zero", "met", "up", F(34, 33), F(34, 33), "1", (),
        "zero baseline; 34 passes 33 by one"),
    ExpectedKpi("promotion-15.4", "zero", "missed", "up", F(258, 600), F(258, 600), "-342", (),
        "zero baseline; 258 of 600"),
    # 16 女性・シニア・障害者新規就業
    ExpectedKpi("promotion-16.1", "zero", "missed", "up", F(787, 790), F(787, 790), "-3", (),
        "zero baseline; 787 of 790: 99.6% is still short"),
    ExpectedKpi("promotion-16.2", "zero", "met", "up", F(280, 200), F(280, 200), "80", (),
        "zero baseline; 280 passes 200"),
    # 17 クロスステックイノベーション
    ExpectedKpi("promotion-17.1", "zero", "met", "flat", None, None, "0", ("target_equals_baseline",),
        "zero baseline and zero target: nothing to achieve, reached by standing still; no rate over zero"),
    ExpectedKpi("promotion-17.2", "zero", "met", "up", F(12, 10), F(12, 10), "2", (),
        "zero baseline; 12 passes 10"),
    ExpectedKpi("promotion-17.3", "zero", "met", "up", F(44, 10), F(44, 10), "34", (),
        "zero baseline; 44 passes 10"),
    ExpectedKpi("promotion-17.4", "increment", "met", "up", F("5.4") / F("3.1"), F("5.4") / F("3.1"), "2.3",
        ("target_below_baseline",),
        "target 3.1 below baseline 13.9: +3.1 was asked, +5.4 came; only zero baselines beside it"),
    # 18 産業人材定着・還流
    ExpectedKpi("promotion-18.1", "level", "met", "up", F(1460, 1300), F(215, 55), "160", (),
        "level 1,245 to 1,300; 1,460 passes it"),
    ExpectedKpi("promotion-18.2", "level", "met", "up",
        F("80.0") / F("78.5"), F("2.1") / F("0.6"), "1.5", (),
        "level 77.9 to 78.5; 80.0 passes it"),
    ExpectedKpi("promotion-18.3", "level", "unmeasured", None, None, None, None, (),
        "level 17.0 to 25.0, but a dash stands for the actual"),
    ExpectedKpi("promotion-18.4", "level", "met", "up",
        F("28.6") / F("27.5"), F("1.7") / F("0.6"), "1.1", (),
        "level 26.9 to 27.5; 28.6 passes it"),
    # 19 潜在的人材全国発掘
    ExpectedKpi("promotion-19.1", "zero", "missed", "up", F(36, 40), F(36, 40), "-4", (),
        "zero baseline; 36 of 40"),
    ExpectedKpi("promotion-19.2", "zero", "missed", "up", F(195, 220), F(195, 220), "-25", (),
        "zero baseline; 195 of 220"),
    ExpectedKpi("promotion-19.3", "zero", "met", "up", F(5349, 1200), F(5349, 1200), "4149", (),
        "baseline 0.0 is zero; 5,349 passes 1,200"),
    # 20 アウトドアアクティビティ
    ExpectedKpi("promotion-20.1", "zero", "missed", "up", F(258, 1000), F(258, 1000), "-742", (),
        "zero baseline; 258 of 1,000"),
    ExpectedKpi("promotion-20.2", "zero", "met", "up", F(5, 5), F(5, 5), "0", (),
        "zero baseline; five of five, exactly on target"),
    ExpectedKpi("promotion-20.3", "zero", "met", "up",
        F("2300.0") / F("2300.0"), F("2300.0") / F("2300.0"), "0", (),
        "baseline 0.0 is zero; 2,300.0 of 2,300.0, exactly on target"),
    # 21 ニーズプル型イノベーション
    ExpectedKpi("promotion-21.1", "zero", "met", "flat", None, None, "0", ("target_equals_baseline",),
        "zero baseline and zero target: nothing to achieve, reached by standing still; no rate over zero"),
    ExpectedKpi("promotion-21.2", "zero", "met", "up", F(20100, 5000), F(20100, 5000), "15100", (),
        "zero baseline; 20,100 is four times 5,000"),
    ExpectedKpi("promotion-21.3", "zero", "met", "up", F(1, 1), F(1, 1), "0", (),
        "zero baseline; the one that was planned"),
    ExpectedKpi("promotion-21.4", "zero", "met", "up", F("2.0") / F("2.0"), F("2.0") / F("2.0"), "0", (),
        "zero baseline; 2.0 of 2.0, exactly on target"),
    # 22 ローカルO2O
    ExpectedKpi("promotion-22.1", "change", "worsened", "down",
        F("40.1") / F("43.0"), F("-0.6") / F("2.3"), "-2.9", ("actual_as_change",),
        "a share cannot be -0.6%: it is a change, so 40.7 fell to 40.1 and 43.0 moved away"),
    ExpectedKpi("promotion-22.2", "zero", "met", "up", F(12655, 2300), F(12655, 2300), "10355", (),
        "zero baseline; 12,655 passes 2,300"),
    ExpectedKpi("promotion-22.3", "zero", "met", "flat", None, None, "0", ("target_equals_baseline",),
        "zero baseline and zero target: nothing to achieve, reached by standing still; no rate over zero"),
    ExpectedKpi("promotion-22.4", "zero", "met", "up", F(15811, 3300), F(15811, 3300), "12511", (),
        "zero baseline; 15,811 passes 3,300"),
    # facility 1 連携・交流館
    ExpectedKpi("facility-1.1", "ambiguous", "met", "up", F(28, 28), None, "0", ("target_equals_baseline",),
        "28 to 28 may mean hold it or add 28 more; the printed 28 reaches 28 either way"),
    ExpectedKpi("facility-1.2", "increment", "met", "up", F(5, 5), F(5, 5), "0",
        ("target_below_baseline",),
        "target 5 below baseline 260: five more were asked, five came"),
    ExpectedKpi("facility-1.3", "increment", "met", "up", F(20, 20), F(20, 20), "0",
        ("target_below_baseline",),
        "target 20 below baseline 69: twenty more were asked, twenty came"),
)

_TOP = frozenset({1})
_MIDDLE = frozenset({2, 3})
_BOTTOM = frozenset({4})
_ALWAYS_TOP: Admitted = (_TOP, _TOP, _TOP, _TOP)
_ALWAYS_MIDDLE: Admitted = (_MIDDLE, _MIDDLE, _MIDDLE, _MIDDLE)
_ANY_OR_ALL: Admitted = (_BOTTOM, _MIDDLE, _BOTTOM, _MIDDLE)

# One entry: id, met, missed, worsened, unmeasured, verdict, admitted / why.
PROJECTS: tuple[ExpectedProject, ...] = (
    ExpectedProject("promotion-1", 2, 1, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; two of three met, none below its start"),
    ExpectedProject("promotion-2", 2, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; half met, both misses above their start"),
    ExpectedProject("promotion-3", 2, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; half met, both misses above zero"),
    ExpectedProject("promotion-4", 4, 0, 0, 0, "consistent", _ALWAYS_TOP,
        "rated 1; all four met"),
    ExpectedProject("promotion-5", 2, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; half met, both misses above zero"),
    ExpectedProject("promotion-6", 1, 1, 1, 1, "depends", _ANY_OR_ALL,
        "rated 2; the lost 22 ha bring criterion 4 if one worsened KPI is enough, else 2 or 3 stand"),
    ExpectedProject("promotion-7", 4, 0, 0, 0, "consistent", _ALWAYS_TOP,
        "rated 1; all four met once the IoT rate is read as an increment"),
    ExpectedProject("promotion-8", 1, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; one of three met, the others moved up"),
    ExpectedProject("promotion-9", 2, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; half met, one stood still at zero, none below it"),
    ExpectedProject("promotion-10", 2, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; half met, both misses above their start"),
    ExpectedProject("promotion-11", 1, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; one of three met, one stood still at zero, none below it"),
    ExpectedProject("promotion-12", 1, 3, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; one of four met, yet the text draws no line between 2 and 3"),
    ExpectedProject("promotion-13", 1, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; one of three met, the others moved up"),
    ExpectedProject("promotion-14", 3, 0, 0, 0, "disagrees", _ALWAYS_TOP,
        "rated 2; all three met (one of them 0 to 0), so only 1 is admitted"),
    ExpectedProject("promotion-15", 1, 3, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; one of four met, the others above zero"),
    ExpectedProject("promotion-16", 1, 1, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; one met, the other three persons short"),
    ExpectedProject("promotion-17", 4, 0, 0, 0, "disagrees", _ALWAYS_TOP,
        "rated 3; all four met (one of them 0 to 0), so only 1 is admitted"),
    ExpectedProject("promotion-18", 3, 0, 0, 1, "depends", (_TOP, _TOP, _MIDDLE, _MIDDLE),
        "rated 2; all that was measured is met, so 2 stands only if the unmeasured one counts as not met"),
    ExpectedProject("promotion-19", 1, 2, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 2; one of three met, the others near their targets"),
    ExpectedProject("promotion-20", 2, 1, 0, 0, "consistent", _ALWAYS_MIDDLE,
        "rated 3; two of three met, the other above zero"),
    ExpectedProject("promotion-21", 4, 0, 0, 0, "consistent", _ALWAYS_TOP,
        "rated 1; all four met, one of them 0 to 0"),
    ExpectedProject("promotion-22", 3, 0, 1, 0, "depends", _ANY_OR_ALL,
        "rated 2; the fall to 40.1% brings criterion 4 if one worsened KPI is enough, else 2 or 3 stand"),
    ExpectedProject("facility-1", 3, 0, 0, 0, "unrated", _ALWAYS_TOP,
        "under construction, no rating printed; all three met would admit 1"),
)
# fmt: on
