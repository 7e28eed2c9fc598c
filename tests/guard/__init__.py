"""What no test may do: reach a machine other than this one, or start a program that is not on a written list.

The hook stands in `sitecustomize`, which Python imports by itself, so that every process that a test begins has it, too.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.guard import sitecustomize

LOG = sitecustomize.LOG


def install() -> None:
    """Watch this process, and every Python that it begins."""
    handle, path = tempfile.mkstemp(prefix="report-violations-")
    os.close(handle)
    os.environ[LOG] = path
    folder = str(Path(__file__).parent)
    known = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one and one != folder]
    os.environ["PYTHONPATH"] = os.pathsep.join([folder, *known])
    sitecustomize.install()


def violations() -> list[str]:
    """Return what was done that may not be, by this process and those that it began."""
    return Path(os.environ[LOG]).read_text("utf-8").splitlines()
