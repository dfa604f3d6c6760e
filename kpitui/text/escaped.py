"""Write JSON and TOML so that they can be looked at on a terminal, and still hold what they hold."""

from __future__ import annotations

import json
import re
from typing import Any

_HARMFUL = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
"""What terminals obey or are turned round by, and neither format escapes of itself."""


def escaped(document: str) -> str:
    r"""A JSON or TOML document with \uXXXX for such characters, which both allow wherever these can stand."""
    return re.sub(_HARMFUL, lambda found: f"\\u{ord(found[0]):04x}", document)


def json_text(value: Any, indent: int | None = None) -> str:
    """The value as JSON, Japanese as it is."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))
