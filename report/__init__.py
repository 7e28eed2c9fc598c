"""From structured facts about an organisation to its printed report, as PDF and Word."""

from __future__ import annotations

import sys
from os import PathLike
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report.library import OpenWorkspace

__version__ = "0.1.0"

if sys.flags.optimize:
    from report import optimised

    optimised.keep_asserts()


def open(path: str | PathLike[str] = ".", output: str | PathLike[str] | None = None) -> OpenWorkspace:
    """Open the workspace at `path`, the folder that holds ``data/``; files go to its ``output/`` or to the folder `output`.

    Raise `report.values.ReportError` where there is no workspace.
    """
    from report.library import open_workspace  # the command line starts without it

    return open_workspace(path, output)
