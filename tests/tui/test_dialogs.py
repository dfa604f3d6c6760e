import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len
from screen import HOME, LARGE, NARROW, WIDE, Desk, Size, browsing, has_ended
from textual.widgets import Input

from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.widgets.field import Field
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import Store


async def _save(desk: Desk, name: str, note: str = "") -> None:
    await desk.press("w")
    await desk.type(name)
    await desk.press("tab")
    await desk.type(note)
    await desk.press("enter")


def _file(store: Store, name: str) -> Path:
    return store.folders[0] / f"{name}.toml"


# Saving


async def test_saving_writes_a_file_that_a_colleague_can_read(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("v", "enter")
        await _save(desk, "目標未達-r3", "六月の説明に使う")
        assert "保存しました" in desk.text
        assert "30 / 82件" in desk.text
    found = tomllib.loads(_file(store, "目標未達-r3").read_text("utf-8"))
    assert found["name"] == "目標未達-r3"
    assert found["note"].endswith("六月の説明に使う")
    assert found["report"]["id"] == "yamaguchi-r3"
    assert found["view"]["table"] == "kpis"
    [chosen] = found["filter"]
    assert (chosen["column"], chosen["values"]) == ("status", ["worsened", "missed"])
    assert not chosen.get("negated", False)
    assert found["expect"]["rows"] == len(found["expect"]["ids"]) == len(found["row"]) == 30
    first = found["row"][0]
    assert first["id"] == "promotion-1.1"
    assert (first["baseline"], first["target"], first["actual"]) == (0, 1_839_000, 434_000)
    assert first["progress"] == 0.2359  # 434,000 / 1,839,000 = 0.23599…, cut


@pytest.mark.parametrize("size", [HOME, NARROW])
async def test_the_dialog_says_what_is_about_to_be_saved(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        await desk.press("v", "enter", "w")
        assert "ビューを保存" in desk.text
        assert "状況: 悪化, 未達 (30行)" in desk.text
        assert {cell_len(line) for line in desk.lines} == {size[0]}


async def test_escape_leaves_without_saving(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        before = desk.lines
        await desk.press("w")
        await desk.type("name")
        await desk.press("escape")
        assert desk.lines == before
    assert not store.folders[0].exists()


async def test_a_taken_name_asks_and_a_second_enter_replaces(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _save(desk, "mine")
        before = _file(store, "mine").read_bytes()
        await desk.press("v", "enter")
        await _save(desk, "mine")
        assert "同じ名前の別のビューがあります" in desk.text
        assert _file(store, "mine").read_bytes() == before
        await desk.press("enter")
        assert "30 / 82件" in desk.text
    assert tomllib.loads(_file(store, "mine").read_text("utf-8"))["expect"]["rows"] == 30


async def test_the_name_of_a_built_in_view_asks_and_then_the_list_tells_of_the_readers_own(
    report: Report, store: Store
) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("3")
        await _save(desk, "worsened", "全部のKPI")
        assert "同じ名前の別のビューがあります" in desk.text
        assert not _file(store, "worsened").exists()
        await desk.press("enter")
        await desk.press("v")
        assert "全部のKPI" in desk.text
        assert "開始前より悪化したKPI" not in desk.text
        desk.line("worsened     ")
    assert tomllib.loads(_file(store, "worsened").read_text("utf-8"))["expect"]["rows"] == 82


async def test_another_name_after_the_question_keeps_both(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _save(desk, "mine")
        await desk.press("v", "enter")
        await _save(desk, "mine")
        await desk.press("shift+tab", "end")
        await desk.type("2")
        await desk.press("enter")
    assert tomllib.loads(_file(store, "mine").read_text("utf-8"))["expect"]["rows"] == 23
    assert tomllib.loads(_file(store, "mine2").read_text("utf-8"))["expect"]["rows"] == 30


async def test_a_question_for_one_name_is_no_answer_for_another(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _save(desk, "a")
        await _save(desk, "ab")
        before = _file(store, "ab").read_bytes()
        await desk.press("v", "enter")
        await _save(desk, "a")
        assert "同じ名前の別のビューがあります" in desk.text
        await desk.press("shift+tab", "end")
        await desk.type("b")
        await desk.press("enter")
        assert "同じ名前の別のビューがあります" in desk.text
    assert _file(store, "ab").read_bytes() == before


async def test_the_same_view_again_asks_nothing(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _save(desk, "mine")
        await _save(desk, "mine")
        assert "同じ名前" not in desk.text
        assert "23 / 23件" in desk.text


REFUSED = ["", "../elsewhere", "a/b", ".hidden", "a" * 201, "あ" * 70, "a:b", "   "]


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize(
    ("lang", "words"), [("ja", ("名前にできません", "200バイト")), ("en", ("cannot be named", "200 bytes"))]
)
async def test_a_name_that_no_file_can_have_is_refused_in_the_readers_language(
    report: Report, store: Store, tmp_path: Path, name: str, lang: Lang, words: tuple[str, ...]
) -> None:
    async with browsing(report, store, lang=lang) as desk:
        table = desk.lines[2]
        await desk.press("w")
        desk.app.screen.query_one("#name", Input).value = name
        await desk.press("enter")
        assert any(each in desk.text for each in words), desk.text
        await desk.press("escape")
        assert desk.lines[2] == table
    assert sorted(tmp_path.rglob("*.toml")) == []


async def test_a_folder_that_cannot_be_written_is_named_and_the_browser_goes_on(report: Report, tmp_path: Path) -> None:
    # A file where the folder should be fails for everybody, root included.
    (tmp_path / "file").write_text("")
    async with browsing(report, Store((tmp_path / "file" / "views",)), WIDE) as desk:
        await _save(desk, "mine")
        assert "ビューを保存" in desk.text
        assert "mine.toml" in desk.text
        await desk.press("escape", "j")
        assert not has_ended(desk.app)
        assert desk.cursor == "推2"


async def test_the_note_of_an_opened_view_comes_along(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await _save(desk, "mine", "確認用")
        await desk.press("v", "enter")
        assert "30 / 82件" in desk.text
        await _open(desk, "mine")
        await desk.press("w")
        assert "確認用" in desk.text


async def test_the_note_of_a_view_that_no_longer_shows_is_not_offered(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("v", "enter", "0", "w")
        assert "82行" in desk.text
        assert "目標に届かなかったKPI" not in desk.text
        await desk.press("escape", "u", "s", "w")  # the same rows again, in another order
        assert "30行" in desk.text
        assert "目標に届かなかったKPI" in desk.text


async def test_the_note_of_the_view_that_is_being_changed_comes_with_its_name(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await _save(desk, "mine", "確認用")
        await _open(desk, "mine")
        await desk.press("end", "=", "w")
        assert "確認用" not in desk.text
        await desk.type("mine")
        assert "確認用" in desk.text
        await desk.type("2")
        assert "確認用" not in desk.text
        await desk.press("tab")
        await desk.type("新しい")
        await desk.press("shift+tab", "end", "backspace")
        assert "新しい" in desk.text
        assert "確認用" not in desk.text


# Opening


async def _open(desk: Desk, name: str) -> None:
    """Choose a view by its name."""
    await desk.press("v")
    for _ in range(30):
        highlighted = [each.text.strip() for each in desk.segments if each.style and each.style.reverse]
        if name in highlighted:
            await desk.press("enter")
            return
        await desk.press("down")
    raise AssertionError(f"no view {name!r}:\n{desk.text}")


async def test_views_are_listed_with_what_they_are_for(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("v")
        for name in ("underperforming", "worsened", "unmeasured"):
            assert name in desk.text
        assert "目標に届かなかったKPI" in desk.text
        await desk.press("escape")
        assert "23 / 23件" in desk.text


@pytest.mark.parametrize(("name", "count"), [("underperforming", 30), ("worsened", 2), ("unmeasured", 2)])
async def test_each_built_in_view_shows_its_rows(report: Report, store: Store, name: str, count: int) -> None:
    async with browsing(report, store, WIDE) as desk:
        await _open(desk, name)
        assert f"{count} / 82件" in desk.lines[2]


async def test_a_saved_view_comes_back_as_it_was(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("l", "s", "l", "=")
        await _save(desk, "mine")
        await desk.hush()
        saved = desk.lines
        await desk.press("0", "s", "2")
        await desk.hush()
        assert desk.lines != saved
        await _open(desk, "mine")
        await desk.hush()
        assert desk.lines[2] == saved[2]
        assert desk.ids[0] == "推11"


async def test_j_and_k_move_in_the_list(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("v", "j", "k", "j", "enter")
        assert "30 / 82件" not in desk.text
        assert "/ 82件" in desk.text or "/ 23件" in desk.text


DAMAGES = {
    "an unknown key": ('[view]\ntable = "kpis"\nserch = "x"\n', "serch", "search"),
    "an unknown column": ('[view]\ntable = "kpis"\n[[sort]]\ncolumn = "progres"\n', "progres", "progress"),
    "an unknown value": (
        '[view]\ntable = "kpis"\n[[filter]]\ncolumn = "status"\nvalues = ["mised"]\n',
        "mised",
        "missed",
    ),
    "a wrong type": ('[view]\ntable = "kpis"\nsearch = 3\n', "search", "3"),
    "no TOML": ("[view\n", "line 2", "line"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_a_damaged_view_is_complained_of_and_the_screen_stays(
    report: Report, store: Store, damage: str, lang: Lang
) -> None:
    text, key, nearest = DAMAGES[damage]
    store.folders[0].mkdir()
    _file(store, "broken").write_text(f"schema = 1\n{text}", "utf-8")
    async with browsing(report, store, LARGE, lang) as desk:
        before = desk.lines[:5]
        await _open(desk, "broken")
        assert "broken.toml" in desk.notice
        assert "".join(key.split()) in desk.notice
        assert "".join(nearest.split()) in desk.notice
        assert desk.lines[:5] == before
        await desk.press("j", "enter")
        assert not has_ended(desk.app)


async def test_a_view_with_an_impossible_expression_is_complained_of(report: Report, store: Store) -> None:
    store.folders[0].mkdir()
    for name, where in (("nonsense", "progress <"), ("unknown", "profit > 1"), ("number", "progress")):
        _file(store, name).write_text(f'schema = 1\n[view]\ntable = "kpis"\nwhere = "{where}"\n', "utf-8")
    async with browsing(report, store, LARGE) as desk:
        for name in ("nonsense", "unknown", "number"):
            await _open(desk, name)
            assert not has_ended(desk.app)
            assert "23 / 23件" in desk.lines[2]


async def test_a_view_file_that_went_away_is_complained_of(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await _save(desk, "mine")
        await desk.press("v")
        _file(store, "mine").unlink()
        await desk.press("end", "enter")
        assert not has_ended(desk.app)
        assert "mine" in desk.text
        assert "23 / 23件" in desk.text


async def test_hostile_names_and_notes_of_views_are_shown_harmlessly(report: Report, store: Store) -> None:
    store.folders[0].mkdir()
    note = "\\u001b]0;taken\\u0007[/][red]x[/red]"
    text = f'schema = 1\nnote = "{note}"\n[view]\ntable = "kpis"\nsearch = "{note}"\n'
    (store.folders[0] / "\x1b[31m[red]x[red].toml").write_text(text, "utf-8")
    async with browsing(report, store, WIDE) as desk:
        for key in ("v", "end", "enter", "w"):
            await desk.press(key)
            assert [char for char in desk.text if not char.isprintable() and char != "\n"] == [], desk.text
        assert not has_ended(desk.app)


async def test_a_complaint_about_a_hostile_name_is_shown_harmlessly(report: Report, store: Store) -> None:
    store.folders[0].mkdir()
    (store.folders[0] / "\x1b]0;taken\x07.toml").write_text('schema = 1\nserch = "\\u001b[31m"\n', "utf-8")
    async with browsing(report, store, WIDE) as desk:
        await desk.press("v", "end", "enter")
        assert "serch" in desk.text
        assert [char for char in desk.text if not char.isprintable() and char != "\n"] == [], desk.text


async def test_a_view_of_many_columns_and_filters_is_drawn_in_line(report: Report, store: Store) -> None:
    spec = ViewSpec("kpis", filters=(Filter("unit", ("件", "人", "社")), Filter("direction", (None,), negated=True)))
    async with browsing(report, store, NARROW, view=SavedView("", spec)) as desk:
        assert {cell_len(line) for line in desk.lines} == {60}
        assert "/ 82件" in desk.lines[2]


async def test_a_list_longer_than_its_dialog_says_so(report: Report, store: Store) -> None:
    # 81 names, since one is that of two KPIs: more than 24 lines can show.
    async with browsing(report, store, view=SavedView("", ViewSpec("kpis"))) as desk:
        await desk.press("F")
        first = desk.y_of("値と件数") + 2
        last = desk.y_of("Enter その行へ") - 2
        assert not desk.lines[first].rstrip("| ").endswith("^")
        assert desk.lines[last].rstrip("| ").endswith(" v")
        await desk.press("down", *["pagedown"] * 2)
        assert desk.lines[first].rstrip("| ").endswith(" ^")
        assert desk.lines[last].rstrip("| ").endswith(" v")
        await desk.press("end")
        assert desk.lines[first].rstrip("| ").endswith(" ^")
        assert not desk.lines[last].rstrip("| ").endswith("v")


async def test_a_list_that_has_room_has_no_sign(report: Report, store: Store) -> None:
    async with browsing(report, store, view=SavedView("", ViewSpec("kpis"))) as desk:
        await desk.press("M")
        assert not any(line.rstrip("| ").endswith(("^", " v")) for line in desk.lines)


async def test_what_is_pasted_before_the_focus_has_come_stays(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("w")
        note = desk.app.screen.query(Field).last()
        desk.app.screen.set_focus(note)
        note.paste("達成")  # as in a burst: Textual tells the line of its focus only now
        await desk.press("y")
        assert note.text == "達成y"
        await desk.press("shift+tab", "tab", "z")  # come back to, it is marked whole as ever
        assert note.text == "z"
