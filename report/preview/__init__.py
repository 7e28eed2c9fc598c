"""Pictures of a document's pages while its facts are edited, and which field each text on a page comes from.

`places` finds texts on pages, `pages` lays out and paints, `requests` is what is asked and answered, `worker` answers in a process that
stays warm, and `process` is its owner's side.
"""

from report.preview.process import Preview
from report.preview.requests import Failed, Page, Show

__all__ = ["Failed", "Page", "Preview", "Show"]
