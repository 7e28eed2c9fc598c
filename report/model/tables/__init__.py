"""Organisations from a table: each row laid over the facts of a base organisation."""

from report.model.tables.base import Base, Laid
from report.model.tables.organisations import Organisations, organisations

__all__ = ["Base", "Laid", "Organisations", "organisations"]
