"""A program killed at any step of a write: the old file is whole or the new one is, and the next save works."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kpitui.report import builtin
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import NameTakenError, Store

_KILLED = """
import os, io, signal, sys
from pathlib import Path
budget = int(sys.argv[1])

def counted(module, name):
    real = getattr(module, name)
    def call(*args, **kwargs):
        global budget
        budget -= 1
        if budget < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    setattr(module, name, call)

def arm():
    for name in ("open", "write", "fsync", "close", "rename", "replace", "link", "unlink", "mkdir", "chmod", "stat"):
        counted(os, name)
    real = io.open
    class Half:
        "A file that is killed in the middle of what it writes, too."
        def __init__(self, file):
            self.file = file
        def __getattr__(self, name):
            return getattr(self.file, name)
        def __enter__(self):
            return self
        def __exit__(self, *_):
            self.file.close()
        def write(self, data):
            global budget
            self.file.write(data[: len(data) // 2])
            self.file.flush()
            budget -= 1
            if budget < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return self.file.write(data[len(data) // 2 :])
    def opened(path, mode="r", *rest, **more):
        file = real(path, mode, *rest, **more)
        return Half(file) if set(mode) & set("wxa") else file
    io.open = opened
"""
SAVE = """
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store
store = Store((Path(sys.argv[2]),))
view = SavedView("v", ViewSpec("kpis"), note="new " * 2000)
arm()
store.save(view, replace=sys.argv[3] == "replace")
"""
EXPORT = """
from kpitui.cli import main
from kpitui import atomic, verbs
import kpitui.output.provenance
words = ["kpis", "--output", sys.argv[2] + "/out.csv", "--limit", "5"]
real = atomic.write_all
def armed(*args, **kwargs):
    arm()
    return real(*args, **kwargs)
atomic.write_all = armed
sys.exit(main(words + (["--force"] if sys.argv[3] == "replace" else [])))
"""
MOST = 60
"""Steps after which a write has surely come to its end."""


def run(script: str, budget: int, folder: Path, how: str) -> int:
    """Run a script that is killed at its step of that number (0 = first); its exit code, negative for a signal."""
    argv = [sys.executable, "-c", _KILLED + script, str(budget), str(folder), how]
    return subprocess.run(argv, capture_output=True, check=False).returncode


def killed_at_each_step(script: str, folder: Path, how: str, before: dict[str, bytes]) -> list[dict[str, bytes]]:
    """What lies in the folder after each kill, every time begun anew; the last is that of the run to the end."""
    found: list[dict[str, bytes]] = []
    for budget in range(MOST):
        for path in folder.iterdir():
            path.unlink()
        for name, data in before.items():
            (folder / name).write_bytes(data)
        code = run(script, budget, folder, how)
        found.append({path.name: path.read_bytes() for path in folder.iterdir()})
        if code != -signal.SIGKILL:
            assert code == 0
            return found
    raise AssertionError("the write never came to its end")


def visible(content: dict[str, bytes]) -> dict[str, bytes]:
    """What a listing of files shows: not what is under a temporary name."""
    return {name: data for name, data in content.items() if not name.startswith(".")}


@pytest.mark.parametrize("how", ["replace", "new"])
def test_a_killed_save_leaves_the_old_view_or_the_new_one(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "views"
    folder.mkdir()
    before = {"v.toml": b'schema = 1\nname = "v"\n'} if how == "replace" else {}
    found = killed_at_each_step(SAVE, folder, how, before)
    new = visible(found[-1])
    assert len(found) > 5  # so many steps were killed at
    assert b"new new" in new["v.toml"]
    assert all(visible(each) in (before, new) for each in found)
    assert before in map(visible, found)


def test_after_a_kill_views_are_listed_and_the_next_save_works_and_clears_up(tmp_path: Path) -> None:
    folder = tmp_path / "views"
    folder.mkdir()
    budget = 0
    while not list(folder.glob(".kpitui-*")):
        assert run(SAVE, budget, folder, "new") == -signal.SIGKILL
        budget += 1
    store = Store((folder,))
    assert "v" not in store.names()
    (left,) = folder.glob(".kpitui-*")
    store.save(SavedView("a", ViewSpec("kpis")))
    assert left.exists()  # whose writer may still be at it
    os.utime(left, (0, 0))
    store.save(SavedView("v", ViewSpec("kpis")))
    assert sorted(path.name for path in folder.iterdir()) == ["a.toml", "v.toml"]


@pytest.mark.parametrize("how", ["replace", "new"])
def test_a_killed_export_leaves_each_file_old_or_new(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    before = {"out.csv": b"old", "out.csv.meta.toml": b"old"} if how == "replace" else {}
    found = killed_at_each_step(EXPORT, folder, how, before)
    new = visible(found[-1])
    assert set(new) == {"out.csv", "out.csv.meta.toml"}
    assert all(data in (before.get(name), new[name]) for each in found for name, data in visible(each).items())
    assert {len(visible(each)) for each in found} <= {len(before), 1, 2}


IMPORT = """
from kpitui import atomic
from kpitui.report import folder as report_folder
from kpitui.sources import importer
real = atomic.write_all
def armed(*args, **kwargs):
    arm()
    return real(*args, **kwargs)
report_folder.write_all = armed
from kpitui.cli import main
sys.exit(main(["import", sys.argv[4], "--to", sys.argv[2]]))
"""


def test_a_killed_import_leaves_each_file_whole(tmp_path: Path) -> None:
    source = builtin.folder() / "source.txt"
    script = IMPORT.replace("sys.argv[4]", repr(str(source)))
    whole = {name: (builtin.folder() / name).read_bytes() for name in ("projects.csv", "kpis.csv")}
    folder = tmp_path / "r"
    folder.mkdir()
    for budget in (0, 2, 5, 8, 12, 16, 20, 24):
        run(script, budget, folder, "new")
        assert {path.name: path.read_bytes() for path in folder.glob("*.csv")}.items() <= whole.items()


_RIVAL = """
import sys
from pathlib import Path
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import NameTakenError, Store
store = Store((Path(sys.argv[1]),))
for line in sys.stdin:
    name, note, how = line.split()
    try:
        store.save(SavedView(name, ViewSpec("kpis"), note=note * 500), replace=how == "replace")
        print("saved", flush=True)
    except NameTakenError:
        print("taken", flush=True)
"""


def race(folder: Path, rounds: int, how: str) -> list[list[str]]:
    """Let two programs save under one name at once, over and over; what each was told."""
    argv = [sys.executable, "-c", _RIVAL, str(folder)]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True, bufsize=1) as one,
        subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True, bufsize=1) as other,
    ):
        told = [_round((one, other), number, how) for number in range(rounds)]
        for each in (one, other):
            assert each.stdin
            each.stdin.close()
    return told


def _round(rivals: tuple[subprocess.Popen[str], ...], number: int, how: str) -> list[str]:
    for note, each in zip("AB", rivals, strict=True):
        assert each.stdin
        each.stdin.write(f"v{number} {note} {how}\n")
        each.stdin.flush()
    return [each.stdout.readline().strip() for each in rivals if each.stdout]


def notes(folder: Path) -> list[str]:
    """The first and last letter of each view's note, with how many letters it has."""
    texts = [path.read_text().split('note = "')[1].split('"')[0] for path in sorted(folder.glob("*.toml"))]
    return [f"{set(text).pop()}{len(text)}" if len(set(text)) == 1 else "torn" for text in texts]


def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    told = race(tmp_path, 300, "new")
    assert {tuple(sorted(each)) for each in told} == {("saved", "taken")}
    winners = {f"v{number}.toml": "AB"[each.index("saved")] for number, each in enumerate(told)}
    assert notes(tmp_path) == [f"{winners[name]}500" for name in sorted(winners)]
    assert not list(tmp_path.glob(".kpitui-*"))


def test_of_two_who_replace_at_once_one_remains_whole(tmp_path: Path) -> None:
    told = race(tmp_path, 150, "replace")
    assert {tuple(each) for each in told} == {("saved", "saved")}
    assert set(notes(tmp_path)) <= {"A500", "B500"}
    assert len(notes(tmp_path)) == 150
    assert not list(tmp_path.glob(".kpitui-*"))


def test_who_saves_the_same_thing_is_not_bothered(tmp_path: Path) -> None:
    store = Store((tmp_path,))
    view = SavedView("v", ViewSpec("kpis"))
    assert store.save(view) == store.save(view) == tmp_path / "v.toml"
    with pytest.raises(NameTakenError):
        store.save(SavedView("v", ViewSpec("projects")))
