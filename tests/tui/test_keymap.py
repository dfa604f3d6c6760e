"""The reader's own keys: what they may be, what is said where they cannot, and that the screen shows them."""

import string
from typing import get_args

import pytest
from screen import WIDE, browsing
from textual.keys import _character_to_key

from kpitui.config import DEFAULTS, Config
from kpitui.errors import KpituiError
from kpitui.report.model import Report
from kpitui.tui.commands import COMMANDS, Context, here
from kpitui.tui.keymap import dispatch, remapped
from kpitui.tui.keys import named, printed, refusal
from kpitui.views.store import Store


def with_keys(**keys: tuple[str, ...]) -> Config:
    return DEFAULTS._replace(keys=keys)


def keys_of(id_: str, **keys: tuple[str, ...]) -> tuple[str, ...]:
    return next(command.keys for command in remapped(keys) if command.id == id_)


def refused(**keys: tuple[str, ...]) -> str:
    with pytest.raises(KpituiError) as caught:
        remapped(keys, "my.toml")
    assert caught.value.exit_code == 1
    assert "my.toml" in caught.value.say("ja")
    return caught.value.say("en")


# Names


@pytest.mark.parametrize("character", [*string.punctuation, *"aZ0", "あ", "？", "ｑ"])
def test_a_character_is_named_as_textual_names_it(character: str) -> None:
    assert named(character) == _character_to_key(character)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("/", "slash"),
        ("slash", "slash"),
        ("?", "question_mark"),
        ("=", "equals_sign"),
        ("!", "exclamation_mark"),
        ("-", "minus"),
        ("Esc", "escape"),
        ("escape", "escape"),
        ("Enter", "enter"),
        ("Space", "space"),
        (" ", "space"),
        ("PgDn", "pagedown"),
        ("F5", "f5"),
        ("Ctrl-r", "ctrl+r"),
        ("Ctrl-R", "ctrl+r"),
        ("ctrl+r", "ctrl+r"),
        ("Shift-Tab", "shift+tab"),
        ("G", "G"),
        ("g", "g"),
    ],
)
def test_a_key_goes_by_its_printed_form_and_by_textuals(text: str, key: str) -> None:
    assert named(text) == key


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_the_printed_form_of_every_key_leads_back_to_it(command: object) -> None:
    for key in getattr(command, "keys", ()):
        assert named(printed(key)) == key


# What may be bound


@pytest.mark.parametrize("key", [key for command in COMMANDS for key in command.keys if key != "ctrl+q"])
def test_every_key_of_the_table_arrives_over_ssh(key: str) -> None:
    assert refusal(key) is None


@pytest.mark.parametrize("context", get_args(Context))
def test_no_key_of_the_table_has_two_commands_in_one_place(context: Context) -> None:
    assert [key for key, ids in dispatch(here(context)).items() if len(ids) > 1] == []


def test_without_settings_the_table_stays() -> None:
    assert remapped({}) == COMMANDS


def test_other_keys_take_the_place_of_a_commands_own() -> None:
    assert keys_of("search", search=("Ctrl-f", "slash")) == ("ctrl+f", "slash")
    assert keys_of("reload", reload=()) == ()
    assert keys_of("reload", reload=("F5", "f5")) == ("f5",)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("ctrl+h", "a terminal cannot tell it from Backspace"),
        ("Ctrl-i", "a terminal cannot tell it from Tab"),
        ("ctrl+m", "a terminal cannot tell it from Enter"),
        ("ctrl+shift+x", "it may never arrive over SSH"),
        ("ctrl+1", "it may never arrive over SSH"),
        ("ctrl+,", "it may never arrive over SSH"),
        ("super+x", "it may never arrive over SSH"),
        ("alt+x", "over SSH it arrives as Esc and a letter"),
        ("shift+g", "write the capital letter itself: G"),
        ("ctrl+c", "it is the key to interrupt"),
        ("ctrl+q", "it always leaves kpitui"),
        ("slsh", "there is no such key; the nearest known is 'slash'"),
        ("", "there is no such key"),
    ],
)
def test_a_key_that_does_not_arrive_is_refused_with_the_reason(key: str, reason: str) -> None:
    told = refused(sort=(key,))
    assert told.startswith("my.toml: [keys] sort (sort) cannot have the key ")
    assert reason in told


def test_an_unknown_command_is_named_with_the_nearest_known() -> None:
    assert refused(srot=("o",)) == "my.toml: [keys] no command 'srot'; nearest is 'sort'"


def test_a_key_bound_twice_is_reported_with_both_commands() -> None:
    assert refused(sort=("w",)) == "my.toml: [keys] the key w is bound twice: to sort (sort) and to save (save)"


def test_two_commands_may_change_keys() -> None:
    commands = {command.id: command.keys for command in remapped({"sort": ("w",), "save": ("s",)})}
    assert (commands["sort"], commands["save"]) == (("w",), ("s",))


@pytest.mark.parametrize("needed", ["quit", "help"])
def test_leaving_and_help_keep_a_key(needed: str) -> None:
    assert refused(**{needed: ()}) == f"my.toml: [keys] {needed} ({needed}) must keep at least one key"


# On the screen


async def test_the_new_key_works_and_the_old_one_does_not(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE, "en", config=with_keys(kpis=("F6",))) as desk:
        await desk.press("3")
        assert "[2 projects]" in desk.text
        await desk.press("f6")
        assert "82 of 82" in desk.text


async def test_footer_help_and_palette_show_the_new_key(report: Report, store: Store) -> None:
    config = with_keys(search=("Ctrl-f",), help=("F9", "?"))
    async with browsing(report, store, WIDE, "en", config=config) as desk:
        assert "Ctrl-f search" in desk.lines[-1]
        assert "F9 help" in desk.lines[-1]
        await desk.press("f9")
        assert desk.line("only rows that hold a text").split()[0] == "Ctrl-f"
        await desk.press("escape", "colon")
        await desk.type("rows that hold")
        assert "(Ctrl-f)" in desk.text


async def test_a_command_without_a_key_is_left_to_the_palette(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE, "en", config=with_keys(search=())) as desk:
        assert "search" not in desk.lines[-1]
        await desk.press("colon")
        await desk.type("rows that hold")
        await desk.press("enter")
        await desk.type("宿泊")
        assert "23 of 23" not in desk.text


async def test_a_dialog_keeps_keys_of_its_own(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE, "en", config=with_keys(kpis=("a",))) as desk:
        await desk.press("w")
        await desk.type("health")
        assert "health" in desk.text


async def test_tabs_and_hints_name_the_new_keys(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE, "en", config=with_keys(kpis=("F6",), undo=("U",), audit=())) as desk:
        assert " 2 projects" in desk.lines[1].replace("[", " ")
        assert "F6 KPIs" in desk.lines[1]
        assert "  audit" in desk.lines[1]
        await desk.press("equals_sign")
        assert "U brings it back" in desk.text


# The import screen


def test_a_key_bound_twice_on_the_import_screen_is_reported_with_both() -> None:
    assert refused(import_year=("w",)) == (
        "my.toml: [keys] the key w is bound twice: to year (import_year) and to map (import_save_map)"
    )
    assert refused(import_year=("u",)) == (
        "my.toml: [keys] the key u is bound twice: to year (import_year) and to undo (undo)"
    )


def test_an_unknown_command_of_the_import_screen_is_told_with_the_nearest() -> None:
    assert refused(import_yaer=("w",)) == "my.toml: [keys] no command 'import_yaer'; nearest is 'import_year'"


def test_a_key_that_works_in_the_browser_alone_is_free_on_the_import_screen() -> None:
    """`b` asks for a range, over the table of KPIs only."""
    assert remapped({"import_year": ("b",)})


async def test_a_key_for_two_commands_does_the_one_that_belongs_to_the_place(report: Report, store: Store) -> None:
    """The first belongs to the overview, the second to a table, which is what stands."""
    async with browsing(report, store, WIDE, "en", config=with_keys(rollup=("F6",), search=("F6",))) as desk:
        await desk.press("f6")
        await desk.type("宿泊")
        await desk.press("enter")
        assert "23 of 23" not in desk.text
