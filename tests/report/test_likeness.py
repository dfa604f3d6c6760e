import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.report.likeness import Likeness, Name, key, numbers

NAMES = st.lists(st.text(alphabet="観光農業振興推進事業県内外第12期 ａA", max_size=12), min_size=2, max_size=8)


def alike(one: str, other: str, *others: str) -> float:
    names = [Name(each) for each in (one, other, *others)]
    return Likeness(names).of(names[0], names[1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ＫＰＩ 達成", "kpi達成"),
        ("ｶﾌｪの　数", "かふぇの数"),
        ("全国\n大会", "全国大会"),
    ],
)
def test_width_case_kana_and_blanks_make_no_other_name(name: str, expected: str) -> None:
    assert key(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("第1期計画", ("1",)),
        ("第二期計画", ("2",)),
        ("第二十三回大会", ("23",)),
        ("計画Ⅱ", ("2",)),
        ("Phase ii", ("2",)),
        ("HS2 Phase 2a", ("2", "2a")),
        ("令和３年度", ("3",)),
        ("1,000人の会", ("1000",)),
        ("1 0 0件", ("100",)),
        ("②指標", ("2",)),
        ("First Tranche", ("1",)),
        ("三か年計画", ("3",)),
        ("Iターン者数", ()),
        ("一般会計", ()),
    ],
)
def test_the_numbers_that_a_name_tells(name: str, expected: tuple[str, ...]) -> None:
    assert numbers(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第1期 総合戦略推進事業", "第2期 総合戦略推進事業"),
        ("令和3年度 観光誘客促進事業", "令和4年度 観光誘客促進事業"),
        ("High Speed Rail Phase 2a", "High Speed Rail Phase 2b"),
        ("県内企業への就職者数", "県外企業への就職者数"),
        ("農産物の輸出額", "農産物の輸入額"),
        ("市立小学校の改修率", "市立中学校の改修率"),
    ],
)
def test_other_numbers_and_opposite_words_make_other_names(one: str, other: str) -> None:
    assert alike(one, other) == 0


def test_a_name_of_nothing_but_numerals_is_no_trouble() -> None:
    assert numbers("第" + "九" * 10_000) == ("99999999",)
    assert numbers("一" * 10_000 + "年")
    assert alike("9" * 100_000, "8" * 100_000) == 0


def test_a_name_is_wholly_like_itself_however_it_is_written() -> None:
    assert alike("ＵＪＩターン 促進事業", "UJIﾀｰﾝ促進事業") == 1


def test_half_of_evenly_rare_letter_pairs_shared_is_half_alike() -> None:
    # ^a ab b$ and ^a ac c$: one of three pairs shared. Two names: a pair that both have weighs ln 2, one alone ln 3.
    assert alike("ab", "ac") == pytest.approx(2 * 0.693147 / (2 * (0.693147 + 2 * 1.098612)), abs=1e-5)


def test_what_every_name_ends_with_counts_little() -> None:
    common = ["農業振興推進事業", "林業振興推進事業", "水産振興推進事業", "商業振興推進事業", "防災振興推進事業"]
    assert alike("観光振興推進事業", "福祉振興推進事業", *common) < 0.6
    assert alike("観光振興推進事業", "観光地振興推進事業", *common) > 0.6


@given(NAMES)
def test_likeness_is_the_same_from_either_side(texts: list[str]) -> None:
    names = [Name(text) for text in texts]
    likeness = Likeness(names)
    for one in names:
        for other in names:
            assert likeness.of(one, other) == likeness.of(other, one)
            assert 0 <= likeness.of(one, other) <= 1


@given(NAMES, NAMES, st.sampled_from([0.5, 0.6, 0.85]))
def test_what_is_near_is_all_that_is_alike_enough(ours: list[str], theirs: list[str], floor: float) -> None:
    mine, others = [Name(each) for each in ours], [Name(each) for each in theirs]
    likeness = Likeness([*mine, *others])
    expected = {
        (place, other)
        for place, one in enumerate(mine)
        for other, their in enumerate(others)
        if likeness.of(one, their) >= floor
    }
    assert {(place, other) for place, other, _ in likeness.near(mine, others, floor)} == expected
