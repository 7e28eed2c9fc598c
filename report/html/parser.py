"""The HTML parser of every format."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import tinyhtml5

from report.html.tree import Tree


def parse(html: str) -> ET.Element:
    """Parse HTML with the parser that every format uses."""
    root: ET.Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return root


def tree(html: str) -> Tree:
    """Return the tree of a text."""
    return Tree(parse(html))
