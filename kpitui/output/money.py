"""In which money a report gives its costs: thousands of yen, unless it says another currency."""

from __future__ import annotations

from kpitui.report.model import Metadata
from kpitui.text.wording import Both

_YEN = ("千円", "k¥", "thousand yen")


def short(metadata: Metadata) -> Both:
    """The unit for a head: 千円, k¥ or k£."""
    currency = metadata.currency
    return Both(f"千{currency}", f"k{currency}") if currency else Both(*_YEN[:2])


def long(metadata: Metadata) -> Both:
    """The unit beside an amount."""
    currency = metadata.currency
    return Both(f"千{currency}", f"thousand {currency}") if currency else Both(_YEN[0], _YEN[2])


def inside(words: Both, metadata: Metadata) -> Both:
    """Words that speak of thousand yen, with the report's own currency instead."""
    told = long(metadata)
    return Both(words.ja.replace(_YEN[0], told.ja), words.en.replace(_YEN[2], told.en))
