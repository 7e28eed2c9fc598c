"""The steps in order: load, check, compose, write. Everything that a command does to one organisation is here."""

from report.pipeline.checking import Checked, check, checked, unused
from report.pipeline.making import run
from report.pipeline.planning import Plan, jobs, plan
from report.pipeline.preparing import prepare
from report.pipeline.rows import check_rows

__all__ = ["Checked", "Plan", "check", "check_rows", "checked", "jobs", "plan", "prepare", "run", "unused"]
