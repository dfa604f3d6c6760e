import datetime as dt
import io
import struct
import sys
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_documents import (
    both_halves,
    is_read_or_refused,
    old_workbook,
    part,
    patched,
    read_bytes,
    rows,
    said,
    saved,
    workbook,
)

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import apart, child, limits
from kpitui.sources.raw.kinds import Kind

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


XLSX, XLS = saved(workbook()), old_workbook()


def with_sheet(rows_of_xml: str) -> bytes:
    return patched(saved(workbook()), {SHEET: f"{HEAD}{rows_of_xml}{TAIL}"})


def refused(data: bytes, kind: Kind = Kind.XLSX) -> str:
    with pytest.raises(KpituiError) as caught:
        child.read(kind, data, "x", None)
    assert caught.value.sentence.ja
    return str(caught.value)


def test_merged_cells_are_filled_and_told(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, saved(workbook()))
    assert [(row.line, row.cells) for row in document.tables[0].rows] == [
        (1, ("報告書", "報告書", "報告書", "報告書")),
        (2, ()),
        (3, ("番号", "事業名", "指標", "率")),
        (4, ("1", "観光", "客数", "35.4%")),
        (5, ("1", "観光", "宿泊", "0.5")),
    ]
    assert document.tables[0].name == "実績"
    assert "5 cells filled" in said(document)
    assert both_halves(document.told)


def test_an_old_workbook_is_read_alike(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, old_workbook())
    assert [(row.line, row.cells) for row in document.tables[0].rows] == [
        (1, ("報告書", "報告書", "報告書")),
        (2, ()),
        (3, ("事業名", "率", "日付")),
        (4, ("観光", "35.4%", "2022-03-31")),
        (5, ("観光", "12", "TRUE")),
    ]
    assert "hidden sheets, not read: 裏" in said(document)


def test_visible_sheets_are_read_and_hidden_ones_told(tmp_path: Path) -> None:
    book = workbook()
    book.create_sheet("次").append(["a", "b"])
    hidden = book.create_sheet("裏")
    hidden.append(["c"])
    hidden.sheet_state = "hidden"
    document = read_bytes(tmp_path, saved(book))
    assert [table.name for table in document.tables] == ["実績", "次"]
    assert "sheets: 実績, 次" in said(document)
    assert "hidden sheets, not read: 裏" in said(document)
    assert rows(read_bytes(tmp_path, saved(book), sheet="裏")) == [("c",)]


def test_a_sheet_that_is_not_there_is_asked_for_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no sheet '実積'; nearest is '実績'"):
        read_bytes(tmp_path, saved(workbook()), sheet="実積")
    with pytest.raises(UsageError, match="no sheet"):
        read_bytes(tmp_path, old_workbook(), sheet="x")


def test_formulas_are_read_by_the_values_kept_beside_them(tmp_path: Path) -> None:
    xml = (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>""</f><v></v></c><c r="B2"><f>WEBSERVICE("http://x")</f></c></row>'
    )
    document = read_bytes(tmp_path, with_sheet(xml))
    assert rows(document) == [("2", "4")]
    assert "2 formulas were not computed" in said(document)
    assert "1 formulas have no value" in said(document)


def test_values_are_given_as_a_reader_of_the_sheet_sees_their_meaning(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([0.1 + 0.2, 1e20, True, dt.date(2022, 3, 31), dt.datetime(2022, 3, 31, 9, 30), "a_x000D_\nb"])
    book.active.append([1234567, 12, -3703, 0.5, 45, 5.5])
    looks = ('#,##0,"千円"', '0"人"', '#,##0;"▲ "#,##0', "0%", "[Red]0.0_ ", "# ?/?")
    for cell, look in zip(book.active[2], looks, strict=True):
        cell.number_format = look
    assert rows(read_bytes(tmp_path, saved(book))) == [
        ("0.3", "100000000000000000000", "TRUE", "2022-03-31", "2022-03-31 09:30:00", "a\nb"),
        ("1234.567千円", "12人", "-3703", "50%", "45", "5.5"),
    ]


def test_readings_above_kanji_are_not_part_of_the_text(tmp_path: Path) -> None:
    xml = '<row r="1"><c r="A1" t="inlineStr"><is><t>観光</t><rPh sb="0" eb="2"><t>カンコウ</t></rPh></is></c></row>'
    assert rows(read_bytes(tmp_path, with_sheet(xml))) == [("観光",)]


def test_a_value_left_in_the_last_row_does_not_make_a_million_rows(tmp_path: Path) -> None:
    book = workbook()
    book.active["A1048576"] = "x"
    found = read_bytes(tmp_path, saved(book)).tables[0].rows
    assert (found[-1].line, found[-1].cells) == (1_048_576, ("x",))
    assert len(found) == 5 + limits.MOST_BLANK_ROWS + 1


def test_macros_and_links_are_told_and_left_alone(tmp_path: Path) -> None:
    data = patched(saved(workbook()), {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<a/>"})
    document = read_bytes(tmp_path, data, "book.xlsm")
    assert "macros, which were not run" in said(document)
    assert "links to other files, which were not followed" in said(document)


def test_a_truncated_workbook_is_refused() -> None:
    for length in range(8, len(XLSX), len(XLSX) // 20):
        assert "cut short or damaged" in refused(XLSX[:length])


def test_a_truncated_old_workbook_is_refused_unless_only_padding_is_lost() -> None:
    whole = child.read(Kind.XLS, XLS, "x", None)
    for length in range(8, len(XLS) * 2 // 3, len(XLS) // 20):
        assert "cut short or damaged" in refused(XLS[:length], Kind.XLS)
    assert child.read(Kind.XLS, XLS[:-1], "x", None) == whole


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "grows" in refused(patched(saved(workbook()), {SHEET: b" " * 50_000_000}))
    assert "too large when unpacked" in refused(patched(saved(workbook()), {"xl/styles.xml": b" " * 70_000_000}))
    many = patched(saved(workbook()), {f"x/{number}": b"" for number in range(limits.MOST_PARTS)})
    assert "parts in the archive" in refused(many)


def test_a_part_that_is_larger_than_it_says_is_damaged() -> None:
    data = patched(saved(workbook()), {SHEET: HEAD + '<row r="1"/>' * 1000 + TAIL})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(SHEET).file_size
    assert "damaged" in refused(data.replace(struct.pack("<I", size), struct.pack("<I", 100)))


def test_entities_are_refused_wherever_they_are_declared() -> None:
    entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">]><a>&a;</a>'
    for name in ("xl/sharedStrings.xml", SHEET, "xl/workbook.xml", "[Content_Types].xml"):
        assert "declares a document type" in refused(patched(saved(workbook()), {name: entities}))
        assert "declares a document type" in refused(patched(saved(workbook()), {name: entities.encode("utf-16")}))


def test_xml_nested_without_end_is_read_or_refused() -> None:
    assert refused(patched(saved(workbook()), {"xl/styles.xml": "<a>" * 200_000})).startswith("x: cut short")
    with pytest.raises(KpituiError):
        apart.read(Kind.XLSX, with_sheet("<row>" + "<a>" * 100_000 + "</a>" * 100_000), "x", None)


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<row r="99999999999"><c r="A1"><v>1</v></c></row>', "lies outside"),
        ('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "lies outside"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "lies outside"),
        ("".join(f'<row r="{r}"><c r="XFD{r}"/></row>' for r in range(1, 2000)), "a sheet too wide"),
        (
            f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 200_000}</t></is></c></row>',
            "more than 131,072 characters",
        ),
    ],
    ids=["row", "column", "next column", "spread", "cell"],
)
def test_a_sheet_beyond_any_sheet_is_refused(xml: str, expected: str) -> None:
    assert expected in refused(with_sheet(xml))


def test_one_text_repeated_through_a_workbook_is_bounded() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row in range(5_000):
            sheet.write(row, 0, "x" * 30_000)
    assert len(buffer.getvalue()) < 100_000
    assert "characters in all" in refused(buffer.getvalue())


def test_a_merge_over_the_whole_sheet_fills_the_table_alone(tmp_path: Path) -> None:
    xml = part(XLSX, SHEET).replace('"A1:D1"', '"A1:XFD1048576"')
    assert rows(read_bytes(tmp_path, patched(XLSX, {SHEET: xml})))[1] == ("報告書",) * 4


def test_a_locked_workbook_is_said_to_be_locked(tmp_path: Path) -> None:
    data = old_workbook()
    name = "Workbook".encode("utf-16-le")
    container = data.replace(name.ljust(64, b"\0"), "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0"))
    assert container != data
    with pytest.raises(KpituiError, match="protected by a password"):
        read_bytes(tmp_path, container)


def test_other_formats_in_a_zip_are_named(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(KpituiError, match="ods is not read; save it as xlsx or CSV"):
        read_bytes(tmp_path, buffer.getvalue())
    with pytest.raises(KpituiError, match="docx is not read"):
        read_bytes(tmp_path, patched(saved(workbook()), {"word/document.xml": "<a/>"}))


def test_without_the_extra_its_name_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "find_spec", lambda name: None)
    for data in (saved(workbook()), old_workbook()):
        with pytest.raises(UsageError, match=r"pip install 'kpitui\[excel\]'"):
            read_bytes(tmp_path, data)


def test_a_reading_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.001)
    with pytest.raises(KpituiError, match="given up"):
        read_bytes(tmp_path, saved(workbook()))


def test_a_reading_that_crashes_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(KpituiError, match="broke off") as caught:
        read_bytes(tmp_path, saved(workbook()))
    assert "止まりました" in caught.value.say("ja")


def test_modules_of_the_current_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "openpyxl.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert rows(read_bytes(tmp_path, saved(workbook())))[2][0] == "番号"


DAMAGE = st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=30)


def damaged(data: bytes, damage: list[tuple[int, int]], length: int) -> bytes:
    changed = bytearray(data[: max(length, 8)])
    for place, value in damage:
        changed[8 + place % max(len(changed) - 8, 1) : 9 + place % max(len(changed) - 8, 1)] = bytes([value])
    return bytes(changed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damage=DAMAGE, length=st.integers(0, 20_000) | st.just(1_000_000))
@pytest.mark.parametrize("kind", [Kind.XLSX, Kind.XLS])
def test_a_damaged_workbook_is_read_or_refused(kind: Kind, damage: list[tuple[int, int]], length: int) -> None:
    is_read_or_refused(child.read, kind, damaged(XLSX if kind is Kind.XLSX else XLS, damage, length), "x", None)


@settings(max_examples=150, deadline=None)
@given(damage=DAMAGE, name=st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]))
def test_a_workbook_with_a_damaged_part_is_read_or_refused(damage: list[tuple[int, int]], name: str) -> None:
    is_read_or_refused(
        child.read, Kind.XLSX, patched(XLSX, {name: damaged(part(XLSX, name).encode(), damage, 10**6)}), "x", None
    )
