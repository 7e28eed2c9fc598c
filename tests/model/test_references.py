"""An id may come again for another time: its periods follow one another, in whatever order they are written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from report.model.loading.load import load
from report.workspace import Workspace


def _duplicates(folder: Path, *periods: str) -> int:
    own = folder / "data" / "amani"
    own.mkdir(parents=True)
    (own / "organisation.yaml").write_text("name: Amani\ncountry: KE\nlanguages: [en]\nmission: Peace.\n", "utf-8")
    people = (f"  - {{id: asha, name: Asha, role: Chair, body: board{', ' + one if one else ''}}}\n" for one in periods)
    (own / "people.yaml").write_text("people:\n" + "".join(people), "utf-8")
    return sum(p.code == "id.duplicate" for p in load(Workspace.at(folder), "amani").problems)


@pytest.mark.parametrize(
    ("periods", "wrong"),
    [
        (("valid_to: 2019", "valid_from: 2020"), 0),
        (("valid_from: 2020", "valid_to: 2019"), 0),
        (("valid_from: 2020, valid_to: 2021", "valid_to: 2019", "valid_from: 2022-05"), 0),
        (("valid_from: 2020", "valid_from: 2021"), 1),
        (("", ""), 1),
        (("valid_from: 2020, valid_to: 2021", ""), 1),
        (("valid_to: 2019", "valid_from: 2020", "valid_from: 2019-06, valid_to: 2019-07"), 1),
    ],
)
def test_periods_of_an_id_do_not_overlap(periods: tuple[str, ...], wrong: int, tmp_path: Path) -> None:
    assert _duplicates(tmp_path, *periods) == wrong


def test_any_order_will_do(tmp_path: Path) -> None:
    periods = [f"valid_from: {year}, valid_to: {year}" for year in range(1950, 2020)]
    random.Random(3).shuffle(periods)
    assert _duplicates(tmp_path, *periods, "valid_from: 1980-02, valid_to: 1980-03") == 1
