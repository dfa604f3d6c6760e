"""What a guest takes along: kept while kpitui runs, and written to the guest's own terminal afterwards."""

from __future__ import annotations

from dataclasses import field

from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.text.cells import safe
from kpitui.text.wording import Both

MOST = 2_000_000
"""Characters that a guest can take along; what stands in a terminal is not more of use."""

_TOO_MUCH = Both(
    "持ち帰れるのは合わせて{most:,}文字までです", "no more than {most:,} characters can be taken along in all"
)
_HEAD = "----- {name} -----"


@dataclass
class Takings:
    """Named texts in the order taken; a name taken again replaces the earlier text."""

    texts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Keep a text for afterwards; KpituiError if it is too much."""
        others = sum(len(each) for key, each in self.texts.items() if key != name)
        if others + len(text) > MOST:
            raise KpituiError(_TOO_MUCH.format(most=MOST))
        self.texts[name] = text

    def printed(self) -> str:
        """All of it, each text below a line with its name, harmless to a terminal."""
        parts = [f"{_HEAD.format(name=name)}\n{text.rstrip()}\n" for name, text in self.texts.items()]
        return safe("\n".join(parts))
