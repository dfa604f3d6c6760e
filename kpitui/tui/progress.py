"""What is being worked out, in words."""

from __future__ import annotations

from kpitui.text.wording import Both
from kpitui.views.spec import ViewSpec

SORTING = Both("並べ替え中… Esc で中止", "sorting… Esc stops")
SEARCHING = Both("検索中… Esc で中止", "searching… Esc stops")
FILTERING = Both("絞り込み中… Esc で中止", "filtering… Esc stops")
WORKING_OUT = Both("集計中… Esc で中止", "working out… Esc stops")
READING = Both("読み直し中… Esc で中止", "reading again… Esc stops")
COUNTING = Both("件数を数えています…", "counting values…")
STOPPED = Both("中止しました", "stopped")


def between(shown: ViewSpec, wanted: ViewSpec) -> Both:
    """What has to be done to come from one view to the other."""
    if wanted.table != shown.table:
        return WORKING_OUT
    if (wanted.search, wanted.search_in) != (shown.search, shown.search_in):
        return SEARCHING
    if (wanted.where, wanted.filters) != (shown.where, shown.filters):
        return FILTERING
    return SORTING
