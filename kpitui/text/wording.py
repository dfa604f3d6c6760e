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


def language(environ: Mapping[str, str] = os.environ) -> Lang:
    """Japanese where the locale says so (LC_ALL, then LC_MESSAGES, then LANG), else English."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "ja" if locale.lower().startswith("ja") else "en"
