"""What is told of the words before they are parsed: the verb, the language, ASCII mode, and that help is wanted."""

from __future__ import annotations

from kpitui.cli.words import VERBS
from kpitui.spoken import plainly, spoken

TYPE_CHECKING = False  # see `kpitui.text.wording`
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpitui.text.wording import Lang

_VALUED = ("--lang", "--ambiguous-width")
"""Options that every verb takes, with a value."""


def parted(words: list[str]) -> tuple[str, list[str]]:
    """The verb, which only what every verb takes may stand before, and the other words; "" where there is no verb."""
    at = 0
    while at < len(words) and words[at].partition("=")[0] in ("--ascii", *_VALUED):
        at += 2 if words[at] in _VALUED else 1
    if at < len(words) and words[at] in VERBS:
        return words[at], [*words[:at], *words[at + 1 :]]
    return "", words


def with_minus(words: list[str]) -> list[str]:
    """`--sort -cost` as `--sort=-cost`: argparse takes a word that begins with a minus for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--sort" and word[:1] == "-":
            joined[-1] = f"--sort={word}"
        else:
            joined.append(word)
    return joined


def language(words: Sequence[str]) -> Lang:
    """The language of --help itself, which is printed before anything is parsed; the last --lang counts."""
    for before, word in reversed(list(zip(["", *words], words, strict=False))):
        chosen = f"--lang={word}" if before == "--lang" else word
        if chosen in ("--lang=ja", "--lang=en", "--lang=auto"):
            return spoken(chosen.removeprefix("--lang="))
    return spoken()


def ascii_only(words: Sequence[str]) -> bool:
    """Whether ASCII mode is asked for, whether or not anything else can be read."""
    return "--ascii" in words or plainly()


def is_help(words: Sequence[str]) -> bool:
    """Whether nothing but help is wanted, of which --lang and --ascii are only the manner."""
    rest = " ".join(word for word in words if word != "--ascii")
    for lang in ("auto", "en", "ja"):
        rest = rest.replace(f"--lang={lang}", "").replace(f"--lang {lang}", "")
    return rest.strip() in ("-h", "--help")
