"""Bytes that a file's judged rows take by themselves; `judged.py FILE` prints them."""

from __future__ import annotations

import sys
from pathlib import Path

from kpitui.report.open import open_report

if __name__ == "__main__":
    print(open_report(Path(sys.argv[1])).kpis.estimated_size())
