"""ASCII mode: no character on any screen that a terminal might draw two cells wide where one was counted."""

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from screen import HOME, LARGE, NARROW, Desk, Size, browsing
from textual.app import App

from kpitui.config import DEFAULTS
from kpitui.output.display import Display
from kpitui.report.columns import column
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.ambiguous import same_width
from kpitui.text.cells import width
from kpitui.text.wording import Lang
from kpitui.views.store import Store

ASCII = DEFAULTS._replace(ascii=True)
_SIGNS = "①Ⅱ→℃…±※"
"""All of ambiguous width; some become longer, and … is a mark of ours as well."""
_SIGNED = ("name", "summary", "direction_reason")

SCREENS = {
    "projects": "",
    "sorted": "s",
    "sorted twice": "s right right S S",
    "overview": "1",
    "kpis": "3",
    "audit": "4",
    "project in": "enter",
    "kpi": "3 enter",
    "source": "3 enter enter",
    "facets": "3 f",
    "search": "3 slash",
    "help": "question_mark",
    "help at its end": "question_mark end",
    "help on the overview": "1 question_mark",
    "palette": "colon",
    "save": "3 w",
    "views": "v",
    "explain": "3 x",
    "explain the audit": "4 x",
    "notification": "u",
    "columns": "c",
    "expression": "3 ampersand",
    "export": "e",
    "frequency": "3 right F",
    "statistics": "3 right I",
    "mark": "3 m",
    "go to": "o",
}
"""Screens and the keys that lead there."""


@pytest.fixture(scope="module")
def thorny(tmp_path_factory: pytest.TempPathFactory, report: Report) -> Report:
    """The built-in report with signs of ambiguous width before every name, summary and reason."""
    folder = tmp_path_factory.mktemp("thorny")
    for path in report.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for table in ("projects.csv", "kpis.csv"):
        _sign(folder / table)
    return load(folder)


def _sign(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows([{key: _SIGNS * (key in _SIGNED) + value for key, value in row.items()} for row in rows])
    path.write_text(text.getvalue(), "utf-8")


def ambiguous(desk: Desk) -> set[str]:
    return {char for char in desk.text if unicodedata.east_asian_width(char) == "A"}


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize(("size", "lang"), [(HOME, "ja"), (LARGE, "en"), (NARROW, "ja")])
async def test_no_screen_has_a_character_of_ambiguous_width(
    keys: str, size: Size, lang: Lang, thorny: Report, store: Store
) -> None:
    async with browsing(thorny, store, size, lang, config=ASCII) as desk:
        await desk.press(*keys.split())
        assert ambiguous(desk) == set()
        assert {width(line) for line in desk.lines} == {size[0]}


@pytest.mark.parametrize("key", ["o", "colon"])
async def test_what_is_typed_to_find_something_has_no_picture_before_it(key: str, report: Report, store: Store) -> None:
    async with browsing(report, store, HOME, "en", config=ASCII) as desk:
        await desk.press(key)
        assert "find a" in desk.text
        assert {char for char in desk.text if unicodedata.category(char) == "So"} == set()


async def test_names_are_rewritten_before_they_are_cut(thorny: Report, store: Store) -> None:
    async with browsing(thorny, store, HOME, "ja", config=ASCII) as desk:
        row = desk.row("推1 ")
        assert "(1)II->C~+/-*" in row
        assert "~" in row.split("(1)II->C~+/-*")[1]


async def test_a_detail_breaks_what_became_longer_where_it_no_longer_fits(thorny: Report, store: Store) -> None:
    async with browsing(thorny, store, NARROW, "ja", config=ASCII) as desk:
        await desk.press("3", "enter")
        assert any("(1)II->C~+/-*" in line for line in desk.lines)


async def test_what_is_copied_is_what_was_printed(
    thorny: Report, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setattr(App, "copy_to_clipboard", lambda _, text: sent.append(text))
    async with browsing(thorny, store, LARGE, "ja", config=ASCII) as desk:
        await desk.press("y", "Y")
    assert sent[0].startswith(_SIGNS)
    assert _SIGNS in sent[1]


async def test_sort_marks_are_signs_every_terminal_draws_alike(report: Report, store: Store) -> None:
    async with browsing(report, store, HOME, "en") as desk:
        await desk.press("s")
        assert "▴" in desk.text
        await desk.press("s")
        assert "▾" in desk.text
    async with browsing(report, store, HOME, "en", config=ASCII) as desk:
        await desk.press("s")
        assert "^" in desk.lines[2]
        await desk.press("s")
        assert "v" in desk.lines[2].split("sorted:")[1]
    assert {unicodedata.east_asian_width(sign) for sign in "▴▾"} == {"N"}


async def test_without_ascii_mode_the_text_stays_as_printed(thorny: Report, store: Store) -> None:
    async with browsing(thorny, store, LARGE, "ja") as desk:
        assert _SIGNS in desk.text


@pytest.mark.parametrize(
    ("text", "signs"),
    [("…", "~"), ("×", "x"), ("│──┐", "|--+"), ("▊", "#"), ("Ⅱ", "?"), ("達成", "達成"), ("e\u0301", "e")],
)
def test_a_sign_of_the_same_width_takes_the_place_of_one(text: str, signs: str) -> None:
    assert same_width(text) == signs
    assert width(same_width(text)) == width(text)


def test_a_cell_is_plain_only_where_asked(thorny: Report, tmp_path: Path) -> None:
    row = thorny.kpis.row(0, named=True)
    name = column("kpis", "name")
    assert Display(thorny, "ja").cell(name, row).startswith(_SIGNS)
    assert Display(thorny, "ja", ascii=True).cell(name, row).startswith("(1)II->C~+/-*")
