"""A program killed at any step of a write: the old file is whole or the new one is, and the next save works."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kpitui import changeover
from kpitui.cli import main
from kpitui.report import builtin
from kpitui.report.load import load
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
    calls = "open write fsync close rename replace link unlink mkdir rmdir chmod stat scandir listdir utime"
    for name in calls.split():
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
import shutil
from kpitui import changeover
from kpitui.cli import main
folder, before, found = Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
real = changeover.replace
def killed_at_each_step(_, change):
    global budget
    made = change()
    for step in range(budget):
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
        child = os.fork()
        if child == 0:
            budget = step
            arm()
            real(folder, lambda: made)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        shutil.copytree(folder, found / str(step))
        if os.WIFEXITED(status):
            os._exit(os.WEXITSTATUS(status))
    os._exit(9)
changeover.replace = killed_at_each_step
main(["import", *sys.argv[5:], "--to", str(folder)])
"""
YEARS = """事業番号,事業名,成果指標,単位,2020年度 目標値,2020年度 成果実績,2021年度 目標値,2021年度 成果実績
1,観光誘客,観光客数,人,10,9,20,21
2,移住相談,相談件数,件,30,31,40,-
"""
OURS = ("report.toml", "projects.csv", "kpis.csv")
AT_TIMES = ("years.csv", "map.toml", "datapackage.json", "source.txt", "source.csv")
STRANGERS = {"README.md": "of mine", "views/v.toml": "a view", ".git/HEAD": "ref"}
MOST_OF_AN_IMPORT = 400


def as_read(folder: Path) -> dict[str, bytes]:
    """The files of a report folder as the program reads them, without its description."""
    return changeover.read(folder, OURS, AT_TIMES)


def on_disk(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder but what strangers have put there."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if name not in STRANGERS}


def document(place: Path, kind: str) -> Path:
    """A grant publication, or a table of several years."""
    if kind == "publication":
        return builtin.folder() / "source.txt"
    (place / "years-2021.csv").write_text(YEARS, "utf-8")
    return place / "years-2021.csv"


@pytest.fixture(params=["publication", "years"])
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[Path], Path]:
    """A report folder; what was left of it by imports of another document killed at each step; that document."""
    kinds = ["publication", "years"] if request.param == "publication" else ["years", "publication"]
    older, newer = (document(tmp_path, kind) for kind in kinds)
    before, folder, left = (tmp_path / name for name in ("before", "folder", "left"))
    assert main(["import", str(older), "--to", str(before), "--datapackage"]) == 0
    for name, text in STRANGERS.items():
        (before / name).parent.mkdir(exist_ok=True)
        (before / name).write_text(text)
    shutil.copytree(before, folder)
    argv = [str(MOST_OF_AN_IMPORT), str(folder), str(before), str(left), str(newer)]
    done = subprocess.run([sys.executable, "-c", _KILLED + IMPORT, *argv], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return before, sorted(left.iterdir(), key=lambda path: int(path.name)), newer


def test_a_killed_import_leaves_the_old_report_or_the_new_one(
    killed: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    before, left, newer = killed
    fresh = tmp_path / "fresh"
    assert main(["import", str(newer), "--to", str(fresh), "--datapackage"]) == 0
    old, new = as_read(before), as_read(fresh)
    found = [as_read(each) for each in left]
    assert len(found) > 40  # so many steps were killed at
    assert old != new
    turn = found.index(new)
    assert 0 < turn < len(found) - 10  # killed before the change, and while files move
    assert found == [old] * turn + [new] * (len(found) - turn)
    assert on_disk(left[-1]) == on_disk(fresh)


def test_what_a_killed_import_left_is_opened_and_ended_by_the_next_import(
    killed: tuple[Path, list[Path], Path],
) -> None:
    _, left, newer = killed
    for each in left:
        assert load(each).kpis.height in (82, 2)
        assert {name: (each / name).read_text() for name in STRANGERS} == STRANGERS
    half_moved = [each for each in left if (each / changeover.PENDING).is_dir()]
    assert len(half_moved) > 5
    for each in (left[0], left[len(left) // 2], *half_moved[::6], half_moved[-1]):
        for abandoned in each.glob(".kpitui-*.new"):
            os.utime(abandoned, (0, 0))
        assert main(["import", str(newer), "--to", str(each)]) == 0
        assert on_disk(each) == on_disk(left[-1])


def test_the_source_lines_of_a_half_moved_report_are_its_own(killed: tuple[Path, list[Path], Path]) -> None:
    _, left, newer = killed
    for each in left:
        if (each / changeover.PENDING).is_dir():
            report = load(each)
            path = changeover.current(each, report.metadata.source_file)
            assert path.read_bytes() == newer.read_bytes()


def test_of_two_imports_at_once_one_wins_whole(tmp_path: Path) -> None:
    documents = [document(tmp_path, kind) for kind in ("publication", "years")]
    whole = []
    for number, each in enumerate(documents):
        assert main(["import", str(each), "--to", str(tmp_path / f"alone{number}")]) == 0
        whole.append(on_disk(tmp_path / f"alone{number}"))
    script = "import sys; from kpitui.cli import main; [main(['import', *sys.argv[1:]]) for _ in range(15)]"
    rivals = [
        subprocess.Popen([sys.executable, "-c", script, str(each), "--to", str(tmp_path / "folder")])
        for each in documents
    ]
    seen = []
    while any(each.poll() is None for each in rivals):
        if (tmp_path / "folder" / "kpis.csv").is_file():
            seen.append(as_read(tmp_path / "folder"))
    assert [each.returncode for each in rivals] == [0, 0]
    assert on_disk(tmp_path / "folder") in whole
    assert all(each in whole for each in seen)
    assert all(each in seen for each in whole)


def test_what_is_in_the_way_of_one_file_leaves_all_as_they_were(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    assert main(["import", str(document(tmp_path, "publication")), "--to", str(folder)]) == 0
    before = on_disk(folder)
    (folder / "map.toml").mkdir()
    assert main(["import", str(document(tmp_path, "years")), "--to", str(folder)]) == 3
    assert on_disk(folder) == before


def test_a_file_that_is_a_link_stays_one_and_modes_are_kept(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere.csv"
    folder.mkdir()
    elsewhere.write_text("old")
    (folder / "kpis.csv").symlink_to(elsewhere)
    (folder / "projects.csv").write_text("old")
    (folder / "projects.csv").chmod(0o640)
    assert main(["import", str(document(tmp_path, "publication")), "--to", str(folder)]) == 0
    assert (folder / "kpis.csv").is_symlink()
    assert elsewhere.read_bytes() == (builtin.folder() / "kpis.csv").read_bytes()
    assert stat.S_IMODE((folder / "projects.csv").stat().st_mode) == 0o640
    assert load(folder).kpis.height == 82


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
