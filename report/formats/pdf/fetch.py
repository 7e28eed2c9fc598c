"""What a layout may read: the document's pictures, the theme's fonts and data that stands in the text. Nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urljoin as url_join

from weasyprint.urls import URLFetcher, URLFetcherResponse, iri_to_uri

from report import pictures

BASE = "https://asset.invalid/"
"""Stands for the document's pictures. The name can never be reached (RFC 2606), and relative names join to it."""


_NONE: Mapping[str, Callable[[], str]] = MappingProxyType({})


class Fetcher(URLFetcher):
    """Resolve an image's ``src`` by the document's assets, or as SVG by its drawings; refuse every address that is not there."""

    base = BASE

    def __init__(
        self,
        assets: Mapping[str, Path],
        drawings: Mapping[str, Callable[[], str]] = _NONE,
        fonts: Iterable[Path] = (),
        for_press: bool = False,
    ):
        super().__init__(allowed_protocols=("data",))
        self._drawings, self._for_press = drawings, for_press
        self._assets = {iri_to_uri(url_join(BASE, name)): path for name, path in assets.items()}
        self._fonts = {path.as_uri(): path for path in fonts}

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if drawing := self._drawings.get(url):
            return URLFetcherResponse(url, drawing().encode(), {"Content-Type": "image/svg+xml"})
        if url.startswith(BASE):
            path = self._assets.get(iri_to_uri(url))
            if path is None:
                raise ValueError(f"'{url}' is not one of the document's pictures")
            return URLFetcherResponse(url, pictures.upright(path, for_press=self._for_press))
        if font := self._fonts.get(url):
            return URLFetcherResponse(url, font.read_bytes())
        if url.startswith("data:"):
            return super().fetch(url, headers)
        raise ValueError(f"'{url}' is outside the workspace")
