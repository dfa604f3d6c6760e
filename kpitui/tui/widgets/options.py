"""A list of options whose highlight shows without colour, and that there are more of them than show."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList


class Options(OptionList):
    """Textual 8.2's own list leaves `text-style: reverse` out of a component's style; here it is put back.

    Its bar at the side would be told by colour alone; signs stand where there is more instead.
    """

    def render_line(self, y: int) -> Strip:
        """One line of the list, with the sign at its end if it has one."""
        strip, sign = super().render_line(y), self.beyond(y)
        if not sign:
            return strip
        width = self.scrollable_content_region.width
        usual = self.get_visual_style("option-list--option").rich_style
        return Strip.join([strip.extend_cell_length(width).crop(0, width - 1), Strip([Segment(sign, usual)])])

    def beyond(self, y: int) -> str:
        """A sign at the end of the first and the last line on screen where there are lines above or below."""
        above, height = self.scroll_offset.y, self.scrollable_content_region.height
        if y == 0 and above:
            return "^"
        return "v" if y == height - 1 and above + height < self.virtual_size.height else ""

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of a part of the list; the highlighted option is drawn in reverse while the list has the focus."""
        style = super().get_visual_style(*component_classes, partial=partial)
        highlighted = "option-list--option-highlighted" in component_classes
        return style + Style(reverse=True) if highlighted and self.has_focus else style
