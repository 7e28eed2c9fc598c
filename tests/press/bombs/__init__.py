"""Small PDFs that ask for endless work or memory, to prove that they get a short answer: `BOMBS`, by name."""

from __future__ import annotations

from tests.press.bombs import contents, files, pictures, resources  # noqa: F401 - they fill the table
from tests.press.bombs.table import BOMBS, Bomb, write

__all__ = ["BOMBS", "Bomb", "write"]
