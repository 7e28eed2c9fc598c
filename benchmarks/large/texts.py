"""Data files of YAML at the limit of their size: ``report check``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.large import Build, Case

_ORGANISATION = "name: The Lantern Society\ncountry: IE\nlanguages: [en]\nabout: The society keeps lights burning.\n"
_LIMIT = 3_900_000
"""Bytes: a little below what a data file may have."""


def file(lines: Callable[[], Iterable[str]], name: str = "people.yaml", *options: str) -> Build:
    """Write an organisation with one file of these lines."""

    def build(folder: Path) -> Sequence[str]:
        own = folder / "data" / "lantern"
        own.mkdir(parents=True)
        (own / "organisation.yaml").write_text(_ORGANISATION, "utf-8")
        (own / name).write_text("".join(f"{line}\n" for line in lines()), "utf-8")
        return ("check", "lantern", *options)

    return build


def _organisation(*more: str) -> Iterable[str]:
    return (*_ORGANISATION.splitlines(), *more)


def _people(line: Callable[[int], str], count: int) -> Iterable[str]:
    return ("people:", *(line(number) for number in range(count)))


def _wrong(number: int) -> str:
    return f"  - {{id: P{number}, name: Mara, body: board, role: chair}}"


def _slip(number: int) -> str:
    return f"  - {{id: p{number}, name: Mara, body: board, role: chair, sinse: 2003}}"


JSON = ("--format", "json")
CASES = (
    Case("yaml: keys of one record", "100,000", 10, file(lambda: _organisation(*(f"key-{n}: x" for n in range(100_000))), "organisation.yaml"), "data.unknown"),
    Case("yaml: keys of one record, JSON", "100,000", 10, file(lambda: _organisation(*(f"key-{n}: x" for n in range(100_000))), "organisation.yaml", *JSON), "data.unknown"),
    Case("yaml: keys like known ones", "100,000", 10, file(lambda: _organisation(*(f"languages{n}: x" for n in range(100_000))), "organisation.yaml"), "did you mean"),
    Case("yaml: keys without a value", "100,000", 10, file(lambda: _organisation(*(f"languages{n}:" for n in range(100_000))), "organisation.yaml"), "did you mean"),
    Case("yaml: one key again and again", "100,000", 10, file(lambda: _organisation(*("mission: x" for _ in range(100_000))), "organisation.yaml"), "yaml.duplicate"),
    Case("yaml: languages of a text", "100,000", 10, file(lambda: _organisation("mission:", *(f"  l{n}: x" for n in range(100_000))), "organisation.yaml"), "text.language"),
    Case("yaml: a list of words", "100,000", 10, file(lambda: ("people:", *("  - x" for _ in range(100_000)))), "data."),
    Case("yaml: ids twice in a list", "100,000", 10, file(lambda: _organisation("languages:", *("  - en" for _ in range(100_000))), "organisation.yaml")),
    Case("yaml: a long list, each once", "100,000", 10, file(lambda: ("programmes:", "  - id: a", "    name: A", "    objectives:", *(f"      - o-{n}" for n in range(100_000))), "programmes.yaml"), "id.unknown"),
    Case("yaml: records that are wrong", "60,000", 10, file(lambda: _people(_wrong, 60_000)), "data.form"),
    Case("yaml: records with a slip", "60,000", 10, file(lambda: _people(_slip, 60_000)), "did you mean 'since'"),
    Case("yaml: records with a slip, JSON", "60,000", 10, file(lambda: _people(_slip, 60_000), "people.yaml", *JSON), "did you mean 'since'"),
    Case("yaml: records of one id", "60,000", 10, file(lambda: _people(lambda n: "  - {id: a, name: Mara, body: board, role: chair}", 60_000)), "id.duplicate"),
    Case("yaml: references to nothing", "60,000", 10, file(lambda: ("people:", *(f"  - {{id: p{n}, name: Mara, body: board, role: chair, source: s{n}}}" for n in range(50_000)))), "id.unknown"),
    Case("yaml: fine records", "60,000", 15, file(lambda: _people(lambda n: f"  - {{id: p{n}, name: Mara {n}, body: board, role: chair}}", 60_000))),
    Case("yaml: an error in each line", "80,000", 10, file(lambda: ("people:", *(f"  - x{n}: [" if n % 2 else "  : ]" for n in range(80_000)))), "yaml.syntax"),
    Case("yaml: an open quote in each line", "80,000", 10, file(lambda: ("people:", *(f'  - "a{n}' for n in range(80_000)), "b: '")), "yaml.syntax"),
    Case("yaml: quoted texts over lines like keys", "40,000", 10, file(lambda: ("people:", *(f"  - \"a{n}\n    b: c\"" for n in range(40_000)), "  - [")), "yaml.syntax"),
    Case("yaml: tags", "100,000", 10, file(lambda: ("people:", *(f"  - !t{n} x" for n in range(100_000)))), "yaml.tag"),
    Case("yaml: unseen characters", "100,000 lines", 10, file(lambda: ("people:", *("  - 'a\x07b'" for _ in range(100_000))))),
    Case("yaml: deep lists", "1,000,000", 10, file(lambda: ("people: " + "[" * 1_000_000,)), "yaml.depth"),
    Case("yaml: deep records", "1,900", 10, file(lambda: (" " * n + "a:" for n in range(1_900)))),
    Case("yaml: deep dashes", "1,900,000", 10, file(lambda: ("- " * 1_900_000,))),
    Case("yaml: a long flow list", "390,000", 10, file(lambda: ("people: [" + ", ".join("x" * 7 for _ in range(390_000)) + "]",))),
    Case("yaml: empty flow records", "390,000", 10, file(lambda: ("people: [" + "{}, " * 390_000 + "]",))),
    Case("yaml: numbers that commas cut", "200,000", 10, file(lambda: ("people: [{amount: 12" + ",400" * 200_000 + "}]",)), "yaml.comma"),
    Case("yaml: words that commas cut", "200,000", 10, file(lambda: ("people: [{amount: a" + "".join(f", w{n}" for n in range(200_000)) + "}]",)), "yaml.comma"),
    Case("yaml: anchors and aliases", "100,000", 10, file(lambda: ("people:", *(f"  - &a{n} x\n  - *a{n}" for n in range(100_000))))),
    Case("yaml: an anchor bomb", "10 levels", 10, file(lambda: ("a0: &a0 [x, x, x, x, x, x, x, x, x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)))), "yaml.bomb"),
    Case("yaml: one text", "4 MB", 10, file(lambda: _organisation("mission: " + "word " * (_LIMIT // 5)), "organisation.yaml")),
    Case("yaml: one text in quotes", "4 MB", 10, file(lambda: _organisation("mission: '" + "''" * (_LIMIT // 2) + "'"), "organisation.yaml")),
    Case("yaml: a text of many marks", "4 MB", 10, file(lambda: _organisation("mission: |", *("  [a](b *c **d `e <b> {lang" for _ in range(_LIMIT // 29))), "organisation.yaml")),
    Case("yaml: a text of brackets", "4 MB", 10, file(lambda: _organisation("mission: '" + "[" * _LIMIT + "'"), "organisation.yaml")),
    Case("yaml: a block text", "100,000 lines", 10, file(lambda: _organisation("about: |", *("  They keep the lights." for _ in range(100_000))), "organisation.yaml")),
    Case("yaml: signs of comments", "150,000", 10, file(lambda: ("people:", *("  - a #b" for _ in range(150_000)))), "yaml.comment"),
    Case("yaml: signs of comments in one line", "1,000,000", 10, file(lambda: ("people: [" + "a #b" * 900_000,))),
    Case("yaml: comments", "1,900,000", 10, file(lambda: (*("#" for _ in range(1_900_000)), "people: [x]"))),
    Case("yaml: numbers of many digits", "4 MB", 10, file(lambda: _organisation("founded: " + "9" * _LIMIT), "organisation.yaml")),
    Case("yaml: an address", "4 MB", 10, file(lambda: _organisation("contact: {website: 'https://" + "a." * (_LIMIT // 2) + "'}"), "organisation.yaml")),
    Case("yaml: blank lines", "3,900,000", 10, file(lambda: ("people: [",  "\n" * _LIMIT))),
    Case("yaml: spaces", "4 MB", 10, file(lambda: ("people:" + " " * _LIMIT + "x",))),
    Case("yaml: no colon", "300,000 lines", 10, file(lambda: (*("abc" for _ in range(300_000)), "b: c"))),
    Case("yaml: typographic quotes", "200,000", 10, file(lambda: ("people:", *("  - „12 “" for _ in range(200_000)))), "yaml.quotes"),
)  # fmt: skip
