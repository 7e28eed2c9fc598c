"""HTML that is parsed already: WeasyPrint takes no tree, and would parse each document a second time."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import cssselect2
import weasyprint

from report.formats.pdf.fetch import Fetcher


class Parsed(weasyprint.HTML):
    """A document's tree for WeasyPrint, as `weasyprint.HTML` has it from the text of the document; nothing changes the tree."""

    def __init__(self, root: Element, fetcher: Fetcher):
        self.base_url, self.url_fetcher, self.media_type = fetcher.base, fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
