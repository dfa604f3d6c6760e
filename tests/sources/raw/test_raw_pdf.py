import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import FONT, both_halves, is_read_or_refused, pdf, pdf_table, read_bytes, rows, said
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import apart, child, limits
from kpitui.sources.raw.kinds import Kind

HEADS = [["番号", "事業名", "指標", "", ""], ["", "", "名称", "目標", "実績"]]
BODY = [[str(number), f"観光振興事業{number}", "観光客数", "1,000", "▲ 50"] for number in range(60)]
SPANS = [("SPAN", (2, 0), (4, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1))]
FILLED = [("番号", "事業名", "指標", "指標", "指標"), ("番号", "事業名", "名称", "目標", "実績")]
LEGEND = "◎ 非常に効果的であった"


def ruled_pdf() -> bytes:
    return pdf("令和3年度 報告書", pdf_table([*HEADS, *BODY], is_ruled=True, heads=2, style=SPANS), LEGEND)


def refused(data: bytes) -> str:
    with pytest.raises(KpituiError) as caught:
        child.read(Kind.PDF, data, "x", None)
    assert caught.value.sentence.ja
    return str(caught.value)


def test_ruled_tables_are_read_over_pages_with_their_merged_heads_filled(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, ruled_pdf())
    names = [table.name for table in document.tables]
    assert names == ["page 1 table 1", "page 1 text", "page 2 table 1", "page 2 text"]
    first, second = rows(document, 0), rows(document, 2)
    assert first[:2] == second[:2] == FILLED
    assert first[2:] + second[2:] == [tuple(row) for row in BODY]
    assert "PDF: 2 pages, 2 tables" in said(document)
    assert "8 cells filled" in said(document)
    assert both_halves(document.told)


def test_lines_are_counted_down_the_page_over_tables_and_text(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, ruled_pdf())
    title, legend = document.tables[1].rows[0], document.tables[3].rows[-1]
    assert (title.line, title.cells) == (1, ("令和3年度 報告書",))
    assert [row.line for row in document.tables[0].rows[:3]] == [2, 3, 4]
    assert legend.cells == (LEGEND,)
    assert legend.line == len(document.tables[2].rows) + 1


def test_tables_without_rules_are_read_by_the_gaps_between_their_columns(tmp_path: Path) -> None:
    table = pdf_table([["番号", "事業名", "指標", "目標", "実績"], *BODY], is_ruled=False)
    document = read_bytes(tmp_path, pdf("令和3年度 報告書", table, LEGEND * 8))
    assert [each.name for each in document.tables if "table" in each.name] == ["page 1 table 1", "page 2 table 1"]
    first, second = rows(document, 0), rows(document, 2)
    assert first[0] == second[0] == ("番号", "事業名", "指標", "目標", "実績")
    assert first[1:] + second[1:] == [tuple(row) for row in BODY]
    assert "2 tables without rules" in said(document)


def test_blank_cells_of_a_table_without_rules_keep_their_columns(tmp_path: Path) -> None:
    body = [
        ["番号", "事業名", "指標", "目標"],
        ["1", "観光", "客数", "10"],
        ["", "", "宿泊", "20"],
        ["2", "IoT", "", "5"],
    ]
    document = read_bytes(tmp_path, pdf(pdf_table(body, is_ruled=False)))
    assert rows(document) == [tuple(row) for row in body]


def test_ruled_cells_of_several_lines_stay_one_cell(tmp_path: Path) -> None:
    body = [["番号", "事業名", "目標"], ["1", "観光振興\n事業", "10"], ["2", "IoT", "5"]]
    document = read_bytes(tmp_path, pdf(pdf_table(body, is_ruled=True)))
    assert rows(document)[1] == ("1", "観光振興\n事業", "10")


def test_two_tables_on_a_page_are_two_and_one_can_be_asked_for(tmp_path: Path) -> None:
    one, two = [["a1", "b1"], ["c1", "d1"]], [["番号", "事業名"], ["1", "観光"]]
    data = pdf(
        pdf_table(one, is_ruled=True), "本文", pdf_table(two, is_ruled=True), None, pdf_table(one, is_ruled=True)
    )
    assert rows(read_bytes(tmp_path, data, sheet="page 1 table 2")) == [tuple(row) for row in two]
    assert len(read_bytes(tmp_path, data, sheet="page 2 table 1").tables) == 1
    with pytest.raises(UsageError, match="no sheet 'page 3 table 1'"):
        read_bytes(tmp_path, data, sheet="page 3 table 1")


def test_a_pdf_of_prose_has_no_table(tmp_path: Path) -> None:
    with pytest.raises(KpituiError, match="no table found; save the original one as TSV, CSV or Excel"):
        read_bytes(tmp_path, pdf("本文です。" * 100, "Prose in lines of words. " * 40))


def test_a_pdf_of_pictures_is_said_to_have_no_text() -> None:
    canvas = Canvas("x.pdf")
    canvas.rect(100, 100, 200, 200)
    canvas.showPage()
    assert "no text, only pictures" in refused(canvas.getpdfdata())


def test_a_locked_pdf_is_said_to_be_locked(tmp_path: Path) -> None:
    data = pdf(pdf_table(HEADS, is_ruled=True), encrypt=StandardEncryption("secret"))
    with pytest.raises(KpituiError, match="protected by a password"):
        read_bytes(tmp_path, data)


def test_a_pdf_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    latin = [("FONT", (0, 0), (-1, -1), "Helvetica", 9)]
    table = pdf_table([["no", "name"], ["1", "tourism"]], is_ruled=True, style=latin)
    data = pdf(table, encrypt=StandardEncryption("", ownerPassword="x", canCopy=0))
    assert rows(read_bytes(tmp_path, data)) == [("no", "name"), ("1", "tourism")]


def test_scripts_are_told_and_not_run(tmp_path: Path) -> None:
    action = b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Type /Catalog"
    data = pdf(pdf_table(HEADS, is_ruled=True)).replace(b"/Type /Catalog", action)
    assert "scripts, which were not run" in said(read_bytes(tmp_path, data))


def test_a_truncated_pdf_is_read_or_refused() -> None:
    data = ruled_pdf()
    for length in range(10, len(data), len(data) // 12):
        assert "x: " in refused(data[:length])


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 1)
    assert "2 pages, of 1" in refused(ruled_pdf())


def test_pages_that_hold_each_other_end(tmp_path: Path) -> None:
    data = pdf(pdf_table(HEADS, is_ruled=True))
    pages = re.search(rb"(\d+) 0 obj\s*<<\s*/Count 1 /Kids \[ (\d+) 0 R \]", data)
    assert pages is not None
    looped = data.replace(b"/Kids [ %b 0 R ]" % pages[2], b"/Kids [ %b 0 R ]" % pages[1])
    assert looped != data
    with suppress(KpituiError):  # that it ends is enough
        read_bytes(tmp_path, looped)


def test_without_the_extra_its_name_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'kpitui\[pdf\]'"):
        read_bytes(tmp_path, b"%PDF-1.4")


def test_letters_without_a_meaning_are_counted(tmp_path: Path) -> None:
    canvas = Canvas("x.pdf")
    canvas.setFont(FONT, 12)
    for line in range(5):
        canvas.drawString(100, 700 - 20 * line, "番号")
        canvas.drawString(300, 700 - 20 * line, "事業")
    canvas.showPage()
    data = canvas.getpdfdata().replace(b"UniJIS-UCS2-H", b"UniXXX-UCS2-H")
    with pytest.raises(KpituiError):
        read_bytes(tmp_path, data)


SMALL = pdf("報告書", pdf_table([["番号", "事業名"], ["1", "観光"]], is_ruled=True), pageCompression=0)


@settings(max_examples=60, deadline=None)
@given(
    damage=st.lists(st.tuples(st.integers(5, 100_000), st.integers(0, 255)), min_size=1, max_size=20),
    length=st.integers(8, 10_000) | st.just(10**6),
)
def test_a_damaged_pdf_is_read_or_refused(damage: list[tuple[int, int]], length: int) -> None:
    data = bytearray(SMALL[:length])
    for place, value in damage:
        data[5 + place % (len(data) - 5)] = value
    is_read_or_refused(child.read, Kind.PDF, bytes(data), "x", None)
