"""A document's tree for WeasyPrint, which takes text alone and parses it once more. Not reported: `weasyprint.HTML` could take a tree."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import cssselect2
import weasyprint
from weasyprint.urls import URLFetcher


class Html(weasyprint.HTML):
    """What `weasyprint.HTML` makes of the text of a document; nothing changes the tree."""

    def __init__(self, root: Element, base_url: str, url_fetcher: URLFetcher):
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def install() -> None:
    """Do nothing: `report.formats.pdf.render` asks whether this is in place."""
