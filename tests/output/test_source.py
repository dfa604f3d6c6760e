"""The publication itself, with a record's line in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kpitui.output.display import Display
from kpitui.output.source import source
from kpitui.report.load import load
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
