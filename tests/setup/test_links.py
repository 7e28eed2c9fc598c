"""Documentation leads somewhere: links, headings, files and functions that it names, and the index of decisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".setup").rglob("*.md"))
)
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^ *\2`*~*[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?([^()<>\s]+)>?(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE
)
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)
OURS = re.compile(r"`((?:report|tests|docs|benchmarks|\.setup|\.ci)/[\w./-]*\w/?)`")
"""A path of the program. Those below data/ and templates/ may be a reader's own."""


def prose(text: str) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", text)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them: the second heading of a name has ``-1`` behind it."""
    found: dict[str, int] = {}
    made = set()
    for heading in HEADING.findall(prose(text)):
        words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = "".join(c for c in words if c in " -_" or unicodedata.category(c)[0] in "LMN").replace(" ", "-")
        count = found[slug] = found.get(slug, -1) + 1
        made.add(f"{slug}-{count}" if count else slug)
    return made


def broken(page: Path) -> Iterator[str]:
    """Yield the relative links of a page that lead to no file, or to no heading of it."""
    text = re.sub(r"``[^\n]*?``|`[^`\n]*`", "", prose(page.read_text("utf-8")))
    for link in (inline or defined for inline, defined in LINK.findall(text)):
        if re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists():
            yield f"{link}: there is no {name}"
        elif anchor and (target.suffix != ".md" or anchor not in anchors(target.read_text("utf-8"))):
            yield f"{link}: {target.name} has no heading of that name"


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading(name: str) -> None:
    assert list(broken(ROOT / name)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a](missing.md)", "there is no missing.md"),
        ("![a picture](pictures/none.png)", "there is no pictures/none.png"),
        ("[a][b]\n\n[b]: gone.md", "there is no gone.md"),
        ("[a](other.md#a-third)", "no heading"),
        ("[a](#nowhere)", "no heading"),
        ("`[code](missing.md)` [`a`](missing.md)", "there is no missing.md"),
        ("[a](other.md#in-code)", "no heading"),
        ("[[1]](missing.md)", "there is no missing.md"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# Заглавие, two!\n## Two\n## Two\n```\n# In code\n```\n", "utf-8")
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n{text}\n", "utf-8")
    (fault,) = broken(page)
    assert said in fault
    page.write_text(
        "# Page\n[a](other.md#заглавие-two) [b](other.md#two-1) [c](#page) [d](https://a.example/b)\n", "utf-8"
    )
    assert list(broken(page)) == []


@pytest.mark.parametrize("name", [name for name in PAGES if name != "CHANGELOG.md"])
def test_every_path_of_the_program_is_there(name: str) -> None:
    paths = OURS.findall(prose((ROOT / name).read_text("utf-8")))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_decisions_are_numbered_dated_and_indexed() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| \[\d{4}\]\(([\w.-]+)\) \| (.+?) \| .+\. \|$", index, re.MULTILINE))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    assert sorted(rows) == [record.name for record in records]
    for record in records:
        head, *parts = re.split(r"^## ", record.read_text("utf-8"), flags=re.MULTILINE)
        title = re.fullmatch(
            rf"# {int(record.name[:4])}\. (.+)\n\nDate: \d{{4}}-\d\d-\d\d\n(?:Replaced by .+\n)?\n", head
        )
        assert title and title[1] == rows[record.name], record.name
        assert [part.partition("\n")[0] for part in parts] == ["Context", "Decision", "Consequences"], record.name
        assert all(part.partition("\n")[2].strip() for part in parts), record.name
