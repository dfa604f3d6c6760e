"""Settings: where each may come from, which place wins, and what is said of a file that cannot be right."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from kpitui.cli import main
from kpitui.config import DEFAULTS, load
from kpitui.errors import InputError, KpituiError
from kpitui.options import OPTIONS, Option


@pytest.fixture
def file(own_surroundings: Path) -> Path:
    """The reader's config.toml, not there yet."""
    path = own_surroundings / "config" / "kpitui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def said(text: str, file: Path) -> str:
    """What an error says of a file with this text, in English; its own path reads FILE."""
    file.write_text(text, "utf-8")
    with pytest.raises(KpituiError) as caught:
        load()
    assert caught.value.exit_code == 1
    assert str(file) in caught.value.say("ja")
    return caught.value.say("en").replace(str(file), "FILE")


def ran(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = main(words)
    except SystemExit as end:
        code = int(end.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# Where a value comes from


def test_without_any_setting_the_defaults_hold() -> None:
    found = load()
    assert [getattr(found, each.key) for each in OPTIONS] == ["auto", "terminal", True, False, "1", "auto", ()]
    assert {found.origin(each.key).en for each in OPTIONS} == {"default"}


def test_the_file_is_in_the_readers_config_folder(file: Path) -> None:
    file.write_text('theme = "light"\nmouse = false\n', "utf-8")
    found = load()
    assert (found.theme, found.mouse, found.ascii) == ("light", False, False)
    assert found.path == file
    assert [found.origin(key).en for key in ("theme", "mouse", "ascii")] == [str(file), str(file), "default"]


def test_a_variable_goes_before_the_file_and_the_command_line_before_both(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('theme = "light"\nclipboard = "file"\nascii = true\n', "utf-8")
    monkeypatch.setenv("KPITUI_THEME", "dark")
    monkeypatch.setenv("KPITUI_CLIPBOARD", "osc52")
    found = load({"theme": "contrast", "lang": None})
    assert (found.theme, found.clipboard, found.ascii, found.lang) == ("contrast", "osc52", True, "auto")
    assert found.origin("theme") == ("コマンドライン", "command line")
    assert found.origin("clipboard").ja == "KPITUI_CLIPBOARD"


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.toml"
    other.write_text('lang = "ja"\n', "utf-8")
    monkeypatch.setenv("KPITUI_CONFIG", str(other))
    assert load().language == "ja"
    assert load().path == other


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("MOUSE", "no", False),
        ("MOUSE", "TRUE", True),
        ("ASCII", "1", True),
        ("ASCII", "off", False),
        ("AMBIGUOUS_WIDTH", "2", "2"),
        ("VIEWS", f"/a{os.pathsep}/b", (Path("/a"), Path("/b"))),
        ("LANG", "ja", "ja"),
    ],
)
def test_a_variable_is_read_as_its_option_needs(
    key: str, text: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"KPITUI_{key}", text)
    assert getattr(load(), key.lower()) == value
    assert load().origin(key.lower()).en == f"KPITUI_{key}"


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_an_empty_variable_says_nothing(option: Option, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(option.variable, "")
    assert load().origin(option.key).en == "default"


def test_folders_of_views_lie_from_the_file_that_names_them(file: Path) -> None:
    file.write_text('views = ["shared", "/srv/views", "~/mine"]\n', "utf-8")
    assert load().views == (file.parent / "shared", Path("/srv/views"), Path.home() / "mine")


def test_a_whole_number_may_stand_for_the_ambiguous_width(file: Path) -> None:
    file.write_text("ambiguous_width = 2\n", "utf-8")
    assert load().ambiguous_width == "2"


def test_a_command_has_one_key_or_several(file: Path) -> None:
    file.write_text('[keys]\nsort = "o"\nquit = ["Q", "F10"]\nreload = []\n', "utf-8")
    assert load().keys == {"sort": ("o",), "quit": ("Q", "F10"), "reload": ()}


def test_auto_follows_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert load().language == "ja"
    assert load({"lang": "en"}).language == "en"


def test_a_wish_for_no_colour_goes_before_every_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    found = load({"theme": "dark"})
    assert (found.theme, found.origin("theme").en) == ("terminal", "NO_COLOR")
    monkeypatch.setenv("NO_COLOR", "")
    assert load({"theme": "dark"}).theme == "dark"


# A file that cannot be right


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('thme = "dark"', "FILE: key 'thme' is unknown; the nearest known is 'theme'"),
        ('theme = "drak"', "FILE: key 'theme' is 'drak', which is unknown; the nearest known is 'dark'"),
        ('lang = "jp"', "FILE: key 'lang' is 'jp', which is unknown; the nearest known is 'ja'"),
        ('mouse = "yes"', "FILE: key 'mouse' is 'yes': it should be true or false"),
        ("views = [1]", "FILE: key 'views' should be a list of folders"),
        ("keys = 3", "FILE: key 'keys' should be a table, [keys]"),
        ("[keys]\nsort = 3", "FILE: key 'keys.sort' should be a key or a list of keys"),
        ('lang = "ja"\ntheme = = "dark"', "FILE:2:9: not TOML: Invalid value"),
        ('lang = "ja"\ntheme', "FILE:2:6: not TOML: Expected '=' after a key in a key/value pair"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_the_nearest_known(text: str, sentence: str, file: Path) -> None:
    assert said(text, file) == sentence


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPITUI_THEME", "drak")
    with pytest.raises(KpituiError, match="KPITUI_THEME is 'drak', which is unknown; the nearest known is 'dark'"):
        load()


def test_a_file_that_is_no_text_is_named(file: Path) -> None:
    file.write_bytes('lang = "ja"\n# 設定'.encode("cp932"))
    with pytest.raises(KpituiError, match=r":2:3: not UTF-8"):
        load()


def test_a_file_that_cannot_be_read_is_missing_input(file: Path) -> None:
    file.mkdir()
    with pytest.raises(InputError):
        load()


# On the command line


def test_help_and_version_do_not_mind_a_broken_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("lang = = 2", "utf-8")
    for words in (["--help"], ["--version"], ["kpis", "--help"], ["config", "--help"]):
        assert ran(words, capsys)[0] == 0


@pytest.mark.parametrize("words", [["kpis"], ["overview"], ["config"], ["config", "path"], ["views"]])
def test_a_broken_file_is_an_error_for_whatever_runs(
    words: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("lang = = 2", "utf-8")
    code, out, err = ran(words, capsys)
    assert (code, out) == (1, "")
    assert f"{file}:1:8" in err


def test_the_file_settles_the_language_of_answers_errors_and_help(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('lang = "ja"\n', "utf-8")
    assert "使い方" in ran(["--help"], capsys)[1]
    assert "識別名" in ran(["show", "nothing"], capsys)[2]
    assert "達成" in ran(["kpis", "--limit", "3", "--status", "met"], capsys)[1]
    assert "met" in ran(["kpis", "--limit", "3", "--status", "met", "--lang", "en"], capsys)[1]


def test_show_gives_every_option_with_its_value_and_origin(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text('theme = "light"\nviews = ["/srv/views"]\n[keys]\nsort = "O"\n', "utf-8")
    monkeypatch.setenv("KPITUI_MOUSE", "0")
    code, out, _ = ran(["config", "show", "--ascii"], capsys)
    rows = [line.split() for line in out.splitlines()]
    assert code == 0
    assert rows == [
        ["option", "value", "from"],
        ["lang", "auto", "default"],
        ["theme", "light", str(file)],
        ["mouse", "false", "KPITUI_MOUSE"],
        ["ascii", "true", "command", "line"],
        ["ambiguous_width", "1", "default"],
        ["clipboard", "auto", "default"],
        ["views", "/srv/views", str(file)],
        ["keys.sort", "O", str(file)],
    ]


def test_show_speaks_japanese(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ran(["config", "--lang", "ja"], capsys)
    assert out.splitlines()[0].split() == ["設定", "値", "由来"]
    assert out.splitlines()[1].split() == ["lang", "ja", "コマンドライン"]


def test_show_as_json_keeps_kinds(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('mouse = false\nviews = ["/srv/views"]\n', "utf-8")
    found = {each["option"]: each for each in json.loads(ran(["config", "show", "--format", "json"], capsys)[1])}
    assert list(found) == [option.key for option in OPTIONS]
    assert found["mouse"] == {"option": "mouse", "value": False, "origin": str(file)}
    assert found["views"]["value"] == ["/srv/views"]


def test_show_finds_keys_that_cannot_be(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('[keys]\nsrot = "o"\n', "utf-8")
    code, _, err = ran(["config"], capsys)
    assert code == 1
    assert f"{file}: [keys] no command 'srot'; nearest is 'sort'" in err


def test_path_tells_where_the_file_would_be(own_surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = ran(["config", "path"], capsys)
    assert (code, out) == (0, f"{own_surroundings / 'config' / 'kpitui' / 'config.toml'}\n")


def test_nothing_is_written_beside_the_file(own_surroundings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran(["config"], capsys)
    ran(["kpis", "--limit", "1"], capsys)
    assert list(own_surroundings.rglob("*")) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_option_is_explained(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = ran(["config", "--help", "--lang", lang], capsys)[1]
    for option in OPTIONS:
        assert any(option.key in line and option.help[lang == "en"] in line for line in out.splitlines())


def test_folders_from_the_file_hold_the_views(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.toml").write_text("", "utf-8")
    file.write_text(f'views = ["{tmp_path}"]\n', "utf-8")
    assert "mine" in ran(["views"], capsys)[1].splitlines()


@pytest.mark.parametrize(
    "words", [["kpis"], ["projects"], ["overview"], ["audit"], ["show", "promotion-6"], ["facets", "unit"], ["checks"]]
)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_ascii_mode_leaves_nothing_of_ambiguous_width(
    words: list[str], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ran([*words, "--ascii", "--lang", lang], capsys)[1]
    assert out
    assert {char for char in out if unicodedata.east_asian_width(char) == "A"} == set()


def test_ascii_mode_leaves_data_alone(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("csv", "json", "md"):
        plain = ran(["kpis", "--format", form], capsys)[1]
        assert ran(["kpis", "--format", form, "--ascii"], capsys)[1] == plain


def test_ascii_may_stand_before_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(["--ascii", "config"], capsys)[1] == ran(["config", "--ascii"], capsys)[1]


def test_an_unknown_theme_is_a_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(["--theme", "drak"], capsys)[0] == 2


def test_settings_are_read_without_textual_and_polars() -> None:
    script = "import sys, kpitui.config as c; c.load(); print(sorted({'textual', 'polars', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_default_is_one_of_its_choices() -> None:
    for option in OPTIONS:
        assert option.help.ja
        assert option.help.en
        assert not option.choices or getattr(DEFAULTS, option.key) in option.choices
