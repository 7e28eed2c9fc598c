"""Every character of a text is found again where it was typed, in whatever style YAML has for it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from report.source import read
from report.source.scalar_positions import place

WORDS = ("one", "two's", 'th"ree', "four:five", "шест", "a\\b", "é", "#x", "-", "|", "{y}", "'", "\u00a0z", "👩")


class _Dumper(yaml.SafeDumper):
    """Indents the items of lists, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(chance: random.Random) -> str:
    lines = [" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(chance.randint(1, 5))]
    return "".join(line + chance.choice(("\n", "\n\n", " ", "\n  ")) for line in lines).strip()


@pytest.mark.parametrize("style", [None, "'", '"', "|", ">"])
def test_each_letter_is_found(style: str | None, tmp_path: Path) -> None:
    chance = random.Random(f"letters {style}")
    path = tmp_path / "organisation.yaml"
    count = 0
    for _ in range(80):
        text = _text(chance)
        data = {"a": 1, "b": [{"text": text, "more": "x"}]}
        written = yaml.dump(data, Dumper=_Dumper, default_style=style, allow_unicode=chance.random() < 0.7, width=20)
        path.write_text(written, "utf-8")
        file = read(path)
        held = file.data["b"][0]["text"]
        for offset, letter in enumerate(held):
            if letter.isspace():
                continue
            where = file.within(("b", 0, "text"), held, offset)
            there = file.lines[where.line - 1][where.column - 1 :]
            escaped = there.startswith("\\") and yaml.safe_load(f'"{there[: _escape(there)]}"') == letter
            assert there.startswith(letter) or escaped, (written, offset, letter, there)
            count += 1
    assert count > 1000


def _escape(there: str) -> int:
    return {"x": 4, "u": 6, "U": 10}.get(there[1], 2)


def test_a_text_that_lacks_what_was_left_out_is_found() -> None:
    text = 'a: "  x\\u200by\\\n   z"\n'
    assert [text[place(text, 3, len(text) - 1, '"', "xyz", n)] for n in range(3)] == ["x", "y", "z"]
    folded = "a: >-\n\n  one\n    two\n\n  three\n"
    value = yaml.safe_load(folded)["a"]
    assert folded[place(folded, 3, len(folded), ">", value, value.index("three")) :].startswith("three")
