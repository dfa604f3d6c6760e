"""A strict reader of what is written to a terminal: what kpitui means to write, and nothing else."""

import re

_PRIVATE_MODES = {"7", "25", "1000", "1002", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026", "2048"}
"""Line wrap, cursor, mouse reports of several kinds, focus, alternate screen, paste, whole frames, window size."""
_MEANT = re.compile(
    "|".join(
        (
            r"\x1b\[(?P<modes>\?[0-9;]+)[hl]",
            r"\x1b\[[0-9;]{0,40}m",  # colours and styles
            r"\x1b\[[0-9]{0,4}(;[0-9]{0,4})?H",  # the cursor's place
            r"\x1b\[[0-9]{0,4}[A-DGJK]",  # the cursor's moves; what is erased
            r"\x1b\[\?2026\$p|\x1b\[\?2048\$p",  # does the terminal know whole frames, and tell its size
            # some lines moved up or down by at most three, and no limits to such moves left behind
            r"\x1b\[[0-9]{1,4};[0-9]{1,4}r\x1b\[[0-9]{1,4}H(?:(?:\r?\n){1,3}|(?:\x1bM){1,3})\x1b\[r",
            r"\x1b\[6n",  # where is the cursor
            r"\x1b[78]",  # the cursor kept and brought back
            r"\x1b\[>[0-9]{1,2}u|\x1b\[<u",  # the keyboard's protocol
            r"\x1b\[[0-9] q",  # the cursor's shape
            r"\x1b\]22;[a-z-]{1,20}\x07",  # the pointer's shape
            r"\x1b\]52;c;(?P<clipboard>[A-Za-z0-9+/=]*)\x07",
        )
    )
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HIDDEN = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u2028\u2029]|[\U000e0000-\U000e007f]"
)
_HEAP = re.compile("[\u0300-\u036f\u3099\u309a]{9,}")


def unmeant(written: bytes, *, screen: bool = True) -> list[str]:
    """What was written that is neither text nor a sequence kpitui means; without a `screen`, any sequence at all.

    Bytes that are no UTF-8 count, and so do characters that hide or turn round what stands beside them, and heaps of
    marks on one letter.
    """
    try:
        text = written.decode()
    except UnicodeDecodeError as error:
        return [f"no UTF-8: {written[max(error.start - 8, 0) : error.start + 8]!r}"]
    rest = _MEANT.sub(_unless_known, text) if screen else text
    found = [each for kind in (_CONTROLS, _HIDDEN, _HEAP) for each in kind.finditer(rest)]
    return [repr(rest[max(each.start() - 8, 0) : each.start() + 16]) for each in found]


def _unless_known(found: re.Match[str]) -> str:
    modes = set((found["modes"] or "?").removeprefix("?").split(";")) - {""}
    return "" if modes <= _PRIVATE_MODES else found[0]


def sent_to_clipboard(written: bytes) -> list[str]:
    """The payloads sent to the clipboard, as they stand in the sequences."""
    return re.findall(r"\x1b\]52;c;([^\x07\x1b]*)\x07", written.decode("utf-8", "replace"))
