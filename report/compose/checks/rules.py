"""The rules that a draft is checked by, in their order: those of `ERRORS` stop a document, those of `WARNINGS` follow where none did."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator

from report.compose.checks import leaks, omissions, plausibility, untranslated, verify
from report.compose.checks.draft import Draft
from report.looks import glyphs
from report.model import walk
from report.values import Location, Problem, Severity, required

Rule = tuple[str, Callable[[Draft], Iterable[Problem]]]


def run(rules: Iterable[Rule], draft: Draft) -> tuple[Problem, ...]:
    """Return the problems of a draft by those rules, in their order."""
    return tuple(problem for _, check in rules for problem in check(draft))


def _missing_labels(draft: Draft) -> Iterator[Problem]:
    return _at_request(draft.labels.problems(), draft)


def _borrowed_labels(draft: Draft) -> Iterator[Problem]:
    return _at_request(draft.labels.warnings(), draft)


def _at_request(problems: Iterable[Problem], draft: Draft) -> Iterator[Problem]:
    """Yield problems, where they have no place of their own at the languages that the document asks for."""
    for problem in problems:
        yield dataclasses.replace(problem, location=problem.location or draft.place_in_requests("languages"))


def _missing_glyphs(draft: Draft) -> Iterator[Problem]:
    """Yield an error for each character that no font has: at the facts that are printed and have it, or else in the template."""
    dossier, fonts = draft.dossier, draft.look.fonts
    families = ", ".join(dict.fromkeys(face.family for face in fonts))
    text = "".join(draft.root.itertext())
    for character in glyphs.uncovered(text, glyphs.characters(fonts)):
        other = rf"[^\s{re.escape(character)}]*"
        word = re.compile(f"{other}{re.escape(character)}{other}")
        facts = [one for one in walk.texts_with(dossier, character) if required(word.search(one[2]))[0] in text]
        in_language = [one for one in facts if one[1][-1] == draft.language]
        message = f"no font of the theme has the character {glyphs.describe(character)}"
        hint = f"write it another way, or add a font to the theme; its fonts are {families}"
        places = [dossier.within(*one, one[2].index(character)) for one in in_language or facts]
        for where in places or [Location(draft.template)]:
            yield Problem(Severity.ERROR, "glyph.missing", message, where, hint)


ERRORS: tuple[Rule, ...] = (
    ("labels", _missing_labels),
    ("translations", untranslated.problems),
    ("tree", verify.problems),
    ("glyphs", _missing_glyphs),
    ("redaction", leaks.problems),
)
"""What is wrong with a document. A note among it, on the colours of a picture, stops nothing."""
WARNINGS: tuple[Rule, ...] = (
    ("labels", _borrowed_labels),
    ("translations", untranslated.warnings),
    ("omissions", omissions.left_out),
    ("dates", plausibility.later_facts),
    ("emptiness", plausibility.emptiness),
)
"""What a reader of the facts should know of a document. Its first language speaks for all in what it leaves out."""
