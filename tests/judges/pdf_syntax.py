"""PDF syntax, fonts and tagging by the programs that everybody has: qpdf, pdffonts, pdfinfo."""

from __future__ import annotations

from pathlib import Path

from tests.judges.missing import program, run


def findings(path: Path) -> list[str]:
    """Return what qpdf complains of, the fonts that are not embedded, and tagging or a title that are absent."""
    return [*_qpdf(path), *_fonts(path), *_info(path)]


def _qpdf(path: Path) -> list[str]:
    result = run(program("qpdf"), "--check", path)
    if result.returncode == 0 and not result.stderr.strip():
        return []
    said = [line for line in (result.stderr + result.stdout).splitlines() if "WARNING" in line or "rror" in line]
    return [f"qpdf: {line.strip()}" for line in said] or [f"qpdf: exit status {result.returncode}"]


def _fonts(path: Path) -> list[str]:
    result = run(program("pdffonts"), path)
    if result.returncode:
        return [f"pdffonts: {result.stderr.strip() or result.returncode}"]
    lines = result.stdout.splitlines()
    if len(lines) < 3:  # two of heading
        return []
    # Columns are of fixed width, ruled in the second line: names may hold spaces.
    start = lines[0].index("emb")
    loose = [line for line in lines[2:] if line[start : start + 3].strip() != "yes"]
    return [f"pdffonts: not embedded: {line.split()[0]}" for line in loose]


def _info(path: Path) -> list[str]:
    result = run(program("pdfinfo"), path)
    if result.returncode or result.stderr.strip():
        return [f"pdfinfo: {result.stderr.strip() or result.returncode}"]
    info = dict(line.split(":", 1) for line in result.stdout.splitlines() if ":" in line)
    found = []
    if info.get("Tagged", "").strip() != "yes":
        found.append("pdfinfo: the file is not tagged")
    if not info.get("Title", "").strip():
        found.append("pdfinfo: the file has no title")
    return found
