"""The marks that a text may have: words of another language everywhere, links in passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.model.dossier import Dossier
from report.model.text import FOREIGN
from report.model.walk import texts
from report.values import Problem, Severity

_LINK = re.compile(r"(?<!\\)\[[^\]\n]*\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"\n]*\")?\s*\)")
_BLOCKS = re.compile(
    r"^#{1,6} |^> |^\|.*\||`[^`\n]+`|</?(?:b|i|u|em|strong|br|p|a|span|ul|ol|li|div|sub|sup|h[1-6])(?:\s+[a-z-]+=[^>\n]*)?\s*/?>|\[\^\w+\]",
    re.MULTILINE,
)
_MARKS = re.compile(
    r"\*\*[^*\n]+\*\*|\[[^\]\n]+\]\(\S+\)|</?(?:b|i|u|em|strong|br|p|a|span|ul|ol|li|div|sub|sup|h[1-6])(?:\s+[a-z-]+=[^>\n]*)?\s*/?>"
)
HINT = "a passage may have paragraphs, lists, *emphasis*, **strong** words and [links](https://…)"
PLAIN = "this text is plain; only passages may have marks: see docs/fields.md"
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield an error for every mark that would be printed as it is, and for every link that leads nowhere."""
    for found in texts(dossier):
        for language, text in found.text.by_language.items():
            where = dossier.locate(found.file, *found.steps, language)
            if "{lang" in (rest := FOREIGN.sub("", text)):
                at = rest.index("{lang")
                message = f"the mark of another language is not well formed: “{rest[max(0, at - 20) : at + 12]}”"
                hint = "write [words]{lang=de}: a code in small letters, and no mark inside another"
                yield Problem(Severity.ERROR, "text.mark", message, where, hint)
            for sign in (_BLOCKS if found.marked else _MARKS).findall(rest):
                message = f"“{sign.strip()[:20]}” is printed as it stands"
                yield Problem(Severity.WARNING, "text.markup", message, where, HINT if found.marked else PLAIN)
                break
            for address in _LINK.findall(text) if found.marked else ():
                if not address.lower().startswith(_SCHEMES):
                    hint = "a link begins with https:, mailto: or tel:"
                    yield Problem(Severity.ERROR, "text.link", f"the link leads to '{address}'", where, hint)
