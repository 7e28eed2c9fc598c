"""PDF/A-3a and PDF/UA-1 by page-validation: pip alone, a fraction of a second, veraPDF's verdicts."""

from __future__ import annotations

import re
from pathlib import Path

from tests.judges.missing import JudgeMissing

PROFILES = ("PDF_A_3A", "PDF_UA_1")

# Only PDF/A-1 forbids a filter on the metadata stream (ISO 19005-1 6.7.2); veraPDF passes compressed XMP in PDF/A-3,
# page-validation 0.11 reports it. WeasyPrint compresses it.
FALSE_ALARMS = {"PDFA3A-METADATA-FILTER-001"}

# A stream whose last byte happens to be a carriage return, before the line feed of "endstream": page-validation 0.11
# takes both for the line end and finds the stream a byte short. One compressed stream in 256 ends so; veraPDF and
# qpdf read the /Length. The alarm is passed over only if every /Length in the file is right.
LENGTH_ALARM = "PDFA3A-STREAM-LENGTH-001"
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*?stream\r?\n")


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
        alarms = FALSE_ALARMS | ({LENGTH_ALARM} if lengths_are_right(path) else set())
        found += [f"{name} {f.rule_id}: {f.message}" for f in failures if f.rule_id not in alarms]
        if not failures and not report.is_compliant:
            found.append(f"{name}: not compliant, without a reason given")
    return found


def lengths_are_right(path: Path) -> bool:
    """Return whether every stream with a direct /Length is followed by "endstream" right where that says."""
    data = path.read_bytes()
    ends = [found.end() + int(found[1]) for found in _STREAM.finditer(data)]
    return bool(ends) and all(re.match(rb"\r?\n?endstream", data[end : end + 12]) for end in ends)
