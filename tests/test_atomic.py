import os
import stat
from pathlib import Path

import pytest

from kpitui.atomic import ExistsError, write_all, write_bytes, write_text
from kpitui.errors import InputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_written_with_its_line_ends_as_they_stand(tmp_path: Path) -> None:
    write_text(tmp_path / "a.toml", "達成\r\n未達\n")
    assert (tmp_path / "a.toml").read_bytes() == "達成\r\n未達\n".encode()
    assert names(tmp_path) == ["a.toml"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("old")
    path.chmod(0o640)
    write_text(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_mode_that_any_new_file_gets(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    write_text(tmp_path / "ours", "")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_whole_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    (tmp_path / "a.toml").write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(InputError, match=r"a\.toml: cannot be written: No space left on device") as caught:
        write_text(tmp_path / "a.toml", "new")
    assert caught.value.say("ja").endswith("a.toml: 書き込めません: No space left on device")
    assert (tmp_path / "a.toml").read_text() == "old"
    assert names(tmp_path) == ["a.toml"]


def test_an_interruption_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text("old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(tmp_path / "a.toml", "new")
    assert (tmp_path / "a.toml").read_text() == "old"
    assert names(tmp_path) == ["a.toml"]


def test_a_folder_in_the_files_place_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(InputError, match=r"a\.toml: cannot be written"):
        write_bytes(tmp_path / "a.toml", b"new")
    assert names(tmp_path) == ["a.toml"]


def test_a_missing_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        write_text(tmp_path / "none" / "a.toml", "new")


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)
    write_text(path, "new")
    assert path.read_text() == "new"


def test_a_loop_of_links_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(InputError, match="cannot be written"):
        write_text(tmp_path / "a", "new")


def test_half_a_character_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its text is not Unicode"):
        write_text(tmp_path / "a", "\ud800")
    assert names(tmp_path) == []


def test_a_file_that_must_be_new_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old")
    with pytest.raises(ExistsError, match=r"a\.csv exists") as caught:
        write_all({tmp_path / "b.csv": b"new", tmp_path / "a.csv": b"new"}, replace=False)
    assert caught.value.path == tmp_path / "a.csv"
    assert (tmp_path / "a.csv").read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_came_up_a_moment_ago_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def overtaken(source: Path, target: Path) -> None:
        if target.name == "b":
            target.write_text("another's")
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    with pytest.raises(ExistsError):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"}, replace=False)
    assert names(tmp_path) == ["b"]
    assert (tmp_path / "b").read_text() == "another's"


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_all({tmp_path / "a": b"new"}, replace=False)
    assert (tmp_path / "a").read_bytes() == b"new"
    with pytest.raises(ExistsError):
        write_all({tmp_path / "a": b"newer"}, replace=False)
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("replace", [True, False])
def test_of_files_that_belong_together_all_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    calls: list[int] = []
    fsync = os.fsync

    def full(file: int) -> None:
        calls.append(file)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        fsync(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"/b: cannot be written: No space left on device"):
        write_all({tmp_path / "a": b"new", tmp_path / "b": b"new"}, replace=replace)
    assert names(tmp_path) == []


def test_a_link_to_nothing_yet_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_all({tmp_path / "link": b"new"}, replace=False)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_all({tmp_path / "pipe": b"rows"}, replace=False)
    assert os.read(reader, 100) == b"rows"
    os.close(reader)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert names(tmp_path) == ["pipe"]


def test_a_device_is_written_to_and_stays_one() -> None:
    write_bytes(Path("/dev/null"), b"rows")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
