import pytest
from rich.cells import cell_len
from screen import HOME, NARROW, WIDE, Desk, Size, browsing

from kpitui.report import declared
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.commands import COMMANDS, Context
from kpitui.tui.keys import printed
from kpitui.views.store import Store

HERE = {"ja": "ここで使えるキー", "en": "keys that work here"}
WAYS: dict[Context, tuple[str, ...]] = {
    "table": (),
    "facets": ("f",),
    "overview": ("1",),
    "record": ("enter", "enter"),
    "source": ("enter", "enter", "enter"),
}


async def _pages(desk: Desk) -> str:
    """The whole help, screen by screen."""
    screens = [desk.lines]
    for _ in range(50):
        await desk.press("pagedown")
        if desk.lines == screens[-1]:
            break
        screens.append(desk.lines)
    return "\n".join(line.rstrip() for screen in screens for line in screen)


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("context", WAYS)
async def test_help_lists_only_what_works_here_with_its_keys(
    report: Report, store: Store, lang: Lang, context: Context
) -> None:
    async with browsing(report, store, (160, 50), lang) as desk:
        await desk.press(*WAYS[context], "?")
        text = await _pages(desk)
        assert HERE[lang] in text
        for command in COMMANDS:
            lines = [line for line in text.split("\n") if command.help.say(lang) in line]
            assert bool(lines) == (context in command.where), f"{command.id}:\n{text}"
            assert all(printed(key) in line for line in lines for key in command.keys)


@pytest.mark.parametrize("size", [HOME, NARROW, (40, 10)])
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_help_is_whole_on_small_screens_too(report: Report, store: Store, size: Size, lang: Lang) -> None:
    async with browsing(report, store, size, lang) as desk:
        await desk.press("?")
        assert {cell_len(line) for line in desk.lines} == {size[0]}
        text = _squeezed(await _pages(desk))
        assert _squeezed(HERE[lang]) in text
        assert _squeezed("".join(COMMANDS[0].help.say(lang))) in text


async def test_help_explains_every_column_of_the_table(report: Report, store: Store) -> None:
    async with browsing(report, store, (160, 50)) as desk:
        await desk.press("3", "?")
        text = await _pages(desk)
        for column in declared.KPIS:
            assert any(f"[{column.key}]" in line and column.label.ja in line for line in text.split("\n")), column.key


@pytest.mark.parametrize("opening", ["?", "f1"])
@pytest.mark.parametrize("closing", ["escape", "?", "f1", "q"])
async def test_help_opens_and_closes_without_a_trace(report: Report, store: Store, opening: str, closing: str) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("j", "l")
        before = desk.lines
        await desk.press(opening)
        assert desk.lines != before
        await desk.press(closing)
        assert desk.lines == before


async def test_help_scrolls_to_both_ends(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("?")
        first = desk.lines
        await desk.press("G")
        assert desk.lines != first
        await desk.press("k", "g")
        assert desk.lines == first
        await desk.press("j", "up")
        assert desk.lines == first
