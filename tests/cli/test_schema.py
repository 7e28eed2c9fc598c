"""``report schema``: editors refuse what the program refuses, and offer the ids that there are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from report.cli import editor_schemas
from report.model.loading.load import OWN, SHARED, YEARLY
from report.source import read
from report.workspace import Workspace
from tests.cli.process import ROOT
from tests.cli.test_commands import run

FACTS = {"name": "Lantern", "country": "IE", "languages": ["en"]}
MODELS = {**SHARED, **OWN, **YEARLY}


def mistakes(name: str, facts: Any, schemas: Mapping[str, Any] | None = None) -> list[str]:
    """Return what a validator says of facts."""
    schema = (schemas or {}).get(name) or MODELS[name].model_json_schema()
    return [str(one.message) for one in jsonschema.Draft202012Validator(schema).iter_errors(facts)]


@pytest.mark.parametrize(
    "slip",
    [
        {"country": "XQ"},
        {"country": "EU"},
        {"country": "Bulgaria"},
        {"languages": ["english"]},
        {"languages": []},
        {"founded": "2013-13"},
        {"founded": "2013-00"},
        {"founded": "2013-05-32"},
        {"founded": "0999"},
        {"founded": "31.05.2013"},
        {"name": ""},
        {"name": "  "},
        {"name": {"english": "x"}},
        {"name": {"en": ""}},
        {"name": {}},
        {"about": {"long": {"en": "x"}}},
        {"about": {"short": {"english": "x"}}},
        {"about": {"en": "x", "short": "y"}},
        {"fields_of_work": ["a", " "]},
        {"colour": "blue"},
    ],
)
def test_an_editor_refuses(slip: dict[str, Any]) -> None:
    assert mistakes("organisation.yaml", FACTS) == []
    assert mistakes("organisation.yaml", {**FACTS, **slip}) != []


@pytest.mark.parametrize(
    "facts",
    [
        {"founded": "2013"}, {"founded": 2013}, {"founded": "2013-05"}, {"founded": "2013-05-31"}, {"name": {"original": "sr-Latn", "sr-Latn": "x"}},
        {"about": {"short": "x", "full": {"en": "y", "bg": "z"}}}, {"country": "ZZ"}, {"languages": ["en", "pt-BR"]}, {"about": None},
    ],
)  # fmt: skip
def test_an_editor_takes(facts: dict[str, Any]) -> None:
    assert mistakes("organisation.yaml", {**FACTS, **facts}) == []


def test_amounts_and_currencies() -> None:
    assert mistakes("year.yaml", {"currency": "EUR"}) == []
    assert mistakes("year.yaml", {"currency": "EURO"}) and mistakes("year.yaml", {"currency": "XXX"})


@pytest.mark.parametrize("organisation", ["spoc", "lantern-bridge"])
def test_the_facts_of_the_repository_pass_with_their_own_ids_as_choices(organisation: str) -> None:
    schemas = {name: model.model_json_schema() for name, model in MODELS.items()}
    editor_schemas.with_choices(Workspace.at(ROOT), organisation, schemas)
    paths = [*(ROOT / "data" / organisation).rglob("*.yaml")]
    checked = [path for path in paths if path.name in MODELS]
    assert len(checked) > 3
    for path in checked:
        data = json.loads(json.dumps(read(path).data))
        said = mistakes(path.name, _typed(data), schemas)
        assert not [one for one in said if "is not one of" in one], (path, said)


def _typed(value: Any) -> Any:
    """Return plain values with numbers and yes or no as an editor reads them."""
    if isinstance(value, dict):
        return {name: _typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    return {"true": True, "false": False}.get(value, value)


@pytest.mark.parametrize(
    ("name", "facts", "good"),
    [
        ("affiliations.yaml", {"affiliations": [{"id": "x", "network": "ID"}]}, "nnc"),
        ("objectives.yaml", {"objectives": [{"id": "x", "text": "t", "kind": "joint", "affiliations": ["ID"]}]}, "nnc"),
        (
            "affiliations.yaml",
            {"affiliations": [{"id": "x", "network": "nnc", "source": "ID"}]},
            "spoc-membership-page",
        ),
        ("organisation.yaml", {**FACTS, "source": "ID"}, "spoc-membership-page"),
    ],
)
def test_a_wrong_id_is_refused_and_one_that_there_is_taken(name: str, facts: Any, good: str) -> None:
    schemas = {name: model.model_json_schema() for name, model in MODELS.items()}
    text = json.dumps(facts)
    assert mistakes(name, json.loads(text.replace("ID", "nowhere")), schemas) == []
    editor_schemas.with_choices(Workspace.at(ROOT), "spoc", schemas)
    assert mistakes(name, json.loads(text.replace("ID", good)), schemas) == []
    assert mistakes(name, json.loads(text.replace("ID", "nowhere")), schemas) != []


def test_settings_are_written_and_never_over_others(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "golden" / "data", tmp_path / "data")
    done = run("schema", "--vscode", "--for", "lantern", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.splitlines()[-1] == ".vscode/settings.json"
    settings = json.loads((tmp_path / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert settings["schemas/affiliations.schema.json"] == ["data/lantern/affiliations.yaml"]
    assert settings["schemas/finance.schema.json"] == ["data/lantern/*/finance.yaml"]
    assert settings["schemas/networks.schema.json"] == ["data/networks.yaml"]
    assert all((tmp_path / schema).exists() for schema in settings)
    assert (
        run("schema", "--vscode", "--for", "lantern", cwd=tmp_path).stdout.splitlines()[-1] == ".vscode/settings.json"
    )
    path = tmp_path / ".vscode" / "settings.json"
    path.write_text('{"editor.tabSize": 2} // mine', "utf-8")
    again = run("schema", "--vscode", cwd=tmp_path)
    assert ".vscode/settings.json: add" in again.stdout and '"data/*/organisation.yaml"' in again.stdout
    assert path.read_text("utf-8") == '{"editor.tabSize": 2} // mine'
    missing = run("schema", "--for", "nobody", cwd=tmp_path)
    assert missing.returncode == 2 and "[organisation.unknown]" in missing.stderr
