import math
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.output.display import MISSING, Display, fiscal_year, number, percent
from kpitui.report.columns import column
from kpitui.report.model import Report, Table
from kpitui.text.wording import Lang


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (0.9996, "99%"),
        (787 / 790, "99%"),
        (0.29, "29%"),
        (0.57, "57%"),
        (2.8 / 2.5, "112%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (106 / 11000, "0%"),
        (-22 / 20, "-110%"),
        (-0.6 / 2.3, "-27%"),
        (335000 / 59000, "567%"),
        (12.345, "1,234%"),
    ],
)
def test_a_percentage_is_rounded_down(ratio: float, text: str) -> None:
    assert percent(ratio) == text


@pytest.mark.parametrize(
    ("ratio", "text"), [(0.9996, "99.9%"), (7.1 / 20, "35.5%"), (-0.6 / 2.3, "-26.1%"), (1, "100.0%")]
)
def test_a_percentage_with_a_decimal_is_rounded_down_too(ratio: float, text: str) -> None:
    assert percent(ratio, 1) == text


@given(st.integers(-9_999, 9_999), st.integers(1, 9_999), st.integers(0, 2))
def test_no_percentage_says_more_than_there_is(actual: int, target: int, digits: int) -> None:
    exact = math.floor(Fraction(actual, target) * 100 * 10**digits)
    shown = percent(actual / target, digits).removesuffix("%").replace(",", "")
    assert Fraction(shown) == Fraction(exact, 10**digits)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1839000.0, "1,839,000"),
        (2300.0, "2,300"),
        (10.1, "10.1"),
        (-22.0, "-22"),
        (-0.6, "-0.6"),
        (0.0, "0"),
        (-0.0, "0"),
        (-10894.0, "-10,894"),
        (1234.5, "1,234.5"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_number_has_thousands_separators_and_its_own_decimals(value: float, text: str) -> None:
    assert number(value) == text


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_a_number_reads_back_as_itself(whole: int, places: int) -> None:
    assert Fraction(number(whole / 10**places).replace(",", "")) == Fraction(whole, 10**places)


@pytest.mark.parametrize(("value", "text"), [(10529051.7, "10,529,051.7"), (1e-10, "0.0000000001")])
def test_large_and_small_numbers_have_their_own_decimals_too(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("year", "ja", "en"),
    [
        (2021, "令和3年度", "fiscal 2021"),
        (2019, "令和元年度", "fiscal 2019"),
        (2018, "平成30年度", "fiscal 2018"),
        (1989, "平成元年度", "fiscal 1989"),
        (1988, "昭和63年度", "fiscal 1988"),
        (1900, "1900年度", "fiscal 1900"),
    ],
)
def test_a_fiscal_year_is_that_of_the_era_in_japanese(year: int, ja: str, en: str) -> None:
    assert (fiscal_year(year, "ja"), fiscal_year(year, "en")) == (ja, en)


def cells(report: Report, table: Table, id_: str, keys: str, lang: Lang) -> list[str]:
    row = report.frame(table).row(by_predicate=pl.col("id") == id_, named=True)
    return [Display(report, lang).cell(column(table, key), row) for key in keys.split()]


KEYS = "id grant basis aim status attainment progress gap change rating direction cost notes"


def test_a_row_reads_in_japanese(report: Report) -> None:
    assert cells(report, "kpis", "promotion-22.1", KEYS, "ja") == [
        *("推22.1", "地方創生推進交付金", "変化量", "増加", "悪化", "93%", "-27%", "-2.9", "減"),
        *("2 相当程度", "継続", "46,503", "実績が変化量で記載"),
    ]


def test_the_same_row_reads_in_english_with_the_reports_own_words_as_they_are(report: Report) -> None:
    assert cells(report, "kpis", "promotion-22.1", KEYS, "en") == [
        *("推22.1", "地方創生推進交付金", "printed as change", "increase", "worsened", "93%", "-27%", "-2.9"),
        *("down", "2 相当程度", "継続", "46,503", "actual printed as a change"),
    ]


def test_what_is_missing_has_a_mark_and_an_empty_text_stays_empty(report: Report) -> None:
    found = cells(report, "kpis", "promotion-6.1", "actual progress gap change notes", "en")
    assert found == [MISSING, MISSING, MISSING, MISSING, ""]
    display, raw = Display(report, "en"), column("kpis", "actual_raw")
    assert (display.cell(raw, {"actual_raw": ""}), display.cell(raw, {"actual_raw": None})) == ("", "-")


def test_a_facet_of_missing_values_says_so_in_words(report: Report) -> None:
    rating = column("projects", "rating")
    assert Display(report, "ja").value(rating, None) == "(なし)"
    assert Display(report, "en").value(rating, None) == "(none)"


def test_a_share_without_its_row_reads_as_a_rate(report: Report) -> None:
    assert Display(report, "ja").value(column("projects", "met_share"), 1 / 3) == "33%"


def test_a_facility_is_numbered_apart_from_the_promotion_projects(report: Report) -> None:
    assert Display(report, "ja").short_id("facility-1.2") == "拠1.2"
    assert Display(report, "en").short_id("facility-1.2") == "拠1.2"
    assert Display(report, "en").long_id("拠1.2") == "facility-1.2"
    assert Display(report, "ja").short_id("other-7") == "other-7"


def test_the_share_met_counts_what_was_measured_and_tells_what_worsened(report: Report) -> None:
    for id_, ja, en in [
        ("promotion-6", "1/3 悪化1", "1/3 worse 1"),
        ("promotion-18", "3/3", "3/3"),
        ("promotion-22", "3/4 悪化1", "3/4 worse 1"),
        ("promotion-4", "4/4", "4/4"),
    ]:
        assert cells(report, "projects", id_, "met_share", "ja") == [ja]
        assert cells(report, "projects", id_, "met_share", "en") == [en]


@pytest.mark.parametrize(("unmeasured", "told"), [(0, "0/2"), (2, "-")])
def test_where_nothing_was_measured_there_is_no_share(report: Report, unmeasured: int, told: str) -> None:
    row = {"met": 0, "kpi_count": 2, "unmeasured": unmeasured, "worsened": 0}
    assert Display(report, "ja").share(row) == told


def test_only_english_needs_a_gloss(report: Report) -> None:
    for word, meaning in [("地方創生に効果があった", "effective"), ("計画通りに事業を継続する", "continue as planned")]:
        assert Display(report, "en").gloss(word) == meaning
        assert Display(report, "ja").gloss(word) == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("達成\n未達", "達成…"),
        ("a\tb", "a b"),
        ("\x1b[2J達成", "␛[2J達成"),
        ("\u202e達成", "\ufffd達成"),
        ("[red]x[/]", "[red]x[/]"),
    ],
)
def test_strangers_text_is_shown_on_one_line_and_moves_no_cursor(report: Report, name: str, shown: str) -> None:
    assert Display(report, "en").cell(column("kpis", "name"), {"name": name}) == shown
