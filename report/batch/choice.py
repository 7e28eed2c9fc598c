"""What a batch is asked to build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be built; an empty field leaves the choice to each organisation's documents.yaml."""

    organisations: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    naming: str = ""
    shard: tuple[int, int] | None = None

    @property
    def key(self) -> str:
        """Return what identifies the documents that an organisation has under this choice."""
        parts = (self.documents, self.languages, self.formats, self.editions, self.naming)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
