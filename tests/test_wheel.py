"""The wheel carries all it needs: it is built from this checkout and used from elsewhere."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
REPORT = "kpitui/data/yamaguchi-r3"


def run(*words: str | Path, cwd: Path, **environment: str) -> str:
    """Run Python with these arguments and return what it prints."""
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, CHECKOUT, cwd=folder)
    (built,) = folder.glob("kpitui-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    run("-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wheel, cwd=folder)
    return folder


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_built_in_report_is_in_the_wheel(wheel: Path) -> None:
    files = {f"{REPORT}/{name}" for name in ("report.toml", "projects.csv", "kpis.csv", "source.txt")}
    assert files <= names(wheel)


def test_every_style_sheet_is_in_the_wheel(wheel: Path) -> None:
    sheets = {str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "kpitui").rglob("*.tcss")}
    assert sheets
    assert sheets <= names(wheel)


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    assert "kpitui/py.typed" in names(wheel)


def test_nothing_but_the_package_is_in_the_wheel(wheel: Path) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names(wheel)} == {"kpitui"}


def test_an_installed_kpitui_finds_its_own_report(installed: Path, tmp_path: Path) -> None:
    script = "from kpitui.report.builtin import folder; print(folder())"
    folder = Path(run("-c", script, cwd=tmp_path, PYTHONPATH=str(installed)))
    assert folder == installed.resolve() / REPORT
    assert (folder / "kpis.csv").is_file()
