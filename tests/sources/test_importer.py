import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpitui.errors import InputError, KpituiError
from kpitui.report import folder
from kpitui.sources.importer import import_document
from kpitui.sources.lines import LineKind

BUILT_IN = Path(__file__).parents[2] / "data" / "yamaguchi-r3"
SOURCE = BUILT_IN / "source.txt"
FILES = ("source.txt", "report.toml", "projects.csv", "kpis.csv")


def contents(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_importing_the_source_reproduces_the_built_in_folder_byte_for_byte(tmp_path: Path) -> None:
    import_document(SOURCE, tmp_path / "new" / "folder")
    assert contents(tmp_path / "new" / "folder") == {name: (BUILT_IN / name).read_bytes() for name in FILES}


def test_neither_the_name_nor_the_place_of_the_source_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(SOURCE, tmp_path / "別の名前.tsv")
    monkeypatch.chdir(tmp_path)
    import_document(Path("別の名前.tsv"), Path("out"))
    assert contents(tmp_path / "out") == {name: (BUILT_IN / name).read_bytes() for name in FILES}


def test_a_source_that_lies_in_the_folder_is_not_copied_onto_itself(tmp_path: Path) -> None:
    shutil.copy(SOURCE, tmp_path / "source.txt")
    before = (tmp_path / "source.txt").stat().st_ino
    import_document(tmp_path / "source.txt", tmp_path)
    assert (tmp_path / "source.txt").stat().st_ino == before
    assert set(contents(tmp_path)) == set(FILES)


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    import_document(SOURCE, tmp_path)
    before = contents(tmp_path)
    import_document(SOURCE, tmp_path)
    assert contents(tmp_path) == before


def test_the_summary_counts_projects_kpis_and_lines(tmp_path: Path) -> None:
    summary = import_document(SOURCE, tmp_path)
    assert (summary.projects, summary.kpis) == (23, 82)
    assert (summary.lines[LineKind.PROJECT], summary.lines[LineKind.KPI]) == (23, 59)
    assert sum(summary.lines.values()) == 155
    assert summary.remarks == ()


def test_publisher_and_id_are_inferred_and_marked_so(tmp_path: Path) -> None:
    metadata = import_document(SOURCE, tmp_path).metadata
    assert (metadata.publisher, metadata.id) == ("山口県", "yamaguchi-r3")
    assert metadata.inferred == ("id", "publisher")


def test_publisher_and_id_may_be_given(tmp_path: Path) -> None:
    metadata = import_document(SOURCE, tmp_path, publisher="山口市", report_id="yamaguchi-city").metadata
    assert (metadata.publisher, metadata.id, metadata.inferred) == ("山口市", "yamaguchi-city", ())
    assert folder.read(tmp_path).metadata == metadata


def test_another_prefecture_gives_another_id(tmp_path: Path) -> None:
    metadata = import_document(SOURCE, tmp_path, publisher="広島県").metadata
    assert (metadata.id, metadata.inferred) == ("hiroshima-r3", ("id",))


def test_a_publisher_that_is_no_prefecture_needs_an_id(tmp_path: Path) -> None:
    with pytest.raises(KpituiError, match="山口市 is no prefecture, so the report's id must be given") as caught:
        import_document(SOURCE, tmp_path, publisher="山口市")
    assert "山口市 は都道府県ではないため、識別名の指定 (--id) が必要です" in caught.value.say("ja")


def test_a_text_that_names_no_prefecture_needs_a_publisher(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SOURCE.read_text("utf-8").replace("山口県", "本県"), "utf-8")
    with pytest.raises(KpituiError, match=r"a\.txt: no prefecture is named"):
        import_document(tmp_path / "a.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("override", ["\n[[override]]\n", "\n  [[ override ]]\n", "\noverride = [{}]\n"])
def test_a_curators_overrides_are_not_dropped(tmp_path: Path, override: str) -> None:
    import_document(SOURCE, tmp_path)
    (tmp_path / "report.toml").open("a", encoding="utf-8").write(override)
    before = contents(tmp_path)
    with pytest.raises(KpituiError, match=r"report\.toml: holds overrides, which an import would drop"):
        import_document(SOURCE, tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (SOURCE.read_text("utf-8").encode("cp932"), "a.txt:3:1: not UTF-8"),
        (SOURCE.read_bytes()[:-1] + b"\0", "a.txt:155:29: a NUL byte"),
        (b"", "a.txt: no table with a head"),
        (b"PK\x03\x04\x14\x00", "a.txt:1:6: a NUL byte"),
    ],
)
def test_a_source_that_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(KpituiError, match=re.escape(message)) as caught:
        import_document(tmp_path / "a.txt", tmp_path / "out")
    assert caught.value.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_a_missing_source_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt: cannot be read: No such file"):
        import_document(tmp_path / "none.txt", tmp_path / "out")


def test_a_folder_as_source_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Is a directory"):
        import_document(tmp_path, tmp_path / "out")


def test_a_file_in_the_way_of_the_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="out: cannot be made a report folder") as caught:
        import_document(SOURCE, tmp_path / "out")
    assert "out: 報告フォルダにできません: File exists" in caught.value.say("ja")


def test_a_byte_order_mark_is_no_part_of_the_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + SOURCE.read_bytes().lstrip(b"\n"))
    metadata = import_document(tmp_path / "a.txt", tmp_path / "out").metadata
    assert str(metadata.title.value).startswith("地方創生推進交付金及び")


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_the_locale_does_not_matter_and_the_interface_is_not_imported(tmp_path: Path, locale: str) -> None:
    script = (
        "import sys; from pathlib import Path; from kpitui.sources.importer import import_document; "
        "import_document(Path(sys.argv[1]), Path(sys.argv[2])); assert 'textual' not in sys.modules"
    )
    environment = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", script, SOURCE, tmp_path / "out"],
        check=True,
        cwd=BUILT_IN.parents[1],
        env=environment,
    )
    assert contents(tmp_path / "out") == {name: (BUILT_IN / name).read_bytes() for name in FILES}
