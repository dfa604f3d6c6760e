"""A list of options whose highlight shows without colour."""

from __future__ import annotations

from textual.style import Style
from textual.widgets import OptionList


class Options(OptionList):
    """Textual 8.2's own list leaves `text-style: reverse` out of a component's style; here it is put back."""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a part of the list; the highlighted option is drawn in reverse while the list has the focus."""
        style = super().get_visual_style(*component_classes, partial=partial)
        highlighted = "option-list--option-highlighted" in component_classes
        return style + Style(reverse=True) if highlighted and self.has_focus else style
