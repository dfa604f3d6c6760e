"""The text of a file whose encoding nobody states: told by its bytes, by trial, and by whether it reads as text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import plausible
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both
from kpitui.textfile import place, place_in

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 (BOM)"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16 (LE)"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16 (BE)"),
)
"""Byte order marks; that of UTF-32 begins with one of UTF-16."""
_SEEN = 20_000
"""Characters beyond ASCII by which a trial is weighed."""
_MORE = 2
"""How many times more NUL bytes upper halves have than lower ones, where the full-width blank has one."""
_LIKELY = 0.5
"""How plausible a reading must be, of 1, to be taken."""
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]+")

_ENCODING = Both("文字コード: {name}", "encoding: {name}")
_GUESSED = Both("文字コード: {name} (推定)", "encoding: {name} (a guess)")
_AS_STATED = Both("文字コード: {name} (指定)", "encoding: {name} (as stated)")
_NAME = Both("文字コード", "encoding")
_NO_ENCODING = Both("{path}: {why}", "{path}: {why}")
STATED = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16", "cp1252", "latin-1")
"""The encodings that a person is offered; any other that Python knows is taken, too."""
_LOST = Both(
    "文字「�」が{count:,}個あります。このファイルが作られたときに、元の文字が失われています",
    "{count:,} characters are \ufffd: lost when the file was made, not in reading it",
)
_BINARY = Both(
    "{path}:{at}: 文字ではないもの (0x{code:02X}) があり、テキストファイルではありません",
    "{path}:{at}: holds 0x{code:02X}, which is no character: this is not a text file",
)
_DAMAGED = Both(
    "{path}:{at}: {name}として壊れています",
    "{path}:{at}: damaged as {name}",
)
_UNKNOWN = Both(
    "{path}:{at}: UTF-8ではなく、CP932・EUC-JP・CP1252としても文章になりません。UTF-8で保存し直してください",
    "{path}:{at}: not UTF-8, and reads as no text in CP932, EUC-JP or CP1252 either; save it as UTF-8",
)


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and what is to be told of its encoding."""

    text: str
    told: tuple[Both, ...]


def decode(data: bytes, path: str, stated: str | None = None) -> Decoded:
    """Read bytes as text; `path` is what errors call them, `stated` an encoding that a person names.

    A byte order mark decides; then NUL bytes (UTF-16 or no text), escapes of ISO-2022-JP, UTF-8; then the most
    plausible of CP932, EUC-JP and CP1252. Raises KpituiError, by line and column, where nothing fits.
    """
    text, told = _stated(data, stated, path) if stated else _marked(data, path) or _unmarked(data, path)
    if found := _CONTROL.search(text):
        at = place(text[: found.start()])
        raise KpituiError(_BINARY.format(path=path, at=at, code=ord(found[0])))
    lost = text.count("\ufffd")
    return Decoded(text, (told, _LOST.format(count=lost)) if lost else (told,))


def check_encoding(name: str, path: str) -> None:
    """Raise UsageError where no encoding of text has that name."""
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        known = None
    if known is None or not getattr(known, "_is_text_encoding", True):
        raise UsageError(_NO_ENCODING.format(path=path, why=unknown(_NAME, name, STATED)))


def _stated(data: bytes, name: str, path: str) -> tuple[str, Both]:
    """The text in an encoding that a person names; a byte order mark is no part of it."""
    check_encoding(name, path)
    return _strictly(data, name, name, path).removeprefix("\ufeff"), _AS_STATED.format(name=name)


def _marked(data: bytes, path: str) -> tuple[str, Both] | None:
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding, name, path), _ENCODING.format(name=name)
    return None


def _strictly(data: bytes, encoding: str, name: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        at = place_in(data, error.start, encoding)
        raise KpituiError(_DAMAGED.format(path=path, at=at, name=name)) from error


def _unmarked(data: bytes, path: str) -> tuple[str, Both]:
    if b"\0" in data:
        return _wide(data, path)
    if b"\x1b$" in data:
        name = "ISO-2022-JP"
        return _strictly(data, "iso2022_jp_ext", name, path), _ENCODING.format(name=name)
    try:
        return data.decode("utf-8"), _ENCODING.format(name="ASCII" if data.isascii() else "UTF-8")
    except UnicodeDecodeError as error:
        return _most_plausible(data, path, place_in(data, error.start))


def _wide(data: bytes, path: str) -> tuple[str, Both]:
    """UTF-16 without a mark: its NUL bytes are the upper halves of ASCII, nearly all at odd or at even places."""
    stray = data.isascii() and data.count(0) * 2 < len(data)
    for encoding, upper, name in (("utf-16-le", 1, "UTF-16 (LE)"), ("utf-16-be", 0, "UTF-16 (BE)")):
        if not stray and data[upper::2].count(0) > _MORE * data[1 - upper :: 2].count(0):
            text = _attempt(data, encoding)
            if text is not None and not _CONTROL.search(text) and _reads(text):
                return text, _GUESSED.format(name=name)
    raise KpituiError(_BINARY.format(path=path, at=place_in(data, data.index(0)), code=0))


def _reads(text: str) -> bool:
    """Whether it has lines or cells, and what is not ASCII is Japanese or Western."""
    parts = _beyond_ascii(text)
    likely = max(plausible.japanese(text, parts), plausible.western(text, parts)) if parts else 1.0
    return likely >= _LIKELY and any(sign in text for sign in "\t\n,;|")


def _most_plausible(data: bytes, path: str, at: str) -> tuple[str, Both]:
    trials = [trial for trial in (_trial(data, *each) for each in _TRIALS) if trial]
    likely, text, name = max(trials, key=lambda trial: trial[0], default=(0.0, "", ""))
    if likely < _LIKELY:
        raise KpituiError(_UNKNOWN.format(path=path, at=at))
    return text, _GUESSED.format(name=name)


_Measure = Callable[[str, list[tuple[int, int]]], float]
_TRIALS: tuple[tuple[str, str, _Measure], ...] = (
    ("cp932", "CP932 (Shift_JIS)", plausible.japanese),
    ("euc_jp", "EUC-JP", plausible.japanese),
    ("cp1252", "CP1252 (Latin-1)", plausible.western),
)
"""In the order in which they are believed where two are as plausible."""


def _trial(data: bytes, encoding: str, name: str, measure: _Measure) -> tuple[float, str, str] | None:
    text = _attempt(data, encoding)
    if text is None or _CONTROL.search(text):
        return None
    return measure(text, _beyond_ascii(text)), text, name


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _beyond_ascii(text: str) -> list[tuple[int, int]]:
    """Where runs of characters beyond ASCII begin and end, as many as are weighed."""
    return [found.span() for found in islice(_BEYOND_ASCII.finditer(text), _SEEN)]
