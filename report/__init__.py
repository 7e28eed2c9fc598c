"""From structured facts about an organisation to its printed report, as PDF and Word."""

__version__ = "0.1.0"
