"""`python -m motcua`: every verb of the house."""

import sys

from motcua.config.cli import main

sys.exit(main())
