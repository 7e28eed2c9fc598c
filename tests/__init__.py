"""Tests mirror `report/`; `tests.judges` holds the validators that every room's documents go before.

Compiled modules are kept even where the environment says otherwise (PYTHONDONTWRITEBYTECODE, as container images have it): every
process that a test begins would compile the program anew, which takes longer than most commands.
"""

import os
import sys

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
