"""Files from outside are read where a hang, a hunger for memory or an abort is an answer.

`run` calls a function in a process of its own, which is kept for the next call; `bounds.within` bounds what runs in this one.
Modules, each importing only those before it: `memory`, `limits`, `messages`, `child`, `worker`, `run`; and `bounds`.
"""

from report.isolation.limits import Limits
from report.isolation.run import enter, run

__all__ = ["Limits", "enter", "run"]
