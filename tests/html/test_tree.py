"""A document's tree is one value: nobody who reads it changes it."""

from __future__ import annotations

import pickle

import pytest

from report.html.parser import parse, tree

TEXT = '<!DOCTYPE html>\n<html lang="he" dir="rtl"><head><title>x</title></head><body><p id="a">x</p></body></html>'


def test_what_is_done_to_a_copy_is_not_done_to_the_tree() -> None:
    document = tree(TEXT)
    root = document.copy()
    root.find("body").clear()
    root.set("lang", "en")
    assert document.html.strip() == TEXT and document.copy().find("body/p").text == "x"


def test_a_tree_keeps_nothing_of_the_elements_that_it_was_made_of() -> None:
    root = parse(TEXT)
    document = type(tree(TEXT))(root)
    root.find("body/p").text = "y"
    assert document == tree(TEXT)


def test_attributes_cannot_be_changed() -> None:
    attributes = dict(tree(TEXT).tags())["p"]
    with pytest.raises(TypeError):
        attributes["id"] = "b"  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "rtl", "directions"),
    [(TEXT, True, True), ("<p><b dir=ltr>x</b>", False, True), ("<p>dir=rtl", False, False)],
)
def test_a_tree_knows_which_way_it_runs(text: str, rtl: bool, directions: bool) -> None:
    document = tree(text)
    assert (document.is_rtl, document.has_directions) == (rtl, directions)


def test_a_tree_travels_between_processes() -> None:
    document = tree(TEXT)
    assert pickle.loads(pickle.dumps(document)) == document and hash(document) == hash(tree(TEXT))
