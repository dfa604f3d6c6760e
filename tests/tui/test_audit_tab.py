import re
from pathlib import Path

import pytest
from screen import HOME, LARGE, NARROW, WIDE, Desk, Size, browsing, has_ended

from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Both, Lang
from kpitui.tui import clipboard
from kpitui.views.store import Store

# Worst verdict first, then the lowest share met, then as printed: disagrees 14 and 17; depends 6 at a third, 22 at
# three quarters, 18 at all of those measured; consistent from a quarter (12, 15) up; the facility is not rated.
ORDER = [
    *("推14", "推17", "推6", "推22", "推18"),
    *("推12", "推15", "推8", "推11", "推13", "推19", "推2", "推3", "推5", "推9", "推10", "推16", "推1", "推20"),
    *("推4", "推7", "推21", "拠1"),
]
TITLE = "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"
# All that missed or worsened, 30, without those of the projects that end: 1.1, 3.2 and 3.3 (project 4 met all).
CONTINUED_THOUGH_MISSED = [
    *("推2.1", "推2.3", "推5.2", "推5.4", "推6.2", "推6.3", "推8.1", "推8.2", "推9.1", "推9.4", "推10.3", "推10.4"),
    *("推11.1", "推11.2", "推12.1", "推12.2", "推12.3", "推13.2", "推13.3", "推15.1", "推15.2", "推15.4", "推16.1"),
    *("推19.1", "推19.2", "推20.1", "推22.1"),
]
VIEWS = ("underperforming", "worsened", "unmeasured", "disagrees", "depends", "continued-though-missed")


async def move_to(desk: Desk, id_: str) -> None:
    """Move the cursor down to a row."""
    for _ in range(100):
        if desk.cursor == id_:
            return
        await desk.press("j")
    raise AssertionError(f"{id_} is not in the table:\n{desk.text}")


async def open_view(desk: Desk, name: str) -> None:
    """Choose a built-in view from the list that `v` opens."""
    await desk.press("v", *["down"] * VIEWS.index(name), "enter")


@pytest.fixture
def copied_texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is sent to the clipboard."""
    found: list[str] = []

    def copy(text: str, *others: object) -> Both:
        found.append(text)
        return Both("写した", "copied")

    monkeypatch.setattr(clipboard, "copy", copy)
    return found


# The tab


async def test_4_opens_the_audit_with_the_worst_verdicts_first(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("4")
        assert "[4 監査]" in desk.lines[1]
        assert "23 / 23件" in desk.lines[2]
        assert desk.ids == ORDER[: len(desk.ids)]
        assert len(desk.ids) >= 20
        await desk.press("G")
        assert desk.cursor == "拠1"


async def test_the_order_of_the_whole_tab(report: Report, store: Store) -> None:
    async with browsing(report, store, (200, 60)) as desk:
        await desk.press("4")
        assert desk.ids == ORDER


@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_80_by_24_shows_at_least_five_verdicts_matrix_and_detail(
    report: Report, store: Store, lang: Lang
) -> None:
    async with browsing(report, store, HOME, lang) as desk:
        await desk.press("4")
        assert len(desk.ids) >= 5
        verdicts = {"ja": ("不一致", "解釈次第"), "en": ("disagrees", "depends")}[lang]
        shown = [next((word for word in verdicts if word in row), "") for row in desk.rows[:5]]
        assert shown == [verdicts[0]] * 2 + [verdicts[1]] * 3
        for rank, counts in (("1", "1     2"), ("2", "2    10"), ("3", "0     7"), ("4", "0     0")):
            line = next(line for line in desk.lines if line.startswith(f"{rank} "))
            assert counts in line
        assert {"ja": "どの読み方でも", "en": "under every reading"}[lang] in desk.text


@pytest.mark.parametrize("key", ["1", "2", "3", "4"])
async def test_the_headline_counts_disagreements_on_every_tab(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store) as desk:
        await desk.press(key)
        assert desk.lines[1].rstrip().endswith("評価と基準の不一致 2")


async def test_the_matrix_stands_on_the_audit_alone(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4")
        assert "評価 × 今後" in desk.text
        await desk.press("2")
        assert "評価 × 今後" not in desk.text
        await desk.press("3")
        assert "評価 × 今後" not in desk.text


async def test_rows_say_rating_what_is_admitted_and_the_share_met(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("4")
        assert re.search(r"不一致 +3 効果あり +1 +4/4 +10 +継続", desk.row("推17 "))
        assert re.search(r"解釈次第 +2 相当程度 +4 \| 2,3 +1/3 悪化1 +0 +継続", desk.row("推6 "))


@pytest.mark.parametrize("size", [NARROW, HOME, WIDE, LARGE])
async def test_no_size_breaks_the_tab(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        await desk.press("4", "j", "G", "g")
        assert desk.cursor == "推14"
        assert not has_ended(desk.app)


async def test_the_detail_follows_with_the_readings(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("4")
        assert "- どの読み方でも: 全て達成 -> 評価 1 を認める" in desk.text
        await move_to(desk, "推22")
        assert "- 一つでも悪化なら「悪化」: 悪化あり -> 評価 4 を認める" in desk.text
        await move_to(desk, "推18")
        assert "- 未計測は除く: 全て達成 -> 評価 1 を認める" in desk.text


async def test_enter_goes_into_the_kpis_of_a_verdict_and_back(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "j")
        before = desk.lines
        await desk.press("enter")
        assert desk.ids == ["推17.1", "推17.2", "推17.3", "推17.4"]
        await desk.press("escape")
        assert desk.lines == before


async def test_it_filters_sorts_and_searches_like_the_other_tables(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("4", "l", "=")
        assert desk.ids == ["推14", "推17"]
        await desk.press("0", "/")
        await desk.type("アウトドア")
        assert desk.ids == ["推20"]


async def test_a_report_without_criteria_says_that_there_is_no_audit(copied: Path, store: Store) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    (copied / "report.toml").write_text(re.sub(r"conditions = \[\n(.+\n)+?\]\n", "", text), "utf-8")
    async with browsing(load(copied), store) as desk:
        assert "不一致" not in desk.lines[1]
        await desk.press("4")
        assert desk.lines[-1].startswith("この報告書は評価と基準を結びつけていないため、監査はありません")
        assert "[2 事業]" in desk.lines[1]


@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_hostile_text_is_harmless_here_too(hostile: Path, store: Store, lang: Lang) -> None:
    async with browsing(load(hostile), store, LARGE, lang) as desk:
        for key in ("4", "x", "escape", "enter", "x"):
            await desk.press(key)
            assert all(char.isprintable() for line in desk.lines for char in line)


# The explanation


async def test_x_explains_a_verdict_and_escape_closes_it(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("4", "j", "l")
        before = desk.lines
        await desk.press("x")
        for part in (
            "不一致 公表された評価は、どの読み方でも印字された基準と一致しない",
            "- 未計測は未達とみなす, 全て悪化なら「悪化」: 全て達成 -> 評価 1 を認める",
            "用いたKPI (4/4)",
            "推17.4 本県の独自調査による県内企業のIoT導入率 (116行目)",
            "達成割合がより低いのに評価がより高い事業: 10件",
            "> 3 地方創生に効果があった: KPIの達成状況は芳しくなかったものの",
        ):
            assert part in desk.text
        await desk.press("escape")
        assert desk.lines == before


async def test_x_explains_a_kpis_progress_with_its_working(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("3", "G", *["k"] * 6)
        assert desk.cursor == "推22.1"
        await desk.press(*["l"] * 10)
        assert desk.cursor_head == "進捗"
        assert desk.cursor_cell == "-27%"
        before = desk.lines
        await desk.press("x")
        for part in (
            "進捗 -27%",
            "印字 131行目 「40.7 / 43.0 / % / -0.6」",
            "基準 変化量 (実績だけが負: 開始値からの変化量として読む)",
            "目指す向き 増加 (表の見出し 47行目",
            "(40.1 - 40.7) / (43 - 40.7) = -26.1% (丸める前 -0.2608695652173913)",
        ):
            assert part in desk.text
        await desk.press("escape")
        assert desk.lines == before


async def test_x_works_on_a_kpis_own_page(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await open_view(desk, "worsened")
        await desk.press("j", "enter")
        page = desk.lines
        await desk.press("x")
        assert desk.lines != page
        assert "この根拠を写すには y" in desk.text
        await desk.press("escape")
        assert desk.lines == page


async def test_the_explanation_scrolls(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "x")
        assert "この根拠を写すには y" not in desk.text
        await desk.press("G")
        assert "この根拠を写すには y" in desk.text
        await desk.press("g")
        assert desk.lines[0].startswith(" 推14 ")


async def test_y_in_the_explanation_copies_the_citation(report: Report, store: Store, copied_texts: list[str]) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("4", "j", "x", "y")
        await desk.press("escape", "3", "x", "y")
    verdict, kpi = copied_texts
    for cited in copied_texts:
        assert "\n" not in cited
        assert "山口県" in cited
        assert f"「{TITLE}」" in cited
    assert "113行目" in verdict
    assert verdict.endswith("地方創生に効果があった, 不一致")
    assert "49行目" in kpi
    # 1.1: from 0 to 1,839,000, reached 434,000.
    assert "「0 / 1,839,000 / 千円 / 434,000」" in kpi


async def test_y_on_the_table_still_copies_the_cell(report: Report, store: Store, copied_texts: list[str]) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("4", "l", "y")
    assert copied_texts == ["不一致"]


async def test_x_says_that_there_is_nothing_to_explain_on_the_overview(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("1", "x")
        assert "[1 概要]" in desk.lines[1]
        assert "x はここでは使えません" in desk.text


async def test_x_on_an_empty_table_does_nothing(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "/")
        await desk.type("zzz")
        await desk.press("enter", "x")
        assert "0 / 23件" in desk.text


async def test_english_explains_too(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE, "en") as desk:
        await desk.press("4", "x")
        assert "the published rating disagrees with the printed criteria under every reading" in desk.text
        assert "y copies this as a citation" in desk.text


# Notes and marks


async def test_rows_with_something_to_mind_bear_an_asterisk(report: Report, store: Store) -> None:
    async with browsing(report, store, (200, 60)) as desk:
        await desk.press("4")
        # Equal targets in 14, 17, 21, 22; the change in 22; the summary of 18 and 19; the best that ends, 4; the
        # increment in 7; and the facility. Under the cursor, too.
        assert marked(desk) == ["推14", "推17", "推22", "推18", "推19", "推4", "推7", "推21", "拠1"]
        await desk.press("2")
        assert marked(desk) == ["推4", "推7", "推14", "推17", "推18", "推19", "推21", "推22", "拠1"]


async def test_kpis_with_something_to_mind_bear_an_asterisk(report: Report, store: Store) -> None:
    async with browsing(report, store, (200, 120)) as desk:
        await desk.press("3")
        assert marked(desk) == [
            *("推7.2", "推7.4", "推14.3", "推17.1", "推17.4", "推21.1", "推22.1", "推22.3"),
            *("拠1.1", "拠1.2", "拠1.3"),
        ]


def marked(desk: Desk) -> list[str]:
    """The first words of the rows with an asterisk before them."""
    return [word for word, row in zip(desk.ids, desk.rows, strict=True) if "*" in row.partition(word)[0]]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("2", {"概要が他の事業と同じ": 2, "目標が開始値と同じ": 5, "増加の表で目標が": 3, "最高評価でも終了": 1}),
        ("3", {"目標が開始値と同じ": 5, "増加の表で目標が": 4, "事業内で水準と": 2, "実績が変化量で": 1}),
        ("4", {"概要が他の事業と同じ": 2, "目標が開始値と同じ": 5, "増加の表で目標が": 3, "最高評価でも終了": 1}),
    ],
)
async def test_notes_are_a_facet_with_counts(report: Report, store: Store, key: str, expected: dict[str, int]) -> None:
    # By project: 18, 19; 14, 17, 21, 22, facility; 7, 17, facility; 4. By KPI: 14.3, 17.1, 21.1, 22.3, facility 1.1;
    # 7.2, 17.4, facility 1.2 and 1.3; 7.2 and 7.4; 22.1.
    async with browsing(report, store, (120, 90)) as desk:
        await desk.press(key)
        for words, count in expected.items():
            start = words[:6]
            (line,) = (line for line in desk.lines if line.startswith(f"[ ] {start}"))
            assert line.partition("|")[0].split()[-1] == str(count), line


# The overview's rule


async def test_r_on_the_overview_switches_the_rule_and_comes_round(report: Report, store: Store) -> None:
    rules = ("全てのKPIを達成: 23事業中 7", "過半のKPIを達成: 23事業中 10", "一つ以上のKPIを達成: 23事業中 23")
    async with browsing(report, store, LARGE) as desk:
        await desk.press("1")
        for chosen in (0, 1, 2, 0):
            marks = [desk.line(rule).strip()[:3] for rule in rules]
            assert marks == ["[x]" if place == chosen else "[ ]" for place in range(3)]
            await desk.press("r")


async def test_r_is_named_in_the_overviews_footer_and_does_nothing_on_tables(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("1")
        assert "r 数え方" in desk.lines[-1]
        await desk.press("4")
        table = desk.ids
        await desk.press("r")
        assert desk.ids == table


async def test_the_rule_keeps_where_the_reader_had_scrolled_to(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("1", "j", "j", "j")
        first = desk.lines[2]
        await desk.press("r")
        assert desk.lines[2] == first


# Built-in views


async def test_the_list_of_views_has_the_built_in_ones_in_this_order(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("v")
        names = [line.strip(" |") for line in desk.lines]
        assert [name for name in names if name in VIEWS] == list(VIEWS)


@pytest.mark.parametrize(
    ("name", "tab", "ids"),
    [
        ("disagrees", "[4 監査]", ["推14", "推17"]),
        ("depends", "[4 監査]", ["推6", "推22", "推18"]),
        ("continued-though-missed", "[3 KPI]", CONTINUED_THOUGH_MISSED),
        ("worsened", "[3 KPI]", ["推6.3", "推22.1"]),
        ("unmeasured", "[3 KPI]", ["推6.1", "推18.3"]),
    ],
)
async def test_a_built_in_view_shows_its_rows(
    report: Report, store: Store, name: str, tab: str, ids: list[str]
) -> None:
    async with browsing(report, store, (200, 60)) as desk:
        await open_view(desk, name)
        assert tab in desk.lines[1]
        assert desk.ids == ids


async def test_what_continued_though_missed_holds_is_27_of_82(report: Report, store: Store) -> None:
    assert len(CONTINUED_THOUGH_MISSED) == 30 - 3
    async with browsing(report, store) as desk:
        await open_view(desk, "continued-though-missed")
        assert "27 / 82件" in desk.text
