"""The manual page, in troff's man macros, made of what help is made of."""

from __future__ import annotations

from collections.abc import Iterator

from kpitui import __version__
from kpitui.cli.arguments import Argument, Arguments
from kpitui.cli.browser import taken
from kpitui.cli.help import called, entry
from kpitui.cli.verbs import taken_by
from kpitui.cli.words import EXAMPLES, HELP, VERBS
from kpitui.text.wording import Both, Lang

_NAME = Both("名前", "NAME")
_SYNOPSIS = Both("書式", "SYNOPSIS")
_DESCRIPTION = Both("説明", "DESCRIPTION")
_OPTIONS = Both("オプション", "OPTIONS")
_VERBS = Both("動詞", "VERBS")
_WHAT = Both("自治体のKPI報告書を端末で読む", "a terminal browser for government KPI reports")
_COMMON = Both("どの動詞も {names} をとる。", "Every verb takes {names}, too.")


def page(lang: Lang) -> str:
    """The page in that language, for `man -l -`; Japanese asks troff for its rules of where lines may end."""
    rules = [".mso ja.tmac"] if lang == "ja" else []
    return "".join(f"{line}\n" for line in [*rules, *_lines(lang)])


def _lines(lang: Lang) -> Iterator[str]:
    browser = taken()
    yield f'.TH KPITUI 1 "" "kpitui {__version__}"'
    yield ".nh"
    yield from [f".SH {_NAME.say(lang)}", f"kpitui \\- {_WHAT.say(lang)}", f".SH {_SYNOPSIS.say(lang)}"]
    yield from _synopsis(browser)
    yield from [f".SH {_DESCRIPTION.say(lang)}", ".nf", *map(_plain, EXAMPLES.say(lang).splitlines()), ".fi"]
    yield f".SH {_OPTIONS.say(lang)}"
    yield from _entries(browser.taken, lang)
    yield f".SH {_VERBS.say(lang)}"
    yield _plain(_COMMON.format(names=", ".join(each.names[-1] for each in _common(browser))).say(lang))
    for verb in VERBS:
        yield from _verb(taken_by(verb), browser, lang)


def _verb(verb: Arguments, browser: Arguments, lang: Lang) -> Iterator[str]:
    common = {each.names for each in _common(browser)}
    yield f'.SS "{_plain(verb.program)}"'
    yield _plain(HELP[verb.verb].say(lang))
    yield from [".PP", *_synopsis(verb)]
    yield from _entries([each for each in verb.taken if each.names not in common], lang)


def _common(browser: Arguments) -> list[Argument]:
    """What everything takes."""
    every = [each.names for each in Arguments().taken]
    return [each for each in browser.taken if each.names in every]


def _synopsis(taken: Arguments) -> list[str]:
    words = [taken.program, *map(called, taken.options), *map(called, taken.places)]
    return [".ad l", _plain(" ".join(words)), ".ad b"]


def _entries(found: list[Argument], lang: Lang) -> Iterator[str]:
    for each in found:
        yield from [".TP", f"\\fB{_plain(entry(each))}\\fR", _plain(each.words.say(lang))]


def _plain(text: str) -> str:
    """Text that troff takes for nothing else."""
    said = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{said}" if said[:1] in (".", "'") else said
