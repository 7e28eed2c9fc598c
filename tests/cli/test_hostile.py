"""What the commands say of hostile files: status 1, a problem at its place, nothing written, and no word of a library."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from PIL import Image

from report.workspace import Workspace
from tests.cli import process
from tests.forms import funder

SECTION = "templates/annual-report/sections/about.html.j2"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does; the settings of this machine that hide faults are left out."""
    hiding = ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
    env = {name: value for name, value in os.environ.items() if name not in hiding} | environment
    return process.run(arguments, folder, env)


def refused(done: subprocess.CompletedProcess[str], word: str) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert word in said and "hint:" in said, said
    assert "Traceback" not in said and " at 0x" not in said and "panicked" not in said, said


def form(folder: Path, tag: str) -> tuple[str, ...]:
    """Write a form with a tag, and its map; return the command that fills it."""
    (folder / "form.docx").write_bytes(funder.package(funder.p("{{ organisation.name }}") + funder.p(tag)))
    fields = [{"address": "tag:organisation.name", "fact": "organisation.name"}]
    (folder / "map.yaml").write_text(yaml.safe_dump({"form": "form.docx", "fields": fields}), "utf-8")
    return "form", "fill", "form.docx", "map.yaml", "spoc", "-o", "filled.docx"


@pytest.mark.quick("docx.save", "link.png", "INCLUDETEXT")
@pytest.mark.parametrize(
    ("tag", "word"),
    [
        ("{{ picture('pictures/logo.png','x').tpl.docx.save('anywhere.docx') }}", "¶2"),
        ("{{ picture('organisation.yaml', 'x') }}", "neither PNG nor JPEG"),
        ("{{ picture('../../README.md', 'x') }}", "no picture"),
        ("{{ picture('/etc/passwd', 'x') }}", "no picture"),
        ("{{ picture('link.png', 'x') }}", "no picture"),
        ("{{ '&lt;/w:t&gt;&lt;/w:r&gt;&lt;/w:p&gt;'|safe }}", "invalid Word text"),
        ("{{ rich('x') }}", "{{r rich"),
        ("{{r picture('pictures/logo.png', 'x') }}", "Word text"),
        ("{{ picture('pictures/logo.png', 'x')|upper }}", "filter"),
        ("{{ ('&lt;w:fldSimple w:instr=\"INCLUDETEXT file:///etc/passwd\"/&gt;')|safe }}", "inside plain text"),
    ],
)
def test_a_form_that_reaches_out(workspace: Workspace, tag: str, word: str) -> None:
    pictures = workspace.data / "spoc" / "pictures"
    pictures.mkdir()
    Image.new("RGB", (20, 20)).save(pictures / "logo.png")
    Image.new("RGB", (20, 20)).save(workspace.root / "outside.png")
    (workspace.data / "spoc" / "link.png").symlink_to(workspace.root / "outside.png")
    command = form(workspace.root, tag)
    before = {path for path in workspace.root.rglob("*") if "output" not in path.parts}
    refused(run(workspace.root, *command), word)
    assert {path for path in workspace.root.rglob("*") if "output" not in path.parts} == before


def test_what_tags_make_of_a_form_may_not_fetch(workspace: Workspace) -> None:
    """A field's code is put together by tags, so that it is seen only once it is rendered."""
    code = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{{ "INCLUDE" ~ "TEXT" }} '
        '"{{ "file" ~ ":///etc/passwd" }}"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    command = form(workspace.root, "x")
    (workspace.root / "form.docx").write_bytes(funder.package(funder.p("{{ organisation.name }}") + code))
    refused(run(workspace.root, *command), "reaches outside")
    assert not (workspace.root / "filled.docx").exists()


@pytest.mark.slow
def test_a_form_that_never_ends(workspace: Workspace) -> None:
    loops = "{% for a in 'x'|list * 99999 %}" * 5 + "{% endfor %}" * 5
    done = run(workspace.root, "--read-seconds", "2", *form(workspace.root, loops))
    refused(done, "longer than 2 seconds")
    assert not (workspace.root / "filled.docx").exists()


@pytest.mark.quick("longer than 2 seconds", "nested too deeply", "no picture", "{{ affiliations }}", "points outside")
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("{{ (1e400)|money('EUR') }}", "about.html.j2:2"),
        ("{{ cycler() }}", "about.html.j2:2"),
        ("{{ lipsum(1) }}", "about.html.j2:2"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "about.html.j2:2"),
        ("{% for a in 'x'|list * 99999 %}" * 5 + "{% endfor %}" * 5, "longer than 2 seconds"),
        ("{{ 'x'.center(10**9) }}", "center"),
        ("{{ '%999999999d' % 1 }}", "pads to more than"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "nested too deeply"),
        ("{{ organisation }}", "about.html.j2:2"),
        ("{{ affiliations }}", "about.html.j2:2"),
        ("{% include 'annual-report/link.j2' %}", "points outside"),
        ("<img src='link.png' alt='x'>", "no picture"),
        ("<img src='eps.png' alt='x'>", "EPS"),
        ("<img src='large.png' alt='x'>", "pixels"),
    ],
)
def test_a_template_that_reaches_out(workspace: Workspace, line: str, word: str) -> None:
    own = workspace.root / SECTION
    own.parent.mkdir(parents=True)
    own.write_text(f"<h1>Us</h1>\n{line}\n", "utf-8")
    secret = workspace.root / "secret.txt"
    secret.write_text("SECRET", "utf-8")
    (own.parents[1] / "link.j2").symlink_to(secret)
    Image.new("RGB", (20, 20)).save(workspace.root / "outside.png")
    folder = workspace.data / "spoc"
    (folder / "link.png").symlink_to(workspace.root / "outside.png")
    (folder / "eps.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    with Image.new("1", (9_600, 9_600)) as large:
        large.save(folder / "large.png")
    seconds = "2" if "2 seconds" in word else "60"
    document = ("build", "spoc", "annual-report", "--lang", "en", "--format", "html")
    done = run(workspace.root, "--read-seconds", seconds, *document)
    refused(done, word) if "hint:" in done.stdout + done.stderr else None
    said = done.stdout + done.stderr
    assert done.returncode == 1 and word in said and "SECRET" not in said and "Traceback" not in said, said
    assert not list(workspace.output.rglob("*.html"))


@pytest.mark.quick("@import 'http", "secret.png", "fonts/link.ttf")
@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        ("annual-report/style.css", '@font-face{font-family:X;src:url("file://host.invalid/x.ttf")}', "style.css:1"),
        ("annual-report/style.css", "p{background:url(//host.invalid/x.png)}", "style.css:1"),
        ("annual-report/style.css", "p{background:url(../../../../secret.png)}", "style.css:1"),
        ("annual-report/style.css", "@import 'http://host.invalid/x.css';", "style.css:1"),
        ("annual-report/style.css", "p{background:url(data:image/png,%25%21PS)}", "style.css:1"),
        ("annual-report/style.css", "p{content:\\75\\72\\6c('http://host.invalid')}", "style.css:1"),
        ("themes/own/theme.yaml", "name: Own\ntokens: {colour-x: '#ffffff', odd: 'url(http://host.invalid)'}", "theme.yaml:2"),
        ("themes/own/theme.yaml", "name: Own\ntokens: {odd: 'red;} @import \"x.css\"; a{'}", "theme.yaml:2"),
        ("themes/own/theme.yaml", "name: Own\nfonts: {text: {family: 'X\";src:url(x)', regular: fonts/x.ttf}}", "theme.yaml:2"),
        ("themes/own/theme.yaml", "name: Own\nfonts: {text: {family: X, regular: ../../../x.ttf}}", "theme.yaml:2"),
        ("themes/own/theme.yaml", "name: Own\nfonts: {text: {family: X, regular: fonts/link.ttf}}", "points outside"),
    ],
)  # fmt: skip
def test_a_look_that_reaches_out(workspace: Workspace, file: str, content: str, word: str) -> None:
    path = workspace.root / "templates" / file
    path.parent.mkdir(parents=True)
    path.write_text(content + "\n", "utf-8")
    fonts = workspace.root / "templates" / "fonts"
    fonts.mkdir()
    (workspace.root / "x.ttf").write_bytes(b"x")
    (fonts / "link.ttf").symlink_to(workspace.root / "x.ttf")
    if "themes" in file:
        documents = workspace.data / "spoc" / "documents.yaml"
        documents.write_text(documents.read_text("utf-8").replace("kind: annual-report", "kind: annual-report\n    theme: own", 1), "utf-8")  # fmt: skip
    done = run(workspace.root, "build", "spoc", "annual-report", "--lang", "en", "--format", "html")
    refused(done, word)
    assert not list(workspace.output.rglob("*.html"))


def test_a_folder_of_facts_that_is_a_link(workspace: Workspace) -> None:
    """A whole organisation may be a link inside the workspace."""
    shutil.move(workspace.data / "spoc", workspace.data / "_spoc")
    (workspace.data / "spoc").symlink_to(workspace.data / "_spoc")
    assert run(workspace.root, "check", "spoc").returncode == 0


@pytest.mark.parametrize("name", ["spoc/objectives.yaml", "networks.yaml", "spoc"])
def test_facts_that_are_a_link_out_of_the_workspace(workspace: Workspace, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:  # fmt: skip
    outside = tmp_path_factory.mktemp("outside") / "there"
    shutil.move(workspace.data / name, outside)
    (workspace.data / name).symlink_to(outside)
    refused(run(workspace.root, "check", "spoc"), "points outside the workspace")


def test_a_bomb_in_a_package(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "form.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(50_000_000))
    refused(run(tmp_path, "form", "map", "form.docx"), "bomb")
