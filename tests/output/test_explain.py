from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.cells import cell_len

from kpitui.output.display import Display
from kpitui.output.explain import citation, explanation, working_of
from kpitui.report.columns import registry
from kpitui.report.load import load
from kpitui.report.model import Report, Table
from kpitui.text.prose import length, plain
from kpitui.text.wording import Lang

LANGS: tuple[Lang, ...] = ("ja", "en")
WIDE = 400
"""Cells in which nothing of the built-in report has to be broken."""
TITLE = "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"
HEAD = "④ 本事業における重要業績評価指標(KPI)増加分"
EXPLAINED = ("promotion-22.1", "promotion-7.2", "promotion-6.1", "facility-1.1", "promotion-6", "promotion-17")


def row_of(report: Report, id_: str) -> dict[str, Any]:
    frame = report.kpis if "." in id_ else report.projects
    return frame.row(by_predicate=pl.col("id") == id_, named=True)


def table_of(id_: str) -> Table:
    return "kpis" if "." in id_ else "audit"


def explained(report: Report, id_: str, lang: Lang = "en", key: str = "") -> list[str]:
    table = table_of(id_)
    key = key or ("status" if table == "kpis" else "verdict")
    return plain(explanation(table, row_of(report, id_), key, Display(report, lang), WIDE)).splitlines()


def put(path: Path, id_: str, **cells: object) -> Report:
    """Write other values into cells of the KPI of that id, and read the folder."""
    name = path / ("kpis.csv" if "." in id_ else "projects.csv")
    frame = pl.read_csv(name, infer_schema=False)
    frame.with_columns(
        pl.when(pl.col("id") != id_)
        .then(pl.col(key))
        .otherwise(pl.lit(None if value is None else str(value)))
        .alias(key)
        for key, value in cells.items()
    ).write_csv(name)
    return load(path)


# The working of single KPIs


def test_a_share_printed_as_a_change_is_worked_out_from_its_baseline(report: Report) -> None:
    # 40.7 - 0.6 = 40.1; 40.1 - 43.0 = -2.9; -0.6 / 2.3 = -0.26086…, rounded down -26.1% and -27%; 40.1 / 43 = 93.25…%.
    assert explained(report, "promotion-22.1", "en", "progress") == [
        "推22.1 意識して県産品を購入する人の割合",
        "progress -27%",
        "share of the way from baseline to target",
        "",
        "as printed line 131 「40.7 / 43.0 / % / -0.6」",
        "basis printed as change (only the actual is negative: read as a change from baseline)",
        f"aim increase (from the table's head, line 47: 「{HEAD}」)",
        "status actual 40.1 falls short of target 43 and is worse than where it began, 40.7",
        "progress (40.1 - 40.7) / (43 - 40.7) = -26.1% (before rounding -0.2608695652173913)",
        "attained 40.1 / 43 = 93.2% (before rounding 0.9325581395348838)",
        "gap 40.1 - 43 = -2.9 %",
        "",
        f"山口県(inferred) fiscal 2021「{TITLE}」, line 131: 意識して県産品を購入する人の割合 "
        "「40.7 / 43.0 / % / -0.6」, worsened: "
        "actual 40.1 falls short of target 43 and is worse than where it began, 40.7",
        "y copies this as a citation",
    ]
    japanese = explained(report, "promotion-22.1", "ja", "progress")
    assert japanese[:2] == ["推22.1 意識して県産品を購入する人の割合", "進捗 -27%"]
    assert japanese[4:11] == [
        "印字 131行目 「40.7 / 43.0 / % / -0.6」",
        "基準 変化量 (実績だけが負: 開始値からの変化量として読む)",
        f"目指す向き 増加 (表の見出し 47行目「{HEAD}」による)",
        "状況 実績 40.1 は目標 43 に届かず、出発点 40.7 より悪い",
        "進捗 (40.1 - 40.7) / (43 - 40.7) = -26.1% (丸める前 -0.2608695652173913)",
        "対目標 40.1 / 43 = 93.2% (丸める前 0.9325581395348838)",
        "差 40.1 - 43 = -2.9 %",
    ]


def test_an_increment_is_divided_by_its_target_alone(report: Report) -> None:
    # 9.2 / 8.9 = 1.0337078651685393…
    english = explained(report, "promotion-7.2")
    assert english[4:8] == [
        "as printed line 73 「10.1 / 8.9 / % / 9.2」",
        "basis increment (target below baseline in a table of increases: increments)",
        f"aim increase (from the table's head, line 47: 「{HEAD}」)",
        "status actual 9.2 reaches target 8.9",
    ]
    assert english[8].startswith("progress 9.2 / 8.9 = 103.3% (before rounding 1.03370786516853")
    assert english[9].startswith("attained 9.2 / 8.9 = 103.3% (before rounding 1.03370786516853")
    assert english[10] == "gap 9.2 - 8.9 = 0.3 %"
    japanese = explained(report, "promotion-7.2", "ja")
    assert japanese[4:8] == [
        "印字 73行目 「10.1 / 8.9 / % / 9.2」",
        "基準 増加分 (増加の表で目標が開始値を下回る: 値は増加分)",
        f"目指す向き 増加 (表の見出し 47行目「{HEAD}」による)",
        "状況 実績 9.2 は目標 8.9 に届いた",
    ]
    assert japanese[8].startswith("進捗 9.2 / 8.9 = 103.3% (丸める前 1.03370786516853")


def test_an_unmeasured_kpi_has_no_result_but_all_that_was_printed(report: Report) -> None:
    assert explained(report, "promotion-6.1")[4:11] == [
        "as printed line 68 「0 / 5 / 億円 / -」",
        "basis zero baseline (baseline is 0 or absent: level and increment coincide)",
        f"aim increase (from the table's head, line 47: 「{HEAD}」)",
        "status no actual, or no target",
        "progress -",
        "attained -",
        "gap -",
    ]
    assert explained(report, "promotion-6.1", "ja")[4:11] == [
        "印字 68行目 「0 / 5 / 億円 / -」",
        "基準 ゼロ開始 (開始値が0または無し: 水準と増加分は同じ)",
        f"目指す向き 増加 (表の見出し 47行目「{HEAD}」による)",
        "状況 実績値または目標値がない",
        "進捗 -",
        "対目標 -",
        "差 -",
    ]


def test_an_ambiguous_kpi_has_no_progress_and_its_own_tables_head(report: Report) -> None:
    # The facility's table has a head of its own, on line 151.
    assert explained(report, "facility-1.1")[4:11] == [
        "as printed line 153 「28 / 28 / 件 / 28」",
        "basis ambiguous (target equals baseline: hold the level, or add as much again)",
        f"aim increase (from the table's head, line 151: 「{HEAD}」)",
        "status actual 28 reaches target 28",
        "progress -",
        "attained 28 / 28 = 100.0% (before rounding 1.0)",
        "gap 28 - 28 = 0 件",
    ]
    assert explained(report, "facility-1.1", "ja")[4:8] == [
        "印字 153行目 「28 / 28 / 件 / 28」",
        "基準 両義 (目標が開始値と同じ: 維持か、同量の上積みかは読み取れない)",
        f"目指す向き 増加 (表の見出し 151行目「{HEAD}」による)",
        "状況 実績 28 は目標 28 に届いた",
    ]


def test_an_ordinary_level_says_that_nothing_speaks_against_it(report: Report) -> None:
    # 10.4: 46.4 on the way from 39.3 to 59.3: 7.1 / 20.0 = 35.5%, and 46.4 / 59.3 = 78.24…%.
    found = explained(report, "promotion-10.4")
    assert "basis level (nothing says increments or changes: levels)" in found
    assert "progress (46.4 - 39.3) / (59.3 - 39.3) = 35.5% (before rounding 0.355)" in found
    assert any(line.startswith("attained 46.4 / 59.3 = 78.2% (before rounding 0.7824620573355") for line in found)


def test_what_falls_short_by_little_is_never_rounded_up(report: Report) -> None:
    # 787 of 790 is 99.62…%.
    assert "progress 787 / 790 = 99.6% (before rounding 0.9962025316455696)" in explained(report, "promotion-16.1")


def test_the_head_the_aim_is_read_from_stands_on_the_line_named(report: Report) -> None:
    source = (report.folder / "source.txt").read_text("utf-8").split("\n")
    for line in (47, 151):
        assert HEAD in source[line - 1]


@pytest.mark.parametrize(("key", "first"), [("progress", "進捗"), ("attainment", "対目標"), ("gap", "差")])
def test_any_figure_of_a_kpi_opens_the_same_working_under_its_own_head(report: Report, key: str, first: str) -> None:
    found = explained(report, "promotion-22.1", "ja", key)
    assert found[1].startswith(f"{first} ")
    assert found[4:11] == explained(report, "promotion-22.1", "ja", "status")[4:11]


def test_a_rating_seen_from_a_kpi_is_explained_by_the_audit_of_its_project(report: Report) -> None:
    display = Display(report, "ja")
    kpi, project = row_of(report, "promotion-17.4"), row_of(report, "promotion-17")
    of_project = plain(working_of("audit", project, "verdict", display, WIDE))
    for key in ("rating", "rating_rank", "direction"):
        assert plain(working_of("kpis", kpi, key, display, WIDE)) == of_project


# Inferred


def without_aim(folder: Path) -> Path:
    """The folder with no word of which way the promotion grant's KPIs should move."""
    text = (folder / "report.toml").read_text("utf-8")
    stated = f'\n[grant.aim]\nvalue = "increase"\nraw = "{HEAD}"\nline = 47\n'
    assert text.count(stated) == 1
    (folder / "report.toml").write_text(text.replace(stated, ""), "utf-8")
    return folder


def test_an_inferred_aim_says_what_it_was_inferred_from(copied: Path) -> None:
    found = load(without_aim(copied))
    assert "aim decrease (inferred: target below baseline)" in explained(found, "promotion-17.4")
    assert "目指す向き 減少 (推定: 目標が開始値より低い)" in explained(found, "promotion-17.4", "ja")
    assert "aim increase (inferred: target not below baseline)" in explained(found, "promotion-2.1")


def test_an_aim_stated_for_the_kpi_says_so(copied: Path) -> None:
    found = put(copied, "promotion-17.4", aim="decrease")
    assert "aim decrease (stated for this KPI)" in explained(found, "promotion-17.4")
    assert "目指す向き 減少 (KPIごとの記載による)" in explained(found, "promotion-17.4", "ja")


def test_an_increment_of_a_decrease_is_not_explained_by_a_table_of_increases(copied: Path) -> None:
    # From 10 down by 20: the target is above the baseline, which mirrors an increase whose target is below.
    found = put(copied, "promotion-17.4", aim="decrease", baseline=10, target=20, actual=15)
    assert row_of(found, "promotion-17.4")["basis"] == "increment"
    (reason,) = (line for line in explained(found, "promotion-17.4") if line.startswith("basis"))
    assert "table of increases" not in reason
    assert "below baseline" not in reason


# Citations


@pytest.mark.parametrize("lang", LANGS)
def test_a_citation_is_one_line_with_publisher_source_line_and_raw_text(report: Report, lang: Lang) -> None:
    cited = citation("kpis", row_of(report, "promotion-22.1"), Display(report, lang))
    assert "\n" not in cited
    assert cited.startswith("山口県")
    assert f"「{TITLE}」" in cited
    assert {"ja": "131行目", "en": "line 131"}[lang] in cited
    assert {"ja": "令和3年度", "en": "fiscal 2021"}[lang] in cited
    assert "「40.7 / 43.0 / % / -0.6」" in cited
    assert {"ja": "悪化", "en": "worsened"}[lang] in cited


@pytest.mark.parametrize("lang", LANGS)
def test_a_projects_citation_holds_rating_as_printed_and_verdict(report: Report, lang: Lang) -> None:
    cited = citation("audit", row_of(report, "promotion-17"), Display(report, lang))
    assert "\n" not in cited
    for part in ("山口県", "地方創生に効果があった", {"ja": "113行目", "en": "line 113"}[lang]):
        assert part in cited
    assert cited.endswith({"ja": ", 不一致", "en": ", disagrees"}[lang])


def test_every_citation_of_the_report_is_one_line(report: Report) -> None:
    tables: tuple[Table, ...] = ("kpis", "projects", "audit")
    for lang in LANGS:
        display = Display(report, lang)
        for table in tables:
            for row in report.frame(table).rows(named=True):
                cited = citation(table, row, display)
                assert len(cited.splitlines()) == 1
                assert "None" not in cited


@pytest.mark.parametrize("lang", LANGS)
def test_a_citation_marks_an_inferred_publisher(report: Report, lang: Lang) -> None:
    assert "publisher" in report.metadata.inferred
    cited = citation("kpis", row_of(report, "promotion-22.1"), Display(report, lang))
    assert {"ja": "推定", "en": "inferred"}[lang] in cited.partition("「")[0]


def test_a_publisher_that_is_stated_is_not_marked(copied: Path) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    assert text.count('    "publisher",\n') == 1
    (copied / "report.toml").write_text(text.replace('    "publisher",\n', ""), "utf-8")
    cited = citation("kpis", row_of(load(copied), "promotion-22.1"), Display(load(copied), "en"))
    assert "inferred" not in cited


@pytest.mark.parametrize("key", ["name", "actual_raw"])
def test_a_citation_is_one_line_whatever_was_printed(copied: Path, key: str) -> None:
    found = put(copied, "promotion-22.1", **{key: "上の行\n下の行"})
    cited = citation("kpis", row_of(found, "promotion-22.1"), Display(found, "ja"))
    assert len(cited.splitlines()) == 1
    assert "下の行" in cited


def test_a_citation_of_hostile_text_is_harmless(hostile: Path) -> None:
    found = load(hostile)
    for lang in LANGS:
        cited = citation("kpis", row_of(found, "promotion-22.1"), Display(found, lang))
        assert all(char.isprintable() for char in cited)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("id_", ["promotion-22.1", "promotion-22"])
def test_a_record_without_a_source_line_names_none(copied: Path, id_: str, lang: Lang) -> None:
    put(copied, "promotion-22", source_line=None)
    found = put(copied, "promotion-22.1", source_line=None)
    assert "None" not in "\n".join(explained(found, id_, lang))


# Widths


@pytest.mark.parametrize("id_", EXPLAINED)
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_asked(report: Report, id_: str, lang: Lang) -> None:
    display, row = Display(report, lang), row_of(report, id_)
    key = "progress" if table_of(id_) == "kpis" else "verdict"
    for width in range(40, 161):
        lines = [*explanation(table_of(id_), row, key, display, width)]
        assert max(map(length, lines)) <= width
        assert max(map(cell_len, plain(lines).splitlines())) <= width


@pytest.mark.parametrize("lang", LANGS)
def test_every_cell_of_the_report_can_be_explained_in_40_cells(report: Report, lang: Lang) -> None:
    display = Display(report, lang)
    tables: tuple[Table, ...] = ("kpis", "projects", "audit")
    for table in tables:
        row = report.frame(table).row(0, named=True)
        for column in registry(table):
            lines = [*explanation(table, row, column.key, display, 40)]
            assert max(map(length, lines)) <= 40, (table, column.key)


def test_narrow_and_wide_say_the_same(report: Report) -> None:
    display, row = Display(report, "ja"), row_of(report, "promotion-22.1")
    texts = [
        "".join(plain(explanation("kpis", row, "progress", display, width)).split()) for width in (40, 80, 160, WIDE)
    ]
    assert len(set(texts)) == 1
