"""From structured facts about an organisation to its printed report, as PDF and Word."""

import sys

__version__ = "0.1.0"

if sys.flags.optimize:
    from report import optimised

    optimised.keep_asserts()
