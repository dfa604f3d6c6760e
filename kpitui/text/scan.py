"""Find what folds to a needle in texts as they stand: folding a million texts takes seconds, scanning them does not.

A text is *simple* where each of its characters folds to one character, by itself. There, and for a *plain* needle in
any text, a sequence of character classes decides; all other texts are found too often by `pattern`, and folded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kpitui.dataclass import dataclass
from kpitui.text.fold import fold

_VOICED = "\u3099\u309a\uff9e\uff9f"
_JAMO = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))
"""Parts of Korean syllables, which join with their neighbours, and the syllables, which may be written in parts."""
_FOLDING = (
    *((0x41, 0x5B), (0x80, 0x3400), (0xA600, 0xAC00), (0xF900, 0x10000), (0x10400, 0x11A00), (0x16E00, 0x16E80)),
    *((0x1D100, 0x1D800), (0x1E900, 0x1F280), (0x1FB80, 0x1FC00), (0x2F800, 0x2FA80)),
)
"""Where characters are that fold to others; Unicode has none outside but Korean syllables."""


@dataclass(frozen=True)
class _Alphabet:
    """What folds to what.

    For each folded character `alone` are the originals that fold to it, `among` those that fold to several, it
    among them; `several` are all of the latter, `joining` the folded characters that a following mark may change.
    """

    alone: dict[str, set[str]]
    among: dict[str, set[str]]
    several: set[str]
    joining: set[str]


def plain(needle: str) -> bool:
    """Whether the needle's characters stay what they are whatever stands around them, and come from one each."""
    known = _alphabet()
    return not any(
        each in known.joining or each in known.among or _is_part(each) or unicodedata.normalize("NFD", each) != each
        for each in needle
    )


def literal(needle: str) -> bool:
    """Whether texts hold the needle exactly where their folds do."""
    return plain(needle) and all(_of(each) == {each} for each in needle)


def classes(needle: str) -> str:
    """Build a regular expression that finds just the simple texts that hold it, and for a plain needle all that do."""
    return "".join(f"[{_escaped(_of(each)) or chr(0)}]" for each in needle)


@lru_cache(maxsize=1)
def knotty() -> str:
    """Build a regular expression that finds the texts that are not simple."""
    return rf"[\p{{M}}{_VOICED}{_escaped(_alphabet().several)}{''.join(rf'{chr(a)}-{chr(b)}' for a, b in _JAMO)}]"


def pattern(needle: str) -> str:
    """Build a regular expression that finds every text whose fold holds the folded needle, and few others.

    What it finds must still be checked by folding: ｶ is the beginning of ｶﾞ, too. A needle with accents or with
    parts of Korean syllables may be written in so many ways that every text is found.
    """
    if any(_is_part(each) or unicodedata.normalize("NFD", each)[1:] not in _VOICED for each in needle):
        return ""
    return "".join(_lenient(before, char) for before, char in zip(" " + needle, needle, strict=False))


def _lenient(before: str, char: str) -> str:
    """What may stand for one folded character; nothing, where the original before it can stand for both."""
    among = _alphabet().among
    choices = _of(char) | among.get(char, set()) | _apart(char) | {char}
    both = (among.get(before, set()) | _apart(before)) & (among.get(char, set()) | _apart(char))
    return f"[{_escaped(choices)}]{'?' if both else ''}[{_VOICED}]*"


def _apart(char: str) -> set[str]:
    """What stands for a voiced kana where its mark is a character of its own."""
    base, known = unicodedata.normalize("NFD", char)[0], _alphabet()
    return {base} | known.alone.get(base, set()) | known.among.get(base, set()) if base != char else set()


def _of(char: str) -> set[str]:
    """The characters that fold to this one, by themselves."""
    return _alphabet().alone.get(char, set()) | ({char} if fold(char) == char else set())


def _is_part(char: str) -> bool:
    """Whether the character is a mark on another, or a Korean syllable or a part of one."""
    return unicodedata.category(char).startswith("M") or any(first <= ord(char) <= last for first, last in _JAMO)


def _escaped(characters: Iterable[str]) -> str:
    """The characters for use inside the brackets of a class."""
    return "".join(sorted(f"\\{each}" if each in r"\^-[]&~" else each for each in characters))


@lru_cache(maxsize=1)
def _alphabet() -> _Alphabet:
    found = _Alphabet({}, {}, set(), set())
    for char in (chr(code) for first, end in _FOLDING for code in range(first, end)):
        _enter(found, char, fold(char))
    return found


def _enter(alphabet: _Alphabet, char: str, folded: str) -> None:
    apart = unicodedata.normalize("NFD", char)
    if len(apart) > 1:
        alphabet.joining.update((apart[0], fold(apart[0])))
    if len(folded) > 1:
        alphabet.several.add(char)
    for part in folded if folded != char else "":
        (alphabet.alone if len(folded) == 1 else alphabet.among).setdefault(part, set()).add(char)
