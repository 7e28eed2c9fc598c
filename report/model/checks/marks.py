"""The marks that a text may have: words of another language everywhere; lists, emphasis and links in passages."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from report.model.checks.place import in_text
from report.model.codes import is_language, language_meant
from report.model.dossier import Dossier
from report.model.passages import lines, markdown
from report.model.text import FOREIGN
from report.model.walk import LocatedText, Part, parts, texts_of
from report.source.caching import cached_by_identity
from report.values import Problem, Severity

_TAGS = "a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|s|small|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul"
_ITEM = r"[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ \t]+"
_LINK = re.compile(r"(?<!\\)\[[^\[\]\n]*\]\(\s*+<?([^)\s>]{0,2000}+)>?(?:\s++\"[^\"\n]*\")?\s*\)")
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "#")
_LANGUAGE = re.compile(r"\{lang=([^{}\s]*)\}")
_GAP = re.compile(r"^[ \t]*(?:(?:[^\w\s]|\(?\w{1,4}[.)])[ \t]+)?|\S( *\t[ \t]*| {3,})(?=\S)", re.MULTILINE)
"""A tab between words, or more spaces than are typed by chance; at the beginning of a line and behind an item's sign they indent."""
_PLAIN = "only passages have marks (docs/fields.md says which texts are): "


class Kind(NamedTuple):
    """A mark of Markdown or HTML that is printed as it stands: how it looks, and what to do."""

    form: re.Pattern[str]
    hint: str


def _kind(form: str, hint: str) -> Kind:
    return Kind(re.compile(form, re.MULTILINE), hint)


_EVERYWHERE = (
    _kind(rf"</?(?:{_TAGS})(?:\s+[a-z-]+=[^<>\n]*)?\s*/?>|<!--", "remove the tag"),
    _kind(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", "type the character itself"),
    _kind(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])", "remove it; pictures are named in  pictures:  of year.yaml"),
    _kind(r"\[\^[^\[\]\s]+\]:?", "write the note into the text, in brackets"),
    _kind(r"^[ \t]{0,3}\[[^\[\]\n^]+\]:[ \t]*\S+|(?<!\!)\[[^\[\]\n]+\]\[[^\[\]\n]*\]", "write the address behind the words, in round brackets: [words](https://…)"),
    _kind(r"<(?:https?|mailto):[^<>\s]+>", "remove the < and >"),
    _kind(r"```|~~~|`[^`\n]+`", "remove the `"),
    _kind(r"~~[^~\n]+~~", "remove the ~~"),
    _kind(r"^[ \t]{0,3}#{1,6}[ \t]+\S", "remove the #, and leave an empty line below"),
)  # fmt: skip
"""What no text may have."""
_IN_PASSAGES = (
    *_EVERYWHERE,
    _kind(r"^[ \t]{0,3}>[ \t]?\S", "remove the >, and put the words into quotation marks"),
    _kind(r"^[ \t]*\|.*\|[ \t]*$|^[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+$", "write each row as a line that begins with  -"),
    _kind(r"(?<=\S\n)[ \t]{0,3}(?:={3,}|-{3,})[ \t]*$", "remove the line, and leave an empty one"),
    _kind(r"^[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", "remove the line"),
    _kind(rf"^{_ITEM}\[[ xX]\][ \t]", "remove the [ ]"),
)  # fmt: skip
_IN_PLAIN = (
    *_EVERYWHERE,
    _kind(r"\*\*[^*\n]+\*\*|__[^_\n]+__|(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])", f"{_PLAIN}remove the signs"),
    _kind(r"(?<!\!)\[[^\[\]\n]+\]\([^()\s]{1,300}\)", f"{_PLAIN}remove the brackets and the address"),
)
_OF_LINES = frozenset({"text.list", "text.table", "text.lines", "text.spaces"})
_PARAGRAPHS = "the paragraphs of this text are printed as one: it is written so that its lines are joined"
_AS_BLOCK = "write  |-  after the colon, and the text in lines below it, indented"
_RUN_TOGETHER = "these lines look like a list, and are printed as one paragraph"
_TABLE = "these lines look like the rows of a table, and are printed as one paragraph"
_AS_ROWS = "begin each with  -  , and write a comma or a dash between its parts"
_TITLED = "this line and the one below it are printed as one paragraph"
_JOINED = "these lines are printed one after another, as one paragraph"
_AS_LINES = "end each of them but the last with  \\  , or write commas between them"
_AS_LIST = "begin each with  -  , or with  1.  and  2.  and so on"
_DAYS = "all these items are printed as 1: months follow, so that they look like days"
_AS_SENTENCE = f"{_PLAIN}write one sentence"
_FOLDED = "the lines of this list run together: the text is written so that its lines are joined"


class Mistake(NamedTuple):
    """What is wrong at a place in a text: how much it weighs, its code, what it is and what to do."""

    found: LocatedText
    language: str
    offset: int
    severity: Severity
    code: str
    message: str
    hint: str


def check(dossier: Dossier) -> Iterator[Problem]:
    """Yield what is wrong with every mark that would be printed as it is, every link that leads nowhere, and lists that are none."""
    for part in parts(dossier):
        joined = [(one, language, p) for one, language in _maybe_folded(part) for p in _folded(dossier, one, language)]
        yield from (problem for _, _, problem in joined)
        known = {(one.file, one.steps, language) for one, language, _ in joined}
        for found, language, offset, severity, code, message, hint in _mistakes(part):
            if code not in _OF_LINES or (found.file, found.steps, language) not in known:
                yield Problem(severity, code, message, in_text(dossier, found, language, offset), hint)


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
    told = list(_lines(text, marked)) if "\n" in text else []
    yield from told
    gap = next((one for one in _GAP.finditer(text) if one[1]), None) if "\t" in text or "   " in text else None
    if gap and not any(code == "text.table" for _, _, code, _, _ in told):
        code, what = ("text.tab", "a tab is") if "\t" in gap[1] else ("text.spaces", "several spaces are")
        at = text.index(gap[1].lstrip(" ") or gap[1], gap.start(1))
        yield at, Severity.NOTE, code, f"{what} printed as {'a space' if 'tab' in code else 'one'}", "type a space"
    for link in _LINK.finditer(text) if marked else ():
        if not link[1].lower().startswith(_SCHEMES):
            hint = "a link begins with https:, mailto: or tel:"
            yield link.start(1), Severity.ERROR, "text.link", f"the link points to '{link[1]}'", hint


def _lines(text: str, marked: bool) -> Iterator[tuple[int, Severity, str, str, str]]:
    """Yield what is wrong with lines that are printed as one, and with items whose numbers are printed otherwise."""
    starts = [0, *(end.end() for end in re.finditer("\n", text))]
    listed = markdown.items(text)
    line = lines.run_together(text, frozenset(listed))
    if line is None and not marked and len(listed) > 1:
        line = listed[0]
    if line is not None:
        hint = _AS_LIST if marked else _AS_SENTENCE
        yield starts[line], Severity.WARNING, "text.list", _RUN_TOGETHER, hint
    elif (line := lines.table(text, frozenset(listed))) is not None:
        hint = _AS_ROWS if marked else _AS_SENTENCE
        yield starts[line], Severity.WARNING, "text.table", _TABLE, hint
    elif marked and (line := lines.titled(text)) is not None:
        yield starts[line], Severity.WARNING, "text.lines", _TITLED, "leave an empty line below it"
    elif marked and (line := lines.separate(text, frozenset(listed))) is not None:
        yield starts[line], Severity.WARNING, "text.lines", _JOINED, _AS_LINES
    for number, written, printed in itertools.islice(markdown.renumbered(text) if marked else (), 1):
        same = written == printed
        message = _DAYS if same else f"the number {written} is printed as {printed}"
        hint = _AS_LIST if same else f"write {printed}, or begin the items with  -"
        yield starts[number], Severity.NOTE, "text.number", message, hint


_SIGNS = re.compile(r"(?:^|\s)(?:[^\w\s]|\(?\w{1,4}[.)])[ \t\u00a0]")
_MOST_OF_LINES = 300
"""Characters of a text that may be an address or names one under another; nobody writes a longer one."""


@cached_by_identity
def _maybe_folded(part: Part) -> tuple[tuple[LocatedText, str], ...]:
    """Return the texts with two signs of a list or more, those of several lines, and the short ones."""
    return tuple(
        (found, language)
        for found in texts_of(part)
        for language, text in found.text.by_language.items()
        if len(text) <= _MOST_OF_LINES or "\n" in text or len(_SIGNS.findall(text)) > 1
    )


def _folded(dossier: Dossier, found: LocatedText, language: str) -> Iterator[Problem]:
    """Yield a warning for lines that YAML joins and that are meant to stand alone, at the first of them: a list's, or an address's."""
    steps = (*found.steps, language)
    file = dossier.files[found.file]
    rows = file.folded(steps)
    if not rows:
        return
    text = "\n".join([row.strip() for row in rows[:1]] + textwrap.dedent("\n".join(rows[1:])).split("\n"))
    listed = markdown.items(text)
    value = found.text.by_language[language]
    if len(listed) > max(1, len(markdown.items(value))):
        hint = _AS_BLOCK if found.marked else _AS_SENTENCE
        yield Problem(Severity.WARNING, "text.list", _FOLDED, file.line_of(steps, listed[0]), hint)
    elif (line := lines.table(text, listed)) is not None:
        hint = f"write  |-  after the colon, and {_AS_ROWS}" if found.marked else _AS_SENTENCE
        yield Problem(Severity.WARNING, "text.table", _TABLE, file.line_of(steps, line), hint)
    elif (line := lines.separate(text, listed)) is not None:
        yield Problem(Severity.WARNING, "text.lines", _JOINED, file.line_of(steps, line), "write commas between them")
    elif found.marked and "\n" in value and (line := lines.paragraph(text, listed)) is not None:
        yield Problem(Severity.WARNING, "text.lines", _PARAGRAPHS, file.line_of(steps, line), _AS_BLOCK)
