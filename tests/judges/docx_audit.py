"""DOCX by openxml-audit: the Open XML SDK's rules in Python, so that the fast tier has a judge for Word files."""

from __future__ import annotations

from pathlib import Path

from tests.judges.missing import JudgeMissing

# Word writes stylesWithEffects.xml for Word 2010 and nothing reads it; python-docx's template carries a stale one.
# The Open XML SDK accepts the file. Only these two sentences are false findings: others on the part still count.
_PART = "/word/stylesWithEffects.xml"
_FALSE = ("not in stylesWithEffects", "docDefaults differ between styles.xml and stylesWithEffects")


def findings(path: Path) -> list[str]:
    """Return every finding but the two known to be false."""
    try:
        import openxml_audit as audit
    except ImportError as error:
        raise JudgeMissing("openxml-audit is not installed") from error
    # 0 is no limit: the default stops at a thousand.
    result = audit.OpenXmlValidator(audit.FileFormat.MICROSOFT_365, max_errors=0).validate(path)
    found = [str(e) for e in result.errors if not _is_false(e)]
    if not result.errors and not result.is_valid:
        found.append("not valid, without a reason given")
    return found


def _is_false(error) -> bool:
    return error.part_uri == _PART and any(sentence in error.description for sentence in _FALSE)
