"""The README says what the program does: its keys, its verbs and options, and what its commands print."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from kpitui.cli import VERBS, main
from kpitui.tui.commands import COMMANDS, Command
from kpitui.tui.keys import printed

CHECKOUT = Path(__file__).resolve().parents[1]
README = (CHECKOUT / "README.md").read_text("utf-8")
RUN = "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/kpitui"
TEST = "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[test]' && .venv/bin/pytest"
BROWSER = ""
OF_EVERY_VERB = {"--help", "--lang", "--ascii", "--ambiguous-width"}
HELP_LINE = re.compile(r"^  (?:-\w, )?(--[a-z-]+)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*")
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme", CHECKOUT / ".ci" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def generated(name: str, text: str = README) -> str:
    """What stands between the comments of that name."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    return text[text.index(start) + len(start) : text.index(end)].strip() + "\n"


def fences(text: str = README) -> list[str]:
    return [content for _, content in FENCE.findall(text)]


def prose() -> str:
    return FENCE.sub("", README)


def commands() -> list[str]:
    """Every command of kpitui that the README writes out, in a fence or within a sentence."""
    written = [line.removeprefix("$ ") for content in fences() for line in content.splitlines()]
    return [command for command in [*written, *SPAN.findall(prose())] if re.match(r"kpitui( |$)", command)]


def verb_of(command: str) -> str:
    words = command.split()
    return words[1] if len(words) > 1 and words[1] in VERBS else BROWSER


def options_of(verb: str, capsys: pytest.CaptureFixture[str]) -> set[str]:
    with pytest.raises(SystemExit):
        main([verb, "--help"] if verb else ["--help"])
    return set(HELP_LINE.findall(capsys.readouterr().out))


def rows_of_options() -> list[tuple[set[str], set[str]]]:
    """The verbs and the options of each row in the table of commands."""
    rows = [line.split(" | ") for line in README.splitlines() if line.startswith("| `kpitui ")]
    return [({verb_of(each) for each in SPAN.findall(row[0])}, set(OPTION.findall(row[-1]))) for row in rows]


def test_the_command_that_runs_it_is_the_first_fence() -> None:
    assert fences()[0] == f"{RUN}\n"


def test_the_test_command_follows_its_comment() -> None:
    after = README.split("<!-- test command -->\n")[1]
    assert after.startswith("```")
    assert fences(after)[0] == f"{TEST}\n"


def test_the_table_of_keys_is_that_of_the_program() -> None:
    expected = script().keys()
    if generated("keys") != expected:
        pytest.fail(f"README.md needs this table of keys; .ci/readme.py writes it:\n\n{expected}", pytrace=False)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_key_is_listed_with_what_it_does(command: Command) -> None:
    rows = [line for line in generated("keys").splitlines() if f" {command.help.en} " in line]
    assert any(all(f"`{printed(key)}`" in row for key in command.keys) for row in rows)


def test_commands_print_what_the_readme_shows() -> None:
    expected = script().filled(README)
    wrong = [line for line in expected.splitlines() if line not in README.splitlines()]
    assert expected == README, f"run .ci/readme.py; it would write {wrong}"


def test_the_saved_view_is_one_that_can_be_opened(tmp_path: Path) -> None:
    (content,) = fences(generated("saved view"))
    path = tmp_path / "shortfall.toml"
    path.write_text(content, "utf-8")
    assert main(["kpis", "--view", str(path), "--limit", "0"]) == 0


def test_every_verb_is_named() -> None:
    assert set(map(verb_of, commands())) == {BROWSER, *VERBS}


@pytest.mark.parametrize("command", commands())
def test_a_command_uses_only_options_that_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    used = {word.partition("=")[0] for word in shlex.split(command) if word.startswith("--")}
    assert used <= options_of(verb_of(command), capsys)


def test_a_verb_that_is_named_exists() -> None:
    words = [command.split()[1] for command in commands() if len(command.split()) > 1]
    plain = {word for word in words if re.fullmatch("[a-z]+", word)}
    assert plain <= set(VERBS)


def test_every_option_named_in_a_sentence_exists(capsys: pytest.CaptureFixture[str]) -> None:
    known = set[str]().union(*(options_of(verb, capsys) for verb in (BROWSER, *VERBS)))
    named = {option for span in SPAN.findall(prose()) if not span.startswith("pip") for option in OPTION.findall(span)}
    assert named <= known


def test_the_table_of_commands_gives_each_verb_its_own_options(capsys: pytest.CaptureFixture[str]) -> None:
    listed = {verb: options for verbs, options in rows_of_options() for verb in verbs}
    listed["audit"] |= listed["projects"]  # the README says so in words
    actual = {verb: options_of(verb, capsys) - OF_EVERY_VERB for verb in (BROWSER, *VERBS)}
    actual[BROWSER] -= {"--version"}
    assert listed == actual


def test_every_picture_and_file_it_links_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", README)
    assert any(target.startswith("screenshots/") for target in targets)
    assert [target for target in targets if not (CHECKOUT / target).exists()] == []
