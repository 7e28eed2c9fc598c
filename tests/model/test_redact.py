"""Names in texts, addresses and ids: what a redacted edition takes out, and what it leaves."""

from __future__ import annotations

import unicodedata

import pytest

from report.model.loading.load import load
from report.model.privacy.names import MARK, Finder, every, finder_of
from report.model.privacy.redact import _Eraser, redact
from report.model.text import Text
from report.workspace import Workspace
from tests.conftest import change

ORGANISATION = "lantern-bridge"
PEOPLE = (
    "Ralitsa Mostova",
    "Ралица Мостова",
    "Anna-Maria Dundova",
    "Bo Li",
    "Ivan Petrov",
    "Иван Петров",
    "Zoë Ångström",
    "J. Smith",
    "readers of nine hamlets, in nine jars",
)
ERASER = _Eraser(Finder(every(Text({"en": name}) for name in PEOPLE)), {})


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("_Ralitsa_ came", "_[…]_ came"),
        ("**Ralitsa** *Mostova*", "**[…]** *[…]*"),
        ("RALITSA MOSTOVA and ralitsa", "[…] and […]"),
        ("Ask Anna, or Maria, or Anna‑Maria", "Ask […], or […], or […]"),
        ("Ms Li and LI, not li or Lia", "Ms […] and […], not li or Lia"),
        ("the Petrovs, Petrov’s and the Petrovi", "the […], […] and the […]"),
        ("семейство Петрови, г-н Петров", "семейство […], г-н […]"),
        ("на Рали\u0301ца, на Рали\u00adца", "на […], на […]"),
        (unicodedata.normalize("NFD", "Zoë Ångström"), "[…]"),
        ("Ralitsa\u00a0\nMostova", "[…]"),
        ("see #RalitsaMostova", "see #[…]"),
        ("by J. Smith and bo li, signed anna1985", "by […] and […], signed […]1985"),
        ("To Readers of nine hamlets in nine jars, nine readers", "To […], nine readers"),
        ("[Ралица Мостова]{lang=bg} said", "[…] said"),
        ("[При Ралица]{lang=bg}", "[При […]]{lang=bg}"),
        ("[her page](https://example.org/people/ralitsa-mostova)", "her page"),
        ("[her page](https://example.org/ralitsamostova.html 'hers')", "her page"),
        ("[write](mailto:office@example.org) or [ring](tel:+35921234567)", "write or ring"),
        ("at https://example.org/ralitsa, and on", "at […] and on"),
        ("neda.knizharova@example.org, +359 888 123 456, 0888/123-456", "[…], […], […]"),
        ("тел. 987 65 43", "[…]"),
    ],
)
def test_what_is_taken_out(told: str, left: str) -> None:
    assert ERASER.text(told) == left


@pytest.mark.parametrize(
    "told",
    [
        "Similar hannahs annotate; mariachi",
        "from 01.02.2025 to 2025-11-02, 1 234 567.50 EUR, 000703210",
        "[our rooms](https://rooms.example.org/all)",
        "[Комитет]{lang=bg}",
    ],
)
def test_what_stays(told: str) -> None:
    assert ERASER.text(told) == told


@pytest.fixture
def planted(small: Workspace) -> Workspace:
    """The small organisation with names in ids and addresses."""
    change(small, f"{ORGANISATION}/2025/donations.yaml", "- id: baker", "- id: zornitsa")
    for year in (2024, 2025, 2026):
        for file, old, new in (
            ("finance", "- id: gifts", "- id: gift-zornitsa"),
            ("donations", "income: gifts", "income: gift-zornitsa"),
        ):
            path = small.data / ORGANISATION / str(year) / f"{file}.yaml"
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    for path in (small.data / ORGANISATION).rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("new-neighbours", "brodov-fund"), "utf-8")
    change(
        small,
        f"{ORGANISATION}/2025/year.yaml",
        "lessons:\n",
        "publications:\n  - {title: {en: A book, bg: Книга}, url: 'https://example.org/toma-brodov.pdf'}\n"
        "  - {title: {en: A map, bg: Карта}, url: 'https://example.org/map.pdf'}\nlessons:\n",
    )
    return small


def test_ids_are_numbers_and_still_agree(planted: Workspace) -> None:
    facts = redact(load(planted, ORGANISATION).dossier)
    year = facts.years[2025]
    assert [p.url for p in year.year.publications] == [None, "https://example.org/map.pdf"]
    (given, *_) = year.received
    assert (given.id, given.income) == (
        "received-1",
        next(line.id for line in year.finance.income if line.id == given.income),
    )
    assert {line.id for line in year.finance.income} == {line.id for line in facts.years[2024].finance.income}
    known = {programme.id for programme in facts.programmes}
    assert "id-1" in known and {a.programme for a in year.activities} <= known
    assert "zornitsa" not in repr(facts.years) and "brodov" not in repr((facts.years, facts.programmes)).lower()


def test_a_name_that_is_also_a_kind_leaves_the_kind(small: Workspace) -> None:
    change(small, f"{ORGANISATION}/people.yaml", "Toma Brodov", "Grant Board")
    facts = redact(load(small, ORGANISATION).dossier)
    assert facts.people[0].body == "board" and str(facts.people[0].name.by_language["en"]) == MARK


def test_a_changed_name_counts_as_it_is_written(small: Workspace) -> None:
    """Мила is a girl in a story, and dear in all other texts; a real name counts in any case."""
    change(
        small,
        f"{ORGANISATION}/2025/year.yaml",
        "lessons:\n",
        "thanks: {en: Mila and MILA; mila; brodov, bg: Мила е мила}\nlessons:\n",
    )
    dossier = load(small, ORGANISATION).dossier
    told = redact(dossier).years[2025].year.thanks.longest.by_language
    assert told["en"] == "[…] and […]; mila; […]" and told["bg"] == "[…] е мила"
    assert list(finder_of(dossier).each("mila Mila")) == ["Mila"]
