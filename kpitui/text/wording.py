"""Words in the two languages of the interface."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # mypy takes it for what typing has under this name; importing typing takes 3 of 12 ms of Python
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    Lang = Literal["ja", "en"]
else:
    Lang = str

LANGS: tuple[Lang, ...] = ("ja", "en")


class Both(tuple[str, str]):
    """The same words in Japanese and in English."""

    __slots__ = ()
    _fields = ("ja", "en")  # by this, dataclasses copy it as they do a named tuple

    def __new__(cls, ja: str, en: str) -> Both:
        """Of two words."""
        return super().__new__(cls, (ja, en))

    def __getnewargs__(self) -> tuple[str, str]:
        return self.ja, self.en

    def __repr__(self) -> str:
        return f"Both(ja={self.ja!r}, en={self.en!r})"

    @property
    def ja(self) -> str:
        """The words in Japanese."""
        return self[0]

    @property
    def en(self) -> str:
        """The words in English."""
        return self[1]

    def say(self, lang: Lang) -> str:
        """The words in that language."""
        return self[0] if lang == "ja" else self[1]

    def format(self, **parts: object) -> Both:
        """The words with their fields filled; a part that is itself in both languages lends each its own half."""
        return Both(_filled(self, "ja", parts), _filled(self, "en", parts))


def _filled(words: Both, lang: Lang, parts: Mapping[str, object]) -> str:
    own = {key: part.say(lang) if isinstance(part, Both) else part for key, part in parts.items()}
    return words.say(lang).format(**own)


def language(environ: Mapping[str, str] = os.environ) -> Lang:
    """Japanese where the locale says so (LC_ALL, then LC_MESSAGES, then LANG), else English."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"
