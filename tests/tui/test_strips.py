"""Lines of the grid drawn without an app; what cells say is read off the report, where they stand is counted out."""

from dataclasses import replace

import pytest
from rich.style import Style
from textual.strip import Strip

from kpitui.output.display import Display
from kpitui.report.columns import column
from kpitui.report.model import Report
from kpitui.text.fold import fold
from kpitui.tui.widgets.layout import Laid, Slot
from kpitui.tui.widgets.strips import PARTS, Scene, Sheet, Strips
from kpitui.views.query import Records, select
from kpitui.views.spec import ViewSpec

KPIS = ViewSpec("kpis")
WIDTHS = {"id": 5, "name": 10, "target": 9, "actual": 9, "status": 6}
GROUND = Style(bgcolor="blue")
LOOKS = {part: Style(color=f"color({number})") for number, part in enumerate(PARTS)} | {"cell": Style(reverse=True)}
HIT, CURSOR_ROW = GROUND + LOOKS["hit"], GROUND + LOOKS["row"]


def scene(report: Report, *keys: str, spec: ViewSpec = KPIS, needle: str = "") -> Scene:
    """The columns, else No, name, target and status, in the 36 cells they take; No is pinned, the cursor on row 5."""
    shown = [column("kpis", key) for key in keys or ("id", "name", "target", "status")]
    rowset = select(report, spec)
    sheet = Sheet(rowset, tuple(shown), spec, Display(report, "ja"), fold(needle))
    laid = Laid(tuple(Slot(each, WIDTHS[each.key], pinned=each.key == "id") for each in shown))
    return Scene(sheet, Records(report, rowset), laid, GROUND, LOOKS, 5, 1, focused=True, top=0, left=0, width=36)


def line(drawn: Scene, y: int) -> Strip:
    return Strips(drawn).line(y)


def segments(drawn: Scene, y: int) -> list[tuple[str, Style | None]]:
    return [(segment.text, segment.style) for segment in line(drawn, y)]


# What stands where


def test_cells_stand_side_by_side_numbers_at_the_right(report: Report) -> None:
    drawn = scene(report)
    # The head, then 推1.1 and 推1.2, whose names go on after 水素分野.
    assert line(drawn, 0).text == "  No    指標            目標 状況   "
    assert line(drawn, 1).text == "  推1.1 水素分野…  1,839,000 未達   "
    assert line(drawn, 2).text == "  推1.2 水素分野…         16 達成   "


def test_a_line_goes_on_to_the_edge_of_a_wider_screen(report: Report) -> None:
    wide = replace(scene(report), width=50)
    assert line(wide, 1).text == "  推1.1 水素分野…  1,839,000 未達   " + " " * 14
    assert line(wide, 0).text.endswith("状況" + " " * 17)


def test_rows_begin_with_the_first_one_on_screen(report: Report) -> None:
    assert line(replace(scene(report), top=1), 1).text.startswith("  推1.2 ")


def test_below_the_last_row_there_is_nothing(report: Report) -> None:
    drawn = replace(scene(report), top=81)
    assert line(drawn, 1).text.startswith(" *拠1.3 ")
    assert segments(drawn, 2) == [(" " * 36, GROUND)]


def test_an_empty_table_is_a_head_and_nothing_below(report: Report) -> None:
    drawn = replace(scene(report, spec=ViewSpec("kpis", search="nowhere to be found")), row=0)
    assert line(drawn, 0).text == "  No    指標            目標 状況   "
    assert segments(drawn, 1) == [(" " * 36, GROUND)]


# Scrolled sideways, in 20 cells: 8 for the gutter and No, 12 for what scrolls


def test_pinned_columns_stay_and_a_cell_ends_with_the_mark_where_the_screen_does(report: Report) -> None:
    # Four cells further, 分野… is left of the name, then come its blank and gap, and five cells for the target.
    assert line(replace(scene(report), left=4, width=20), 1).text == "  推1.1 分野…  1,83…"
    # The name is gone, and 未達 has two cells, too few for a character and the mark.
    assert line(replace(scene(report), left=11, width=20), 1).text == "  推1.1 1,839,000 … "


def test_of_a_wide_character_half_beneath_the_pinned_columns_a_blank_is_left(report: Report) -> None:
    assert line(replace(scene(report), left=5, width=20), 1).text == "  推1.1  野…  1,839…"


def test_signs_in_the_head_stand_where_columns_lie_beyond(report: Report) -> None:
    drawn = replace(scene(report), width=20)
    # The target's head would have one cell, and the sign takes it.
    assert line(drawn, 0).text == "  No    指標       >"
    assert line(replace(drawn, left=16), 0).text.startswith("  No   <")
    assert not line(replace(drawn, left=16), 0).text.endswith(">")


def test_a_sign_takes_the_second_half_of_a_wide_character_and_a_blank_its_first(report: Report) -> None:
    # The target's head has five cells, " 目標"; of 標, the sign takes the second.
    assert line(replace(scene(report), left=4, width=20), 0).text == "  No   <" + " " * 7 + " 目 >"


def test_a_screen_narrower_than_what_is_pinned_cuts_that(report: Report) -> None:
    drawn = replace(scene(report), left=4, width=6)
    assert line(drawn, 0).text == "  No >"
    assert line(drawn, 1).text == "  推1."


@pytest.mark.parametrize("width", range(1, 40))
def test_every_line_is_as_wide_as_the_screen(report: Report, width: int) -> None:
    for left in range(30):
        strips = Strips(replace(scene(report), left=left, width=width))
        assert {strips.line(y).cell_length for y in range(4)} == {width}


# What stands before a row


def test_signs_tell_of_the_cursor_of_the_readers_mark_and_of_notes(report: Report) -> None:
    marks = (("promotion-1.2", ""), ("facility-1.2", ""))
    drawn = replace(scene(report, spec=ViewSpec("kpis", marks=marks)), row=1)
    assert [line(drawn, y).text[:2] for y in (1, 2)] == ["  ", ">+"]
    # All three of the second grant have notes, the second one the reader's mark.
    assert [line(replace(drawn, top=79), y).text[:2] for y in (1, 2, 3)] == [" *", " +", " *"]
    assert line(replace(drawn, top=79, row=81), 3).text[:2] == ">*"


# How it looks


def test_the_cursors_row_has_its_ground_and_its_cell_is_set_off(report: Report) -> None:
    drawn = replace(scene(report, "id", "target"), row=1)
    assert segments(drawn, 2) == [
        ("> 推1.2 ", CURSOR_ROW),
        ("       16", CURSOR_ROW + LOOKS["cell"]),
        (" " * 19, CURSOR_ROW),
    ]


def test_the_cursors_cell_is_like_others_while_keys_go_elsewhere(report: Report) -> None:
    drawn = replace(scene(report, "id", "target"), row=1, focused=False)
    assert segments(drawn, 2) == [("> 推1.2        16 " + " " * 18, CURSOR_ROW)]


def test_the_head_of_the_cursors_column_is_underlined(report: Report) -> None:
    plain = GROUND + LOOKS["head"]
    drawn = replace(scene(report), place=2, width=35)
    assert segments(drawn, 0) == [
        ("  No    指標       ", plain),
        ("     目標", plain + Style(underline=True)),
        (" 状況  ", plain),
    ]


def test_a_status_and_a_missing_value_have_looks_of_their_own(report: Report) -> None:
    # 推6.1, the twentieth, was not measured.
    drawn = replace(scene(report, "id", "actual", "status"), top=19)
    assert segments(drawn, 1) == [
        ("  推6.1 ", GROUND),
        ("        -", GROUND + LOOKS["missing"]),
        (" ", GROUND),
        ("未計測", GROUND + LOOKS["unmeasured"]),
        (" " * 12, GROUND),
    ]


# What is searched for


def test_hits_are_set_off_in_every_cell_and_only_they(report: Report) -> None:
    assert segments(scene(report, needle="1"), 2) == [
        ("  推", GROUND),
        ("1", HIT),
        (".2 水素分野… " + " " * 8, GROUND),
        ("1", HIT),
        ("6 ", GROUND),
        ("達成  ", GROUND + LOOKS["met"]),
        (" ", GROUND),
    ]


def test_a_hit_keeps_what_its_cell_looks_like(report: Report) -> None:
    met = GROUND + LOOKS["met"]
    assert segments(scene(report, "id", "status", needle="達"), 2)[1:4] == [
        ("達", met + LOOKS["hit"]),
        ("成  ", met),
        (" " * 22, GROUND),
    ]


@pytest.mark.parametrize(
    ("needle", "found"), [("推", "推"), ("推1.1", "推1.1"), ("000", "000"), ("839,000", "839,000")]
)
def test_a_hit_at_a_cells_edge_leaves_no_empty_piece(report: Report, needle: str, found: str) -> None:
    drawn = segments(scene(report, needle=needle), 1)
    assert [text for text, style in drawn if style == HIT] == [found]
    assert all(text for text, _ in drawn)


def test_a_hit_that_is_cut_is_not_one(report: Report) -> None:
    # The name's first four characters show; 水素 is seen in whole, then in half, then not at all.
    drawn = scene(report, needle="水素")
    assert [(text, style) for text, style in segments(drawn, 1) if style == HIT] == [("水素", HIT)]
    part = replace(drawn, left=2, width=20)
    assert [text for text, style in segments(part, 1) if style == HIT] == ["素"]
    assert [text for text, style in segments(replace(drawn, left=4, width=20), 1) if style == HIT] == []
