"""Words that several parts of a comparison are told in."""

from __future__ import annotations

from kpitui.report.declared import KPIS, PROJECTS
from kpitui.text.wording import Both

ARROW = " -> "
"""What stands between the earlier value and the later one."""
COMMA = Both("、", ", ")
_TARGET_DATE = Both("目標の期日", "date of the target")


def label(key: str) -> Both:
    """What a compared column is called."""
    return next((each.label for each in (*PROJECTS, *KPIS) if each.key == key), _TARGET_DATE)


def several(count: int, ja: str, en: str) -> Both | None:
    """So many of something; None where there are none."""
    return Both(f"{ja} {count:,}件", f"{count:,} {en}{'' if count == 1 else 's'}") if count else None
