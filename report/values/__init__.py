"""The values that pass between the steps: facts are in `report.model`, everything else that travels is here.

Every value is frozen. Problems are data: only `report.cli` turns them into text.
"""

from report.values.documents import EDITIONS, Artifact, Attachment, Document, Job, Outcome, Selection
from report.values.drawings import (
    MOST_DECIMALS,
    Area,
    Chart,
    Column,
    Diagram,
    Drawing,
    Mark,
    Node,
    Numeral,
    Series,
    Span,
    Timeline,
)
from report.values.look import FontFace, Inks, Look, Shape
from report.values.money import Money
from report.values.printing import FittedText, Panel, Printing
from report.values.problems import Location, MissingSystemLibrary, PageArea, Problem, ReportError, Severity, UsageError
from report.values.record import Record
from report.values.required import required

__all__ = [
    "Area",
    "Artifact",
    "Attachment",
    "Chart",
    "Column",
    "Diagram",
    "Document",
    "Drawing",
    "EDITIONS",
    "FittedText",
    "FontFace",
    "Inks",
    "Job",
    "Location",
    "Look",
    "MOST_DECIMALS",
    "Mark",
    "MissingSystemLibrary",
    "Money",
    "Node",
    "Numeral",
    "Outcome",
    "PageArea",
    "Panel",
    "Printing",
    "Problem",
    "Record",
    "ReportError",
    "Selection",
    "Series",
    "Severity",
    "Shape",
    "Span",
    "Timeline",
    "UsageError",
    "required",
]
