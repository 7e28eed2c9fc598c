"""The marks that a text may have: words of another language everywhere; lists, emphasis and links in passages."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from report.model import markdown, numerals
from report.model.checks.fault import within
from report.model.codes import is_language, language_meant
from report.model.dossier import Dossier
from report.model.text import FOREIGN
from report.model.walk import Found, Part, parts, texts_of
from report.source.kept import cached_by_identity
from report.values import Problem, Severity

_TAGS = "a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul"
_ITEM = r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+"
_LINK = re.compile(r"(?<!\\)\[[^\[\]\n]*\]\(\s*+<?([^)\s>]{0,2000}+)>?(?:\s++\"[^\"\n]*\")?\s*\)")
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")
_LANGUAGE = re.compile(r"\{lang=([^{}\s]*)\}")
_TAB = re.compile(r"(?<=\S) *\t[ \t]*(?=\S)")
"""A tab between words; at the beginning of a line tabs indent."""
_PLAIN = "only passages have marks (docs/fields.md says which texts are): "


class Kind(NamedTuple):
    """A mark of Markdown or HTML that is printed as it stands: how it looks, and what to do."""

    form: re.Pattern[str]
    hint: str


def _kind(form: str, hint: str) -> Kind:
    return Kind(re.compile(form, re.MULTILINE), hint)


_EVERYWHERE = (
    _kind(rf"</?(?:{_TAGS})(?:\s+[a-z-]+=[^<>\n]*)?\s*/?>|<!--", "take the tag out"),
    _kind(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", "type the character itself"),
    _kind(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])", "take it out; pictures are named in  pictures:  of year.yaml"),
    _kind(r"\[\^[^\[\]\s]+\]:?", "write the note into the text, in brackets"),
    _kind(r"^[ \t]{0,3}\[[^\[\]\n^]+\]:[ \t]*\S+|(?<!\!)\[[^\[\]\n]+\]\[[^\[\]\n]*\]", "write the address behind the words, in round brackets: [words](https://…)"),
    _kind(r"<(?:https?|mailto):[^<>\s]+>", "take the < and > out"),
    _kind(r"```|~~~|`[^`\n]+`", "take the ` out"),
    _kind(r"~~[^~\n]+~~", "take the ~~ out"),
    _kind(r"^[ \t]{0,3}#{1,6}[ \t]+\S", "take the # out, and leave an empty line below"),
)  # fmt: skip
"""What no text may have."""
_IN_PASSAGES = (
    *_EVERYWHERE,
    _kind(r"^[ \t]{0,3}>[ \t]?\S", "take the > out, and put the words into quotation marks"),
    _kind(r"^[ \t]*\|.*\|[ \t]*$|^[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+$", "write each row as a line that begins with  -"),
    _kind(r"(?<=\S\n)[ \t]{0,3}(?:={3,}|-{3,})[ \t]*$", "take the line out, and leave an empty one"),
    _kind(r"^[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", "take the line out"),
    _kind(rf"^{_ITEM}\[[ xX]\][ \t]", "take the [ ] out"),
)  # fmt: skip
_IN_PLAIN = (
    *_EVERYWHERE,
    _kind(
        r"\*\*[^*\n]+\*\*|__[^_\n]+__|(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])", f"{_PLAIN}take the signs out"
    ),
    _kind(r"(?<!\!)\[[^\[\]\n]+\]\([^()\s]{1,300}\)", f"{_PLAIN}take the brackets and the address out"),
)
_RUN_TOGETHER = "these lines look like a list, and are printed as one paragraph"
_AS_LIST = "begin each with  -  , or with  1.  and  2.  and so on"
_DAYS = re.compile(r"[ \t]*\(?\d{1,3}[.)][ \t]")
_NUMBERS = "put  -  before each"
"""What to do about numbers that do not count on: they may be days."""
_ONES = "all items of this list are numbered 1, and are printed as 1, 2 and so on"
_COUNTED = "number them  1.  2.  and so on, or put  -  before each if 1 is what is meant"
_AS_SENTENCE = f"{_PLAIN}write one sentence"
_FOLDED = "the lines of this list run together: the text is written so that its lines are joined"


class Mistake(NamedTuple):
    """What is wrong at a place in a text: how much it weighs, its code, what it is and what to do."""

    found: Found
    language: str
    offset: int
    severity: Severity
    code: str
    message: str
    hint: str


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with every mark that would be printed as it is, every link that leads nowhere, and lists that are none."""
    for part in parts(dossier):
        for found, language, offset, severity, code, message, hint in _mistakes(part):
            yield within(dossier, found, language, offset, code, message, hint, severity)
        for found, language in _maybe_folded(part):
            yield from _folded(dossier, found, language)


@cached_by_identity
def _mistakes(part: Part) -> tuple[Mistake, ...]:
    """Return what is wrong with the marks of texts."""
    return tuple(
        Mistake(found, language, *mistake)
        for found in texts_of(part)
        for language, text in found.text.by_language.items()
        for mistake in _of_text(text, found.marked)
    )


def _of_text(text: str, marked: bool) -> Iterator[tuple[int, Severity, str, str, str]]:
    rest = FOREIGN.sub(lambda found: " " * len(found[0]), text) if "{lang" in text else text
    if "{lang" in rest:
        at = rest.index("{lang")
        message = f"the mark of another language is not well formed: “{rest[max(0, at - 20) : at + 12].strip()}”"
        yield (
            at,
            Severity.ERROR,
            "text.mark",
            message,
            "write [words]{lang=de}: a code in small letters, and no mark inside another",
        )
    for mark in FOREIGN.finditer(text) if rest is not text else ():
        if not is_language(mark[2]):
            hint = f"write {{lang={language_meant(mark[2]) or 'de'}}}"
            yield mark.start(2), Severity.ERROR, "text.mark", f"'{mark[2]}' is not the code of a language", hint
    for form, hint in _IN_PASSAGES if marked else _IN_PLAIN:
        if sign := form.search(rest):
            at = sign.start() + len(sign[0]) - len(sign[0].lstrip())
            yield at, Severity.WARNING, "text.markup", f"“{sign[0].strip()[:20]}” is printed as it stands", hint
    if tab := _TAB.search(text):
        yield text.index("\t", tab.start()), Severity.NOTE, "text.tab", "a tab is printed as a space", "type a space"
    if "\n" in text:
        yield from _lists(text, marked)
    for link in _LINK.finditer(text) if marked else ():
        if not link[1].lower().startswith(_SCHEMES):
            hint = "a link begins with https:, mailto: or tel:"
            yield link.start(1), Severity.ERROR, "text.link", f"the link leads to '{link[1]}'", hint


def _lists(text: str, marked: bool) -> Iterator[tuple[int, Severity, str, str, str]]:
    """Yield a warning for lines that look like a list's where none is printed."""
    line = markdown.run_together(text)
    if line is None and not marked and len(listed := markdown.items(text)) > 1:
        line = listed[0]
    if line is not None:
        offset = sum(len(one) + 1 for one in text.split("\n")[:line])
        hint = (_NUMBERS if _DAYS.match(text, offset) else _AS_LIST) if marked else _AS_SENTENCE
        yield offset, Severity.WARNING, "text.list", _RUN_TOGETHER, hint
    elif marked and (line := numerals.ones(text)) is not None:
        yield sum(len(one) + 1 for one in text.split("\n")[:line]), Severity.WARNING, "text.list", _ONES, _COUNTED


_SIGNS = re.compile(r"(?:^|\s)(?:[^\w\s]|\(?\w{1,4}[.)])[ \t\u00a0]")


@cached_by_identity
def _maybe_folded(part: Part) -> tuple[tuple[Found, str], ...]:
    """Return the texts with two signs of a list or more."""
    return tuple(
        (found, language)
        for found in texts_of(part)
        for language, text in found.text.by_language.items()
        if len(_SIGNS.findall(text)) > 1
    )


def _folded(dossier: Dossier, found: Found, language: str) -> Iterator[Problem]:
    """Yield a warning for a list whose lines YAML joins, at its first line."""
    steps = (*found.steps, language)
    file = dossier.files[found.file]
    lines = file.folded(steps)
    text = "\n".join([line.strip() for line in lines[:1]] + textwrap.dedent("\n".join(lines[1:])).split("\n"))
    listed = markdown.items(text) if lines else []
    if len(listed) > max(1, len(markdown.items(found.text.by_language[language]))):
        where = file.line_of(steps, listed[0])
        hint = "write  |-  after the colon, and the text in lines below it, indented"
        yield Problem(Severity.WARNING, "text.list", _FOLDED, where, hint if found.marked else _AS_SENTENCE)
