"""Where exported rows come from: the report, the view in words, and this program; never when, nor by whom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import tomli_w

from kpitui import __version__
from kpitui.output.words import INFERRED
from kpitui.text.cells import safe
from kpitui.text.escaped import escaped
from kpitui.text.wording import Both, Lang

UNORDERED = Both("", "")
"""The report's own order, of which there is nothing to say."""

Entry = str | int | bool | list[str]

_REPORT = Both("報告書", "report")
_TITLE = Both("題名", "title")
_PUBLISHER = Both("公表者", "publisher")
_FINGERPRINT = Both("報告書データの SHA-256", "SHA-256 of the report's data")
_PART = Both("報告書とその SHA-256", "report and its SHA-256")
_TABLE = Both("表", "table")
_VIEW = Both("ビュー", "view")
_ROWS = Both("行数", "rows")
_ORDER = Both("並び順", "order")
_BY = Both("作成", "made by")
_ALL = Both("全ての行", "all rows")
_AS_PRINTED = Both("報告書の順", "the report's own")
_ORDERED = Both("並び順: {order}", "order: {order}")
_COUNT = Both("{count}行", "{count} rows")
_SOURCE = Both("出典: ", "Source: ")


@dataclass(frozen=True)
class Provenance:
    """What a file says of its rows.

    `sha256` is the report's fingerprint. `view` tells what narrows the table, a text for each, `order` its sort
    keys (nothing in the report's own order); `name` is the saved view's, if it was one. `inferred` says that the
    publication does not name its publisher. `parts` are the keys and fingerprints of reports read together.
    """

    report: str
    title: str
    publisher: str
    sha256: str
    table: str
    rows: int
    view: tuple[Both, ...] = ()
    order: Both = UNORDERED
    name: str = ""
    inferred: bool = False
    parts: tuple[str, ...] = ()

    def entries(self) -> dict[str, Entry]:
        """By English keys in a fixed order, the view in both languages: the same whoever writes the file."""
        found: dict[str, Entry] = {
            "report": self.report,
            "title": self.title,
            "publisher": self.publisher,
            "publisher_inferred": self.inferred,
            "sha256": self.sha256,
            **({"reports": list(self.parts)} if self.parts else {}),
            "table": self.table,
            "view": self.name,
            "view_ja": [each.ja for each in self.view],
            "view_en": [each.en for each in self.view],
            "order_ja": self.order.ja,
            "order_en": self.order.en,
            "rows": self.rows,
            "made_by": f"kpitui {__version__}",
        }
        return {key: value for key, value in found.items() if value not in ("", False) or key == "rows"}

    def texts(self) -> dict[str, str]:
        """The entries where a format holds nothing but texts: lists joined by a stroke, keys named as ours."""
        return {f"kpitui.{key}": _joined(value) for key, value in self.entries().items()}

    def told(self, lang: Lang) -> list[tuple[str, str]]:
        """Each entry with its label, for a person."""
        inferred = f" ({INFERRED.say(lang)})" if self.inferred else ""
        narrowed = " / ".join(each.say(lang) for each in self.view) or _ALL.say(lang)
        told = [
            (_TITLE, self.title),
            (_PUBLISHER, self.publisher + inferred),
            (_REPORT, self.report),
            (_FINGERPRINT, self.sha256),
            (_TABLE, self.table),
            (_VIEW, f"{self.name}: {narrowed}" if self.name else narrowed),
            (_ORDER, self.order.say(lang) or _AS_PRINTED.say(lang)),
            (_ROWS, str(self.rows)),
            (_BY, f"kpitui {__version__}"),
            *((_PART, each) for each in self.parts),
        ]
        return [(label.say(lang), text) for label, text in told]

    def sentence(self, lang: Lang) -> str:
        """All of it on one line, for a caption."""
        title, publisher, report, sha256, *_ = (text for _, text in self.told(lang))
        order = [_ORDERED.format(order=self.order).say(lang)] if self.order.en else []
        parts = [
            f"{publisher} {title} ({report}, sha256 {sha256})",
            self.table,
            *([self.name] if self.name else []),
            *([each.say(lang) for each in self.view] or [_ALL.say(lang)]),
            *order,
            _COUNT.format(count=self.rows).say(lang),
            f"kpitui {__version__}",
        ]
        return " ".join(safe(_SOURCE.say(lang) + " / ".join(parts)).split())


def _joined(value: Entry) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " / ".join(value) if isinstance(value, list) else str(value)


def beside(source: Provenance, name: str, data: bytes) -> bytes:
    """The text of the file that stands beside a file of that name and content, as TOML."""
    file = {"name": name, "sha256": hashlib.sha256(data).hexdigest()}
    return escaped(tomli_w.dumps({"file": file, "source": source.entries()})).encode()
