"""The package: a ZIP file of equal bytes for equal facts, its manifest, and the checklist of the person who uploads it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from report.language import labels
from report.language.labels import Labels
from report.language.writer import Writer
from report.submission.build import Submission, SubmittedFile
from report.submission.counters import FieldAnswer
from report.values import ReportError, Severity
from report.workspace import Workspace

MANIFEST, CHECKLIST = "manifest.json", "checklist.md"


def pack(workspace: Workspace, submission: Submission) -> tuple[bytes, str]:
    """Return the ZIP file, and the checklist that is in it; raise `ReportError` for labels that a catalogue lacks."""
    files = [*submission.files, *_fields(workspace, submission)]
    points = checklist(workspace, submission, files)
    contents = {file.name: file.content for file in files}
    contents[CHECKLIST] = points.encode()
    contents[MANIFEST] = (json.dumps(manifest(submission, files), ensure_ascii=False, indent=2) + "\n").encode()
    dates = [one.date for one in submission.dossier.documents if one.id in submission.call.documents]
    date = max(dates, default=submission.call.deadline)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(name, (max(date.year, 1980), date.month, date.day, 0, 0, 0))  # where ZIP begins
            info.create_system, info.external_attr = 3, 0o644 << 16  # alike on every machine
            archive.writestr(info, contents[name], zipfile.ZIP_DEFLATED)
    return out.getvalue(), points


def manifest(submission: Submission, files: list[SubmittedFile]) -> dict[str, Any]:
    """Return what is in the package, for programs."""
    call, funder = submission.call, submission.funder
    return {
        "call": call.id,
        "organisation": submission.dossier.id,
        "profile": funder.id,
        "profile_version": funder.profile.version,
        "deadline": call.deadline.isoformat(),
        "files": [
            {
                "file": file.name,
                "of": file.what,
                "language": file.language,
                "pages": file.pages,
                "characters": file.characters,
                "bytes": len(file.content),
                "sha256": hashlib.sha256(file.content).hexdigest(),
            }
            for file in files
        ],
        "fields": [
            {
                "field": row.field.id,
                "language": row.language,
                "used": row.counter.used if row.counter else None,
                "limit": row.field.limit.most if row.field.limit else None,
                "unit": row.field.limit.unit if row.field.limit else "characters",
                "variant": row.counter.variant if row.counter else None,
            }
            for row in submission.answers.rows
        ],
        "open": _open(submission),
    }


def checklist(workspace: Workspace, submission: Submission, files: list[SubmittedFile]) -> str:
    """Return the checklist in the call's first language, as Markdown that reads well as plain text too."""
    call, profile = submission.call, submission.funder.profile
    language = call.languages[0]
    words, writer = labels.load(workspace, language), Writer(language, "en")
    get = words.get
    lines = [f"# {writer.plain(call.title)}", ""]
    lines += [f"- {get('Applicant')}: {writer.plain(submission.dossier.organisation.name)}"]
    lines += [f"- {get('Deadline')}: {writer.date(call.deadline)}"]
    lines += [f"- {get('Rules')}: {writer.plain(profile.name)} ({profile.version})"]
    if profile.document and profile.document.counted:
        lines += [f"- {get('What counts towards the pages')}: {writer.plain(profile.document.counted)}"]
    if not _verified(submission):
        lines += [f"- {get('Not all of these rules were read in the funder’s own text: compare them with the call.')}"]
    lines += ["", f"## {get('Files')}", ""]
    for file in files:
        pages = [words.plural("%(n)s page", "%(n)s pages", file.pages) % {"n": file.pages}] if file.pages else []
        length = words.plural("%(n)s character", "%(n)s characters", file.characters)
        size = ", ".join([*pages, length % {"n": writer.number(file.characters)}])
        lines += [f"- [ ] {file.name} – {file.title} ({size})", f"      {get(_to_check(file, submission))}"]
    if submission.answers.rows:
        lines += ["", f"## {get('Fields of the portal')}", ""]
        lines += [f"- [ ] {_field(row, writer, words)}" for row in submission.answers.rows]
    points = [f"- [ ] {point}" for point in _open(submission)]
    lines += ["", f"## {get('Still open')}", "", *(points or [get("Nothing is open.")])]
    lines += ["", f"## {get('When it is handed in')}", ""]
    lines += [f"- [ ] {get('Compare the names of the files in the portal with this list.')}"]
    lines += [f"- [ ] {get('Keep the receipt beside this package.')}"]
    if missing := words.problems():
        raise ReportError(missing)
    return "\n".join(lines) + "\n"


def _verified(submission: Submission) -> bool:
    """Say whether every rule and limit was read in its source."""
    profile = submission.funder.profile
    limits_verified = all(field.limit.verified for field in profile.fields if field.limit)
    return limits_verified and (profile.document is None or profile.document.verified)


def _to_check(file: SubmittedFile, submission: Submission) -> str:
    """Return what to look at before a file is uploaded."""
    if file.name.endswith(".txt"):
        return "Copy each text into its field; the counter beside it says how much of the room is taken."
    if file.name.endswith(".docx") and file.what.endswith((".docx", ".dotx")):
        rules = submission.funder.profile.document
        if rules and rules.formats and "docx" not in rules.formats:
            return "Open it in Word, read every answer, sign where it is asked for, and save it as PDF."
        return "Open it in Word, read every answer, and sign where it is asked for."
    return "Open it and leaf through it once: the title, the year, the last page."


def _fields(workspace: Workspace, submission: Submission) -> Iterator[SubmittedFile]:
    """Yield a text file for each language with what goes into the portal's fields."""
    for language in submission.call.languages:
        words, writer = labels.load(workspace, language), Writer(language, "en")
        rows = [row for row in submission.answers.rows if row.language == language]
        text = "\n".join(f"== {_field(row, writer, words)}\n\n{row.counter.text}\n" for row in rows if row.counter)
        if text:
            title = words.get("What goes into the fields of the portal")
            yield SubmittedFile(f"fields-{language}.txt", "fields", title, language, text.encode(), None, len(text))


def _field(row: FieldAnswer, writer: Writer, words: Labels) -> str:
    """Return a field with its counter."""
    label = writer.plain(row.field.label)
    counter = row.counter
    if counter is None:
        return f"{label} [{row.language}]: {words.get('not answered')}"
    if counter.limit is None:
        return f"{label} [{row.language}]"
    used, most = writer.number(counter.used), writer.number(counter.limit.most)
    return f"{label} [{row.language}]: {used}/{most} {words.get(counter.limit.unit)}"


def _open(submission: Submission) -> list[str]:
    """Return what is still open or strange, in the words of the problems."""
    return [problem.message for problem in submission.problems if problem.severity is Severity.WARNING]
