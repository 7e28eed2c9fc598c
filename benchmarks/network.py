"""A workspace of many invented organisations: ``python -m benchmarks.network 560 DIR``.

They are of 46 countries, write Latin or Cyrillic, little or much, and some lack translations. The same seed gives the
same bytes, and an organisation is the same however many there are.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import words

DATE = "2026-06-30"
NETWORKS = 40
SECOND = 8
"""Every so many organisations ask for the annex in their second language as a document of its own, if they have one."""
SOURCE = "lantern-almanac"
MOST = len(words.ADJECTIVES) * len(words.NOUNS) * len(words.BODIES)
"""So many names there are, none twice."""

Pair = tuple[str, str]
"""The same in English and in Bulgarian."""


def workspace(root: Path, count: int, seed: int = 1) -> Path:
    """Write ``data/`` with `count` organisations below `root`, and return `root`."""
    if not 1 <= count <= MOST:
        raise ValueError(f"between 1 and {MOST:,} organisations can be made, not {count:,}")
    data = root / "data"
    data.mkdir(parents=True, exist_ok=True)
    networks = _networks(Random(f"{seed} networks"))
    _write(data / "networks.yaml", networks)
    known = [network["id"] for network in networks["networks"]]
    names = Random(f"{seed} names").sample(range(MOST), MOST)[:count]
    for number, name in enumerate(names):
        made = _Organisation(Random(f"{seed} {number}"), number, name, known)
        folder = data / made.id
        folder.mkdir(exist_ok=True)
        for file, values in made.files().items():
            _write(folder / file, values)
    return root


def _write(path: Path, values: dict[str, Any]) -> None:
    path.write_text("".join(f"{line}\n" for line in _lines(values)), "utf-8", newline="\n")


def _lines(values: dict[str, Any], indent: str = "") -> Iterable[str]:
    """Yield records as YAML; every text stands in JSON's quotes, which YAML reads. PyYAML takes ten times as long."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _lines(value, f"{indent}  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{name}:"
            for item in value:
                first, *rest = _lines(item, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        else:
            yield f"{indent}{name}: {json.dumps(value, ensure_ascii=False)}"


def _name(number: int, bodies: Sequence[Sequence[str]]) -> Pair:
    """Return the name of that number: Amber Harbour Association, Сдружение „Кехлибареното пристанище“."""
    number, body = divmod(number, len(bodies))
    adjective, noun = divmod(number, len(words.NOUNS))
    (english, stem), (thing, bulgarian, gender) = words.ADJECTIVES[adjective], words.NOUNS[noun]
    latin, cyrillic = bodies[body]
    return f"{english} {thing} {latin}", f"{cyrillic} „{stem}{words.ENDINGS[gender]} {bulgarian}“"


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _initials(name: str) -> str:
    return "".join(word.strip("„“")[0].upper() for word in name.split())


def _both(pair: Pair) -> dict[str, str]:
    return {"en": pair[0], "bg": pair[1]}


def _people(chance: Random) -> Pair:
    return chance.choice(words.PEOPLE)


def _filled(form: Sequence[str], *parts: Pair) -> Pair:
    return form[0].format(*(p[0] for p in parts)), form[1].format(*(p[1] for p in parts))


def _sentence(chance: Random) -> Pair:
    latin, cyrillic = chance.choice(words.PLACES), chance.choice(words.CYRILLIC_PLACES)
    return _filled(chance.choice(words.SENTENCES), _people(chance), (latin, cyrillic), chance.choice(words.WAYS))


def _paragraph(chance: Random, sentences: int) -> Pair:
    made = [_sentence(chance) for _ in range(sentences)]
    return " ".join(m[0] for m in made), " ".join(m[1] for m in made)


def _networks(chance: Random) -> dict[str, Any]:
    """Return the networks that all organisations refer to; they have every translation."""
    title = {"en": "The Lantern Almanac, an invented yearbook", "bg": "Алманах на фенерите, измислен годишник"}
    most = len(words.ADJECTIVES) * len(words.NOUNS) * len(words.NETWORKS)
    names = [_name(number, words.NETWORKS) for number in chance.sample(range(most), NETWORKS)]
    return {
        "languages": ["en", "bg"],
        "sources": [{"id": SOURCE, "title": title, "language": "en", "date": DATE}],
        "networks": [_network(chance, name) for name in names],
    }


def _network(chance: Random, name: Pair) -> dict[str, Any]:
    members = (f"Organisations of {_people(chance)[0]}", "Организации на хора от пристанищата")
    return {
        "id": _id(name[0]),
        "name": _both(name),
        "acronym": {language: _initials(told) for language, told in _both(name).items()},
        "scope": chance.choice(("local", "national", "european", "international")),
        "website": f"https://{_id(name[0])}.example.org",
        "source": SOURCE,
        "summary": {"short": _both(_sentence(chance)), "full": _both(_paragraph(chance, 4))},
        "members": _both(members),
        "working_groups": 9,
    }


class _Organisation:
    """One organisation. Its number gives its country; chance gives the rest."""

    def __init__(self, chance: Random, number: int, name: int, networks: Sequence[str]):
        self.chance, self.number, self.name = chance, number, _name(name, words.BODIES)
        self.id = _id(self.name[0])
        self.country = words.COUNTRIES[number % len(words.COUNTRIES)]
        at_home = ("bg en", "bg") if self.country == "BG" else ("en bg", "en", "en bg", "bg en")
        self.languages = chance.choice(at_home).split()
        self.length = chance.choice((1, 2, 3, 5))
        self.lacking = len(self.languages) > 1 and chance.random() < 0.25
        """Whether some texts are in the first language alone."""
        self.networks = chance.sample(networks, chance.randint(2, 12))

    def files(self) -> dict[str, dict[str, Any]]:
        return {
            "organisation.yaml": self._organisation(),
            "affiliations.yaml": {"affiliations": [self._affiliation(id_) for id_ in self.networks]},
            "objectives.yaml": {"objectives": self._objectives()},
            "documents.yaml": {"documents": self._requests()},
        }

    def _text(self, pair: Pair, *, always: bool = True) -> dict[str, str]:
        told = _both(pair)
        wanted = self.languages if always or not (self.lacking and self.chance.random() < 0.3) else self.languages[:1]
        return {language: told[language] for language in wanted}

    def _own_name(self) -> dict[str, str]:
        if self.chance.random() < 0.1:  # a name of its country, which nobody translates
            language, form = self.chance.choice(words.LONG_NAMES)
            return {"original": language, language: form.format(self.chance.choice(words.PLACES))}
        return self._text(self.name)

    def _organisation(self) -> dict[str, Any]:
        chance = self.chance
        place, town = chance.choice(words.PLACES), chance.choice(words.CYRILLIC_PLACES)
        register = ("Register of invented associations", "Регистър на измислените сдружения")
        number = f"{self.number * 7919 % 10**9:09}"
        return {
            "name": self._own_name(),
            "legal_form": self._text(("association", "сдружение")),
            "country": self.country,
            "languages": self.languages,
            "imprint_note": self._text(("All of it is invented.", "Всичко тук е измислено.")),
            "founded": chance.choice(("{}", "{}-05", "{}-11-30")).format(chance.randint(1950, 2024)),
            "source": SOURCE,
            "mission": self._text(_sentence(chance)),
            "about": {
                "short": self._text(_sentence(chance)),
                "full": self._text(_paragraph(chance, 2 * self.length), always=False),
            },
            "fields_of_work": [self._text(_capital(people)) for people in chance.sample(words.PEOPLE, 3)],
            "registrations": [{"registry": self._text(register), "number": number}],
            "contact": {
                "address": self._text((f"1 Lantern Quay, {place}", f"Кей на фенерите 1, {town}")),
                "email": "post@example.org",
                "website": f"https://{self.id}.example.org",
            },
        }

    def _affiliation(self, network: str) -> dict[str, Any]:
        chance = self.chance
        role = [_filled(form, _people(chance)) for form in chance.sample(words.ROLES, min(self.length, 3))]
        dated = {"since": str(chance.randint(1990, 2025))} if chance.random() < 0.8 else {}
        grouped = {"working_groups": {"joined": chance.randint(1, 4)}} if chance.random() < 0.5 else {}
        return {
            "id": network,
            "network": network,
            "kind": chance.choice(("member", "partner", "observer", "founder")),
            **dated,
            "source": SOURCE,
            "role": self._text((" ".join(r[0] for r in role), " ".join(r[1] for r in role)), always=False),
            **grouped,
        }

    def _objectives(self) -> list[dict[str, Any]]:
        count = self.chance.randint(3, 30)
        kinds = ["joint", "network", "own"] + self.chance.choices(("joint", "network", "own"), (5, 4, 2), k=count - 3)
        return [self._objective(kind, number) for number, kind in enumerate(kinds, 1)]

    def _objective(self, kind: str, number: int) -> dict[str, Any]:
        chance = self.chance
        aim, way = _filled(chance.choice(words.AIMS), _people(chance)), chance.choice(words.WAYS)
        shared = chance.sample(self.networks, min(len(self.networks), 1 if kind != "joint" else chance.randint(1, 3)))
        full = (f"{aim[0]}, {way[0]}", f"{aim[1]} – {way[1]}") if self.length > 1 else aim
        return {
            "id": f"{kind}-{number}",
            "kind": kind,
            "affiliations": shared,
            "source": SOURCE,
            "text": self._text(full, always=False),
        }

    def _requests(self) -> list[dict[str, Any]]:
        """Return the annex in the first language: two files each. Some ask for it in the second language, too."""
        second = self.languages[1:] if self.number % SECOND == 0 else []
        made = [self._request("affiliations-annex", self.languages[:1])]
        return made + [self._request(f"affiliations-annex-{language}", [language]) for language in second]

    def _request(self, id_: str, languages: Sequence[str]) -> dict[str, Any]:
        return {
            "id": id_,
            "kind": "affiliations-annex",
            "title": self._text(("Affiliations and joint objectives", "Членства в мрежи и общи цели")),
            "languages": list(languages),
            "formats": ["pdf", "docx"],
            "date": DATE,
            **({"fallback": self.languages[0]} if self.lacking else {}),
        }


def _capital(pair: Pair) -> Pair:
    return pair[0][0].upper() + pair[0][1:], pair[1][0].upper() + pair[1][1:]


def main() -> None:
    """Write a workspace from the command line."""
    parser = argparse.ArgumentParser(description="Write a workspace of invented organisations.")
    parser.add_argument("count", type=int, help=f"how many, at most {MOST:,}")
    parser.add_argument("folder", type=Path, help="where data/ is written")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    try:
        workspace(asked.folder, asked.count, asked.seed)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
