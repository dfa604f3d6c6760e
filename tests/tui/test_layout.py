"""Where columns stand on a screen, counted out by hand.

After a gutter of 2 cells a pinned No of 5, then 10, 9 and 6, each with a gap of 1: they begin at 2, 8, 19 and 29.
"""

import pytest

from kpitui.report.columns import column
from kpitui.tui.widgets.layout import Laid, Shown, Slot

NO, NAME, TARGET, STATUS = SLOTS = tuple(
    Slot(column("kpis", key), width, pinned=key == "id")
    for key, width in (("id", 5), ("name", 10), ("target", 9), ("status", 6))
)
LAID = Laid(SLOTS)


def test_columns_take_their_cells_their_gaps_and_the_gutter() -> None:
    assert (LAID.width, LAID.pinned) == (36, 8)
    assert (Laid().width, Laid().pinned) == (2, 2)


# What a mouse points at


@pytest.mark.parametrize(
    ("x", "place"), [(1, None), (2, 0), (7, 0), (8, 1), (18, 1), (19, 2), (28, 2), (29, 3), (35, 3), (36, None)]
)
def test_a_column_and_the_gap_after_it_are_its_own(x: int, place: int | None) -> None:
    assert LAID.place_at(x, left=0) == place


# Scrolled by 4, the name is at cells 4 to 13, of which the No covers those up to 7; the target is at 15 to 23.
@pytest.mark.parametrize(("x", "place"), [(4, 0), (7, 0), (8, 1), (14, 1), (15, 2), (24, 2), (25, 3)])
def test_pinned_columns_cover_what_is_scrolled_beneath_them(x: int, place: int) -> None:
    assert LAID.place_at(x, left=4) == place


# Scrolled by 11, the name is gone, the target is at 8 to 16 and the status at 18 to 23.
@pytest.mark.parametrize(("x", "place"), [(7, 0), (8, 2), (17, 2), (18, 3), (24, 3), (25, None)])
def test_a_column_scrolled_away_is_nowhere(x: int, place: int | None) -> None:
    assert LAID.place_at(x, left=11) == place


@pytest.mark.parametrize(
    ("x", "slot"),
    [(5, None), (6, NO), (7, NO), (8, None), (16, None), (17, NAME), (18, NAME), (34, STATUS), (36, None)],
)
def test_the_last_cell_of_a_column_and_its_gap_are_its_handle(x: int, slot: Slot | None) -> None:
    assert LAID.handle_at(x, left=0) == slot


def test_a_handle_scrolls_with_its_column() -> None:
    assert LAID.handle_at(13, left=4) == NAME
    assert LAID.handle_at(17, left=4) is None


# Scrolled by 11, the name would end at cell 6, were the No not there.
def test_the_handle_of_a_pinned_column_is_its_own_where_others_end_beneath_it() -> None:
    assert [LAID.handle_at(x, left=11) for x in (6, 7)] == [NO, NO]


# What a screen shows


def test_a_screen_that_is_wide_enough_shows_every_column_in_whole() -> None:
    assert LAID.shown(0, 36) == [
        Shown(0, NO, 0, 5),
        Shown(1, NAME, 0, 10),
        Shown(2, TARGET, 0, 9),
        Shown(3, STATUS, 0, 6),
    ]


def test_what_begins_beyond_the_edge_is_not_shown_and_what_ends_there_is_seen_in_part() -> None:
    assert LAID.shown(0, 21) == [Shown(0, NO, 0, 5), Shown(1, NAME, 0, 10), Shown(2, TARGET, 0, 2)]
    assert LAID.shown(0, 19) == [Shown(0, NO, 0, 5), Shown(1, NAME, 0, 10)]


def test_what_is_scrolled_beneath_pinned_columns_is_hidden_cell_by_cell() -> None:
    assert LAID.shown(4, 20) == [Shown(0, NO, 0, 5), Shown(1, NAME, 4, 10), Shown(2, TARGET, 0, 5)]
    # Of the name no more than its gap, then nothing.
    assert LAID.shown(10, 20) == [
        Shown(0, NO, 0, 5),
        Shown(1, NAME, 10, 10),
        Shown(2, TARGET, 0, 9),
        Shown(3, STATUS, 0, 1),
    ]
    assert LAID.shown(11, 20) == [Shown(0, NO, 0, 5), Shown(2, TARGET, 0, 9), Shown(3, STATUS, 0, 2)]


def test_a_screen_narrower_than_what_is_pinned_shows_nothing_else() -> None:
    assert LAID.shown(0, 6) == [Shown(0, NO, 0, 5)]


# The last column ends at cell 34.
@pytest.mark.parametrize(("left", "width", "more"), [(0, 35, False), (0, 34, True), (1, 34, False), (15, 20, False)])
def test_a_column_goes_on_beyond_the_edge_until_its_last_cell_shows(left: int, width: int, *, more: bool) -> None:
    assert LAID.more_after(left, width) is more


# 20 cells, 12 of them for what scrolls; there, the columns take 0 to 10, 11 to 20 and 21 to 27, gaps included.
@pytest.mark.parametrize(
    ("place", "left", "then"), [(1, 0, 0), (2, 0, 9), (3, 0, 16), (3, 16, 16), (2, 16, 11), (1, 16, 0), (0, 16, 16)]
)
def test_scrolling_goes_as_far_as_shows_the_column_in_whole(place: int, left: int, then: int) -> None:
    assert LAID.revealing(place, left, width=20) == then


def test_of_a_column_wider_than_the_screen_the_end_is_shown_and_then_the_start() -> None:
    laid = Laid((NO, Slot(NAME.column, 30, pinned=False), TARGET))
    assert laid.revealing(1, 0, width=20) == 19
    assert laid.revealing(1, 19, width=20) == 0


# Where the cursor goes, and how wide a column may be


def test_a_column_that_is_not_there_gives_way_to_the_name_or_the_second() -> None:
    assert LAID.place_of("target") == 2
    assert LAID.place_of("cost") == 1
    assert Laid((NO, STATUS, TARGET)).place_of("cost") == 1
    assert Laid((TARGET,)).place_of("cost") == 0


def test_only_a_pinned_column_leaves_cells_to_others() -> None:
    # 40 cells without the gutter's 2, the gap and 20 for the others.
    assert [LAID.bounded("id", wide, width=40) for wide in (6, 17, 50)] == [6, 17, 17]
    assert LAID.bounded("id", 50, width=20) == 1
    assert LAID.bounded("name", 50, width=40) == 50
