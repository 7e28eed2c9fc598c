"""The language tags that Word's proofing knows (ECMA-376 17.3.2.20)."""

from __future__ import annotations

from functools import lru_cache

_REGIONS = {"en": "GB", "bg": "BG", "de": "DE", "fr": "FR", "es": "ES", "it": "IT", "ro": "RO", "el": "GR", "sr": "RS",
            "mk": "MK", "tr": "TR", "he": "IL", "ar": "SA", "fa": "IR", "ur": "PK", "ru": "RU", "uk": "UA", "pl": "PL", "pt": "PT", "nl": "NL"}  # fmt: skip


@lru_cache(maxsize=64)
def full_tag(language: str) -> str:
    """Return a language's tag with its region: ``bg`` -> ``bg-BG``, ``en`` -> ``en-GB``."""
    tag = language.replace("_", "-")
    return f"{tag}-{_REGIONS[tag.lower()]}" if tag.lower() in _REGIONS else tag
