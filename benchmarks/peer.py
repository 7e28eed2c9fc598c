"""What bare WeasyPrint is given: the HTML that the product composes, and its style sheet as a file beside it.

``python -m benchmarks.peer WORKSPACE ORGANISATION FOLDER`` writes both; none of it is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.child import composed
from report.formats import css
from report.workspace import Workspace


def main(root: str, organisation: str, folder: str) -> None:
    """Write document.html and style.css into `folder`."""
    document = composed(Workspace.at(Path(root)), organisation)
    assert not document.assets, "pictures would have to be copied too"
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    style = css.stylesheet(document.look, lambda face: face.path.as_uri()) + "\n" + css.widths(document.html)
    html = document.html.replace("</head>", '<link rel="stylesheet" href="style.css"></head>', 1)
    (target / "style.css").write_text(style, "utf-8")
    (target / "document.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
