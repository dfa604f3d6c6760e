import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.errors import KpituiError
from kpitui.report.metadata import dump, parse
from kpitui.report.model import Direction, Fact, Grant, Metadata, Override, Rating

FILE = Path("report.toml")
BUILT_IN = (Path(__file__).parents[2] / "data" / "yamaguchi-r3" / "report.toml").read_text("utf-8")

LEAST = Metadata(
    id="yamaguchi-r3",
    title=Fact("実績について", "実績について", 3),
    publisher="山口県",
    fiscal_year=Fact(2021, "令和3年度", 45),
    as_of=Fact("2022-03", "R4.3", 47),
    source_file="source.txt",
    source_sha256="0" * 64,
)
OVERRIDE = Override("promotion-22.1", "実績は増減の値", basis="change", aim="increase", unit="%")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
wholes = st.integers(-(2**63) + 1, 2**63 - 1)
said = st.builds(Fact, texts, texts, wholes)
counted = st.builds(Fact, wholes, texts, wholes)
months = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}")
aims = st.sampled_from(["increase", "decrease", "maintain_above", "maintain_below"])
maybe = st.none() | said
maybe_counted = st.none() | counted
grants = st.builds(
    Grant,
    key=texts,
    name=texts,
    short=texts,
    purpose=maybe,
    budget=maybe,
    adopted=maybe_counted,
    cost=maybe_counted,
    table=maybe,
    aim=st.none() | st.builds(Fact, aims, texts, wholes),
    total=maybe_counted,
)
ratings = st.builds(Rating, rank=wholes, text=texts, short=texts, gloss=texts, line=wholes, criterion=st.none() | said)
overrides = st.builds(
    Override,
    kpi=texts,
    note=texts,
    basis=st.none() | st.sampled_from(["level", "increment", "zero", "change", "ambiguous"]),
    aim=st.none() | aims,
    unit=st.none() | texts,
)
metadatas = st.builds(
    Metadata,
    id=texts,
    title=said,
    publisher=texts,
    fiscal_year=counted,
    as_of=st.builds(Fact, months, texts, wholes),
    source_file=texts,
    source_sha256=texts,
    inferred=st.lists(texts, max_size=3).map(tuple),
    evaluation=st.lists(said, max_size=3).map(tuple),
    grants=st.lists(grants, max_size=3, unique_by=lambda grant: grant.key).map(tuple),
    ratings=st.lists(ratings, max_size=3, unique_by=lambda rating: rating.rank).map(tuple),
    directions=st.lists(st.builds(Direction, texts, texts, texts), max_size=3).map(tuple),
    overrides=st.lists(overrides, max_size=3, unique_by=lambda override: override.kpi).map(tuple),
)


@given(metadatas)
def test_what_is_written_reads_as_the_same(metadata: Metadata) -> None:
    text = dump(metadata)
    assert parse(text, FILE) == metadata
    assert dump(parse(text, FILE)) == text


def test_the_least_metadata_reads_as_a_person_would_write_it() -> None:
    assert dump(replace(LEAST, overrides=(OVERRIDE,))) == (
        "schema = 1\n"
        'id = "yamaguchi-r3"\n'
        'publisher = "山口県"\n'
        'source_file = "source.txt"\n'
        f'source_sha256 = "{"0" * 64}"\n'
        '\n[title]\nvalue = "実績について"\nraw = "実績について"\nline = 3\n'
        '\n[fiscal_year]\nvalue = 2021\nraw = "令和3年度"\nline = 45\n'
        '\n[as_of]\nvalue = "2022-03"\nraw = "R4.3"\nline = 47\n'
        '\n[[override]]\nkpi = "promotion-22.1"\nnote = "実績は増減の値"\n'
        'basis = "change"\naim = "increase"\nunit = "%"\n'
    )


def test_the_built_in_file_is_what_would_be_written_again() -> None:
    assert dump(parse(BUILT_IN, FILE)) == BUILT_IN


def test_an_override_may_be_written_by_hand_below_the_rest() -> None:
    text = BUILT_IN + '\n[[override]]\nkpi = "promotion-7.2"\nbasis = "increment"\nnote = "増加分"\n'
    assert parse(text, FILE).overrides == (Override("promotion-7.2", "増加分", basis="increment"),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema = 1", "schema = ", "report.toml: Invalid value (at line 1, column 10)"),
        ("schema = 1", "schema = 2", "key 'schema' is 2: this version reads schema 1"),
        ("schema = 1\n", "", "key 'schema' is missing"),
        ("schema = 1", "schema = true", "key 'schema' should be a whole number, not true or false"),
        ("publisher =", "publishr =", "key 'publishr' is unknown; the nearest known is 'publisher'"),
        ('publisher = "山口県"', "publisher = 3", "key 'publisher' should be a text, not a whole number"),
        ('publisher = "山口県"', "publisher = 2022-03-31", "should be a text, not a date or time"),
        ("[title]", "[titel]", "key 'titel' is unknown; the nearest known is 'title'"),
        ("line = 45", "line = 4.5", "key 'fiscal_year.line' should be a whole number, not a decimal number"),
        ("value = 2021", 'value = "2021"', "key 'fiscal_year.value' should be a whole number, not a text"),
        ("value = 2021", f"value = 0x{'f' * 5000}", "key 'fiscal_year.value' is a number too large"),
        ("value = 2021", f"value = {'9' * 5000}", "report.toml: "),
        ('"2022-03"', '"R4.3"', "key 'as_of.value' should be a month such as 2022-03, not 'R4.3'"),
        ('"increase"', '"increas"', "key 'grant[1].aim.value' is 'increas', which is unknown; the nearest"),
        ("[grant.budget]", "[grant.budgt]", "key 'grant[1].budgt' is unknown; the nearest known is 'budget'"),
        ('key = "facility"', 'key = "promotion"', "key 'grant[2].key' is 'promotion', which stands twice"),
        ("rank = 4", "rank = 1", "key 'rating[4].rank' is 1, which stands twice"),
        ("rank = 4\n", "", "key 'rating[4].rank' is missing"),
        ("schema = 1", "schema = 1\nrating = 4", "report.toml: "),
        ("schema = 1", "schema = 1\noverride = 4", "key 'override' should be a list, not a whole number"),
        ("schema = 1", "schema = 1\noverride = [4]", "key 'override' should be a table, not a whole number"),
        ('    "id",\n', "    1,\n", "key 'inferred' should be a list of texts"),
        ("schema = 1", f"schema = {'[' * 5000}", "report.toml: "),
        ("schema = 1", 'schema = 1\n"\\u001b[2J" = 1', "key '�[2J' is unknown"),
    ],
)
def test_a_damaged_file_is_refused_by_its_key_and_the_nearest_known(old: str, new: str, message: str) -> None:
    with pytest.raises(KpituiError, match=re.escape(message)):
        parse(BUILT_IN.replace(old, new, 1), FILE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("schema = 1", "schema = ", "report.toml: TOMLとして読めません: Invalid value (at line 1, column 10)"),
        ("schema = 1", "schema = 2", "キー 'schema' は 2 です。この版が読むのはスキーマ 1 です"),
        ("schema = 1\n", "", "キー 'schema' がありません"),
        ("publisher =", "publishr =", "キー 'publishr' は不明です。近いもの: 'publisher'"),
        ('publisher = "山口県"', "publisher = 3", "キー 'publisher' は文字列のはずですが、整数です"),
        ('publisher = "山口県"', "publisher = 2022-03-31", "は文字列のはずですが、日付または時刻です"),
        ("value = 2021", f"value = 0x{'f' * 5000}", "キー 'fiscal_year.value' の数値は大きすぎます"),
        ('"2022-03"', '"R4.3"', "キー 'as_of.value' は 2022-03 のような年月のはずですが、'R4.3' です"),
        ('"increase"', '"increas"', "キー 'grant[1].aim.value' の値 'increas' は不明です。近いもの: 'increase'"),
        ("rank = 4", "rank = 1", "キー 'rating[4].rank' の 1 が二つあります"),
        ('    "id",\n', "    1,\n", "キー 'inferred' は文字列のリストのはずです"),
    ],
)
def test_a_damaged_file_is_refused_in_japanese_too(old: str, new: str, message: str) -> None:
    with pytest.raises(KpituiError) as caught:
        parse(BUILT_IN.replace(old, new, 1), FILE)
    assert message in caught.value.say("ja")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('basis = "levl"', "key 'override[1].basis' is 'levl', which is unknown; the nearest known is 'level'"),
        ('aim = "increased"', "key 'override[1].aim' is 'increased', which is unknown"),
        ('why = "x"', "key 'override[1].why' is unknown"),
        ("", "key 'override[1].note' is missing"),
    ],
)
def test_a_ruling_that_cannot_be_judged_by_is_refused(line: str, message: str) -> None:
    text = f'{dump(LEAST)}\n[[override]]\nkpi = "promotion-1.1"\n{line}\n'
    with pytest.raises(KpituiError, match=re.escape(message)):
        parse(text if not line else f'{text}note = "…"\n', FILE)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(KpituiError, match=r"^report\.toml: "):
        parse(text, FILE)
