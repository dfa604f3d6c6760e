import csv
import io
import sys
from pathlib import Path
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import both_halves, is_read_or_refused, rows, said

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import delimited
from kpitui.sources.raw.read import read

EXAMPLES = Path(__file__).parents[4] / "shared" / "examples"
COPIED = (
    "令和3年度 報告書\n\n1 交付金事業\n"
    "番号\t事業名\t実績額\t指標\t目標値\n"
    "1\t観光、振興事業\t1,839,000\t観光客数、宿泊者数\t1,000\n"
    "\t\t\t宿泊者数\t2,000\n"
    "2\tIoT導入\t888,839\t導入率\t10.1\n"
    "合計\t\t2,727,839\n"
    "（注）金額は、千円単位です。\n"
)


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_each_separator_is_found_and_told(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (("番号", "名称", "値"), ("1", "観光", "5.5"), ("2", "", "6")))
    document = delimited.read(text.encode(), "x")
    assert rows(document) == [("番号", "名称", "値"), ("1", "観光", "5.5"), ("2", "", "6")]
    assert "separator: " in said(document)
    assert both_halves(document.told)


def test_a_row_knows_the_line_on_which_it_begins() -> None:
    document = delimited.read(b'a,b\r\n"1\r\n2\r\n3",x\r\n\r\nc,d\r\n', "x")
    assert [(row.line, row.cells) for row in document.tables[0].rows] == [
        (1, ("a", "b")),
        (2, ("1\r\n2\r\n3", "x")),
        (5, ()),
        (6, ("c", "d")),
    ]


def test_text_copied_from_a_pdf_keeps_prose_between_and_ragged_rows() -> None:
    document = delimited.read(COPIED.encode(), "x")
    found = rows(document)
    assert found[0] == ("令和3年度 報告書",)
    assert found[1] == ()
    assert found[4] == ("1", "観光、振興事業", "1,839,000", "観光客数、宿泊者数", "1,000")
    assert found[7] == ("合計", "", "2,727,839")
    assert [row.line for row in document.tables[0].rows] == list(range(1, 10))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name;share\nÉire;1,5\nx;2,5\ny;3,25\n", ("Éire", "1,5")),
        ("no,name,tags\n1,a,x;y\n2,b,z;w\n3,c,v;u\n", ("1", "a", "x;y")),
        ('no,name\n1,"a, b; c"\n2,"d, e; f"\n', ("1", "a, b; c")),
        ("name\tcost\na, b\t1,000\nc, d\t2,000\n", ("a, b", "1,000")),
        ("a|b\n1,000|2,000\n3,000|4,000\n", ("1,000", "2,000")),
    ],
)
def test_the_separator_is_not_what_numbers_and_sentences_hold(text: str, expected: tuple[str, ...]) -> None:
    assert rows(delimited.read(text.encode(), "x"))[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "令和3年度の報告です。\n観光振興事業\nIoT導入\n1,839,000\n888,839\n観光客数\n",
        "1,839,000\n888,839\n12,345\n",
        "This report, as every year, is long.\nIt has prose, mostly.\nAnd no table.\nNor columns, I fear, or rows.\n",
        "番号  事業名  目標\n1     観光    10\n",
        "word\n",
    ],
)
def test_text_that_has_lost_its_columns_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(KpituiError, match="no column separators") as caught:
        delimited.read(text.encode(), "x.txt")
    assert "save the original table as TSV, CSV or Excel" in str(caught.value)
    assert "TSV、CSV か Excel" in caught.value.say("ja")


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    lines = ["no\tname", *(f"{number}\tname {number}" for number in range(20))]
    lines[5] = '4\t"name'
    document = delimited.read("\n".join(lines).encode(), "x")
    assert len(rows(document)) == 21
    assert rows(document)[5] == ("4", '"name')
    assert "quotes" in said(document)


def test_one_odd_quote_does_not_spoil_the_quoted_rows() -> None:
    body = "".join(f'{number},"a, b\nc",x\n' for number in range(20))
    document = delimited.read(f'no,name,z\n{body}20,"a" b,x\n'.encode(), "x")
    assert rows(document)[1] == ("0", "a, b\nc", "x")
    assert len(rows(document)) == 22
    assert "look at the cells" in said(document)


def test_a_first_line_that_states_the_separator_is_believed() -> None:
    document = delimited.read(b"sep=;\na,b;c\n1,5;2\n", "x")
    assert [(row.line, row.cells) for row in document.tables[0].rows] == [(2, ("a,b", "c")), (3, ("1,5", "2"))]


@pytest.mark.parametrize(
    ("text", "kind"), [("<html><table>", "HTML"), ('{"a": [1, 2]}', "JSON"), ("<?xml a,b?>", "XML")]
)
def test_text_of_another_kind_is_named(text: str, kind: str) -> None:
    with pytest.raises(KpituiError, match=f"this is {kind}"):
        delimited.read(text.encode(), "x")


@pytest.mark.parametrize("data", [b"", b" \n\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(KpituiError, match="nothing is written"):
        delimited.read(data, "x")


def test_a_hundred_thousand_columns_are_refused_at_once() -> None:
    data = b",".join(b"%d" % number for number in range(100_000)) + b"\n"
    began = thread_time()
    with pytest.raises(KpituiError, match=r"x:1: 100,000 columns, and 16,384 is the most"):
        delimited.read(data * 3, "x")
    assert thread_time() - began < 5  # seconds of computing, however busy the machine is


def test_a_huge_cell_is_refused() -> None:
    with pytest.raises(KpituiError, match=r"x:2: a cell of more than 131,072 characters"):
        delimited.read(b"a,b\n1," + b"x" * 1_000_000 + b"\n", "x")
    with pytest.raises(KpituiError, match=r"x:2: a cell of more than 131,072 characters"):
        delimited.read(b'a,b\n1,"' + b"x\n" * 100_000 + b'"\n', "x")


def test_more_cells_than_any_report_has_are_refused() -> None:
    with pytest.raises(KpituiError, match=r"more than 3,000,000 cells"):
        delimited.read(b"," * 2_999 + b"\n" + (b"a" + b"," * 2_999 + b"\n") * 1_000, "x")


def test_a_file_without_sheets_has_no_sheet_to_ask_for() -> None:
    with pytest.raises(UsageError, match="has no sheets"):
        delimited.read(b"a,b\n", "x", "実績")


def test_standard_input_is_read_for_none_and_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (None, Path("-")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("a,b\n1,観光\n".encode("cp932"))))
        document = read(path)
        assert (document.path, rows(document)) == ("-", [("a", "b"), ("1", "観光")])


@pytest.mark.parametrize(
    ("name", "first", "count", "width"),
    [
        ("gmpp-2022-23.csv", "GMPP ID Number", 245, 19),
        ("jimujigyo-kosai.csv", "no", 143, 40),
        ("judgit-2022-shohishacho.tsv", "府省庁", 37, 15),
    ],
)
def test_a_real_report_is_read_whole(name: str, first: str, count: int, width: int) -> None:
    if not EXAMPLES.is_dir():
        pytest.skip("the real reports are not here")
    found = rows(read(EXAMPLES / name))
    assert found[0][0] == first
    assert {len(row) for row in found} == {width}
    assert len(found) == count


CELL = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffd\ufeff") | st.sampled_from('",;|\t\n')
)


@settings(deadline=None)
@given(
    separator=st.sampled_from("\t,;|"),
    body=st.lists(st.tuples(CELL, CELL, CELL), max_size=6),
    ending=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_csv_writes_is_read_back(separator: str, body: list[tuple[str, ...]], ending: str, quoting: int) -> None:
    written = [("番号", "事業名", "指標"), *body]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=ending, quoting=quoting).writerows(written)  # type: ignore[arg-type]
    document = delimited.read(buffer.getvalue().encode(), "x")
    assert rows(document) == written


@settings(deadline=None)
@given(data=st.binary(max_size=400))
def test_bytes_at_random_are_read_or_refused(data: bytes) -> None:
    is_read_or_refused(delimited.read, data, "x")


@settings(deadline=None)
@given(
    encoding=st.sampled_from(["utf-8", "cp932", "utf-16", "euc_jp"]),
    damage=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=20),
    length=st.integers(0, 10_000),
)
def test_a_damaged_text_is_read_or_refused(encoding: str, damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(COPIED.encode(encoding)[:length])
    for place, value in damage:
        data[place % max(len(data), 1) : place % max(len(data), 1) + 1] = bytes([value])
    is_read_or_refused(delimited.read, bytes(data), "x")
