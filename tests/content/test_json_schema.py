"""The schemas by which editors complete and check front matter, held to the model and content."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft7Validator
from running import ROOT
from small_site import FILES, examined
from summitry.content import front_matter
from summitry.content.json_schema import FOLDER, MODELS, PAGE, as_file
from summitry.content.kinds import KINDS
from summitry.content.library import Library
from summitry.content.problems import Mark, Problem
from summitry.content.report import as_text, summary
from summitry.tools.checking import BEGUN


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


def data(path: str, text: str) -> dict[str, Any]:
    document = front_matter.read(path, text.encode()).document
    assert document is not None
    return document.data


@pytest.mark.parametrize("name", MODELS)
def test_the_file_of_each_schema_is_that_of_the_model(name: str) -> None:
    said = "make schemas writes them anew"
    assert (FOLDER / f"{name}.json").read_text("utf-8") == as_file(name), said
    Draft7Validator.check_schema(json.loads(as_file(name)))
    assert {path.stem for path in FOLDER.glob("*.json")} == set(MODELS)


def test_a_schema_takes_all_front_matter_that_the_check_takes(library: Library) -> None:
    """Every entity of the small site, and of each kind of the repository's own the first few."""
    for path, text in FILES.items():
        if path.startswith("content/"):
            assert validator(path.split("/")[1]).is_valid(data(path, text)), path
    for name in MODELS:
        of_kind = [item.document for item in library.of_kind(name)]
        if name == PAGE:
            of_kind = [story.document for story in library.stories.values()]
        for document in of_kind[:20]:
            assert validator(name).is_valid(document.data), document.path


@pytest.mark.parametrize("value", [2025, 61.2, "2025-08-15", "words"])
def test_a_value_that_yaml_takes_for_a_number_is_as_good(value: object) -> None:
    event = data("a", FILES["content/events/event-two.md"])
    assert validator("events").is_valid({**event, "start": value, "name": value})


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/people/speaker-two.md", "summary:", "sumary:"),
        ("content/people/speaker-two.md", "summary: The other.\n", ""),
        ("content/facts/fact-one.md", "statement: They met on one day.\n", ""),
        ("content/facts/fact-one.md", "source: source-one", "source: Source One"),
        ("content/facts/question-one.md", "positions", "answers"),
        ("content/images/map-one.md", "drawn: locator-map", "drawn: globe"),
        ("content/images/map-one.md", "drawn: locator-map\n", ""),
        ("content/quotes/quote-two.md", "{sign: the backdrop}", "{sign: the backdrop, unnamed: a}"),
        ("content/quotes/quote-one.md", "chosen: ", "chozen: "),
        ("content/sources/source-one.md", "type: article", "type: novel"),
    ],
)
def test_a_mistake_that_the_schema_refuses_the_check_refuses_too(
    path: str, old: str, new: str
) -> None:
    changed = FILES[path].replace(old, new, 1)
    assert changed != FILES[path]
    assert not validator(path.split("/")[1]).is_valid(data(path, changed))
    assert [p for p in examined({path: changed}).problems if p.path == path and not p.note]


def test_each_field_says_what_it_is_and_none_may_be_empty() -> None:
    for name in MODELS:
        made = json.loads(as_file(name))
        fields = made["properties"].items()
        assert not [key for key, field in fields if not field.get("description")], name
        assert '"null"' not in json.dumps(made["properties"])
        assert '"null"' not in json.dumps(made["definitions"])


def test_editors_are_told_where_the_schema_of_each_kind_is() -> None:
    """VS Code and Zed read the same server's settings; narrative pages stay Markdown."""
    code = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    zed = json.loads((ROOT / ".zed/settings.json").read_text("utf-8"))
    of_zed = zed["lsp"]["yaml-language-server"]["settings"]["yaml"]
    wanted = {f"./scripts/summitry/schemas/{kind}.json": f"content/{kind}/*.md" for kind in KINDS}
    assert code["yaml.schemas"] == of_zed["schemas"] == wanted
    assert all((ROOT / path).is_file() for path in wanted)
    anywhere = [f"**/{pattern}" for pattern in wanted.values()]  # as both match whole paths
    assert code["files.associations"] == dict.fromkeys(anywhere, "yaml")
    assert zed["file_types"] == {"YAML": anywhere}
    assert code["yaml.format.enable"] is of_zed["format"]["enable"] is False


def test_an_editor_finds_the_place_of_a_problem_in_what_the_check_prints() -> None:
    task = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"][0]
    assert task["command"].endswith("summitry check --watch")
    matcher = task["problemMatcher"]
    for note in (False, True):
        one = Problem("content/a.md", Mark(3, 7), "bad-date", "x: no", note=note)
        found = re.match(matcher["pattern"]["regexp"], as_text([one]).splitlines()[0])
        assert found is not None
        said = {name: found[matcher["pattern"][name]] for name in ("file", "line", "column")}
        assert said == {"file": "content/a.md", "line": "3", "column": "7"}
        assert found[matcher["pattern"]["message"]] == "x: no"
        assert found[matcher["pattern"]["code"]] == "bad-date"
    assert re.search(matcher["background"]["beginsPattern"], BEGUN)
    ends = re.compile(matcher["background"]["endsPattern"])
    assert ends.search(summary([one], "3 files"))
    assert ends.search(summary([one, replace(one, note=False)], "3 files"))


@pytest.mark.parametrize("name", MODELS)
def test_what_stands_below_the_front_matter_is_no_mistake_to_an_editor(name: str) -> None:
    """An editor of YAML takes it for documents of their own."""
    assert validator(name).is_valid(None)
    assert validator(name).is_valid("Some text.")
