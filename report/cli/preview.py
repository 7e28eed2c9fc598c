"""``report preview``: pictures of a document's pages, and the field that each text on them comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import click

from report.cli import complete, options, problems
from report.source.patch import by_ids, write_address
from report.values import EDITIONS, Location, ReportError
from report.values.required import required
from report.workspace import Workspace

if TYPE_CHECKING:
    from report.model.dossier import Dossier
    from report.preview.requests import Answer, Page


@click.command()
@click.argument("organisation", metavar="ORG", shell_complete=complete.organisations)
@click.argument("document", metavar="DOCUMENT", shell_complete=complete.documents)
@options.workspace
@click.option(
    "--lang", metavar="bg", shell_complete=complete.languages, help="The language of the document (default: its first)."
)
@click.option("--edition", type=click.Choice(EDITIONS), help="Which edition (default: the document's first).")
@options.output
@options.text_or_json()
def command(organisation: str, document: str, root: Path, lang: str | None, edition: str | None, output: Path | None, form: str) -> None:  # fmt: skip
    """Write a JPEG picture of each page of a document, and say which field each text on it comes from.

    The pictures are for looking at, and for web pages: the documents themselves are made by  report build.
    """
    from report import files
    from report.pipeline import jobs
    from report.pipeline.loading import facts
    from report.preview.pages import Studio
    from report.preview.requests import Show

    workspace = Workspace.at(root)
    dossier = facts(workspace, organisation).dossier
    chosen = jobs(dossier, (document,), (lang,) if lang else (), ("pdf",)) if dossier else []
    language = chosen[0].language if chosen else lang or "en"
    folder = output or workspace.output / organisation / document / "pages"
    pages = [
        answer for answer in Studio(workspace).show(Show(organisation, document, language, edition)) if _is_page(answer)
    ]
    rows = []
    for page in pages:
        target = folder / f"{document}-{language}{f'-{edition}' if edition else ''}-{page.number:02}.jpg"
        files.replace(target, page.jpeg or b"")
        rows.append(_row(page, target, required(dossier)))
    if form == "json":
        problems.dump({"pages": rows})
        return
    for row in rows:
        click.echo(problems.relative(Path(row["picture"])))
        for one in row["fields"]:
            click.echo(f"    {problems.relative(Path(one['path']))}:{one['line']}:{one['column']}  {one['key'] or ''}")


def _is_page(answer: Answer) -> TypeGuard[Page]:
    """Say that an answer is a page; raise `ReportError` with the problems of one that is none."""
    from report.preview.requests import Failed

    if isinstance(answer, Failed):
        raise ReportError(answer.problems)
    return True


def _row(page: Page, picture: Path, dossier: Dossier) -> dict[str, Any]:
    """Return what there is to say of a page: its size in points, and places in parts of its width and height."""
    fields = []
    for one in sorted(page.printed, key=lambda printed: (printed.boxes[0].top, printed.boxes[0].left)):
        where = dossier.locate(one.file, *one.steps) or Location(Path(one.file))
        place = {"path": str(where.path), "line": where.line, "column": where.column, "key": where.key}
        place["address"] = write_address(by_ids(dossier.files[one.file].data, one.steps))
        fields.append(place | {"boxes": [list(box) for box in one.boxes]})
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "picture": str(picture),
        "fields": fields,
    }
