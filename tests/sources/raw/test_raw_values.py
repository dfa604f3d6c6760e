from decimal import Decimal

import pytest

from kpitui.sources.raw import cellvalue
from kpitui.sources.raw.merged import Filler, Range, without_long_gaps


@pytest.mark.parametrize(
    ("value", "look", "expected"),
    [
        (0.354, "0.0%", "35.4%"),
        (0.354, '0"%"', "0.354%"),
        (12, "General", "12"),
        (12, '#,##0"人"', "12人"),
        (12, "#,##0\\人", "12人"),
        (1_839_000, '"約"#,##0,"千円"', "約1839千円"),
        (1_839_000_000, "#,##0,,", "1839"),
        (-5, '#,##0;"▲ "#,##0', "-5"),
        (5, "#,##0_);(#,##0)", "5"),
        (1.5, "0.00E+00", "1.5"),
        (1.5, "@", "1.5"),
        (1e-7, "0", "0.0000001"),
        (Decimal("1.50"), "0", "1.5"),
        (float("nan"), "0", ""),
        (True, "0", "TRUE"),
        (None, "0", ""),
        ({"a": [1]}, "", '{"a": [1]}'),
    ],
)
def test_a_value_is_shown_by_what_its_format_means(value: object, look: str, expected: str) -> None:
    assert cellvalue.text(value, look) == expected


def test_what_would_move_the_cursor_is_dropped_and_line_ends_are_one() -> None:
    assert cellvalue.clean("a\x1b[2J\x9bb\r\nc\rd\te_x000D_\n_x0041_") == "a[2Jb\nc\nd\te\nA"


def test_a_merged_range_fills_what_is_blank_within_the_sheet() -> None:
    filler = Filler([Range(1, 1, 3, 2), Range(2, 4, 2, 9)], width=5, path="x")
    assert filler.fill(1, ["a", "", "b"]) == ["a", "a", "b"]
    assert filler.fill(2, ["", "", "", "c"]) == ["a", "a", "", "c", "c"]
    assert filler.fill(3, []) == ["a", "a"]
    assert filler.fill(4, []) == []
    assert filler.filled == 6


def test_blank_rows_between_stay_and_those_at_the_end_go() -> None:
    numbered = list(enumerate([[], ["a"], [], [], [], ["b"], [], []], start=1))
    assert list(without_long_gaps(numbered, 2)) == [(1, []), (2, ["a"]), (3, []), (4, []), (6, ["b"])]
