"""The judges: validators that other people wrote, behind one small interface.

A judge is a function `findings(path) -> list[str]`: empty means that the document passed. A judge that crashes has
failed the document, so whatever it raises is turned into a finding; only `JudgeMissing` is let through, and
`judge()` turns that into a skip on a developer's machine and into a failure where judges are required.

    from tests.judges import JUDGES, judge
    @pytest.mark.parametrize("which", judges_for(".pdf", "fast"), ids=str)
    def test_documents_pass(which, path):
        assert judge(which, path) == []
"""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.judges.kept import kept
from tests.judges.missing import JudgeMissing

__all__ = ["JUDGES", "Judge", "JudgeMissing", "judge", "judge_params", "judges_for", "required"]


@dataclass(frozen=True, slots=True)
class Judge:
    """One validator: the suffix it reads, the tier of tests it runs in, and its module in this package."""

    name: str
    suffix: str
    tier: str  # "fast": installed by pip, in `make test`; "slow": needs Java, Node, LibreOffice or poppler
    module: str

    def findings(self, path: Path) -> list[str]:
        """Return what the validator holds against the file; raise `JudgeMissing` where it is not installed."""
        module = importlib.import_module(f"tests.judges.{self.module}")
        try:
            return module.findings(Path(path))
        except JudgeMissing:
            raise
        except Exception as crash:  # noqa: BLE001 - whatever it is, the document was not shown to be good
            return [f"{self.name} crashed: {type(crash).__name__}: {crash}"]

    def __str__(self) -> str:
        return self.name


JUDGES = (
    Judge("pdf-syntax-pikepdf", ".pdf", "fast", "pdf_pikepdf"),
    Judge("pdf-page", ".pdf", "fast", "pdf_fast"),
    Judge("pdf-vera", ".pdf", "slow", "pdf_reference"),
    Judge("pdf-syntax", ".pdf", "slow", "pdf_syntax"),
    Judge("docx-audit", ".docx", "fast", "docx_audit"),
    Judge("docx-structure", ".docx", "fast", "docx_structure"),
    Judge("docx-sdk", ".docx", "slow", "docx_sdk"),
    Judge("docx-render", ".docx", "slow", "docx_render"),
)


def judges_for(suffix: str, tier: str | None = None) -> tuple[Judge, ...]:
    """Return the judges that read `suffix`, of one tier or of both."""
    return tuple(j for j in JUDGES if j.suffix == suffix and tier in (None, j.tier))


def judge_params(suffix: str | None = None) -> list:
    """Return every judge as a pytest parameter, those of the slow tier marked ``slow``."""
    chosen = JUDGES if suffix is None else judges_for(suffix)
    return [pytest.param(j, id=j.name, marks=[pytest.mark.slow] if j.tier == "slow" else []) for j in chosen]


def required() -> bool:
    """Say whether a missing judge is a failure: in CI, and in `make test-all`."""
    return os.environ.get("REPORT_JUDGES") == "required" or os.environ.get("CI", "") not in ("", "0", "false")


def judge(which: Judge, path: Path) -> list[str]:
    """Return the findings of a judge; where it is not installed, skip the test, or fail it where it is required.

    Bytes that were judged in this session are not judged again.
    """
    try:
        return json.loads(kept(which.name, path, lambda: json.dumps(which.findings(path)).encode()))
    except JudgeMissing as missing:
        if required():
            pytest.fail(f"{which.name} is required and missing: {missing} (make judges installs it)")
        pytest.skip(f"{which.name}: {missing}")
