"""Labels of the interface languages, from gettext catalogues in ``templates/locale/<language>.po``.

The English words in the templates are the message ids, so English needs no catalogue.
"""

from __future__ import annotations

from report.values import Location, Problem, ReportError, Severity
from report.workspace import Workspace

SOURCE = "en"
MOST = 10
"""More labels than these are missing together: the catalogue is of something else."""


class Labels:
    """The labels of one language. A label that the catalogue lacks is collected as a problem, never shown in English."""

    def __init__(self, language: str, messages: dict[tuple[str, str | None], str], location: Location | None):
        self.language, self._messages, self._location = language, messages, location
        self._missing: dict[str, None] = {}

    def get(self, message: str, context: str | None = None) -> str:
        if self.language == SOURCE:
            return message
        found = self._messages.get((message, context))
        if not found:
            self._missing[message] = None
        return found or message

    def problems(self) -> list[Problem]:
        """Return an error for each label that was asked for in vain."""
        said = [f"the catalogue lacks the label “{message}”" for message in self._missing]
        if len(said) > MOST:
            said = [f"the catalogue lacks {len(said)} labels, the first is “{next(iter(self._missing))}”"]
        return [
            Problem(Severity.ERROR, "label.missing", message, self._location, "add it to the catalogue")
            for message in said
        ]


def languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the languages that documents can be made in."""
    found = {path.stem for root in workspace.template_roots for path in (root / "locale").glob("*.po")}
    return tuple(sorted({SOURCE, *(language for language in found if _is_known(language))}))


def _is_known(language: str) -> bool:
    """Return whether Babel can write dates and numbers in a language."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - English needs none

    try:
        return bool(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return False


def load(workspace: Workspace, language: str) -> Labels:
    """Read a language's catalogues, the workspace's own over the bundled one."""
    if language == SOURCE:
        return Labels(language, {}, None)
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - English needs none

    messages: dict[tuple[str, str | None], str] = {}
    location = None
    for root in reversed(workspace.template_roots):
        path = root / "locale" / f"{language}.po"
        if not path.exists():
            continue
        location = Location(path)
        try:
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language, abort_invalid=True)
        except PoFileError as error:
            raise ReportError.of("label.catalogue", str(error), Location(path, error.lineno or 1)) from None
        except (UnicodeError, LookupError, OSError, ValueError) as error:
            message = f"the catalogue cannot be read: {error}"
            raise ReportError.of("label.catalogue", message, location, "save it as UTF-8, as gettext's tools do") from None
        for m in catalogue:
            if m.id and any(c in f"{m.string}" and c not in f"{m.id}" for c in "<&"):
                message = f"the label “{m.string}” has mark-up that the template does not have"
                raise ReportError.of("label.markup", message, Location(path, m.lineno), "write words only")
        messages.update({(m.id, m.context): m.string for m in catalogue if m.id and m.string and not m.fuzzy})
    return Labels(language, messages, location)
