"""Numbers, units, years and missing marks as reports print them; the cells are those met in published reports."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.sources.general import dates, units
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.values import number, parse


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,839,000", "1839000", None),
        ("43,840", "43840", None),
        ("2,300.0", "2300", None),
        ("-22", "-22", None),
        ("▲ 50,724", "-50724", None),
        ("▲3,703", "-3703", None),
        ("△10%", "-10", "%"),
        ("－5", "-5", None),
        ("−0.6", "-0.6", None),
        ("35.4%", "35.4", "%"),
        ("10％", "10", "%"),
        ("5.5‰", "5.5", "‰"),
        ("9億", "9", "億"),
        ("9億円", "9", "億円"),
        ("200万円", "200", "万円"),
        ("1億5,000万円", "150000000", "円"),
        ("3.27 (兆円)", "3.27", "兆円"),
        ("65.4 万人", "65.4", "万人"),
        ("3,823 人", "3823", "人"),
        ("1 0 0 0", "1000", None),
        ("1, 0 0 0 億円", "1000", "億円"),
        ("１２３", "123", None),
        (" 12 ", "12", None),
        ("0", "0", None),
        ("※0", "0", None),
        ("542 (※)", "542", None),
        ("約100", "100", None),
        ("12件/年", "12", "件"),
        ("100t-CO2", "100", "t-CO2"),
        ("£12m", "12", "£m"),
        ("$1.2 million", "1.2", "$million"),
        ("95 percent", "95", "percent"),
        ("1.5E+03", "1500", None),
        ("120件①", "120", "件"),
        ("43¹", "43", None),
        ("5.2² %", "5.2", "%"),
        ("¹1,234", "1234", None),
        ("５²", "5", None),
        ("100m²", "100", "m2"),
    ],
)
def test_a_number_is_read_with_its_unit(cell: str, value: str, unit: str | None) -> None:
    found = parse(cell)
    assert found is not None
    assert (found.number, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("cell", "value", "year"),
    [
        ("2,000名(R6)", 2000.0, 2024),
        ("37,427t(R6)", 37427.0, 2024),
        ("56所属(R6)", 56.0, 2024),
        ("令和3年度 120件", 120.0, 2021),
        ("R6: 120", 120.0, 2024),
        ("120件\n(H30)", 120.0, 2018),
    ],
)
def test_a_year_beside_the_number_is_read(cell: str, value: float, year: int) -> None:
    found = parse(cell)
    assert found is not None
    assert (number(cell), found.year) == (value, year)


@pytest.mark.parametrize(
    ("cell", "value", "aside"),
    [
        ("1.56 (全国16位)", 1.56, "(全国16位)"),
        ("累計 515 (うちH28年度 255人)", 515.0, "累計 (うちH28年度 255人)"),
        ("0人 (0人)", 0.0, "(0人)"),
        ("23(8)", 23.0, "(8)"),
        ("43（16）", 43.0, "(16)"),
        ("概ね10％", 10.0, "概ね"),
        ("120件 (見込)", 120.0, "(見込)"),
    ],
)
def test_what_stands_beside_a_number_is_kept_aside(cell: str, value: float, aside: str) -> None:
    found = parse(cell)
    assert found is not None
    assert (number(cell), found.aside) == (value, aside)


@pytest.mark.parametrize(
    ("cell", "value", "bound"),
    [
        ("85%以上", 85.0, "maintain_above"),
        ("85% を維持", 85.0, "maintain_above"),
        ("at least 85%", 85.0, "maintain_above"),
        (">= 85", 85.0, "maintain_above"),
        ("10以下", 10.0, "maintain_below"),
        ("30分以内", 30.0, "maintain_below"),
        ("no more than 5", 5.0, "maintain_below"),
        ("85%", 85.0, None),
    ],
)
def test_a_bound_says_on_which_side_to_stand(cell: str, value: float, bound: str | None) -> None:
    found = parse(cell)
    assert found is not None
    assert (number(cell), found.bound) == (value, bound)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "運用開始",
            "構築",
            "全員取得",
            "延伸",
            "2023年よりも増加",
            "1路線増",
            "10%増",
            "男性79.83以上 女性84.35以上",
        ),
        *("10〜20", "10-20", "1/2", "1.2.3", "2021年度", "R6", "4月", "R4.5月供用開始予定", "A", "①", "1,23"),
        *("10³人", "3×10⁶"),  # powers of ten, which 10 with a footnote would look like
        *("1時間30分", "10人中3人", "5勝3敗", "1億円5千万円", "1h30m", "3 of 5", "2023年4月1日", "令和5年5月2日"),
    ],
)
def test_words_ranges_and_dates_are_no_numbers(cell: str) -> None:
    assert parse(cell) is None
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("9億円", "千円", 900000.0),
        ("9億", "億円", 9.0),
        ("9億", "円", 900000000.0),
        ("65.4 万人", "人", 654000.0),
        ("5.5‰", "%", 0.55),
        ("£1.2bn", "£m", 1200.0),
        ("12", "人", 12.0),
        ("12人", None, 12.0),
        ("12人", "%", None),
        ("12人", "件", None),
        ("3万人", "件", None),
        ("3万人", "千人", 30.0),
        ("12名", "人", 12.0),
        ("12人", "人数", 12.0),
        ("3か所", "箇所", 3.0),
        ("3ヶ所", "ヵ所", 3.0),
        ("3所", "箇所", 3.0),
        ("3か月", "か所", None),
        ("5kg/10a", "kg/10a", 5.0),
        ("令和5年3月 20日間", "日間", 20.0),
    ],
)
def test_a_number_is_told_in_the_unit_of_its_column(cell: str, unit: str | None, value: float | None) -> None:
    assert number(cell, unit) == value


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            " ",
            "-",
            "－",
            "ー",
            "・",
            "―",
            "−",
            "‥",
            "未測定",
            "調査中",
            "実施中",
            "算出不可",
            "データなし",
            "調整中",
        ),
        *("未定", "(見込)", "(実証中)", "（調査中）", "■■■", "######", "#N/A", "#REF!", "NA", "N/A", "Not Applicable"),
        *("Unavailable", "Target undefined", "Exempt under Section 43 of an Act", "2021年度に初回調査", "TBC"),
        *("成果指標の設定になじまない。", "成果指標なし", "未実施", "集計中"),
    ],
)
def test_marks_and_sentences_for_no_value_are_known(cell: str) -> None:
    assert is_missing(cell)
    assert parse(cell) is None


@pytest.mark.parametrize("cell", ["0", "0人", "-22", "未達成", "達成", "完了", "×", "○", "A", "運用開始", "整備"])
def test_what_says_something_is_not_missing(cell: str) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("text", "year", "month"),
    [
        ("2021年度", 2021, None),
        ("令和3年度", 2021, None),
        ("平成元年", 1989, None),
        ("R6", 2024, None),
        ("H31", 2019, None),
        ("R4.3", 2021, "2022-03"),
        ("平成28年10月", 2016, "2016-10"),
        ("FY22Q4", 2022, None),
        ("2022-23", 2022, None),
        ("２０２４", 2024, None),
    ],
)
def test_a_period_is_told_by_the_fiscal_year_it_belongs_to(text: str, year: int, month: str | None) -> None:
    assert dates.whole(text) == (year, month)


@pytest.mark.parametrize("text", ["", "目標", "PR6", "12024", "2,021", "12"])
def test_other_texts_are_no_period(text: str) -> None:
    assert dates.whole(text) is None


@pytest.mark.parametrize(
    ("text", "base", "scale"),
    [("百万円", "円", 10**6), ("千円", "円", 1000), ("万人", "人", 10**4), ("£m", "£", 10**6)],
)
def test_a_unit_has_a_base_and_a_scale(text: str, base: str, scale: int) -> None:
    assert tuple(units.unit(text)) == (base, Decimal(scale))


@given(st.integers(-(10**12), 10**12))
def test_every_way_to_print_a_whole_number_reads_as_it(value: int) -> None:
    plain = f"{abs(value):,}"
    minus = value < 0
    for cell in (f"{value}", f"{value:,}", f"{'▲' if minus else ''}{plain}", f"{'△ ' if minus else ''}{plain}件"):
        assert number(cell) == value
    assert number(f"{value:,}".translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})) == value


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["千円", "百万円", "億円", "万円"]))
def test_money_keeps_its_worth_in_any_unit(amount: Decimal, wanted: str) -> None:
    told = units.convert(amount, "万円", wanted)
    assert told is not None
    assert told * units.unit(wanted).scale == amount * 10**4


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = parse(text)
    assert found is None or not is_missing(text)


@given(st.text(alphabet="0123456789,.-▲△％%億万円人件(R)以上下 約累計※/～①", max_size=20))
def test_what_looks_like_a_number_is_read_without_an_error(text: str) -> None:
    found = number(text)
    assert found is None or not math.isnan(found)
