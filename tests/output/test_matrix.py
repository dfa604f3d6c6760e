import dataclasses
from pathlib import Path

import pytest

from kpitui.output.display import Display
from kpitui.output.matrix import matrix
from kpitui.report import folder
from kpitui.report.load import load
from kpitui.report.model import Metadata, Report
from kpitui.text.prose import length, plain
from kpitui.text.wording import Lang

LANGS: tuple[Lang, ...] = ("ja", "en")
# Counted on the page. Very effective: 4 ends, 7 and 21 go on. Considerably: 1 and 3 end; 5, 6, 9, 10, 11, 12, 14,
# 18, 19, 22 go on. Effective: 2, 8, 13, 15, 16, 17, 20 go on. The facility has no rating and goes on.
# Shares met: all of the best; from 1/4 (12) to all (14); from 1/4 (15) to all (17); all of the facility.
COUNTS = [("1", 1, 2, "100% .. 100%"), ("2", 2, 10, "25% .. 100%"), ("3", 0, 7, "25% .. 100%"), ("4", 0, 0, "-")]


def drawn(report: Report, lang: Lang, width: int = 80, *, plainly: bool = False) -> list[str]:
    return plain(matrix(Display(report, lang), width, plain=plainly)).splitlines()


def small(
    metadata: Metadata, path: Path, pairs: list[tuple[str | None, str | None]], actual: float | None = 20
) -> Report:
    """Projects of these ratings and directions, each with one KPI that should go from 10 to 20."""
    projects = [
        {"id": f"promotion-{no}", "grant": "promotion", "name": "事業", "rating": rating, "direction": direction}
        for no, (rating, direction) in enumerate(pairs, 1)
    ]
    kpis: list[dict[str, object]] = [
        {"id": f"{each['id']}.1", "project_id": each["id"], "name": "件数", "baseline": 10, "target": 20}
        | {"actual": actual}
        for each in projects
    ]
    folder.write(path, metadata, projects, kpis)
    return load(path)


def test_every_rating_stands_against_every_direction(report: Report) -> None:
    assert drawn(report, "ja") == [
        "評価 × 今後  終了  継続  KPI達成",
        "1 非常に        1     2  100% .. 100%",
        "2 相当程度      2    10  25% .. 100%",
        "3 効果あり      0     7  25% .. 100%",
        "4 効果なし      0     0  -",
        "なし            0     1  100% .. 100%",
    ]


def test_english_has_the_same_numbers(report: Report) -> None:
    lines = drawn(report, "en")
    assert lines[0].split() == ["rating", "×", "next", "終了", "継続", "KPIs", "met"]
    for line, (rank, ended, continued, share) in zip(lines[1:5], COUNTS, strict=True):
        assert line.split()[0] == rank
        assert line.split()[2:4] == [str(ended), str(continued)]
        assert line.endswith(f"  {share}")
    assert lines[5].split() == ["none", "0", "1", "100%", "..", "100%"]


def test_the_counts_add_up_to_all_projects() -> None:
    assert sum(ended + continued for _, ended, continued, _ in COUNTS) + 1 == 23


@pytest.mark.parametrize("lang", LANGS)
def test_columns_are_aligned_by_cells(report: Report, lang: Lang) -> None:
    head, *rows = matrix(Display(report, lang), 80)
    ends = {length(row) - length((row[-1],)) for row in rows}
    assert len(ends) == 1
    assert head


def test_plainly_each_pair_is_a_sentence_and_empty_pairs_are_left_out(report: Report) -> None:
    assert drawn(report, "ja", plainly=True) == [
        "評価 × 今後",
        "評価 1 非常に、今後 終了: 1事業",
        "評価 1 非常に、今後 継続: 2事業",
        "評価 2 相当程度、今後 終了: 2事業",
        "評価 2 相当程度、今後 継続: 10事業",
        "評価 3 効果あり、今後 継続: 7事業",
        "評価 なし、今後 継続: 1事業",
    ]
    english = drawn(report, "en", plainly=True)
    assert [line.rpartition(": ")[2].split()[0] for line in english[1:]] == ["1", "2", "2", "10", "7", "1"]
    assert english[4].startswith("rating 2 相当程度, next 継続: ")


def test_one_project_is_not_a_plural(report: Report) -> None:
    assert "1 projects" not in "\n".join(drawn(report, "en", plainly=True))


def test_values_outside_the_scales_and_missing_ones_are_counted_too(report: Report, tmp_path: Path) -> None:
    best, ends = report.metadata.ratings[0].text, report.metadata.directions[0].text
    pairs = [(best, ends), ("S", ends), ("S", "見直す"), (None, None)]
    assert drawn(small(report.metadata, tmp_path, pairs), "en") == [
        "rating × next  終了  継続  見直す  none  KPIs met",
        "1 非常に          1     0       0     0  100% .. 100%",
        "2 相当程度        0     0       0     0  -",
        "3 効果あり        0     0       0     0  -",
        "4 効果なし        0     0       0     0  -",
        "S                 1     0       1     0  100% .. 100%",
        "none              0     0       0     1  100% .. 100%",
    ]


def test_projects_without_a_measured_kpi_have_no_share(report: Report, tmp_path: Path) -> None:
    best, ends = report.metadata.ratings[0].text, report.metadata.directions[0].text
    assert drawn(small(report.metadata, tmp_path, [(best, ends)], None), "ja")[1].split() == [
        *("1", "非常に", "1", "0", "-")
    ]


def test_a_share_just_short_of_all_is_not_all(report: Report, tmp_path: Path) -> None:
    best, ends = report.metadata.ratings[0].text, report.metadata.directions[0].text
    short = small(report.metadata, tmp_path, [(best, ends)], 19.99)
    assert drawn(short, "ja")[1].endswith("0% .. 0%")


def test_a_report_without_directions_has_no_matrix(report: Report, tmp_path: Path) -> None:
    bare = dataclasses.replace(report.metadata, directions=(), ratings=())
    folder.write(tmp_path, bare, [], [])
    found = load(tmp_path)
    assert matrix(Display(found, "ja"), 80) == []
    assert matrix(Display(found, "ja"), 80, plain=True) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("plainly", [False, True])
def test_no_line_is_wider_than_asked(report: Report, lang: Lang, plainly: bool) -> None:
    for width in range(40, 161):
        assert max(map(length, matrix(Display(report, lang), width, plain=plainly))) <= width


def test_long_words_for_directions_are_cut_to_the_width(report: Report, tmp_path: Path) -> None:
    # Without short forms: 32 and 24 cells for the two directions alone.
    long = dataclasses.replace(report.metadata, directions=())
    pairs: list[tuple[str | None, str | None]] = [
        (report.metadata.ratings[0].text, each.text) for each in report.metadata.directions
    ]
    assert max(map(length, matrix(Display(small(long, tmp_path, pairs), "ja"), 60))) <= 60


def test_figures_are_not_cut_for_the_long_words_above_them(report: Report, tmp_path: Path) -> None:
    # 60 cells: 11 and a gap of 2 for the ratings, 12 for the shares, gaps of 2 before these and between the directions.
    # That leaves 31: 15 for each of the directions, which take 32 and 24.
    long = dataclasses.replace(report.metadata, directions=())
    best = report.metadata.ratings[0].text
    pairs: list[tuple[str | None, str | None]] = [(best, each.text) for each in report.metadata.directions]
    assert drawn(small(long, tmp_path, pairs), "ja", 60)[:3] == [
        "評価 × 今後  当初予定通り事…  計画通りに事業…  KPI達成",
        "1 非常に                   1                1  100% .. 100%",
        "2 相当程度                 0                0  -",
    ]


def test_thousands_are_told_apart(report: Report, tmp_path: Path) -> None:
    best, ends = report.metadata.ratings[0].text, report.metadata.directions[0].text
    thousand = small(report.metadata, tmp_path, [(best, ends)] * 1000)
    assert drawn(thousand, "en")[1].split()[2] == "1,000"
    assert drawn(thousand, "en", plainly=True)[1].endswith(": 1,000")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("plainly", [False, True])
def test_hostile_words_are_drawn_harmlessly(hostile: Path, lang: Lang, plainly: bool) -> None:
    lines = drawn(load(hostile), lang, 200, plainly=plainly)
    assert all(char.isprintable() for line in lines for char in line)
