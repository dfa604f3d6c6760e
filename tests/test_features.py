"""What kpitui is to have of what other tools have: for each feature the tests that hold it, or why there is none.

The features are the rows of the table in our notes on peers (docs/PEERS.md) whose kpitui column says Y.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

TESTED: dict[str, tuple[str, ...]] = {
    "sort by column": (
        "tui/test_grid.py::test_s_sorts_then_reverses_then_lets_go",
        "tui/test_mouse.py::test_clicks_on_a_head_sort_by_it_turn_it_round_and_let_go",
    ),
    "multi-column sort": ("tui/test_grid.py::test_a_second_key_is_added_and_both_are_numbered",),
    "type-aware without user action": ("tui/test_grid.py::test_numbers_sort_as_numbers",),
    "rating columns sort by rank, not text": (
        "views/test_query.py::test_ratings_sort_by_rank_with_equals_in_the_reports_order_and_the_unrated_last",
    ),
    "filter by cell value in 1 key": ("tui/test_facets.py::test_equals_keeps_only_the_cells_value",),
    "exclude by cell value": ("tui/test_facets.py::test_an_exclamation_mark_leaves_the_cells_value_out",),
    "filter by regex / text": (
        "tui/test_filters.py::test_a_search_folds_kana_counts_hits_and_can_be_held_to_a_column",
        "views/test_query.py::test_full_width_and_case_do_not_matter",
    ),
    "filter by expression": (
        "tui/test_filters.py::test_an_expression_narrows_and_is_a_chip",
        "tui/test_filters.py::test_the_right_arrow_completes_names_and_values",
        "tui/test_filters.py::test_an_error_points_at_the_place_and_the_prompt_stays",
    ),
    "expression is not code execution": ("views/test_expression.py::test_nothing_but_a_condition_is_taken",),
    "stacked filters shown and removed one by one": (
        "tui/test_filters.py::test_chips_are_turned_round_and_taken_away_by_key_and_number",
        "tui/test_mouse.py::test_a_click_on_a_chip_takes_the_filter_away",
        "tui/test_mouse.py::test_the_other_button_turns_a_chip_round",
    ),
    "facets with counts": ("tui/test_facets.py::test_facets_count_every_value_and_the_missing",),
    "multi-select (OR) within a facet": ("tui/test_facets.py::test_two_values_of_a_facet_mean_either",),
    "null bucket in facet": (
        "tui/test_facets.py::test_only_projects_without_a_rating",
        "views/test_query.py::test_the_missing_are_counted_last",
    ),
    "frequency table": (
        "tui/test_closer.py::test_frequencies_count_the_values_of_a_column_the_most_frequent_first",
        "tui/test_closer.py::test_a_frequency_opens_its_rows_and_escape_comes_back",
    ),
    "describe/stats": (
        "tui/test_closer.py::test_statistics_are_told_unit_by_unit",
        "tui/test_closer.py::test_a_unit_opens_its_rows",
    ),
    "hide / reorder columns": (
        "tui/test_column_tools.py::test_a_hidden_column_goes_with_a_word_on_how_it_comes_back",
        "tui/test_column_tools.py::test_a_column_moves_right_and_left",
        "tui/test_column_tools.py::test_order_width_and_pins_are_saved_with_the_view_and_come_back",
    ),
    "resize": (
        "tui/test_column_tools.py::test_a_column_is_widened_narrowed_and_fitted",
        "tui/test_mouse.py::test_dragging_the_edge_of_a_head_resizes_the_column_and_nothing_else",
    ),
    "freeze columns": (
        "tui/test_column_tools.py::test_a_pinned_column_stands_at_the_left_until_it_is_let_go",
        "tui/test_grid.py::test_pinned_columns_stay_while_others_scroll",
    ),
    "search highlight, n/N": (
        "tui/test_browse.py::test_search_narrows_while_typing_and_sets_off_what_it_found",
        "tui/test_browse.py::test_n_goes_from_hit_to_hit_and_round",
    ),
    "keep cursor row after filter cleared": (
        "tui/test_facets.py::test_the_row_stays_under_the_cursor_when_a_filter_comes_and_goes",
        "tui/test_filters.py::test_the_same_row_stays_under_the_cursor_when_a_chip_goes",
    ),
    "Enter drill-down to record": ("tui/test_browse.py::test_enter_goes_from_a_project_to_the_source_line",),
    "breadcrumbs, Esc back": (
        "tui/test_ways.py::test_the_trail_names_report_grant_project_and_kpi",
        "tui/test_browse.py::test_escape_comes_back_to_the_same_row_column_and_scroll",
    ),
    "undo/redo of view state": (
        "tui/test_browse.py::test_undo_and_redo_go_through_every_change_of_the_view",
        "tui/test_ways.py::test_undo_and_redo_name_what_they_did",
    ),
    "command log / replay": (
        "views/test_saved.py::test_saving_twice_gives_the_same_bytes",
        "tui/test_dialogs.py::test_a_saved_view_comes_back_as_it_was",
    ),
    "saved view as readable text": ("tui/test_dialogs.py::test_saving_writes_a_file_that_a_colleague_can_read",),
    "save format separate from data": (
        "views/test_check.py::test_rows_that_left_came_or_changed_are_told",
        "views/test_saved.py::test_a_saved_view_holds_the_view_and_what_it_selected",
    ),
    "export says which filter produced it": (
        "test_cli_export.py::test_a_plain_format_has_its_source_in_a_file_beside_it",
        "test_cli_export.py::test_a_format_that_can_hold_its_source_is_one_file",
    ),
    "clipboard over SSH": (
        "tui/test_clipboard.py::test_osc52_leaves_tmux_alone",
        "tui/test_clipboard.py::test_auto_goes_to_the_terminal_where_tmux_does_not_take_it",
    ),
    "clipboard inside default tmux": ("tui/test_ways.py::test_inside_tmux_a_copied_cell_is_handed_to_tmux",),
    "NO_COLOR": ("tui/test_themes.py::test_no_color_leaves_no_colour_codes",),
    "meaning not by colour only": ("tui/test_themes.py::test_every_theme_says_the_same",),
    "mouse": (
        "tui/test_mouse.py::test_the_wheel_goes_three_lines_a_notch",
        "tui/test_mouse.py::test_a_double_click_on_a_row_drills_in_and_a_single_one_does_not",
        "terminal/test_pty.py::test_without_a_mouse_none_is_asked_for",
    ),
    "CJK width": (
        "tui/test_grid.py::test_every_line_is_as_wide_as_the_terminal",
        "tui/test_ascii.py::test_no_screen_has_a_character_of_ambiguous_width",
    ),
    "Japanese wrap": (
        "text/test_breaking.py::test_a_comma_never_begins_a_line",
        "text/test_breaking.py::test_no_line_ends_with_an_opening_mark",
    ),
    "thousands / units": (
        "tui/test_grid.py::test_cells_of_kpis_stand_under_their_heads",
        "output/test_display.py::test_a_number_has_thousands_separators_and_its_own_decimals",
    ),
    "help panel, context": ("tui/test_ways.py::test_help_names_nothing_that_does_not_work_here",),
    "command palette": ("tui/test_ways.py::test_the_palette_shows_each_commands_key_and_names_it_for_next_time",),
    "custom keymap": (
        "tui/test_keymap.py::test_the_new_key_works_and_the_old_one_does_not",
        "tui/test_keymap.py::test_a_key_bound_twice_is_reported_with_both_commands",
    ),
    "watch / reload": ("tui/test_browse.py::test_reload_shows_the_changed_folder_under_the_same_view",),
    "UI in Japanese": (
        "tui/test_browse.py::test_english_says_the_same",
        "test_errors.py::test_every_constant_says_something_in_both_languages_or_nothing_in_either",
    ),
    "completion + man page": (
        "test_cli_about.py::test_bash_completes_words",
        "terminal/test_completion.py::test_zsh_finishes_the_word_on_tab",
        "terminal/test_completion.py::test_fish_offers_the_word",
        "test_cli_about.py::test_the_manual_reads_as_a_page",
    ),
    "screen reader / plain mode": ("test_cli_audit.py::test_plain_has_no_bars",),
    "headless mode, documented exit codes": ("test_cli.py::test_the_program_itself_exits_with_these_codes",),
}
"""Each feature with the tests that would fail without it, as file::function below this folder."""

UNTESTED: dict[str, str] = {
    "lazy big files": "a bound on time and memory, measured by tests/benchmarks and not by a test",
    "diff of two datasets (years)": "not built yet: a view's check compares two states of one report only",
}
"""Features without a test, and why."""


@cache
def _functions(path: Path) -> frozenset[str]:
    """The names of a file's functions."""
    tree = ast.parse(path.read_text("utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, kinds))


@pytest.mark.parametrize("feature", TESTED)
def test_every_test_that_is_named_exists(feature: str) -> None:
    for named in TESTED[feature]:
        file, _, function = named.partition("::")
        assert function.startswith("test_")
        assert (TESTS / file).is_file(), file
        assert function in _functions(TESTS / file), named


def test_no_feature_is_both_tested_and_excused() -> None:
    assert not TESTED.keys() & UNTESTED.keys()
    assert all(TESTED.values())
    assert all(UNTESTED.values())
