"""Where a reader was comes back as it was, or is said to be gone."""

import dataclasses
from pathlib import Path

import pytest

from kpitui.errors import InputError, KpituiError
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.views import resume
from kpitui.views.history import Place, Reading, kpis_of
from kpitui.views.spec import Filter, Sort, ViewSpec

_SPEC = ViewSpec(
    "kpis",
    search='水素 "x" \\ [y]',
    where="progress < 0.5",
    filters=(Filter("status", ("missed", None)), Filter("progress", low=0.1), Filter("unit", ("件",), negated=True)),
    sorts=(Sort("progress", descending=True), Sort("name")),
    columns=("id", "name", "progress"),
    widths=(("name", 20),),
    pins=("id",),
    marks=(("promotion-6.3", "なぜか"),),
)


def _reading() -> Reading:
    """In a view of KPIs and there on a record's page; in another tab among a project's KPIs."""
    reading = Reading.start(_SPEC).here(Place(_SPEC, row_id="promotion-6.3", column="progress", top=2))
    reading = reading.into(Place(_SPEC, "record", "promotion-6.3", label="推6.3"))
    return reading.at("projects").into(kpis_of("promotion-6", "推6 x")).at("kpis")


def _written(path: Path, reading: Reading, report: Report) -> None:
    resume.write(resume.Kept.of(reading, report, ["/reports/a"]), path)


def test_everything_comes_back(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "state" / "resume.toml"
    _written(path, _reading(), report)
    kept = resume.read(path)
    assert kept.reports == ("/reports/a",)
    assert kept.reading(report, path) == (_reading(), None)


def test_only_its_owner_can_read_it(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "state" / "resume.toml"
    path.parent.mkdir()
    path.write_text("")
    path.chmod(0o644)
    _written(path, _reading(), report)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["resume.toml"]


def test_a_changed_report_is_told_of(tmp_path: Path, report: Report, copied: Path) -> None:
    path = tmp_path / "resume.toml"
    _written(path, _reading(), report)
    kpis = (copied / "kpis.csv").read_text("utf-8")
    (copied / "kpis.csv").write_text(kpis.replace("水素", "酸素"), "utf-8")
    reading, words = resume.read(path).reading(load(copied), path)
    assert reading == _reading()
    assert words is not None
    assert words.en == "the report has changed since then"


def test_what_the_report_no_longer_has_is_left_out(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "resume.toml"
    _written(path, _reading(), report)
    text = path.read_text("utf-8").replace('row = "promotion-6.3"', 'row = "promotion-99.9"')
    path.write_text(text, "utf-8")
    reading, words = resume.read(path).reading(report, path)
    # The table stands, and the page in it is gone with its record.
    assert [place.page for place in reading.trail] == ["table"]
    assert reading.place.spec == _SPEC
    assert words is not None
    assert "not all" in words.en


def test_a_view_that_no_longer_fits_leaves_the_tab_as_it_opens(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "resume.toml"
    _written(path, _reading(), report)
    path.write_text(path.read_text("utf-8").replace('"progress"', '"progressed"'), "utf-8")
    reading, words = resume.read(path).reading(report, path)
    assert reading.tab == "kpis"
    assert reading.trail == (Place(ViewSpec("kpis")),)
    assert words is not None


def test_without_the_file_a_sentence_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to resume"):
        resume.read(tmp_path / "resume.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "schema = 2",
        "schema = 1\ntab = 'other'",
        "schema = 1\ntab = 'kpis'\nreport = 3",
        "schema = 1\ntab = 'kpis'\nplace = 3\n[report]\npaths = []\nsha256 = ''",
        "schema = 1\ntab = 'kpis'\n[report]\npaths = [3]\nsha256 = ''",
        "\x00",
        "a" * 2_000_000,
    ],
)
def test_a_damaged_file_is_told_of(tmp_path: Path, text: str) -> None:
    path = tmp_path / "resume.toml"
    path.write_text(text)
    with pytest.raises(KpituiError, match=r"resume\.toml"):
        resume.read(path)


def test_a_place_that_is_nonsense_is_left_out(tmp_path: Path, report: Report) -> None:
    kept = resume.Kept.of(_reading(), report, [])
    nonsense = dataclasses.replace(kept, tables=({"tab": "kpis"}, {"tab": 3, "page": []}, *kept.tables))
    reading, words = nonsense.reading(report, tmp_path)
    assert reading.tab == "kpis"
    assert words is not None


def test_the_last_of_two_sessions_wins_whole(tmp_path: Path, report: Report) -> None:
    path = tmp_path / "resume.toml"
    _written(path, _reading(), report)
    _written(path, Reading.start(ViewSpec("projects")), report)
    assert resume.read(path).reading(report, path)[0] == Reading.start(ViewSpec("projects"))
