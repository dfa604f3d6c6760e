import pytest

from kpitui.text.nearest import nearest, shown, unknown
from kpitui.text.wording import Both

WORD = Both("語", "word")
MANY = [f"promotion-{number}" for number in range(1_001)]


def test_the_nearest_known_name_is_told() -> None:
    assert unknown(WORD, "statu", ["status", "unit"]) == (
        "語 'statu' はありません。近いもの: 'status'",
        "no word 'statu'; nearest is 'status'",
    )


def test_all_names_are_told_where_none_is_near() -> None:
    assert unknown(WORD, "x", ["status", "unit"]) == (
        "語 'x' はありません。あるもの: status, unit",
        "no word 'x'; there are status, unit",
    )


@pytest.mark.parametrize("asked", [3, None, "\x1b[2J", "{what}"])
def test_whatever_is_asked_for_is_told_as_it_stands(asked: object) -> None:
    assert unknown(WORD, asked, ["status"]).en == f"no word {asked!r}; there are status"


def test_among_a_thousand_nothing_is_compared() -> None:
    assert unknown(WORD, "promotion-x", MANY) == ("語 'promotion-x' はありません", "no word 'promotion-x'")
    assert nearest("promotion-x", MANY) == ("", "")


def test_the_nearest_known_ends_a_sentence() -> None:
    assert nearest("titel", ["title", "unit"]) == ("。近いもの: 'title'", "; the nearest known is 'title'")
    assert nearest("titel", []) == ("", "")


def test_a_long_text_is_cut_and_a_control_is_not_shown() -> None:
    assert shown("a" * 41) == "a" * 39 + "…"
    assert shown("\x1b[2J") == "�[2J"
