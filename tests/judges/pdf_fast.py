"""PDF/A-3a and PDF/UA-1 by page-validation: pip alone, a fraction of a second, veraPDF's verdicts."""

from __future__ import annotations

from pathlib import Path

from tests.judges.missing import JudgeMissing

PROFILES = ("PDF_A_3A", "PDF_UA_1")

# Only PDF/A-1 forbids a filter on the metadata stream (ISO 19005-1 6.7.2); veraPDF passes compressed XMP in PDF/A-3,
# page-validation 0.11 reports it. WeasyPrint compresses it.
FALSE_ALARMS = {"PDFA3A-METADATA-FILTER-001"}


def findings(path: Path) -> list[str]:
    """Return one line for each failure, whichever of the two standards it breaks."""
    try:
        import page
    except ImportError as error:
        raise JudgeMissing("page-validation is not installed") from error
    # The limits guard a service against hostile files; ours may have a hundred pages and are trusted.
    limits = page.SafetyLimits.unlimited()
    found = []
    for name in PROFILES:
        profile = getattr(page.ValidationProfile, name)
        report = page.validate_pdf(str(path), profile=profile, limits=limits)
        failures = list(report.failures)
        found += [f"{name} {f.rule_id}: {f.message}" for f in failures if f.rule_id not in FALSE_ALARMS]
        if not failures and not report.is_compliant:
            found.append(f"{name}: not compliant, without a reason given")
    return found
