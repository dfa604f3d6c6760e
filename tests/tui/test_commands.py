from collections import Counter
from importlib import import_module
from typing import get_args

import pytest
from screen import WIDE, browsing, has_ended

from kpitui.report.model import Report
from kpitui.text.wording import LANGS, Lang
from kpitui.tui.actions import ACTIONS, ROOMS
from kpitui.tui.commands import COMMANDS, Command, Context, here
from kpitui.tui.keys import printed
from kpitui.tui.palette import Commands
from kpitui.views.store import Store

CONTEXTS: tuple[Context, ...] = get_args(Context)
# TRAPS 10: keys that are another key, or none at all, over SSH; keys that the terminal or tmux keeps for itself.
NEVER_ARRIVE = {"ctrl+h", "ctrl+m", "ctrl+i", "ctrl+j", "ctrl+comma", "ctrl+s", "ctrl+b"}
ARRIVE = {f"f{number}" for number in range(1, 11)} | {
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "space"),
    *("backspace", "delete", "shift+tab"),
}


def _japanese(text: str) -> bool:
    return any("ぁ" <= char <= "ヿ" or "一" <= char <= "鿿" for char in text)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_has_all_it_needs(command: Command) -> None:
    assert command.id.isidentifier()
    assert command.keys
    assert command.where
    for words in (command.label, command.help):
        assert words.ja.strip()
        assert words.en.strip()
        assert not _japanese(words.en)
    assert _japanese(command.help.ja)
    assert command.id in ACTIONS


def test_ids_are_distinct_and_every_action_has_a_command() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert set(ACTIONS) == {command.id for command in COMMANDS}


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_key_is_bound_twice_where_the_reader_is(context: Context) -> None:
    keys = Counter(key for command in here(context) for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("context", CONTEXTS)
def test_footer_labels_are_distinct_where_the_reader_is(context: Context) -> None:
    for lang in LANGS:
        labels = [command.label.say(lang) for command in here(context) if command.footer]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_keys_arrive_over_ssh_and_in_tmux(command: Command) -> None:
    for key in command.keys:
        assert key not in NEVER_ARRIVE
        assert "shift+" not in key or key == "shift+tab"
        assert "alt+" not in key
        assert "," not in key
        if key.startswith("ctrl+"):
            assert len(key) == len("ctrl+x")
            assert key[-1].isalpha()
        elif len(key) > 1 and key not in ARRIVE:
            assert len(printed(key)) == 1
            assert printed(key).isprintable()


WAYS: dict[Context, tuple[str, ...]] = {
    "table": (),
    "facets": ("f",),
    "overview": ("1",),
    "record": ("enter", "enter"),
    "source": ("enter", "enter", "enter"),
}


@pytest.mark.parametrize("context", CONTEXTS)
async def test_every_key_does_what_the_table_of_commands_says(report: Report, store: Store, context: Context) -> None:
    async with browsing(report, store) as desk:
        await desk.press(*WAYS[context])
        actions = {key: active.binding.action for key, active in desk.app.screen.active_bindings.items()}
        for command in here(context):
            for key in command.keys:
                # Textual keeps Ctrl-q for itself, for the same purpose.
                assert f"'{command.id}'" in actions[key] or (key, command.id) == ("ctrl+q", "quit")
        assert set(actions) - {key for command in COMMANDS for key in command.keys} <= {"ctrl+c"}


@pytest.mark.parametrize("context", CONTEXTS)
@pytest.mark.parametrize("lang", LANGS)
async def test_the_palette_offers_what_works_here(report: Report, store: Store, context: Context, lang: Lang) -> None:
    async with browsing(report, store, WIDE, lang) as desk:
        await desk.press(*WAYS[context])
        offered = [str(hit.text) async for hit in Commands(desk.app.screen).discover()]
        expected = [command for command in COMMANDS if context in command.where]
        assert len(offered) == len(expected)
        for command in expected:
            found = [text for text in offered if command.help.say(lang) in text]
            assert any(all(printed(key) in text for key in command.keys) for text in found), command.id


@pytest.mark.parametrize("key", [":", "ctrl+p"])
async def test_the_palette_runs_what_was_found(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press(key)
        assert "命令を探す" in desk.text
        await desk.type("KPIの表")
        assert "KPIの表を開く" in desk.text
        await desk.press("enter")
        assert "[3 KPI]" in desk.text
        assert "82 / 82件" in desk.text


async def test_escape_leaves_the_palette(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        before = desk.lines
        await desk.press(":", "escape")
        assert desk.lines == before


async def test_a_key_that_does_nothing_here_says_so(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("1", "s")
        assert "s はここでは使えません" in desk.text
        assert "[1 概要]" in desk.text


# Every command, pressed wherever it does something

_BACK = ("escape", "escape", "2", *["escape"] * 4, "0", "g")
"""From anywhere to the first project, past a dialog and whatever the reader went into."""
_PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    "facets": (("f", "home"), "[ ] 2 相当程度"),
    "no row at all": (("3", "0", "/", "z", "z", "enter"), "0 / 82件"),
    "the last row": (("3", "0", "G"), "拠1.3"),
    "the overview": (("1",), "[1 概要]"),
    "a record": (("enter", "enter"), "目指す向き 増加"),
    "the source": (("enter", "enter", "enter"), ">  49"),
}
"""The keys that lead there from the first project, and what is then on the screen."""


@pytest.mark.parametrize("place", _PLACES)
async def test_no_command_ends_the_browser_but_quit(report: Report, store: Store, place: str) -> None:
    way, words = _PLACES[place]
    async with browsing(report, store) as desk:
        for command in COMMANDS:
            if command.id == "quit":
                continue
            if words not in desk.text:
                await desk.press(*_BACK, *way)
                assert words in desk.text, command.id
            await desk.press(command.keys[0])
            assert not has_ended(desk.app), command.id


def test_every_command_has_its_action_in_the_room_it_is_said_to_be_in() -> None:
    for room, ids in ROOMS.items():
        assert set(ids.split()) == set(import_module(f"kpitui.tui.actions.{room}").ACTIONS)
    assert {command.id for command in COMMANDS} == set(ACTIONS)


async def test_the_palette_tells_the_key_beside_what_the_command_said(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("u")
        assert "取り消す変更はありません" in desk.lines[-1]
        await desk.press(":")
        await desk.type("取り消す")
        await desk.press("enter")
        assert "取り消す変更はありません" in desk.lines[-1]
        assert "次からは u" in desk.lines[-1]
