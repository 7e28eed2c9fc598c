"""Hints that show YAML: which there are in the program, and how one is followed to the letter.

What is to be typed stands between two spaces and two spaces, or ends the hint: ``add  bg: …``, ``leave  income:  out``. A value alone
follows ``write``: ``write 12400``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from report import pipeline
from report.values import Problem, Severity
from report.workspace import Workspace

Files = Mapping[str, str]
Run = Callable[[Workspace], list[Problem]]
Edit = tuple[str, str, str]
"""A file, what is there once, and what is written in its place: ``{}`` in it stands for what the hint shows."""


class Case(NamedTuple):
    """A mistake: what is written otherwise, the problem's code and hint, and the module that gives it.

    What the hint leaves open is put in by `fill`. Where a person would have to look elsewhere than at the place of the problem,
    `edits` say what is done for each thing that the hint offers, in its order; None for what needs no edit of YAML.
    """

    at: str
    code: str
    hint: str
    wrong: tuple[Edit, ...]
    fill: Mapping[str, str] = {}
    edits: tuple[tuple[Edit, ...] | None, ...] = ()
    also: frozenset[str] = frozenset()
    """Errors that are new once the hint was followed, since it was only the first thing to do."""


ROOT = Path(__file__).resolve().parents[2] / "report"
_VERB = re.compile(
    r"(?:add|ask|begin|correct|did|do|find|fix|give|if|keep|leave|make|move|name|or|put|remove|say|shorten|take|type|use|write)\b"
)
_SHOWN = re.compile(r"\S {2}(?!report )\S")
_VALUE = re.compile(r"(?:^|[;,] (?:if not, )?)write (?:\{\}|[\"#\[{]|[A-Z]{2,3}\b|\d|true\b|\S+\{\})")
_ELSEWHERE = (
    "cli/",
    "batch/",
    "formats/",
    "press/",
    "isolation/",
    "cache/",
    "source/tables/",
    "forms/template.py",
    "model/tables/organisations.py",
    "editing/begin.py",
)
"""Rooms whose hints are of commands, of files that are no YAML, and of answers to questions (`tests/editing/test_begin.py`)."""


def templates() -> Iterator[tuple[str, str]]:
    """Yield each hint of the program that shows YAML, with {} for what is put in, and its module."""
    for path in sorted(ROOT.rglob("*.py")):
        if not path.relative_to(ROOT).as_posix().startswith(_ELSEWHERE):
            for text in _texts(ast.parse(path.read_text("utf-8"))):
                if _VERB.match(text) and "{{" not in text and (_SHOWN.search(text) or _VALUE.search(text)):
                    yield path.relative_to(ROOT).as_posix(), text


def _texts(module: ast.Module) -> Iterator[str]:
    """Yield the texts of a module that are no docstrings."""
    inner = {id(part) for node in ast.walk(module) if isinstance(node, ast.JoinedStr) for part in node.values}
    inner |= {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node.value


def is_of(hint: str, template: str) -> bool:
    """Say whether a hint is one of a template's."""
    pattern = ".*?".join(re.escape(part) for part in template.split("{}"))
    return re.search(pattern, hint, re.DOTALL) is not None


def steps(hint: str) -> list[tuple[str, str]]:
    """Return what a hint offers to do, each by itself, as a verb and what is typed: ("add", "by: id"), ("add", "name: …")."""
    parts, found, verb = hint.split("  "), [], ""
    for prose, typed in zip(parts[::2], parts[1::2], strict=False):
        verbs = re.findall(r"\b(add|write|leave|put)\b", prose)
        verb = verbs[-1] if verbs else verb
        found.append((verb, typed))
    if len(parts) == 1:
        found += [
            ("write", one[1])
            for one in re.finditer(r"(?:^|[;,] (?:if not, )?)write (\"[^\"]*\"|\[.*\]|\S.*?)(?=[;,] |$| or )", hint)
        ]
        found += [("write", one[1]) for one in re.finditer(r"did you mean '([^']+)'", hint)]
    return found


def follow(text: str, problem: Problem, verb: str, typed: str) -> str:
    """Return a file's text with what is typed at the place of a problem."""
    try:
        chain = _chain(yaml.compose(text), problem.location.key.split(".") if problem.location.key else [])
    except yaml.YAMLError:
        return _in_line(text, (problem.location.line or 1) - 1, typed)
    pair = re.fullmatch(r"([\w.-]+):(?: (.*))?", typed)
    if verb == "leave":
        assert pair
        return _without(text, chain, pair[1])
    if verb == "add":
        return _added(text, next(node for node in reversed(chain) if isinstance(node, yaml.MappingNode)), typed)
    if pair and (span := _entry(chain, pair[1])):
        return _put(text, *span, typed)
    return _put(text, *_at(text, problem, chain), typed)


def _in_line(text: str, number: int, typed: str) -> str:
    """Return the text of a file that is no YAML with what is typed in place of a line's own."""
    lines = text.split("\n")
    indent = re.match(r"[ ]*(?:- +)*", lines[number])
    lines[number] = (indent[0] if indent else "") + typed
    return "\n".join(lines)


def _put(text: str, start: int, end: int, typed: str) -> str:
    ending = "\n" if text[start:end].endswith("\n") else ""
    return text[:start] + typed + ending + text[end:]


def _chain(root: yaml.Node, keys: list[str]) -> list[yaml.Node]:
    chain = [root]
    for key in keys:
        node = chain[-1]
        if isinstance(node, yaml.MappingNode):
            chain += [value for name, value in node.value if name.value == key]
        elif isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            chain.append(node.value[int(key)])
    return chain


def _entry(chain: list[yaml.Node], key: str) -> tuple[int, int] | None:
    """Return where the nearest entry of a key begins and ends."""
    for node in reversed(chain):
        for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if name.value == key:
                return name.start_mark.index, value.end_mark.index
    return None


def _at(text: str, problem: Problem, chain: list[yaml.Node]) -> tuple[int, int]:
    """Return where the key or value at a problem's place begins and ends."""
    place = (problem.location.line or 1) - 1, (problem.location.column or 1) - 1
    scalars = [node for node in _scalars(chain[0]) if (node.start_mark.line, node.start_mark.column) == place]
    node = scalars[0] if scalars else chain[-1]
    return node.start_mark.index, node.end_mark.index


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for one in node.value if not isinstance(node, yaml.ScalarNode) else ():
        for inner in one if isinstance(one, tuple) else (one,):
            yield from _scalars(inner)


def _added(text: str, record: yaml.MappingNode, typed: str) -> str:
    start = record.start_mark.index
    if record.flow_style:
        return f"{text[: start + 1]}{typed}{', ' if record.value else ''}{text[start + 1 :]}"
    return f"{text[:start]}{typed}\n{' ' * record.start_mark.column}{text[start:]}"


def _without(text: str, chain: list[yaml.Node], key: str) -> str:
    start, end = _entry(chain, key) or (0, 0)
    assert end, key
    if text[:start].rstrip(" ").endswith(("\n", "-")):
        follows = re.compile(r"[^\n]*\n[ ]*").match(text, end)
        return text[:start] + text[follows.end() if follows else end :]
    if after := re.compile(r",\s*").match(text, end):
        return text[:start] + text[after.end() :]
    return re.sub(r",?\s*$", "", text[:start]) + text[end:]


def _write(root: Path, files: Files) -> Workspace:
    for name, text in files.items():
        shared = name.startswith(("networks", "profiles", "members"))
        path = root / name if name.startswith("templates") else root / "data" / ("" if shared else "amani") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace.at(root)


def _edited(files: Files, edits: tuple[Edit, ...], shown: str = "{}") -> dict[str, str]:
    made = dict(files)
    for name, old, new in edits:
        assert made[name].count(old) == 1, (name, old, made[name])
        made[name] = made[name].replace(old, new.replace("{}", shown))
    return made


def checked(workspace: Workspace) -> list[Problem]:
    """Return what is wrong with the facts."""
    composed = (p for p in pipeline.check(workspace, "amani").problems if p.code == "text.missing")
    return [*pipeline.check(workspace, "amani", templates=False).problems, *composed]


def _name(problem: Problem) -> str:
    path = problem.location.path if problem.location else Path("data")
    if "templates" in path.parts:
        return "/".join(path.parts[path.parts.index("templates") :])
    parts = path.parts[path.parts.index("data") + 1 :]
    return "/".join(parts[1:] if parts[:1] == ("amani",) else parts)


def _filled(text: str, fill: Mapping[str, str]) -> str:
    for old, new in fill.items():
        text = (
            text.replace(old, new)
            if ":" in old or old == "…"
            else text.replace(f" {old}", f" {new}").replace(f"[{old}]", f"[{new}]")
        )
    return text


def _same(one: Problem, other: Problem) -> bool:
    places = [(p.code, p.hint, p.location and (p.location.path, p.location.key)) for p in (one, other)]
    return places[0] == places[1]


def prove(case: Case, facts: Files, root: Path, run: Run) -> None:
    """Make a mistake, follow what the hint says in each way that it offers, and assert that the problem is gone, and none is new."""
    files = _edited(facts, case.wrong)
    before = run(_write(root, files))
    told = [p for p in before if p.code == case.code and case.hint == (p.hint or p.message)]
    assert told, [(p.code, p.message, p.hint) for p in before]
    problem = told[0]
    offered = steps(case.hint)
    assert offered, case.hint
    done = [*zip(offered, case.edits or [()] * len(offered), strict=False)]
    assert len(done) == len(offered), offered
    for (verb, typed), edits in done:
        if edits is None:
            continue
        shown = _filled(typed, case.fill)
        made = (
            _edited(files, edits, shown)
            if edits
            else files | {_name(problem): follow(files[_name(problem)], problem, verb, shown)}
        )
        after = run(_write(root, made))
        assert not [p for p in after if _same(p, problem)], made[_name(problem)]
        known = {p.code for p in before if p.severity is Severity.ERROR}
        assert {p.code for p in after if p.severity is Severity.ERROR} <= known | case.also, [
            (p.code, p.message) for p in after
        ]
