"""Whatever texts a report consists of, no screen of the browser breaks, and no byte is written that is not meant."""

import csv
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from conftest import taint
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from screen import Desk, Size, has_ended, recorded, settle
from spoken import unmeant

from kpitui.config import DEFAULTS
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.sources.general.trial import begin
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.importing.run import Goal, starting
from kpitui.tui.importing.screen import Importing
from kpitui.tui.started import first_start
from kpitui.tui.widgets.field import Field
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import Store

PIECES = [
    "\x1b[2J\x1b[31m\x1b[?1049l\x1b[5i",  # clears, colours, another screen, the printer
    "\x1b]52;c;QUFBQQ==\x07\x1b]0;title\x1b\\",
    "\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\\x1b_G\x1b\\",
    "\x9b31m\x9d52;c;QUFB\x9c\x90q\x85",
    "\x07\x08\x7f\x0e\x0f\x05\x0b\x0c",
    "[red]r[/] [/] [/red] [@click=app.quit]x[/] [bold",
    "{} {0} {path} %s %(a)s $warning \\",
    "\u202e\u2066\u200f\u061c逆\u2069\u202c",
    "\u05d0\u05d1 \u0627\u0644\u0639",
    "👨\u200d👩\u200d👧 ❤\ufe0f 辻\U000e0100 🏴\U000e0067\U000e007f",
    "e" + "\u0301\u0327" * 40 + " \u0301",
    "\u3099\u20dd",
    "a\tb\nc\r\nd\re\u2028f\u2029g\u0085h",
    "\n\n\n",
    "\U0003a000\U0003a123\U0003fff0 ①※─│█ ±я",
    "\ufeff\u00ad\u2060\u3164\u115f\ufffe\ufdd0\ue000\U0010ffff",
    "比" * 300,
    "W" * 2000,
    "\u1100\u1161\u11a8 \uac00\u11a8",
    "= - + @ ' \" ; ,",
    " \u3000 ",
    "../../x/y\\z",
]
TEXTS = st.tuples(
    st.permutations(PIECES),
    st.lists(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4).map("".join), max_size=8),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40), max_size=8
    ),
).map(lambda each: [text for part in each for text in part])
"""Each piece by itself, some of them together, and what nobody thought of."""
SEEN = "水素分野におけるコネクタースタートアップ・サプライヤー企業の売上額"
"""What the first KPI is called, which stands on the first screen whatever else there is."""
WALK = [
    *("1", "pagedown", "r", "tab", "end"),
    *("2", "right", "x", "end", "escape", "I", "escape", "F", "escape", "M", "escape", "y", "Y", "equals_sign"),
    *("0", "exclamation_mark", "C", "escape", "0", "b", "escape", "p", "H", "L", "underscore", "minus", "u", "s", "S"),
    *("f", "j", "j", "j", "space", "escape", "0", "f", "tab", "tab"),
    *("enter", "x", "escape", "enter", "end", "enter", "pagedown", "escape", "escape", "escape"),
    *("slash", "e", "l", "tab", "tab", "enter", "n", "N", "0", "ampersand", "n", "a", "escape"),
    *("c", "space", "escape", "v", "escape", "o", "j", "escape", "colon", "o", "escape", "question_mark", "escape"),
    *("e", "down", "right", "enter", "w", *"view", "enter", "v", "enter", "m", "enter", "Q", "escape", "asterisk", "0"),
    *("3", "down", "right", "right", "x", "escape", "F", "enter", "escape", "I", "escape", "enter", "enter", "escape"),
    *("4", "down", "x", "escape", "enter", "escape", "apostrophe", "R", "3", "G", "y"),
]

IMPORTING = [
    *("end", "home", "down", "enter", "escape", "down", "enter", "down", "enter", "u", "tab", "end", "tab"),
    *("2", "pagedown", "end", "1", "y", "escape", "s", "escape", "e", "escape", "h", "escape", "t", "t"),
    *("question_mark", "escape", "colon", "o", "escape", "w", "escape", "o", "escape", "3", "enter", "x", "escape"),
]


@given(TEXTS, st.sampled_from([(80, 24), (130, 40), (60, 16)]), st.sampled_from(["ja", "en"]), st.booleans())
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
async def test_every_screen_bears_any_text(texts: list[str], size: Size, lang: Lang, wide: bool) -> None:
    with _here(texts) as folder:
        taint(folder, lambda text: _mixed(texts, text))
        report = load(folder)
        spec = ViewSpec(
            "kpis",
            search="",
            filters=(Filter("name", (texts[0],), negated=True),),
            marks=(("promotion-1.1", texts[1]),),
        )
        config = DEFAULTS._replace(ambiguous_width="2" if wide else "1")
        app = KpituiApp(report, SavedView(texts[2], spec, texts[3]), Store((folder / "views",)), lang, config)
        written = await _walked(app, size, WALK)
    assert "␛[2J".encode() in written
    assert unmeant(written) == []


@given(TEXTS, st.sampled_from(["ja", "en"]))
@settings(max_examples=2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
async def test_the_import_screen_bears_any_text(texts: list[str], lang: Lang) -> None:
    with _here(texts) as folder:
        path = folder.parent / "a\x1b[2J\u202e[red]\u0301b.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            heads = ["No", "事業名", "指標", "目標値", "実績値", "単位", *texts[:4]]
            csv.writer(file).writerows(
                [heads, *([at, text, text, "1", text, text, *texts[:4]] for at, text in enumerate(texts))]
            )
        store = Store((folder / "views",))
        start = starting(begin(path), Goal(folder.parent / "held", store, "", DEFAULTS))
        written = await _walked(KpituiApp(start, SavedView("", ViewSpec()), store, lang, DEFAULTS), (80, 24), IMPORTING)
    assert unmeant(written) == []


def _mixed(texts: Sequence[str], text: str) -> str:
    """A text with one of them before, in or after it, the same one each time; what is seen for sure with the worst."""
    chosen = texts[crc32(text.encode()) % len(texts)]
    at = (0, len(text) // 2, len(text))[crc32(text.encode(), 1) % 3]
    return PIECES[0] + text if text == SEEN else text[:at] + chosen + text[at:]


async def _walked(app: KpituiApp, size: Size, keys: Sequence[str]) -> bytes:
    """What is written while the keys are pressed; the app is left at the end, and in order."""
    first_start()
    written = recorded(app)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        desk = Desk(pilot)
        for key in keys:
            if key != "escape" or not _would_leave(app):
                await desk.press(key)
        assert not has_ended(app)
        await desk.press("escape", "escape", "escape", "q")
    assert app.return_code == 0
    return "".join(written).encode("utf-8", "surrogatepass")


def _would_leave(app: KpituiApp) -> bool:
    """Whether Escape leaves the app: on the import screen, unless something is asked over it."""
    return isinstance(app.screen, Importing) and not isinstance(app.focused, Field)


@contextmanager
def _here(texts: Sequence[str]) -> Iterator[Path]:
    """A folder of its own for each example, with the built-in report in it, and nothing else in the way."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        yield Path(shutil.copytree(builtin.folder(), Path(place) / "report"))
