"""Let `python -m kpitui` do what `kpitui` does."""

import sys

from kpitui.cli import main

sys.exit(main())
