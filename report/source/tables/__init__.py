"""Tables become rows of texts that know their cell: CSV by line and column, XLSX and ODS by sheet and cell."""

from report.source.tables.grid import Row
from report.source.tables.read import read
from report.source.tables.table import Table

__all__ = ["Row", "Table", "read"]
