"""What a layout may read: the document's pictures, the theme's fonts and data that stands in the text. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE = "asset:/"


class Fetcher(URLFetcher):
    """Resolve an image's ``src`` by the document's assets; refuse every address that is not there."""

    base = BASE

    def __init__(self, assets: Mapping[str, Path], *, fonts: bool = False):
        super().__init__(allowed_protocols=("data", "file"))
        self._assets, self._fonts = assets, fonts

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith(BASE):
            path = self._assets.get(unquote(url.removeprefix(BASE)))
            if path is None:
                raise ValueError(f"'{url}' is not one of the document's pictures")
            return URLFetcherResponse(url, path.read_bytes())
        if url.startswith("data:") or (self._fonts and url.startswith("file:") and url.endswith((".ttf", ".otf"))):
            return super().fetch(url, headers)
        raise ValueError(f"'{url}' is outside the workspace")
