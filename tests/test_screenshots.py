"""The pictures in screenshots/ are those that `.ci/screenshots.py` draws, and show Japanese in its cells."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

CHECKOUT = Path(__file__).resolve().parents[1]
SCRIPT = CHECKOUT / ".ci" / "screenshots.py"
FOLDER = CHECKOUT / "screenshots"
FILES = sorted(FOLDER.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
CELL = 12.2  # pixels, in Rich's pictures
LINE = 24.4
EXPECTED = {
    "overview",
    "projects",
    "project-kpis",
    "kpi",
    "source",
    "explain",
    "audit",
    "audit-working",
    "facets",
    "save",
    "english",
}


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("screenshots", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures as they are today."""
    folder = tmp_path_factory.mktemp("screenshots")
    (folder / "stale.svg").write_text("<svg/>")
    subprocess.run([sys.executable, SCRIPT, folder], check=True)
    return folder


def texts(path: Path) -> list[ElementTree.Element]:
    """The texts of the terminal, not its title."""
    matrix = ElementTree.parse(path).getroot().findall(f".//{SVG}g[@class='kpitui-matrix']/{SVG}text")
    assert matrix
    return matrix


def starts(text: ElementTree.Element) -> list[float]:
    return [float(x) for x in text.get("x", "").split()]


def ends(text: ElementTree.Element) -> float:
    """Where a text ends: by its length, or one cell after the middle of its last wide character."""
    length = text.get("textLength")
    return starts(text)[-1] + (CELL if length is None else float(length))


def test_what_the_readme_and_a_reader_need_is_drawn() -> None:
    names = [picture.name for picture in script().PICTURES]
    assert set(names) >= EXPECTED
    assert len(names) == len(set(names))


def test_the_folder_holds_what_is_drawn_and_nothing_else() -> None:
    assert {path.stem for path in FILES} == {picture.name for picture in script().PICTURES}
    assert sorted(FOLDER.iterdir()) == FILES


def test_every_picture_is_what_the_program_shows_today(drawn: Path) -> None:
    assert sorted(path.name for path in drawn.iterdir()) == [path.name for path in FILES]
    changed = [path.name for path in FILES if path.read_bytes() != (drawn / path.name).read_bytes()]
    assert not changed, f"run .venv/bin/python .ci/screenshots.py: {changed} changed"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_picture_fetches_nothing(path: Path) -> None:
    svg = path.read_text("utf-8")
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "@import" not in svg
    assert "@font-face" not in svg


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_as_long_as_its_cells(path: Path) -> None:
    for text in texts(path):
        told, length = text.text or "", text.get("textLength")
        if length is None:
            assert len(starts(text)) == cell_len(told) / 2, told
        else:
            assert float(length) == pytest.approx(cell_len(told) * CELL), told


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_runs_into_the_next(path: Path) -> None:
    reached: dict[str, float] = {}
    for text in texts(path):
        line = text.get("y", "")
        first = starts(text)[0] - (0 if text.get("textLength") else CELL)
        assert first >= reached.get(line, 0) - 0.1, text.text
        reached[line] = ends(text)


@pytest.mark.parametrize("picture", script().PICTURES, ids=lambda picture: picture.name)
def test_a_picture_has_the_size_of_its_terminal(picture: tuple[str, tuple[int, int]]) -> None:
    name, (columns, rows) = picture[:2]
    found = texts(FOLDER / f"{name}.svg")
    assert max(map(ends, found)) <= columns * CELL + 0.1
    assert len({text.get("y") for text in found}) <= rows
    box = ElementTree.parse(FOLDER / f"{name}.svg").getroot().get("viewBox", "").split()
    assert float(box[2]) == pytest.approx(columns * CELL + 18, abs=1)
    assert float(box[3]) == pytest.approx(rows * LINE + 50, abs=1)


def test_every_reference_inside_a_picture_leads_somewhere() -> None:
    for path in FILES:
        svg = path.read_text("utf-8")
        ids = {element.get("id") for element in ElementTree.fromstring(svg).iter() if element.get("id")}
        assert {part.split(")")[0] for part in svg.split("url(#")[1:]} <= ids
