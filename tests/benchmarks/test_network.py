"""The invented network: it checks, is the same twice, and names nobody who exists."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks import network, words
from report import pipeline
from report.model.loading.load import load
from report.workspace import Workspace
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.at(network.workspace(tmp_path_factory.mktemp("network"), 12))


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}


def test_every_organisation_checks(made: Workspace) -> None:
    assert len(made.organisations()) == 12
    for name in made.organisations():
        assert not pipeline.check(made, name).errors, name


@pytest.mark.slow
def test_they_differ_as_organisations_do(tmp_path: Path) -> None:
    made = Workspace.at(network.workspace(tmp_path, 46))
    dossiers = [load(made, name).dossier for name in made.organisations()]
    assert {d.organisation.country for d in dossiers} == set(words.COUNTRIES) and len(words.COUNTRIES) == 46
    assert {d.organisation.languages for d in dossiers} >= {("en",), ("en", "bg"), ("bg", "en")}
    assert all(2 <= len(d.affiliations) <= 12 and 3 <= len(d.objectives) <= 30 for d in dossiers)
    assert any(d.documents[0].fallback for d in dossiers) and any(d.organisation.name.original for d in dossiers)
    assert {(d.documents[0].id, d.documents[0].kind, len(d.documents[0].languages)) for d in dossiers} == {
        ("affiliations-annex", "affiliations-annex", 1)
    }
    seconds = [request.id for d in dossiers for request in d.documents[1:]]
    assert seconds and {*seconds} <= {"affiliations-annex-en", "affiliations-annex-bg"}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, made: Workspace) -> None:
    assert _bytes(network.workspace(tmp_path / "again", 12)) == _bytes(made.root)
    assert _bytes(network.workspace(tmp_path / "other", 12, seed=2)) != _bytes(made.root)
    more = _bytes(network.workspace(tmp_path / "more", 20))
    assert _bytes(made.root).items() <= more.items(), "an organisation depends on how many others there are"


def test_no_name_is_that_of_a_network_that_exists(made: Workspace) -> None:
    real = yaml.safe_load((ROOT / "data" / "networks.yaml").read_text("utf-8"))
    bodies = [*real["networks"], *real["institutions"]]
    names = {text for body in bodies for name, text in body["name"].items() if name != "original"}
    told = b"\n".join(_bytes(made.root).values()).decode()
    assert names and not [name for name in names if name in told]


def test_no_two_have_one_name() -> None:
    names = [network._name(number, words.BODIES) for number in range(network.MOST)]
    assert len({latin for latin, _ in names}) == len({cyrillic for _, cyrillic in names}) == network.MOST


def test_more_than_there_are_names_for_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="10,800"):
        network.workspace(tmp_path, network.MOST + 1)
