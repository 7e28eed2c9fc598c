"""Documents that are asked for in a language that they cannot be made in."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from report.language import catalogues, direction, labels, related
from report.requests.placed_request import PlacedRequest, each
from report.values import Problem


def check(placed: PlacedRequest) -> Iterator[Problem]:
    """Yield an error for each language that no label, no date or no panel of the document can be in."""
    request, known = placed.request, labels.languages(placed.workspace)
    for place, language in enumerate(request.languages):
        if direction.of(language) == "rtl" and placed.kind and placed.kind.press:
            name = related.english(language)
            message = f"the kind '{request.kind}' is made for a print shop, and its panels run from left to right: it cannot be made in {name}"
            hint = f"remove {language} from its  languages:  ; reports and annexes are made in {name}"
            yield placed.error("document.direction", message, hint, "languages", place)
        if not labels.is_known(language):
            message = (
                f"documents cannot be made in '{language}': how it writes dates and numbers is not known (Unicode CLDR)"
            )
            yield placed.error("document.language", message, "remove it from  languages:", "languages", place)
        elif _lacks_labels(placed, language, known):
            yield _problem(placed, language, known)


def _lacks_labels(placed: PlacedRequest, language: str, known: Collection[str]) -> bool:
    """Say whether a document is asked for in a language without a catalogue, and has labels and no other to take them from."""
    request = placed.request
    if language not in request.languages or language in known or request.fallback in known:
        return False
    return placed.kind is None or bool(catalogues.of_kind(placed.workspace, request.kind))


def _problem(placed: PlacedRequest, language: str, known: Collection[str]) -> Problem:
    """Return an error for a language without a catalogue, at the first document that asks for it: it is that of all of them.

    Its labels are those of the first whose kind can be read.
    """
    documents = [one for one in each(placed.workspace, placed.dossier) if _lacks_labels(one, language, known)]
    first = next((one for one in documents if one.kind), documents[0])
    if first.kind:
        labels_of_kind = [message for message, _ in catalogues.of_kind(first.workspace, first.request.kind)]
        message = labels.lack(labels_of_kind, len(labels_of_kind), language)
    else:
        message = f"there is no catalogue of labels in {related.english(language)}"
    several = len(documents) > 1
    message += f"; {len(documents)} documents are asked for in it" if several else ""
    hint = f"{labels.todo(language)}, or add  fallback: {labels.SOURCE}  to {'each document' if several else 'the document'}"
    return first.error("document.language", message, hint, "languages", first.request.languages.index(language))
