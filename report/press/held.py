"""Hold the files that were made against what a funder asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from report.press.measure import measure
from report.profiles.load import Funder
from report.profiles.pages import broken, heavy
from report.values import Artifact, Location, Problem, Severity


def held(funders: Iterable[tuple[Funder, Location | None]], made: Sequence[Artifact]) -> Iterator[Problem]:
    """Yield what the files of one document break, where its profile is named: an error, or a warning where that is tolerated.

    Pages, type, margins and paper are measured on the PDF; where none is made, a note says so. Size is that of each file.
    """
    for funder, where in funders:
        rules = funder.profile.document
        if rules is None:
            continue
        unsure = "" if rules.verified else "; the rule is not verified"
        for artifact in made:
            pdf = artifact.format == "pdf"
            found = broken(rules, measure(artifact.path)) if pdf else heavy(rules, artifact.path.stat().st_size)
            for said, tolerated in found:
                word = "hardly takes" if tolerated else "does not take"
                message = f"{funder.id} {word} {artifact.path.name}: {said}{unsure}"
                hint = "leave sections out, print shorter variants, or take a theme of another size"
                yield Problem(Severity.WARNING if tolerated else Severity.ERROR, "document.rules", message, where, hint)
        if rules.measures and not any(artifact.format == "pdf" for artifact in made):
            message = f"{funder.id}: pages, type and margins were not measured, since no PDF is made"
            yield Problem(Severity.NOTE, "document.unmeasured", message, where, "make the PDF too")
