"""Let `python -m kpitui` do what `kpitui` does."""

import sys

from kpitui.start import main

sys.exit(main())
