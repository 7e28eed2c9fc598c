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
from report.submission.build import File, Submission
from report.submission.counters import Row
from report.values import ReportError, Severity
from report.workspace import Workspace

MANIFEST, CHECKLIST = "manifest.json", "checklist.md"


def pack(workspace: Workspace, submission: Submission) -> tuple[bytes, str]:
    """Return the ZIP file, and the checklist that is in it; raise `ReportError` for labels that a catalogue lacks."""
    files = [*submission.files, *_fields(workspace, submission)]
    told = checklist(workspace, submission, files)
    made = {file.name: file.content for file in files}
    made[CHECKLIST] = told.encode()
    made[MANIFEST] = (json.dumps(manifest(submission, files), ensure_ascii=False, indent=2) + "\n").encode()
    documents = [one.date for one in submission.dossier.documents if one.id in submission.call.documents]
    stamp = max(documents, default=submission.call.deadline)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(made):
            info = zipfile.ZipInfo(name, (max(stamp.year, 1980), stamp.month, stamp.day, 0, 0, 0))  # where ZIP begins
            info.create_system, info.external_attr = 3, 0o644 << 16  # alike on every machine
            archive.writestr(info, made[name], zipfile.ZIP_DEFLATED)
    return out.getvalue(), told


def manifest(submission: Submission, files: list[File]) -> dict[str, Any]:
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
            for row in submission.counted.rows
        ],
        "open": _open(submission),
    }


def checklist(workspace: Workspace, submission: Submission, files: list[File]) -> str:
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
    if submission.counted.rows:
        lines += ["", f"## {get('Fields of the portal')}", ""]
        lines += [f"- [ ] {_field(row, writer, words)}" for row in submission.counted.rows]
    lines += ["", f"## {get('Still open')}", "", *(f"- [ ] {point}" for point in _open(submission))]
    lines += [] if _open(submission) else [get("Nothing is open.")]
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


def _to_check(file: File, submission: Submission) -> str:
    """Return what to look at before a file is uploaded."""
    if file.name.endswith(".txt"):
        return "Copy each text into its field; the counter beside it says how much of the room is taken."
    if file.name.endswith(".docx") and file.what.endswith((".docx", ".dotx")):
        taken = submission.funder.profile.document.formats if submission.funder.profile.document else ()
        if taken and "docx" not in taken:
            return "Open it in Word, read every answer, sign where it is asked for, and save it as PDF."
        return "Open it in Word, read every answer, and sign where it is asked for."
    return "Open it and leaf through it once: the title, the year, the last page."


def _fields(workspace: Workspace, submission: Submission) -> Iterator[File]:
    """Yield a text file for each language with what goes into the portal's fields."""
    for language in submission.call.languages:
        words, writer = labels.load(workspace, language), Writer(language, "en")
        rows = [row for row in submission.counted.rows if row.language == language]
        told = "\n".join(f"== {_field(row, writer, words)}\n\n{row.counter.text}\n" for row in rows if row.counter)
        if told:
            title = words.get("What goes into the fields of the portal")
            yield File(f"fields-{language}.txt", "fields", title, language, told.encode(), None, len(told))


def _field(row: Row, writer: Writer, words: Labels) -> str:
    """Return a field with its counter."""
    label = writer.plain(row.field.label)
    if row.counter is None:
        return f"{label} [{row.language}]: {words.get('not answered')}"
    if row.counter.limit is None:
        return f"{label} [{row.language}]"
    unit = words.get(row.counter.limit.unit)
    return f"{label} [{row.language}]: {writer.number(row.counter.used)}/{writer.number(row.counter.limit.most)} {unit}"


def _open(submission: Submission) -> list[str]:
    """Return what is still open or strange, in the words of the problems."""
    return [problem.message for problem in submission.problems if problem.severity is Severity.WARNING]
