"""Three real reports by other publishers, which lie beside the project; where they are absent nothing is tried."""

from pathlib import Path

import pytest

from kpitui.cli import main
from kpitui.report.load import load
from kpitui.sources.general.importer import look
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import Understanding
from kpitui.sources.lines import LineKind

EXAMPLES = Path(__file__).parents[4] / "shared" / "examples"
JUDGIT, GMPP, CITY = "judgit-2022-shohishacho.tsv", "gmpp-2022-23.csv", "jimujigyo-kosai.csv"
NAMES = (JUDGIT, GMPP, CITY)
pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not part of the project")


def understood(name: str) -> Understanding:
    return look(str(EXAMPLES / name), Options())


@pytest.mark.parametrize(("name", "projects", "kpis"), [(JUDGIT, 20, 36), (GMPP, 244, 0), (CITY, 142, 154)])
def test_each_has_as_many_projects_and_kpis_as_it_says(name: str, projects: int, kpis: int) -> None:
    found = understood(name)
    assert (len(found.projects), len(found.kpis)) == (projects, kpis)
    assert found.counts[LineKind.UNKNOWN] == 0
    assert found.notes.cells == []


def test_the_ministrys_report_is_read_for_its_latest_year() -> None:
    found = understood(JUDGIT)
    assert (found.choice.year, found.choice.years) == (2021, (2019, 2020, 2021))
    assert len(found.years) == 108
    assert found.facts.publisher == "消費者庁"


def test_of_the_two_ratings_the_first_is_read_and_the_other_asked_about() -> None:
    found = understood(GMPP)
    assert [rating.text for rating in found.ratings] == ["Green", "Amber", "Red"]
    rated = [project["rating"] for project in found.projects]
    assert (rated.count("Green"), rated.count("Amber"), rated.count("Red"), rated.count(None)) == (5, 88, 18, 133)
    assert any("column 7 SRO Delivery" in each.about.en for each in found.uncertain)


def test_the_citys_next_steps_are_told_by_their_words() -> None:
    assert [(each.text, each.outcome) for each in understood(CITY).directions] == [
        ("拡大", "continue"),
        ("現状継続", "continue"),
        ("縮小", "continue"),
        ("廃止方向", "end"),
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("words", [["overview"], ["kpis"], ["projects"], ["facets", "rating"], ["show", "all-1"]])
def test_each_opens_in_every_verb(
    name: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(EXAMPLES / name), "--to", str(tmp_path)]) == 0
    assert load(tmp_path).projects.height > 0
    assert main([*words, "--report", str(tmp_path)]) == 0
    assert capsys.readouterr().out
