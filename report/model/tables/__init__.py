"""Organisations from a table: each row laid over the facts of a base organisation."""

from report.model.tables.organisations import Organisations, organisations
from report.model.tables.overlay import Base, Laid

__all__ = ["Base", "Laid", "Organisations", "organisations"]
