"""What bare WeasyPrint is given: the HTML that the product composes, with its style sheet, pictures and drawings beside it.

``python -m benchmarks.peer WORKSPACE ORGANISATION FOLDER [DOCUMENT]`` writes them; none of it is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.child import composed
from report import pictures
from report.formats import charts, css
from report.workspace import Workspace


def main(root: str, organisation: str, folder: str, name: str = "") -> None:
    """Write document.html, style.css, the pictures and the drawings as SVG into `folder`."""
    document = composed(Workspace.at(Path(root)), organisation, name)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    style = css.stylesheet(document.look, lambda face: face.path.as_uri()) + "\n" + css.widths(document.tree)
    html = document.html.replace("</head>", '<link rel="stylesheet" href="style.css"></head>', 1)
    for source, path in document.assets.items():
        (target / path.name).write_bytes(pictures.upright(path))
        html = html.replace(f'src="{source}"', f'src="{path.name}"')
    for number, (source, drawing) in enumerate(document.drawings.items()):
        (target / f"drawing-{number}.svg").write_text(charts.svg(drawing, document.look), "utf-8")
        html = html.replace(f'src="{source}"', f'src="drawing-{number}.svg"')
    (target / "style.css").write_text(style, "utf-8")
    (target / "document.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
