"""What a file is expected to be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be. What is not known is not checked.

    `trim` is width and height in millimetres, `multiple` what the number of pages is a multiple of. `folds` are, for each side in
    turn, the folds' distances from the trim's left edge in millimetres; where only a front's are given, a back's mirror them.
    """

    trim: tuple[float, float] | None = None
    pages: int | None = None
    multiple: int = 1
    folds: tuple[tuple[float, ...], ...] = ()

    def folds_of(self, page: int, width: float) -> tuple[float, ...]:
        """Return the folds of a page whose trim is so wide, in millimetres."""
        if not self.folds:
            return ()
        if len(self.folds) == 1:
            front = self.folds[0]
            return front if page % 2 else tuple(sorted(width - one for one in front))
        return self.folds[(page - 1) % len(self.folds)]
