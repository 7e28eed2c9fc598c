"""Put a function of ours in place of one of WeasyPrint's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def patch(name: str, theirs: Callable[..., Any], ours: Callable[..., Any]) -> None:
    """Put `ours` in place of `theirs` in every module of WeasyPrint that has taken it over by its name."""
    for key, module in list(sys.modules.items()):
        if key.startswith("weasyprint") and getattr(module, name, None) is theirs:
            setattr(module, name, ours)
