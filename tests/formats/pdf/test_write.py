"""How WeasyPrint is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there, libraries are not found by their soname")
def test_loading_weasyprint_runs_no_other_program(tmp_path: Path):
    code = """
import subprocess, sys
def refuse(*arguments, **named):
    raise SystemExit(f"ran {arguments}")
subprocess.Popen.__init__ = refuse
from report.formats.libraries import require_pango
require_pango()
print("weasyprint" in sys.modules)
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stdout.strip() == "True", result.stderr
