"""What WeasyPrint and pydyf compute again and again, computed once; `REPORT_PLAIN_WEASYPRINT=1` leaves all of it out.

The files are the same, byte for byte. In order: `cascade`, `styles`, then `derived`; `objects` and `source` stand beside them.
"""
