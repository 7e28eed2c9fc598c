"""The marks that a text may have: words of another language everywhere, links in passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.model.dossier import Dossier
from report.model.text import FOREIGN
from report.model.walk import Part, Steps, parts, texts_of
from report.source.kept import cached_by_identity
from report.values import Problem, Severity

_LINK = re.compile(r"(?<!\\)\[[^\[\]\n]*\]\(\s*+<?([^)\s>]{0,2000}+)>?(?:\s++\"[^\"\n]*\")?\s*\)")
_BLOCKS = re.compile(
    r"^#{1,6} |^> |^\|.*\||`[^`\n]+`|</?(?:b|i|u|em|strong|br|p|a|span|ul|ol|li|div|sub|sup|h[1-6])(?:\s+[a-z-]+=[^<>\n]*)?\s*/?>|\[\^\w+\]",
    re.MULTILINE,
)
_MARKS = re.compile(
    r"\*\*[^*\n]+\*\*|\[[^\[\]\n]+\]\(\S{1,300}\)|</?(?:b|i|u|em|strong|br|p|a|span|ul|ol|li|div|sub|sup|h[1-6])(?:\s+[a-z-]+=[^<>\n]*)?\s*/?>"
)
HINT = "a passage may have paragraphs, lists, *emphasis*, **strong** words and [links](https://…)"
PLAIN = "this text is plain; only passages may have marks: see docs/fields.md"
Mistake = tuple[str, Steps, Severity, str, str, str]
"""The file of a text and the steps to it, how much its mistake weighs, its code, what is wrong and what to do."""
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for every mark that would be printed as it is, and for every link that leads nowhere."""
    for part in parts(dossier):
        for file, steps, severity, code, message, hint in _mistakes(part):
            yield Problem(severity, code, message, dossier.locate(file, *steps), hint)


@cached_by_identity
def _mistakes(part: Part) -> tuple[Mistake, ...]:
    """Return what is wrong with the marks of texts."""
    return tuple(
        (found.file, (*found.steps, language), *mistake)
        for found in texts_of(part)
        for language, text in found.text.by_language.items()
        for mistake in _of_text(text, found.marked)
    )


def _of_text(text: str, marked: bool) -> Iterator[tuple[Severity, str, str, str]]:
    if "{lang" in (rest := FOREIGN.sub("", text)):
        at = rest.index("{lang")
        message = f"the mark of another language is not well formed: “{rest[max(0, at - 20) : at + 12]}”"
        hint = "write [words]{lang=de}: a code in small letters, and no mark inside another"
        yield Severity.ERROR, "text.mark", message, hint
    if sign := (_BLOCKS if marked else _MARKS).search(rest):
        message = f"“{sign[0].strip()[:20]}” is printed as it stands"
        yield Severity.WARNING, "text.markup", message, HINT if marked else PLAIN
    for address in _LINK.findall(text) if marked else ():
        if not address.lower().startswith(_SCHEMES):
            hint = "a link begins with https:, mailto: or tel:"
            yield Severity.ERROR, "text.link", f"the link leads to '{address}'", hint
