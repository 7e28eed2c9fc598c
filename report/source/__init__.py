"""Files become plain values that remember the line and column they came from."""

from report.source.sourcefile import SourceFile
from report.source.sources import DISK, Sources, Unsaved
from report.source.yamlfile import read, read_shared

__all__ = ["DISK", "SourceFile", "Sources", "Unsaved", "read", "read_shared"]
