"""The publication itself, with a record's line in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpitui.output.display import Display
from kpitui.output.source import source
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.sources.general.importer import import_general
from kpitui.sources.general.options import Options
from kpitui.sources.importer import import_document
from kpitui.text import breaking
from kpitui.text.prose import plain


def test_a_long_source_is_not_broken_by_the_rules_that_would_take_minutes(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied / "source.txt"
    with path.open("a", encoding="utf-8") as file:
        file.writelines(
            f"{number} each line has some words of its own, and more than one line holds of them\n"
            for number in range(200)
        )
    asked: list[str] = []
    units = breaking.units

    def counted(text: str) -> Iterator[str]:
        asked.append(text)
        return units(text)

    monkeypatch.setattr(breaking, "units", counted)
    found = load(copied)
    row = found.kpis.row(0, named=True)
    lines, first = source(row, Display(found, "ja"), 60)
    assert asked == []
    assert plain(lines[first : first + 1]).startswith(f">  {row['source_line']}")
    told = "".join(text[6:] for text in plain(lines).split("\n"))
    assert "199 each line has some words of its own, and more" in told
    assert {len(plain([each])) <= 60 for each in lines[-100:]} == {True}


def marked(folder: Path, kpi: int) -> str:
    """The line of the source that is marked as that KPI's, counted from 0."""
    found = load(folder)
    lines, first = source(found.kpis.row(kpi, named=True), Display(found, "en"), 400)
    return plain(lines[first : first + 1])


def test_a_carriage_return_within_a_line_moves_no_mark(tmp_path: Path) -> None:
    # The 81st KPI is the facility's second, on line 154 whatever stands within the lines above it.
    text = (builtin.folder() / "source.txt").read_text("utf-8")
    document = tmp_path / "r.txt"
    document.write_bytes(text.replace("推進交付金", "推進\r交付金", 1).encode())
    import_document(document, tmp_path / "grants")
    assert marked(tmp_path / "grants", 80).startswith("> 154")
    assert "新規取引件数 | 260" in marked(tmp_path / "grants", 80)


def test_a_table_whose_lines_end_in_carriage_returns_is_marked_by_them(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("事業名,指標,目標値,実績値\r港,来場者数,1,2\r道,通行量,3,4\r".encode())
    import_general(str(tmp_path / "t.csv"), tmp_path / "table", Options())
    assert marked(tmp_path / "table", 1) == ">   3 道,通行量,3,4"
