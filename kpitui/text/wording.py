"""Words in the two languages of the interface."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

Lang = Literal["ja", "en"]


class Both(NamedTuple):
    """The same words in Japanese and in English."""

    ja: str
    en: str

    def say(self, lang: Lang) -> str:
        """The words in that language."""
        return self.ja if lang == "ja" else self.en

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
