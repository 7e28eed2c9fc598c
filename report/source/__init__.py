"""Files become plain values that remember the line and column they came from."""

from report.source.yamlfile import SourceFile, read

__all__ = ["SourceFile", "read"]
