import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import kpitui
from kpitui.output.audit import brief, working
from kpitui.output.display import Display
from kpitui.report import folder
from kpitui.report.column import VERDICTS
from kpitui.report.load import load
from kpitui.report.model import Metadata, Report
from kpitui.text.prose import length, plain
from kpitui.text.wording import Lang

LANGS: tuple[Lang, ...] = ("ja", "en")
WIDE = 400
CRITERIA = [
    ("地方創生に非常に効果的だった", "すべてのKPIが目標値達成など、大いに成果が得られたとみなせる場合", 144),
    ("地方創生に相当程度効果があった", "一部のKPIが目標値に達しなかったものの、概ね成果が得られたとみなせる場合", 145),
    (
        "地方創生に効果があった",
        "KPIの達成状況は芳しくなかったものの、事業開始前よりも取組が前進・改善したとみなせる場合",
        146,
    ),
    (
        "地方創生に効果がなかった",
        "KPIの実績値が開始前よりも悪化した、もしくは取組としても前進・改善したとは言えない場合",
        147,
    ),
]
READINGS_EN = [
    "unmeasured left out, any KPI worsened",
    "unmeasured left out, only if all worsened",
    "unmeasured counts as not met, any KPI worsened",
    "unmeasured counts as not met, only if all worsened",
]
READINGS_JA = [
    "未計測は除く, 一つでも悪化なら「悪化」",
    "未計測は除く, 全て悪化なら「悪化」",
    "未計測は未達とみなす, 一つでも悪化なら「悪化」",
    "未計測は未達とみなす, 全て悪化なら「悪化」",
]


def row_of(report: Report, id_: str) -> dict[str, Any]:
    return report.projects.row(by_predicate=pl.col("id") == id_, named=True)


def worked(report: Report, id_: str, lang: Lang = "en", width: int = WIDE) -> list[str]:
    return plain(working(row_of(report, id_), Display(report, lang), width)).splitlines()


def briefly(report: Report, id_: str, lang: Lang = "en", width: int = WIDE) -> list[str]:
    return plain(brief(row_of(report, id_), Display(report, lang), width)).splitlines()


def after(lines: list[str], heading: str) -> list[str]:
    """The lines below a heading, to the next empty one."""
    start = next(place for place, line in enumerate(lines) if line.startswith(heading)) + 1
    end = lines.index("", start) if "" in lines[start:] else len(lines)
    return lines[start:end]


def judged(metadata: Metadata, path: Path, actuals: list[float | None], rating: str | None = None) -> Report:
    """One project whose KPIs should go from 10 to 20, with these actuals; rated second unless said otherwise."""
    rating = metadata.ratings[1].text if rating is None else rating
    project = {"id": "promotion-1", "grant": "promotion", "name": "事業", "rating": rating, "rating_text": rating}
    kpis = [
        {"id": f"promotion-1.{no}", "project_id": "promotion-1", "name": "件数", "unit": "件", "source_line": no}
        | {"baseline": 10, "target": 20, "actual": actual}
        for no, actual in enumerate(actuals, 1)
    ]
    folder.write(path, metadata, [project | {"source_line": 1}], kpis)
    return load(path)


# The working


def test_the_working_of_a_disagreement_shows_all_it_rests_on(report: Report) -> None:
    assert worked(report, "promotion-17") == [
        "disagrees the published rating disagrees with the printed criteria under every reading",
        "rating 地方創生に効果があった (effective)",
        "",
        "readings of the criteria",
        *(f"- {reading}: all met -> admits 1" for reading in READINGS_EN),
        "",
        "KPIs used (4/4)",
        "met        flat    推17.1 本事業の取組により生産・サービスシステム等の導入や製品化・サービス化・"
        "ビジネスモデル構築等が実現した案件数 (line 113)",
        "met        up      推17.2 本事業により生まれた新たなアイデア等によるプロジェクト数 (line 114)",
        "met        up      推17.3 本事業により育成支援した研修等受講者数 (line 115)",
        "met        up      推17.4 本県の独自調査による県内企業のIoT導入率 (line 116)",
        "",
        "projects with a lower share met and a better rating: 10",
        "",
        "rating criteria",
        *(
            f"{'>' if rank == 3 else ' '} {rank} {text}: {criterion} (line {line})"
            for rank, (text, criterion, line) in enumerate(CRITERIA, 1)
        ),
    ]


def test_the_working_says_the_same_in_japanese(report: Report) -> None:
    found = worked(report, "promotion-14", "ja")
    assert found[:2] == [
        "不一致 公表された評価は、どの読み方でも印字された基準と一致しない",
        "評価 地方創生に相当程度効果があった",
    ]
    assert after(found, "基準の読み方") == [f"- {reading}: 全て達成 -> 評価 1 を認める" for reading in READINGS_JA]
    assert after(found, "用いたKPI (3/3)") == [
        "達成       増      推14.1 県内企業に対する副業・兼業を含めた人材マッチング件数 (101行目)",
        "達成       増      推14.2 県内企業の経営課題に関する相談件数 (102行目)",
        "達成       横ばい  推14.3 経営幹部、または後継の経営者を念頭に置いた移住・就業につながる"
        "マッチング件数 (103行目)",
    ]
    # Nothing rated better than 2 met less than all.
    assert not any("逆転" in line or "より高い事業" in line for line in found)
    assert after(found, "評価の基準")[1] == f"> 2 {CRITERIA[1][0]}: {CRITERIA[1][1]} (145行目)"


def test_readings_that_differ_are_told_one_by_one(report: Report) -> None:
    found = worked(report, "promotion-6")
    assert found[0] == "depends whether the criteria admit the published rating depends on how they are read"
    readings = [line.split(" -> ")[1] for line in after(found, "readings of the criteria")]
    assert readings == ["admits 4", "admits 2, 3", "admits 4", "admits 2, 3"]
    assert after(found, "KPIs used (1/3 worse 1)") == [
        "unmeasured         推6.1 交付金事業で開発した技術の導入による収益向上額 (line 68)",
        "missed     up      推6.2 農林漁業新規就業者数 (line 69)",
        "worsened   down    推6.3 農業中核経営体の園芸品目の作付増加面積 (line 70)",
        "met        up      推6.4 交付金事業で開発した技術を導入する経営体数 (line 71)",
    ]


@pytest.mark.parametrize(("lang", "claim"), [("en", "not worsened"), ("ja", "悪化なし")])
@pytest.mark.parametrize("id_", ["promotion-6", "promotion-22"])
def test_a_project_with_a_worsened_kpi_is_never_said_to_have_none(
    report: Report, id_: str, lang: Lang, claim: str
) -> None:
    assert row_of(report, id_)["worsened"] == 1
    assert claim not in "\n".join([*worked(report, id_, lang), *briefly(report, id_, lang)])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        (
            "promotion-14",
            (
                "公表された評価は、どの読み方でも印字された基準と一致しない",
                "the published rating disagrees with the printed criteria under every reading",
            ),
        ),
        (
            "promotion-18",
            (
                "公表された評価が印字された基準と一致するかは、読み方による",
                "whether the criteria admit the published rating depends on how they are read",
            ),
        ),
        (
            "promotion-4",
            (
                "公表された評価は、どの読み方でも印字された基準と一致する",
                "the published rating is admitted under every reading",
            ),
        ),
        ("facility-1", ("評価がまだないため対象外", "not rated, so outside the audit")),
    ],
)
def test_each_verdict_has_its_sentence(report: Report, id_: str, sentence: tuple[str, str], lang: Lang) -> None:
    said = sentence[LANGS.index(lang)]
    assert worked(report, id_, lang)[0].endswith(said)
    assert briefly(report, id_, lang)[0] == worked(report, id_, lang)[0]


def test_a_state_in_the_place_of_a_rating_is_shown_as_printed(report: Report) -> None:
    found = worked(report, "facility-1")
    assert found[1] == "rating 施設整備中 R5.4月供用開始予定"
    assert not any(line.startswith(">") for line in found)


def test_the_criteria_are_the_reports_own_sentences_on_their_lines(report: Report) -> None:
    source = (report.folder / "source.txt").read_text("utf-8").split("\n")
    for _, criterion, line in CRITERIA:
        assert criterion in source[line - 1]


@pytest.mark.parametrize("lang", LANGS)
def test_every_project_shows_all_of_its_kpis_with_their_lines(report: Report, lang: Lang) -> None:
    for row in report.projects.rows(named=True):
        found = "\n".join(worked(report, row["id"], lang))
        for kpi in report.kpis.filter(pl.col("project_id") == row["id"]).rows(named=True):
            assert kpi["name"] in found
            assert {"ja": f"({kpi['source_line']}行目)", "en": f"(line {kpi['source_line']})"}[lang] in found


# In brief


@pytest.mark.parametrize(
    ("id_", "lines"),
    [
        ("promotion-17", ["- under every reading: all met -> admits 1"]),
        (
            "promotion-18",
            [
                "- unmeasured left out: all met -> admits 1",
                "- unmeasured counts as not met: ",
            ],
        ),
        ("promotion-22", ["- any KPI worsened: worsened -> admits 4", "- only if all worsened: "]),
    ],
)
def test_in_brief_readings_that_come_to_the_same_are_one(report: Report, id_: str, lines: list[str]) -> None:
    found = briefly(report, id_)[2:]
    assert len(found) == len(lines)
    for line, start in zip(found, lines, strict=True):
        assert line.startswith(start)
        assert line.endswith(("admits 1", "admits 4", "admits 2, 3"))


def test_in_brief_japanese_says_the_same(report: Report) -> None:
    assert briefly(report, "promotion-17", "ja") == [
        "不一致 公表された評価は、どの読み方でも印字された基準と一致しない",
        "評価 地方創生に効果があった",
        "- どの読み方でも: 全て達成 -> 評価 1 を認める",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_in_brief_every_outcome_names_its_readings(report: Report, tmp_path: Path, lang: Lang) -> None:
    # One fell to 5, the other was not measured: three readings say "worsened", the fourth "none moved forward".
    found = judged(report.metadata, tmp_path, [5, None])
    assert not any(line.startswith("- :") for line in briefly(found, "promotion-1", lang))


# Reports of other kinds


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "この報告書は評価と基準を結びつけていないため、監査はありません"),
        ("en", "this report ties no criteria to its ratings, so there is no audit"),
    ],
)
def test_without_a_profile_it_says_that_there_is_no_audit(
    report: Report, tmp_path: Path, lang: Lang, said: str
) -> None:
    ratings = tuple(dataclasses.replace(each, conditions=()) for each in report.metadata.ratings)
    found = judged(dataclasses.replace(report.metadata, ratings=ratings), tmp_path, [20, 15])
    assert worked(found, "promotion-1", lang) == [said]
    assert briefly(found, "promotion-1", lang) == [said]


@pytest.mark.parametrize("lang", LANGS)
def test_a_project_without_kpis_can_be_shown(report: Report, tmp_path: Path, lang: Lang) -> None:
    found = judged(report.metadata, tmp_path, [])
    assert all(line.endswith(": -") for line in worked(found, "promotion-1", lang) if line.startswith("- "))
    assert briefly(found, "promotion-1", lang)[-1].endswith(": -")


@pytest.mark.parametrize(("rating", "actuals"), [("S", [20.0, 15.0]), (None, [])])
@pytest.mark.parametrize(("lang", "claim"), [("en", "not rated"), ("ja", "評価がまだない")])
def test_a_project_with_a_rating_is_never_said_to_have_none(
    report: Report, tmp_path: Path, rating: str | None, actuals: list[float | None], lang: Lang, claim: str
) -> None:
    # Rated outside the scale; or rated, with no KPI to hold the rating against.
    found = judged(report.metadata, tmp_path, actuals, rating)
    assert row_of(found, "promotion-1")["rating"]
    assert claim not in "\n".join(worked(found, "promotion-1", lang))


def test_a_level_without_a_printed_criterion_has_no_empty_brackets(report: Report, tmp_path: Path) -> None:
    ratings = tuple(dataclasses.replace(each, criterion=None) for each in report.metadata.ratings)
    found = judged(dataclasses.replace(report.metadata, ratings=ratings), tmp_path, [20, 15])
    assert "()" not in "\n".join(worked(found, "promotion-1"))


def test_a_kpi_without_a_source_line_names_none(report: Report, tmp_path: Path) -> None:
    judged(report.metadata, tmp_path, [20, 15])
    text = (tmp_path / "kpis.csv").read_text("utf-8")
    (tmp_path / "kpis.csv").write_text(re.sub(r",\d+$", ",", text, flags=re.MULTILINE), "utf-8")
    assert "None" not in "\n".join(worked(load(tmp_path), "promotion-1"))


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_text_is_worded_harmlessly(hostile: Path, lang: Lang) -> None:
    found = load(hostile)
    for row in found.projects.rows(named=True):
        text = "".join([*worked(found, row["id"], lang), *briefly(found, row["id"], lang)])
        assert all(char.isprintable() for char in text)


@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_asked(report: Report, lang: Lang) -> None:
    display = Display(report, lang)
    for row in report.projects.rows(named=True):
        for width in (40, 47, 60, 80, 119, 160):
            for lines in (working(row, display, width), brief(row, display, width)):
                assert max(map(length, lines)) <= width


# Words


_ABOUT_A_RATING = re.compile(
    r"(wrong|incorrect|mistaken|erroneous|false)\s+(\w+\s+){0,2}(ratings?|verdicts?)"
    r"|(ratings?|verdicts?)\s+(\w+\s+){0,3}(wrong|incorrect|mistaken|erroneous|false)\b"
    r"|(評価|判定)[^。、]{0,12}(誤|間違|不正)|(誤|間違)[^。、]{0,6}(評価|判定)",
    re.IGNORECASE,
)


def sentences() -> Iterator[tuple[str, str]]:
    """Every text in the package's code, with the module it stands in."""
    root = Path(kpitui.__file__).parent
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield str(path.relative_to(root)), node.value


@pytest.mark.parametrize("said", ["wrong rating", "the rating is wrong", "評価の誤り", "誤った評価", "誤判定"])
def test_the_search_for_such_words_finds_them(said: str) -> None:
    assert _ABOUT_A_RATING.search(said)


def test_no_sentence_calls_a_rating_wrong() -> None:
    found = list(sentences())
    assert len(found) > 500
    assert [(module, text) for module, text in found if _ABOUT_A_RATING.search(text)] == []


def test_the_words_for_verdicts_are_not_those_for_errors(report: Report) -> None:
    said = [text for module, text in sentences() if module in ("output/audit.py", "report/audit.py")]
    said += [word for verdict in VERDICTS for word in verdict.words]
    said += [line for row in report.projects["id"] for lang in LANGS for line in worked(report, row, lang)]
    for text in said:
        assert not re.search(r"\b(wrong|errors?|mistakes?|incorrect)\b|誤|間違", text), text


def test_a_disagreement_is_with_the_printed_criteria(report: Report) -> None:
    for id_ in ("promotion-14", "promotion-17"):
        assert "disagrees with the printed criteria" in worked(report, id_)[0]
        assert "印字された基準と一致しない" in worked(report, id_, "ja")[0]
