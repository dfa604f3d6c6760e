"""What tells of the command line: completion, as bash itself gives it, and the manual, as man shows it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kpitui.cli import VERBS, main

BASH = shutil.which("bash")
GROFF = shutil.which("groff")
ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kpitui; printf '%s\\n' "${COMPREPLY[@]}"
"""
BUILTIN_VIEWS = {"underperforming", "worsened", "unmeasured", "disagrees", "depends", "continued-though-missed"}


def printed(words: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    assert main(words) == 0
    return capsysbinary.readouterr().out.decode()


@pytest.fixture
def completed(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> "Completed":
    path = tmp_path / "kpitui.bash"
    path.write_text(printed(["completion", "bash"], capsysbinary), "utf-8")
    return Completed(path)


class Completed:
    """What bash offers where the last word is being typed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, *words: str) -> list[str]:
        assert BASH is not None
        command = [BASH, "--norc", "-c", ASK, "bash", str(self._path), "kpitui", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8", env=os.environ)
        assert done.stderr == ""
        return done.stdout.split()


needs_bash = pytest.mark.skipif(BASH is None, reason="no bash here")


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ov"], ["overview"]),
        (["kpis", "--sta"], ["--status"]),
        (["kpis", "--status", "m"], ["missed", "met"]),
        (["kpis", "--status", "missed,w"], ["missed,worsened"]),
        (["kpis", "--status", "=", "wor"], ["worsened"]),
        (["kpis", "--sort", "-progr"], ["-progress"]),
        (["kpis", "--sort", "name,-progr"], ["name,-progress"]),
        (["projects", "--columns", "id,kpi_"], ["id,kpi_count"]),
        (["kpis", "--columns", "kpi_"], []),
        (["audit", "--fail-on", "dis"], ["disagrees"]),
        (["compare", "--fail-on", "rest"], ["restated"]),
        (["facets", "ratin"], ["rating", "rating_rank", "rating_text"]),
        (["--lang", "ja", "views", "ch"], ["check"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["show", "--format", ""], ["text", "json"]),
        (["kpis", "--search", "a"], []),
    ],
)
def test_bash_completes_words(completed: Completed, words: list[str], offered: list[str]) -> None:
    assert completed(*words) == offered


@needs_bash
def test_bash_completes_every_verb(completed: Completed) -> None:
    assert completed("") == list(VERBS)


@needs_bash
def test_bash_completes_saved_views_as_they_are_now(
    completed: Completed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "kpitui" / "views"
    folder.mkdir(parents=True)
    (folder / "shortfall.toml").write_text("", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert set(completed("--view", "")) == {"shortfall", *BUILTIN_VIEWS}
    assert completed("kpis", "--view", "sh") == ["shortfall"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_fish_is_given_each_option_with_its_words(lang: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    functions, _, rest = printed(["completion", "fish", "--lang", lang], capsysbinary).rpartition("\nend\n\n")
    assert all(each.startswith("function __kpitui_") for each in functions.partition("\n")[2].split("\nend\n\n"))
    lines = rest.splitlines()
    words = {"ja": "最大の行数", "en": "at most so many rows"}[lang]
    assert f"complete -c kpitui -n '__fish_seen_subcommand_from kpis' -l limit -r -d '{words}'" in lines
    assert all(line.startswith(("complete -c kpitui ", "#")) for line in lines)


def test_zsh_is_given_the_completion_of_bash(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    bash = printed(["completion", "bash"], capsysbinary)
    zsh = printed(["completion", "zsh"], capsysbinary)
    assert zsh.endswith(f"\nbashcompinit\n{bash}")


@pytest.mark.skipif(GROFF is None, reason="no groff here")
@pytest.mark.parametrize(
    ("lang", "name", "words"), [("ja", "名前", "最大の行数"), ("en", "NAME", "at most so many rows")]
)
def test_the_manual_reads_as_a_page(
    lang: str, name: str, words: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert GROFF is not None
    page = printed(["man", "--lang", lang], capsysbinary)
    command = [GROFF, "-K", "utf8", "-man", "-Tutf8", "-ww", "-P-cbou"]
    done = subprocess.run(command, input=page, capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines.count(name) == 1
    assert {f"kpitui {verb}" for verb in VERBS} <= set(lines)
    at = lines.index("kpitui kpis")
    assert words in done.stdout
    assert re.search(r"--limit LIMIT", "\n".join(lines[at:]))


def test_the_manual_is_in_ascii_mode_where_that_is_asked_for(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "×" in printed(["man", "--lang", "en"], capsysbinary)
    assert "×" not in printed(["man", "--lang", "en", "--ascii"], capsysbinary)
