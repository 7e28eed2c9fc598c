"""What an edition changes in a composed tree: the one to be printed writes out where its links lead."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from report.html.text import words


def finish(root: ET.Element, edition: str) -> None:
    """Complete a tree for its edition, in place."""
    if edition == "print":
        _write_out(root)


def _write_out(root: ET.Element) -> None:
    """Set an address behind each link that does not show it, and a page's number behind each that leads inside."""
    contents = {link for nav in root.iter("nav") for link in nav.iter("a")}
    for parent in list(root.iter()):
        for link in [child for child in parent if child.tag == "a"]:
            href = link.get("href", "")
            if href.startswith("#"):
                if link not in contents and link.get("role") != "doc-biblioref":
                    link.set("data-field", "target")
                continue
            shown = href.removeprefix("mailto:").removeprefix("tel:")
            if shown not in words(link):
                address = ET.Element("span", {"class": "address"})
                address.text, address.tail, link.tail = f" ({shown})", link.tail, None
                parent.insert(list(parent).index(link) + 1, address)
