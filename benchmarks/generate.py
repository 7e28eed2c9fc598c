"""Make plainly fictional organisations of any size: the same seed and size give the same files.

Names are drawn from kites, harbours and lanterns so that nobody takes them for real networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

DATE = "2026-06-30"
SOURCE = "harbour-gazette"


@dataclass(frozen=True, slots=True)
class Size:
    """How much an organisation has. All but the first three count per network."""

    networks: int
    paragraphs: int
    """Paragraphs of each network's longest passage."""
    documents: bool = True
    """Whether documents.yaml asks for a report."""
    figures: int = 4
    programmes: int = 3
    events: int = 6
    joint: int = 8
    aims: int = 5
    own: int = 2


def workspace(root: Path, size: Size, organisation: str = "kite-society", seed: int = 1) -> Path:
    """Write ``data/`` with one organisation below `root`, and return `root`."""
    chance = Random(f"{seed} {organisation}")
    folder = root / "data" / organisation
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(chance, size.networks)
    affiliations = [_affiliation(chance, id_) for id_ in names]
    files: dict[Path, Any] = {
        root / "data" / "networks.yaml": _networks(chance, names, size),
        folder / "organisation.yaml": _organisation(chance, organisation),
        folder / "affiliations.yaml": {"affiliations": affiliations},
        folder / "objectives.yaml": {"objectives": [o for id_ in names for o in _objectives(chance, id_, size)]},
        folder / "documents.yaml": {"documents": [_request()] if size.documents else []},
    }
    for path, values in files.items():
        path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110), "utf-8")
    return root


def lines(root: Path) -> int:
    """Return how many lines the data files below `root` have."""
    return sum(path.read_bytes().count(b"\n") for path in root.glob("data/**/*.yaml"))


def files(root: Path) -> list[Path]:
    """Return the data files below `root`."""
    return sorted(root.glob("data/**/*.yaml"))


_COLOURS = (
    "Amber Azure Copper Crimson Indigo Ivory Jade Ochre Scarlet Silver Teal Umber Violet Golden Hazel Russet".split()
)
_PLACES = (
    "Harbour Lantern Kite Orchard Meadow Lighthouse Windmill River Island Mountain Bridge Garden Valley Forest".split()
)
_BODIES = "Forum Alliance Network Federation Circle Council League Platform".split()
_PEOPLE = (
    "children",
    "young people",
    "families",
    "kite makers",
    "lighthouse keepers",
    "pupils",
    "volunteers",
    "neighbours",
    "teachers",
)
_THINGS = (
    "the harbour schools",
    "open workshops",
    "winter reading",
    "the island libraries",
    "safe crossings",
    "the lantern walk",
)
_DEEDS = (
    "supports",
    "brings together",
    "advises",
    "trains",
    "speaks up for",
    "listens to",
    "keeps in touch with",
    "stands by",
)
_WAYS = (
    "with patience and good humour",
    "in every season of the year",
    "through meetings that anyone may join",
    "by means of a shared calendar and a common fund",
    "in partnership with the ferry company and the post office",
    "so that nobody is left waiting on the quay",
    "although the winters are long and the ferries are few",
    "as its founding letter asks",
)
_AIMS = (
    "Stronger ties between",
    "More room for",
    "A fair hearing for",
    "Better advice for",
    "Easier journeys for",
    "Lasting support of",
)


def _sentence(chance: Random) -> str:
    who, deed, way = chance.choice(_PEOPLE), chance.choice(_DEEDS), chance.choice(_WAYS)
    place, thing = f"the {chance.choice(_COLOURS).lower()} {chance.choice(_PLACES).lower()}", chance.choice(_THINGS)
    form = chance.choice(
        (
            f"It {deed} {who} around {place}, and {chance.choice(_DEEDS)} those who look after {thing}, {way}.",
            f"Its members meet at {place} {chance.randint(2, 12)} times a year and care for {thing} {way}.",
            f"Among {who} it is known for {thing}; {chance.choice(_PEOPLE)} take part {way}.",
            f"Where {place} ends, {thing} begin: {who} and {chance.choice(_PEOPLE)} share them {way}.",
        )
    )
    return form.replace("known for the", "known for its")


def _paragraph(chance: Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(3, 5)))


def _text(words: str) -> dict[str, str]:
    return {"en": words}


def _names(chance: Random, count: int) -> dict[str, str]:
    """Return the networks' names by id, none twice."""
    every = [f"{colour} {place} {body}" for colour in _COLOURS for place in _PLACES for body in _BODIES]
    return {name.lower().replace(" ", "-"): name for name in chance.sample(every, count)}


def _fact(chance: Random) -> dict[str, Any]:
    """Return where a fact comes from; one in ten has a remark."""
    return {"source": SOURCE} | ({"remark": _text(_sentence(chance))} if chance.random() < 0.1 else {})


def _networks(chance: Random, names: dict[str, str], size: Size) -> dict[str, Any]:
    source = {
        "id": SOURCE,
        "title": _text("The Harbour Gazette, an invented newspaper"),
        "language": "en",
        "date": DATE,
    }
    return {
        "languages": ["en"],
        "sources": [source],
        "networks": [_network(chance, id_, name, size) for id_, name in names.items()],
        "institutions": [{"id": "ferry-office", "name": _text("The Ferry Office of the Invented Isles")}],
    }


def _network(chance: Random, id_: str, name: str, size: Size) -> dict[str, Any]:
    return {
        "id": id_,
        "name": _text(name),
        "acronym": _text("".join(word[0] for word in name.split())),
        "scope": chance.choice(("local", "national", "european", "international")),
        "website": f"https://{id_}.example.org",
        **_fact(chance),
        "summary": {
            "short": _text(_sentence(chance)),
            "full": _text("\n\n".join(_paragraph(chance) for _ in range(size.paragraphs))),
        },
        "members": _text(f"Organisations of {chance.choice(_PEOPLE)} and of {chance.choice(_PEOPLE)}"),
        "working_groups": chance.randint(4, 9),
        "figures": [_figure(chance, id_, n) for n in range(size.figures)],
        "history": [
            {"date": str(chance.randint(1950, 2026)), "text": _text(_sentence(chance))} for _ in range(size.events)
        ],
        "programmes": [_programme(chance, id_, n) for n in range(size.programmes)],
    }


def _figure(chance: Random, network: str, number: int) -> dict[str, Any]:
    dated = {"as_of": str(chance.randint(2024, 2026))} if chance.random() < 0.9 else {}
    return {
        "id": f"{network}-{number}",
        "value": str(chance.randint(10, 5000)),
        "label": _text(chance.choice(_PEOPLE)),
        "source": SOURCE,
        **dated,
    }


def _programme(chance: Random, network: str, number: int) -> dict[str, Any]:
    return {
        "id": f"{network}-programme-{number}",
        "name": _text(f"{chance.choice(_COLOURS)} {chance.choice(_PLACES)} {number + 1}"),
        "since": str(chance.randint(1990, 2025)),
        "summary": _text(_sentence(chance)),
        "funders": ["ferry-office"],
        **_fact(chance),
    }


def _affiliation(chance: Random, network: str) -> dict[str, Any]:
    return {
        "id": network,
        "network": network,
        "kind": chance.choice(("member", "partner", "observer", "founder")),
        "since": str(chance.randint(1990, 2025)),
        **_fact(chance),
        "role": _text(_paragraph(chance)),
        "working_groups": {"joined": chance.randint(1, 4)},
    }


def _objectives(chance: Random, network: str, size: Size) -> list[dict[str, Any]]:
    made = []
    for kind, count in (("joint", size.joint), ("network", size.aims), ("own", size.own)):
        for number in range(count):
            short = f"{chance.choice(_AIMS)} {chance.choice(_PEOPLE)} and {chance.choice(_THINGS)}"
            full = f"{short}, {chance.choice(_WAYS)} and {chance.choice(_WAYS)}"
            made.append(
                {
                    "id": f"{network[:40]}-{kind}-{number}",
                    "kind": kind,
                    "affiliations": [network],
                    **_fact(chance),
                    "text": {"short": _text(short), "full": _text(full)},
                }
            )
    return made


def _organisation(chance: Random, organisation: str) -> dict[str, Any]:
    return {
        "name": _text(f"The Invented {organisation.replace('-', ' ').title()}"),
        "acronym": _text("TIKS"),
        "legal_form": _text("association"),
        "country": "ZZ",
        "languages": ["en"],
        "founded": "1987",
        "source": SOURCE,
        "mission": _text(_paragraph(chance)),
        "vision": _text(_paragraph(chance)),
        "about": {"short": _text(_sentence(chance)), "full": _text(_paragraph(chance))},
        "fields_of_work": [_text(people.capitalize()) for people in _PEOPLE[:5]],
        "contact": {
            "address": _text("1 Lantern Quay, Port Invented"),
            "email": "post@example.org",
            "website": "https://example.org",
        },
    }


def _request() -> dict[str, Any]:
    return {
        "id": "annual-report",
        "kind": "annual-report",
        "title": _text("Kites, harbours and joint objectives"),
        "subtitle": _text("A report on invented networks, made to measure how long it takes"),
        "languages": ["en"],
        "formats": ["pdf"],
        "date": DATE,
    }
