"""Foreign files are read in a separate process, where a hang, too much memory or a crash is a problem of the file.

`run` calls a function in that process, which is kept for the next call; `bounds.within` limits code of this process.
Modules, each importing only those before it: `memory`, `limits`, `messages`, `child`, `reader`, `run`; and `bounds`.
"""

from report.isolation.limits import Limits
from report.isolation.run import enter, run

__all__ = ["Limits", "enter", "run"]
