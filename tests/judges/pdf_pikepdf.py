"""PDF syntax by qpdf's library inside pikepdf: pip alone, so that the fast tier sees a damaged file too."""

from __future__ import annotations

from pathlib import Path

from tests.judges.missing import JudgeMissing


def findings(path: Path) -> list[str]:
    """Return the warnings and errors of reading the whole file."""
    try:
        import pikepdf
    except ImportError as error:
        raise JudgeMissing("pikepdf is not installed") from error
    with pikepdf.open(path) as pdf:
        found = [str(problem) for problem in pdf.check_pdf_syntax()]
        found += [str(warning) for warning in pdf.get_warnings()]
        if not len(pdf.pages):
            found.append("the file has no page")
    return list(dict.fromkeys(found))
