"""What a worker needs, loaded once before workers are forked. It starts no thread: the chart engine is loaded later."""

from __future__ import annotations

import contextlib
import importlib

from report.formats import FORMATS
from report.formats.libraries import require_pango
from report.values import ReportError

with contextlib.suppress(ReportError):  # reported with the first document that needs it
    require_pango()
for module in (*FORMATS.values(), "report.pipeline", "report.batch.worker", "weasyprint", "docx"):
    importlib.import_module(module)
