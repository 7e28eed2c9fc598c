"""Every field of every data file has a label, a help sentence and an example in every language, and nothing else has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from report.cli.field_words import reached
from report.language import fields
from report.model.base import Dated, Fact
from report.model.loading.load import OWN, SHARED, YEARLY
from report.source import read
from report.workspace import bundled_templates

MODELS = tuple(
    dict.fromkeys(model for top in (*SHARED.values(), *OWN.values(), *YEARLY.values()) for model in reached(top))
)
LANGUAGES = ("bg", "en")


def of(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields."""
    return list(model.model_fields)


def is_record(annotation: Any) -> bool:
    """Say whether a field holds records, which have no example of their own."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return True
    return any(is_record(one) for one in get_args(annotation))


def test_there_are_these_languages() -> None:
    assert fields.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_is_without_words(language: str) -> None:
    missing = []
    for model in MODELS:
        if fields.model_label(model, language) == model.__name__ and (
            language == "bg" or model.__name__ not in fields.models()
        ):
            missing.append(model.__name__)
        for name, info in model.model_fields.items():
            words = fields.words(model, name, language)
            if not (words.language == language and words.label and words.help):
                missing.append(f"{model.__name__}.{name}")
            if words.example is None and not is_record(info.annotation):
                missing.append(f"{model.__name__}.{name}: example")
            if words.choices.keys() ^ choices(info.annotation):
                missing.append(f"{model.__name__}.{name}: choices")
    assert missing == []


def choices(annotation: Any) -> set[str]:
    """Return the values that a field may have, where these are few words."""
    if getattr(annotation, "__origin__", None) is not None and "Literal" in str(annotation.__origin__):
        return set(get_args(annotation))
    return {word for one in get_args(annotation) for word in choices(one)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_for_fields_that_there_are_not(language: str) -> None:
    known = {model.__name__: set(of(model)) for model in (*MODELS, Fact, Dated)}
    catalogue = read(bundled_templates() / "fields" / f"{language}.yaml").data
    assert set(catalogue) <= set(known)
    for name, entry in catalogue.items():
        assert set(entry["fields"]) <= known[name], name
        for field, words in entry["fields"].items():
            allowed = {"label", "example", "choices"} | ({"help"} if language != "en" else set())
            assert set(words) <= allowed, (name, field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_a_record_are_told_apart_and_in_the_language(language: str) -> None:
    for model in MODELS:
        labels = [fields.words(model, name, language).label for name in of(model)]
        assert len(set(labels)) == len(labels), (model, sorted(label for label in labels if labels.count(label) > 1))
        for label in labels:
            assert not re.match(r"[a-zа-я]", label) and label == label.strip() and not label.endswith(".")
            assert language == "en" or re.search("[а-я]", label), label


def examples() -> Iterator[tuple[type[BaseModel], str, str, str]]:
    for model in MODELS:
        for name in of(model):
            for language in LANGUAGES:
                if (example := fields.words(model, name, language).example) is not None:
                    yield model, name, language, example


def test_every_example_is_one_that_the_field_takes() -> None:
    wrong = []
    for model, name, language, example in examples():
        info = model.model_fields[name]
        bare = name == "valid_to"  # which is compared with another field
        type_ = info.annotation if bare or not info.metadata else Annotated[(info.annotation, *info.metadata)]
        adapter: TypeAdapter[Any] = TypeAdapter(type_)
        for value in (example, [example]):
            try:
                adapter.validate_python(value, context={"plain": language})
                break
            except ValueError:
                continue
        else:
            wrong.append((model.__name__, name, example))
    assert wrong == []


def test_a_language_without_words_is_given_english_ones() -> None:
    words = fields.words(MODELS[0], "languages", "fr")
    assert (words.language, words.label) == ("en", "Languages")
