"""Funders' Word forms with very many places: ``report form map``, ``check`` and ``fill``."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.large import Build, Case

COUNT = 1500


def form(
    body: Callable[[], str],
    *command: str,
    fields: Callable[[], Sequence[dict]] | None = None,
    parts: Callable[[], dict] = dict,
) -> Build:
    """Write a form and, if `fields` are given, its map."""

    def build(folder: Path) -> Sequence[str]:
        from tests.forms import funder

        (folder / "data").mkdir()
        (folder / "form.docx").write_bytes(funder.package(body(), parts()))
        if fields is None:
            return ("form", *command, "form.docx")
        (folder / "map.yaml").write_text(json.dumps({"form": "form.docx", "fields": fields()}), "utf-8")
        return ("form", *command, "form.docx", "map.yaml")

    return build


def _bound(same: bool = False) -> str:
    from tests.forms import funder

    def binding(number: int) -> str:
        path = f"/r[1]/f{0 if same else number}[1]"
        return f'<w:dataBinding w:xpath="{path}" w:storeItemID="{funder.STORE}"/>'

    return "".join(
        funder.p(f"Question {n}")
        + f"<w:p>{funder.control(f'Field{n}', '<w:text/>', number=n + 1, more=binding(n))}</w:p>"
        for n in range(COUNT)
    )


def _store() -> dict[str, str]:
    from tests.forms import funder

    fields = "".join(f"<f{n}/>" for n in range(COUNT))
    return {
        "customXml/item1.xml": f"<r>{fields}</r>",
        "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{funder.STORE}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
    }


def _each(one: Callable[[int], str]) -> Callable[[], str]:
    return lambda: "".join(map(one, range(COUNT)))


def _control(number: int) -> str:
    from tests.forms import funder

    return (
        funder.p(f"Question {number}")
        + f"<w:p>{funder.control(f'Field{number}', '<w:text/>', number=number + 1)}</w:p>"
    )


def _legacy(number: int) -> str:
    from tests.forms import funder

    return f"<w:p>{funder.legacy(f'Text{number}', '<w:textInput/>', 'FORMTEXT')}</w:p>"


def _one_line(one: Callable[[int], str]) -> Callable[[], str]:
    """Put everything into one paragraph."""
    return lambda: "<w:p>" + "".join(one(n).replace("<w:p>", "").replace("</w:p>", "") for n in range(COUNT)) + "</w:p>"


def _mark(number: int) -> str:
    return f'<w:p><w:r><w:t>Question {number}</w:t></w:r><w:bookmarkStart w:id="{number}" w:name="B{number}"/><w:r><w:t>x</w:t></w:r><w:bookmarkEnd w:id="{number}"/></w:p>'


def _prompt(number: int) -> str:
    from tests.forms import funder

    return funder.p(f"Question {number}") + funder.p("[insert text]")


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    from tests.forms import funder

    return funder.table(*rows)


def _values(address: str) -> Callable[[], Sequence[dict]]:
    return lambda: [{"address": address.format(n), "value": "An answer."} for n in range(COUNT)]


SMALL = Case("start", "one place", 5, form(lambda: _control(0), "map"))
CASES = tuple(
    Case(f"form {command}: {what}", size, aim, form(body, command, fields=None if command == "map" else fields, parts=parts), says)
    for what, size, aim, body, fields, parts, says in (
        ("bound controls", f"{COUNT:,}", 1, _bound, _values("control:Field{}"), _store, "1500"),
        ("controls bound to one place", f"{COUNT:,}", 2, lambda: _bound(same=True), lambda: _values("control:Field{}")()[:20], _store, ""),
        ("controls", f"{COUNT:,}", 2, _each(_control), _values("control:Field{}"), dict, "1500"),
        ("controls in one paragraph", f"{COUNT:,}", 2, _one_line(_control), _values("control:Field{}"), dict, "1500"),
        ("cells with a label", f"{COUNT:,}", 2, lambda: _table([(f"Question {n}", "") for n in range(COUNT)]), lambda: [{"address": f"cell:1.{n + 1}.2", "value": "An answer."} for n in range(COUNT)], dict, "1500"),
        ("cells of one row", f"{COUNT:,}", 2, lambda: _table([tuple(f"Q{n // 2}" if n % 2 == 0 else "" for n in range(2 * COUNT))]), lambda: [{"address": f"cell:1.1.{2 * n + 2}", "value": "An answer."} for n in range(COUNT)], dict, "1500"),
        ("legacy fields", f"{COUNT:,}", 2, _each(_legacy), _values("legacy:Text{}"), dict, "1500"),
        ("legacy fields in one paragraph", f"{COUNT:,}", 2, _one_line(_legacy), _values("legacy:Text{}"), dict, "1500"),
        ("bookmarks", f"{COUNT:,}", 2, _each(_mark), _values("bookmark:B{}"), dict, "1500"),
        ("bookmarks in one paragraph", f"{COUNT:,}", 2, _one_line(_mark), _values("bookmark:B{}"), dict, "1500"),
        ("prompts", f"{COUNT:,}", 2, _each(_prompt), lambda: [{"address": f"prompt:{n + 1}", "value": "An answer."} for n in range(COUNT)], dict, "1500"),
        ("a table of blank rows", "2,000", 2, lambda: _table([("Name", "Role", "Since"), *[("", "", "")] * 2000]), lambda: [{"address": "table:1.1", "value": [{"Name": "A", "Role": "B", "Since": "2003"}] * 1500}], dict, ""),
        ("a table that grows", f"{COUNT:,}", 2, lambda: _table([("Name", "Role", "Since"), ("", "", "")]), lambda: [{"address": "table:1.1", "value": [{"Name": "A", "Role": "B", "Since": "2003"}] * COUNT}], dict, ""),
        ("entries that match nothing", f"{COUNT:,}", 2, _each(_control), _values("control:Feild{}"), dict, ""),
    )
    for command in ("map", "check", "fill")
)  # fmt: skip
