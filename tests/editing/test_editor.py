"""Changes are saved alone, wrong ones are kept and not written, others' changes are taken in, and every step can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report.editing.editor import Editor
from report.source.patch import Insert, Remove, Set
from report.source.patch import read_address as at
from report.values import ReportError
from report.workspace import Workspace

GOLDEN = Path(__file__).parents[1] / "golden" / "data"
ORGANISATION = "organisation.yaml"


class Clock:
    """A clock that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def lantern(tmp_path: Path) -> Workspace:
    shutil.copytree(GOLDEN, tmp_path / "data")
    path = tmp_path / "data" / "lantern" / ORGANISATION
    path.write_text("# the society\n" + path.read_text("utf-8") + "acronym: L # short\n", "utf-8")
    return Workspace.at(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def editor(lantern: Workspace, clock: Clock) -> Editor:
    return Editor(lantern, "lantern", clock)


def text(workspace: Workspace, name: str = ORGANISATION) -> str:
    return (workspace.data / "lantern" / name).read_text("utf-8")


def write(workspace: Workspace, before: str, after: str, name: str = ORGANISATION) -> None:
    """Change a file as another program does."""
    said = text(workspace, name)
    assert said.count(before) == 1
    aside = workspace.data / "lantern" / "aside"
    aside.write_text(said.replace(before, after), "utf-8")
    aside.replace(workspace.data / "lantern" / name)


def test_a_change_is_saved_when_it_is_asked_for_and_nothing_else_is_another(lantern: Workspace, editor: Editor) -> None:
    before = text(lantern)
    assert editor.change(ORGANISATION, Set(at("acronym"), "Lan")) is None
    assert text(lantern) == before and not editor.is_saved
    assert editor.texts[lantern.data / "lantern" / ORGANISATION] == before.replace("acronym: L #", "acronym: Lan #")
    assert editor.save() == (ORGANISATION,)
    assert text(lantern) == before.replace("acronym: L #", "acronym: Lan #") and editor.is_saved
    assert editor.save() == ()


@pytest.mark.parametrize(
    ("name", "address", "value", "code"),
    [
        (ORGANISATION, "country", "XQ", "data.country"),
        (ORGANISATION, "founded", "31.05.2013", "date.form"),
        (ORGANISATION, "acronym", "", "text.empty"),
        (ORGANISATION, "colour", "blue", "data.unknown"),
        ("affiliations.yaml", "affiliations", [{"id": "x", "network": "nowhere"}], "id.unknown"),
    ],
)
def test_a_wrong_value_is_kept_and_not_written(
    lantern: Workspace, editor: Editor, name: str, address: str, value: object, code: str
) -> None:
    before = text(lantern, name)
    draft = editor.change(name, Set(at(address), value))
    assert draft is not None and code in {problem.code for problem in draft.problems}
    assert editor.save() == () and text(lantern, name) == before
    assert list(editor.drafts) == [(name, address)]
    editor.discard(name, at(address))
    assert editor.drafts == {}


def test_a_draft_is_gone_once_its_value_is_right(editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("founded"), "31.05.2013"))
    assert editor.change(ORGANISATION, Set(at("founded"), "2013-05-31")) is None
    assert editor.drafts == {} and editor.data(ORGANISATION)["founded"] == "2013-05-31"


def test_facts_that_have_errors_can_be_made_better(lantern: Workspace, editor: Editor) -> None:
    write(lantern, "country: ", "country: XQ # ")
    other = Editor(lantern, "lantern")
    assert other.change(ORGANISATION, Set(at("acronym"), "Lan")) is None
    assert other.change(ORGANISATION, Set(at("country"), "XX")) is not None
    assert other.change(ORGANISATION, Set(at("country"), "IE")) is None


def test_typing_is_one_step_and_steps_are_taken_back_and_made_again(
    lantern: Workspace, editor: Editor, clock: Clock
) -> None:
    before = text(lantern)
    for word in ("La", "Lan", "Lant"):
        editor.change(ORGANISATION, Set(at("acronym"), word))
        clock.now += 1
    clock.now += 60
    editor.change(ORGANISATION, Set(at("acronym"), "LT"))
    editor.change(ORGANISATION, Set(at("founded"), "2001"))
    editor.save()
    after = text(lantern)
    assert [editor.undo() and editor.data(ORGANISATION).get("acronym") for _ in range(3)] == ["LT", "Lant", "L"]
    editor.save()
    assert text(lantern) == before and editor.undo() is None
    assert [step.address for step in (editor.redo(), editor.redo(), editor.redo()) if step] == [
        "acronym",
        "acronym",
        "founded",
    ]
    editor.save()
    assert text(lantern) == after and editor.redo() is None


def test_steps_are_taken_back_after_a_restart_and_beside_changes_of_others(lantern: Workspace, editor: Editor) -> None:
    before = text(lantern)
    editor.change(ORGANISATION, Set(at("acronym"), "Lan"))
    editor.save()
    write(lantern, "# the society", "# this society")
    again = Editor(lantern, "lantern")
    assert again.undo()
    again.save()
    assert text(lantern) == before.replace("# the society", "# this society")
    assert again.redo()
    again.save()
    assert "acronym: Lan # short" in text(lantern)


def test_a_step_whose_place_was_changed_since_is_not_taken_back(lantern: Workspace, editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("acronym"), "Lan"))
    editor.save()
    write(lantern, "acronym: Lan", "acronym: Lamp")
    editor.look()
    with pytest.raises(ReportError, match="acronym was changed since"):
        editor.undo()
    assert "acronym: Lamp" in text(lantern)


def test_what_another_program_writes_is_joined_with_what_is_typed(lantern: Workspace, editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("acronym"), "Lan"))
    write(lantern, "# the society", "# this society")
    write(lantern, "country: ", "imprint_note: Invented\ncountry: ")
    assert editor.save() == (ORGANISATION,)
    said = text(lantern)
    assert "# this society" in said and "imprint_note: Invented" in said and "acronym: Lan # short" in said
    assert [step.outside for step in editor.journal.steps] == [False, True]


def test_a_value_that_both_changed_stays_theirs_until_somebody_decides(lantern: Workspace, editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("acronym"), "Mine"))
    write(lantern, "acronym: L", "acronym: Theirs")
    assert editor.look() == (ORGANISATION,)
    ((key, draft),) = editor.drafts.items()
    assert key == (ORGANISATION, "acronym") and draft.conflict
    assert (draft.theirs, editor.data(ORGANISATION)["acronym"]) == ("Theirs", "Theirs")
    assert editor.save() == () and "acronym: Theirs # short" in text(lantern)
    assert editor.keep_mine(ORGANISATION, at("acronym")) is None
    editor.save()
    assert "acronym: Mine # short" in text(lantern) and editor.drafts == {}


def test_a_file_that_is_no_yaml_any_more_is_told_and_not_written_over(lantern: Workspace, editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("acronym"), "Mine"))
    write(lantern, "country: ", "country: [")
    broken = text(lantern)
    assert editor.save() == () and text(lantern) == broken
    assert editor.broken[ORGANISATION].problems[0].code == "yaml.syntax"
    with pytest.raises(ReportError):
        editor.change(ORGANISATION, Set(at("acronym"), "Other"))
    write(lantern, "country: [", "country: ")
    assert editor.look() == (ORGANISATION,) and editor.broken == {}
    editor.save()
    assert "acronym: Mine # short" in text(lantern)


def test_the_last_state_that_could_be_read_is_put_back_where_that_is_wanted(lantern: Workspace, editor: Editor) -> None:
    before = text(lantern)
    editor.data(ORGANISATION)
    write(lantern, "country: ", "country: [")
    editor.look()
    editor.restore(ORGANISATION)
    assert text(lantern) == before and editor.broken == {}


def test_a_file_that_is_not_there_begins_with_its_first_fact(lantern: Workspace, editor: Editor) -> None:
    assert editor.data("people.yaml") is None
    person = {"id": "ada", "name": "Ada", "role": "Chair", "body": "board"}
    assert editor.change("people.yaml", Set(at("people"), [person])) is None
    editor.save()
    assert text(lantern, "people.yaml") == "people:\n  - id: ada\n    name: Ada\n    role: Chair\n    body: board\n"
    assert editor.undo()
    editor.save()
    assert not (lantern.data / "lantern" / "people.yaml").exists()


def test_shared_facts_and_records(lantern: Workspace, editor: Editor) -> None:
    new = {"id": "lights", "name": {"en": "Lights", "bg": "Светлини"}}
    assert editor.change("networks.yaml", Insert(at("networks"), new)) is None
    tie = {"id": "lights-tie", "network": "lights"}
    assert editor.change("affiliations.yaml", Insert(at("affiliations"), tie)) is None
    assert set(editor.save()) == {"networks.yaml", "affiliations.yaml"}
    assert editor.change("networks.yaml", Remove(at("networks/@lights"))) is not None  # the tie needs it
    assert editor.change("affiliations.yaml", Remove(at("affiliations/@lights-tie"))) is None
    assert editor.change("networks.yaml", Remove(at("networks/@lights"))) is None


def test_what_another_organisation_needs_is_not_taken_away(lantern: Workspace, editor: Editor) -> None:
    shutil.copytree(lantern.data / "lantern", lantern.data / "other")
    new = {"id": "lights", "name": {"en": "Lights", "bg": "Светлини"}}
    editor.change("networks.yaml", Insert(at("networks"), new))
    editor.save()
    other = Editor(lantern, "other")
    other.change("affiliations.yaml", Insert(at("affiliations"), {"id": "lights-tie", "network": "lights"}))
    other.save()
    for change in (
        Remove(at("networks/@lights")),
        Set(at("networks/@lights/id"), "lamps"),
        Set(at("networks/@lights"), {**new, "id": "lamps"}),
    ):
        draft = editor.change("networks.yaml", change)
        assert draft and {problem.code for problem in draft.problems} == {"id.unknown"}, change
        assert draft.problems[0].location and "other" in str(draft.problems[0].location.path)
    assert editor.change("networks.yaml", Set(at("networks/@lights/name/en"), "Lamps")) is None


def test_the_journal_forgets_every_word(lantern: Workspace, editor: Editor) -> None:
    editor.change(ORGANISATION, Set(at("acronym"), "Secret"))
    editor.save()
    assert "Secret" in editor.journal.path.read_text("utf-8")
    editor.journal.forget()
    assert not editor.journal.path.exists() and editor.undo() is None
    assert not [path for path in lantern.output.rglob("*") if path.is_file() and b"Secret" in path.read_bytes()]


def test_a_link_out_of_the_workspace_is_not_followed(
    lantern: Workspace, editor: Editor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "people.yaml"
    outside.write_text("people: []\n", "utf-8")
    (lantern.data / "lantern" / "people.yaml").symlink_to(outside)
    with pytest.raises(ReportError, match="points outside"):
        editor.change("people.yaml", Set(at("people"), [{"id": "ada", "name": "Ada"}]))
    assert outside.read_text("utf-8") == "people: []\n"
