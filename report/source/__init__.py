"""Files become plain values that remember the line and column they came from."""

from report.source.sourcefile import SourceFile
from report.source.yamlfile import read, read_shared

__all__ = ["SourceFile", "read", "read_shared"]
