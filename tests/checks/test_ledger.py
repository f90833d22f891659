"""What a small library's records prove, and that no part of them can be changed unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from running import copy_of
from small_site import FILES, examined
from summitry.checks.judging import Finding
from summitry.checks.rules import Examination
from summitry.content.files import read_tree
from summitry.content.library import build
from summitry.content.problems import Problem
from summitry.content.values import Ref
from summitry.proof import capture, records
from summitry.proof.capture import Capture
from summitry.proof.verdict import Kind
from summitry.tools.prover import Taking
from summitry.tools.workshop import Workshop
from warm import run

# An invented article. Its first paragraph is too short for a root.
ARTICLE = """\
The harbour of Westmark opens again in spring

“We will open the harbour on the 14th of May, and nobody will pay for it twice,” Ada Norin told \
reporters on the quay, where a small crowd had waited since the early morning for the ferry from \
the outer islands.

The council had closed the basin in autumn after divers found cracks in the eastern wall, and \
the repair has cost more than three million crowns so far, most of it borrowed from the savings \
bank of the islands themselves.

“It was a long winter — the longest that I can remember, and I have seen a few of them — but the \
wall stands,” said Norin, who has led the council for nine years and who thanked the masons, the \
divers and both engineers by name.

Fishermen were less content. Their boats have lain in the old river port since October, an hour \
further from the open sea, and the fish market on the northern mole has stood empty all that \
time while the fuel for each day’s journey grew dearer.

The ferry company says that it will run twice a day at first, then every two hours from \
midsummer on, and that the fare for people who live on the islands stays what it was before the \
basin was closed.

What becomes of the cranes is not decided yet. Two of them date from the time when Westmark \
shipped timber, and a society that looks after old machines would like to see both of them kept \
where they have always stood.

A new breakwater, which engineers from the mainland had proposed in spring, will not be built \
for the time being, because the loan for it would have bound the town for thirty years without \
any certainty that it would help.

On the day itself there is to be music on the quay from noon, and the first boat through the \
gate will be the same old pilot cutter that was the last one out before the gate was shut.
"""
TOLD = Taking(date="2025-08-16", method="pasted", by="A. Reader", url="https://two.example/day")
THERE = replace(TOLD, url="https://three.example/day")
DAY, WINTER = "content/quotes/harbour-day", "content/quotes/harbour-winter"
WALL, NEWS = "content/terms/harbour-wall", "content/sources/harbour-news"
POST = (
    "---\ntype: article\ntitle: Harbour Post\npublisher: Paper Three\n"
    "url: https://three.example/day\nissued: 2025-08-15\n---\n"
)
_QUOTE = "speaker: speaker-one\nlanguage: en\nevidence: [{source: harbour-news}]\n---\n"
HARBOUR = {
    f"{NEWS}.md": "---\ntype: article\ntitle: Harbour News\npublisher: Paper Two\n"
    "url: https://two.example/day\nissued: 2025-08-15\n"
    "archive_url: https://web.archive.org/web/20250816090000/https://two.example/day\n---\n",
    f"{DAY}.md": "---\ntitle: On the day\ntext: We will open the harbour on the 14th of May\n"
    + _QUOTE,
    f"{WINTER}.md": "---\ntitle: On the winter\n"
    "text: It was a long winter […] but the wall stands\n" + _QUOTE,
    f"{WALL}.md": "---\nname: Wall\ndefinition: What keeps the water out.\nevidence:\n"
    "  - {source: harbour-news, exact: found cracks in the eastern wall}\n---\n",
}

Files = dict[str, str | bytes | None]


def on_disk(root: Path, files: dict[str, Any]) -> Workshop:
    """The small project with more files, written below a folder, and its workshop."""
    for path, text in {**FILES, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode() if isinstance(text, str) else text)
    library = build(read_tree(root, "content", "docs"), "content", "docs")
    return Workshop(library, root, lambda line: None)


def proven(root: Path, files: dict[str, Any], text: str = ARTICLE, told: Taking = TOLD) -> Files:
    """The files of a project after capturing and proving what it takes from the article."""
    workshop = on_disk(root, files)
    workshop.capture("harbour-news", text, told)
    article = workshop.text_of("harbour-news")
    assert article is not None
    items = [item for item in workshop.library.items.values() if "harbour" in item.ref.id]
    found = workshop.prove(items, {"harbour-news": article})
    assert found.problems == []
    return dict(workshop.library.tree.texts)


def project(root: Path, files: dict[str, Any] = HARBOUR, more: str = "") -> Path:
    """A project whose article is captured and proven, with a mkdocs.yml; `more` are options."""
    proven(root, files)
    (root / "mkdocs.yml").write_text(
        "site_name: One\ntheme: {name: material, custom_dir: docs}\nplugins:\n"
        f"  - summitry: {{main_event: event-one{more}}}\n", "utf-8"
    )  # fmt: skip
    return root


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The small project and what it takes from the article, all of which is proven."""
    return proven(tmp_path_factory.mktemp("harbour"), HARBOUR)


def errors(found: Examination) -> list[str]:
    """The problems that count, with their places."""
    return [_told(p) for p in found.problems if not p.note]


def _told(problem: Problem) -> str:
    line, column = problem.mark
    return f"{problem.path}:{line}:{column}: {problem.code}: {problem.message}"


def rows(files: Files, path: str) -> list[dict[str, Any]]:
    raw = files[path]
    assert isinstance(raw, bytes)
    return json.loads(raw)["proofs" if "proof" in path else "captures"]


def with_proofs(proofs: list[dict[str, Any]]) -> bytes:
    return records.dump({"version": 1, "proofs": proofs}, "proofs").encode()


def with_captures(captures: list[dict[str, Any]], source: str = "harbour-news") -> bytes:
    head = {"version": 1, "source": source, "captures": captures}
    return records.dump(head, "captures").encode()


def text_of(files: Files, path: str) -> str:
    found = files[path]
    return found.decode() if isinstance(found, bytes) else str(found)


def findings(found: Examination) -> dict[str, Finding]:
    """What was found on words from the article, by the id of the entity."""
    assert found.library is not None, found.problems
    ledger = found.library.ledger
    return {
        place.ref.id: finding
        for place, finding in ledger.findings.items()
        if finding.claim.source == "harbour-news"
    }


def test_everything_is_proven_and_nothing_is_wrong(kept: Files) -> None:
    found = examined(kept)
    assert [_told(p) for p in found.problems] == []
    judged = findings(found)
    assert {name: f.verdict.kind for name, f in judged.items()} == {
        "harbour-day": Kind.VERBATIM,
        "harbour-winter": Kind.ABRIDGED,
        "harbour-wall": Kind.VERBATIM,
    }
    assert all(finding.proven and not finding.stale for finding in judged.values())
    assert [len(judged[name].uses) for name in judged] == [1, 2, 1]


def test_only_the_words_quoted_are_in_the_records(kept: Files) -> None:
    opened = [row["words"] for path in (DAY, WINTER, WALL) for row in rows(kept, path + PROOF)]
    assert opened == [
        '"We will open the harbour on the 14th of May,',
        '"It was a long winter—',
        'but the wall stands,"',
        "found cracks in the eastern wall,",
    ]
    everything = b"".join(raw for path, raw in kept.items() if path.endswith(".json"))
    for hidden in (b"nobody", b"longest", b"remember", b"Fishermen", b"divers", b"Norin"):
        assert hidden not in everything


PROOF, CAPTURE = ".proof.json", ".capture.json"
QUOTED = {
    "one letter": ("harbour on", "harbor on", "word 5 is “harbor”, the source has “harbour”"),
    "one digit": ("14th", "15th", "word 8 is “15th”, the source has “14th”"),
    "a word more": ("the 14th", "the very 14th", "word 8, “very”, is in no proof of this source"),
    "a word less": ("on the 14th", "on 14th", "after word 6 the source has “the”"),
    "two words swapped": ("We will", "Will we", "word 2, “we”, is in no proof of this source"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), QUOTED.values(), ids=QUOTED)
def test_a_changed_quotation_is_a_misquote_at_its_line(
    kept: Files, old: str, new: str, said: str
) -> None:
    text = text_of(kept, f"{DAY}.md")
    assert old in text
    (told,) = errors(examined({**kept, f"{DAY}.md": text.replace(old, new)}))
    assert told.startswith(f"{DAY}.md:3:7: misquote: misquote: ")
    assert said in told
    assert told.endswith("(harbour-news, paragraph 2)")


def test_a_change_of_case_alone_does_not_fail(kept: Files) -> None:
    text = text_of(kept, f"{DAY}.md").replace("We will open", "we WILL open")
    found = examined({**kept, f"{DAY}.md": text})
    assert errors(found) == []
    day = findings(found)["harbour-day"]
    assert day.proven
    assert any(note.startswith("case differs: “we”") for note in day.verdict.notes)


def test_a_changed_passage_is_a_misquote_at_its_line(kept: Files) -> None:
    text = text_of(kept, f"{WALL}.md").replace("cracks", "holes")
    (told,) = errors(examined({**kept, f"{WALL}.md": text}))
    assert told.startswith(f"{WALL}.md:5:35: misquote: ")
    assert "word 2 is “holes”, the source has “cracks”" in told


Row = dict[str, Any]


def _replaced(key: str, old: str, new: str) -> Callable[[Row, Row], None]:
    def change(row: Row, other: Row) -> None:
        assert old in row[key]
        row[key] = row[key].replace(old, new, 1)

    return change


def _set(key: str, value: Any) -> Callable[[Row, Row], None]:
    def change(row: Row, other: Row) -> None:
        assert row[key] != value
        row[key] = value

    return change


def _flipped(key: str) -> Callable[[Row, Row], None]:
    """One bit of the first salt or sibling."""

    def change(row: Row, other: Row) -> None:
        size = 16 if key == "salts" else 32
        raw = records.decode(row[key][0], size)
        row[key][0] = records.encode(bytes([raw[0] ^ 1]) + raw[1:])

    return change


def _taken(key: str) -> Callable[[Row, Row], None]:
    """The part of another proof."""

    def change(row: Row, other: Row) -> None:
        assert row[key] != other[key]
        row[key] = other[key]

    return change


def _reversed(key: str) -> Callable[[Row, Row], None]:
    def change(row: Row, other: Row) -> None:
        assert len(row[key]) > 1
        row[key] = row[key][::-1]

    return change


NOT_THOSE = "its words, place, salts or siblings are not those of paragraph 2"
APART = "its parts do not belong together: "
CHANGED: dict[str, tuple[Callable[[Row, Row], None], str]] = {
    "one letter of a word": (_replaced("words", "harbour", "harbor"), NOT_THOSE),
    "one digit": (_replaced("words", "14th", "15th"), NOT_THOSE),
    "the case of a letter": (_replaced("words", "We", "we"), NOT_THOSE),
    "a mark before a word": (_replaced("words", '"We', "We"), NOT_THOSE),
    "a comma after a word": (_replaced("words", "May,", "May"), NOT_THOSE),
    "two words in another order": (_replaced("words", "will open", "open will"), NOT_THOSE),
    "speech": (_replaced("speech", "i", "o"), NOT_THOSE),
    "speech that is not known": (_replaced("speech", "i", "u"), NOT_THOSE),
    "a salt": (_flipped("salts"), NOT_THOSE),
    "the order of the salts": (_reversed("salts"), NOT_THOSE),
    "a sibling": (_flipped("siblings"), NOT_THOSE),
    "the order of the siblings": (_reversed("siblings"), NOT_THOSE),
    "the start": (_set("start", 2), APART),
    "a start before the first word": (_set("start", 0), APART + "there are no words 0 to 9"),
    "a start behind the last word": (_set("start", 90), APART + "there are no words 90 to 99"),
    "a paragraph with a root": (_set("paragraph", 3), "it belongs to paragraph 2, not 3"),
    "a paragraph without a root": (_set("paragraph", 1), "paragraph 1 is too short to be proven"),
    "no paragraph": (_set("paragraph", 90), "the capture of 2025-08-16 has no paragraph 90"),
    "paragraph 0": (_set("paragraph", 0), "has no paragraph 0"),
    "another capture": (_set("capture", "2025-08-17"), "has no capture of 2025-08-17"),
    "another source": (
        _set("source", "source-one"), "cannot be checked: there is no capture of source-one"
    ),
    "the salts of another proof": (_taken("salts"), NOT_THOSE),
    "the siblings of another proof": (_taken("siblings"), NOT_THOSE),
    "a word of its neighbour in the fragment": (
        _set("fragment", ["We will open the harbour on the 14th of May, and"]),
        "its text fragment holds other words than the proof",
    ),
    "a fragment that ends in hidden words": (
        _set("fragment", ["We will", "of May, and nobody"]),
        "its text fragment holds other words than the proof",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), CHANGED.values(), ids=CHANGED)
def test_a_changed_proof_does_not_verify(
    kept: Files, change: Callable[[Row, Row], None], said: str
) -> None:
    row, other = rows(kept, DAY + PROOF)[0], rows(kept, WALL + PROOF)[0]
    change(row, other)
    found = examined({**kept, DAY + PROOF: with_proofs([row])})
    (told,) = errors(found)
    assert told.startswith(
        f"{DAY}{PROOF}:2:1: broken-proof: the proof of “{' '.join(row['words'].split(' ')[:6])} …”"
    )
    assert said in told
    assert [p.message for p in found.problems if p.note] == [
        "unproven: no proof of these words in harbour-news"
    ]


def test_the_line_is_that_of_the_proof_that_is_wrong(kept: Files) -> None:
    first, second = rows(kept, WINTER + PROOF)
    second["words"] = second["words"].replace("wall", "mole")
    told = errors(examined({**kept, WINTER + PROOF: with_proofs([first, second])}))
    said = f"{WINTER}{PROOF}:3:1: broken-proof: the proof of “but the mole"
    assert [line.startswith(said) for line in told].count(True) == 1


def test_a_proof_with_an_escaped_key_is_looked_at_like_any_other(kept: Files) -> None:
    row = rows(kept, DAY + PROOF)[0]
    row["words"] = row["words"].replace("harbour", "harbor")
    raw = with_proofs([row]).replace(b'"source"', b'"\\u0073ource"')
    (told,) = errors(examined({**kept, DAY + PROOF: raw}))
    assert "broken-proof" in told


def test_a_proof_of_another_entity_s_words_is_used_by_nothing(kept: Files) -> None:
    both = rows(kept, DAY + PROOF) + rows(kept, WALL + PROOF)
    (told,) = errors(examined({**kept, DAY + PROOF: with_proofs(both)}))
    assert told == (
        f"{DAY}{PROOF}:3:1: unused-proof: the proof of “found cracks in the eastern wall,” "
        "is used by nothing: no evidence here has these words"
    )


def test_a_proof_moved_to_a_source_with_the_same_paragraph_is_used_by_nothing(
    tmp_path: Path, kept: Files
) -> None:
    post = {"content/sources/harbour-post.md": POST}
    workshop = on_disk(tmp_path, {**kept, **post})
    workshop.capture("harbour-post", ARTICLE, THERE)
    (row,) = rows(kept, DAY + PROOF)
    row["source"] = "harbour-post"
    moved = {**workshop.library.tree.texts, DAY + PROOF: with_proofs([row])}
    found = examined(moved)
    (told,) = errors(found)
    assert told.startswith(f"{DAY}{PROOF}:2:1: unused-proof: ")
    assert [p.message for p in found.problems if p.path == f"{DAY}.md"] == [
        "unproven: no proof of these words in harbour-news"
    ]


def test_a_broken_half_of_a_proof_makes_no_misquote_of_the_other(kept: Files) -> None:
    first, second = rows(kept, WINTER + PROOF)
    second["salts"] = second["salts"][::-1]
    assert second != rows(kept, WINTER + PROOF)[1]
    told = errors(examined({**kept, WINTER + PROOF: with_proofs([first, second])}))
    assert not any("are in no proof of this source" in line for line in told)


def test_a_key_that_no_terminal_can_show_is_refused_without_a_traceback(
    tmp_path: Path, kept: Files
) -> None:
    site = copy_of("other", tmp_path)
    path = f"content/sources/sample-report{CAPTURE}"
    head = '{"version": 1, "source": "sample-report", "captures": []'
    (site / path).write_text(f'{head}, "\\ud800": 1}}', "utf-8")
    checked = run("summitry", "check", cwd=site)
    assert "Traceback" not in checked.stderr
    assert checked.returncode == 1


def test_another_entity_s_proof_proves_nothing_here(kept: Files) -> None:
    found = examined({**kept, DAY + PROOF: kept[WALL + PROOF]})
    (told,) = errors(found)
    assert told.startswith(f"{DAY}{PROOF}:2:1: unused-proof: ")
    assert [p.path for p in found.problems if p.note] == [f"{DAY}.md"]


def test_a_proof_that_opens_more_than_is_used(kept: Files) -> None:
    text = text_of(kept, f"{DAY}.md").replace("We will open the harbour on", "the harbour on")
    (told,) = errors(examined({**kept, f"{DAY}.md": text}))
    assert told.startswith(f'{DAY}{PROOF}:2:1: unused-proof: the proof of “"We will open the ')
    assert told.endswith("opens words that no evidence here has")


def test_a_proof_that_nothing_uses(kept: Files) -> None:
    text = text_of(kept, f"{WALL}.md").replace("exact:", "says:")
    (told,) = errors(examined({**kept, f"{WALL}.md": text}))
    assert told.startswith(f"{WALL}{PROOF}:2:1: unused-proof: ")
    assert told.endswith("is used by nothing: no evidence here has these words")


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        (f"content/quotes/other{PROOF}", DAY + PROOF),
        (f"content/sources/other{CAPTURE}", NEWS + CAPTURE),
    ],
)
def test_a_record_without_its_entity(kept: Files, path: str, beside: str) -> None:
    entity = path.partition(".")[0] + ".md"
    found = examined({**kept, path: kept[beside]})
    assert errors(found) == [f"{path}:1:1: stray-file: there is no entity beside this record"]
    assert found.problems[0].hint == f"add {entity}, or remove the record"


def test_captures_of_something_that_is_no_source(kept: Files) -> None:
    (told,) = errors(examined({**kept, DAY + CAPTURE: kept[NEWS + CAPTURE]}))
    assert told == f"{DAY}{CAPTURE}:1:1: broken-capture: captures belong to sources"


def test_a_capture_renamed_for_another_source(kept: Files) -> None:
    path = f"content/sources/source-one{CAPTURE}"
    (told,) = errors(examined({**kept, path: kept[NEWS + CAPTURE]}))
    said = "these are captures of harbour-news, not of source-one"
    assert told == f"{path}:1:1: broken-capture: {said}"


def test_a_capture_renamed_with_the_name_inside_it(kept: Files) -> None:
    path = f"content/sources/source-one{CAPTURE}"
    moved = with_captures(rows(kept, NEWS + CAPTURE), "source-one")
    (told,) = errors(examined({**kept, path: moved}))
    assert told.startswith(f"{path}:1:1: broken-capture: the capture of 2025-08-16 is not as it")


def _in_paragraph(change: Callable[[list[Any]], None]) -> Callable[[Row], None]:
    return lambda row: change(row["paragraphs"][1])


def _with_root(paragraph: list[Any]) -> None:
    raw = records.decode(paragraph[1], 32)
    paragraph[1] = records.encode(raw[:-1] + bytes([raw[-1] ^ 0x80]))


def _with_digest(row: Row) -> None:
    raw = records.decode(row["digest"], 32)
    row["digest"] = records.encode(bytes([raw[0] ^ 1]) + raw[1:])


CAPTURES: dict[str, Callable[[Row], None]] = {
    "a root": _in_paragraph(_with_root),
    "the number of words": _in_paragraph(lambda paragraph: paragraph.__setitem__(0, 42)),
    "the words of a short paragraph": lambda row: row["paragraphs"].__setitem__(0, 9),
    "the order of paragraphs": lambda row: row["paragraphs"].reverse(),
    "a paragraph less": lambda row: row["paragraphs"].pop(),
    "a paragraph more": lambda row: row["paragraphs"].append(7),
    "the date": lambda row: row.update(date="2025-08-15"),
    "a time": lambda row: row.update(date="2025-08-16T00:00:00Z"),
    "the extent": lambda row: row.update(extent="excerpt"),
    "the method": lambda row: row.update(method="url"),
    "the extractor": lambda row: row.update(extractor="trafilatura 2.0.0"),
    "the address": lambda row: row.update(url="https://two.example/other"),
    "who took it": lambda row: row.update(by="B. Reader"),
    "the digest": _with_digest,
}


@pytest.mark.parametrize("change", CAPTURES.values(), ids=CAPTURES)
def test_a_changed_capture_does_not_fit_its_digest(
    kept: Files, change: Callable[[Row], None]
) -> None:
    (row,) = rows(kept, NEWS + CAPTURE)
    change(row)
    told = errors(examined({**kept, NEWS + CAPTURE: with_captures([row])}))
    here = [line for line in told if line.startswith(NEWS)]
    assert here == [
        f"{NEWS}{CAPTURE}:1:1: broken-capture: the capture of {row['date']} is not as it was "
        "written: its digest does not fit its source, date, method or paragraphs"
    ]


def _made_anew(raw: str | bytes | None, change: Callable[[Capture], Capture]) -> bytes:
    """A capture that somebody changed and gave the digest that it should then have."""
    assert isinstance(raw, bytes)
    return capture.dump([change(one) for one in capture.load(raw, "harbour-news")]).encode()


def test_a_changed_root_with_a_digest_to_fit_fails_its_proofs(kept: Files) -> None:
    def change(one: Capture) -> Capture:
        paragraphs = list(one.paragraphs)
        root = paragraphs[1].root or b""
        paragraphs[1] = capture.CapturedParagraph(
            paragraphs[1].words, bytes(32 - len(root)) + root[::-1]
        )
        return capture.replace(one, paragraphs=tuple(paragraphs))

    raw = _made_anew(kept[NEWS + CAPTURE], change)
    (told,) = errors(examined({**kept, NEWS + CAPTURE: raw}))
    assert told.startswith(f"{DAY}{PROOF}:2:1: broken-proof: ")
    assert NOT_THOSE in told


def test_a_changed_number_of_words_with_a_digest_to_fit_fails_its_proofs(kept: Files) -> None:
    def change(one: Capture) -> Capture:
        paragraphs = list(one.paragraphs)
        paragraphs[1] = paragraphs[1]._replace(words=paragraphs[1].words + 1)
        return capture.replace(one, paragraphs=tuple(paragraphs))

    raw = _made_anew(kept[NEWS + CAPTURE], change)
    (told,) = errors(examined({**kept, NEWS + CAPTURE: raw}))
    assert told.startswith(f"{DAY}{PROOF}:2:1: broken-proof: ")


def test_days_on_which_a_page_was_seen_again_are_not_part_of_the_digest(kept: Files) -> None:
    (row,) = rows(kept, NEWS + CAPTURE)
    row["confirmed_on"], row["changed_on"] = ["2025-09-01"], ["2025-10-01"]
    assert errors(examined({**kept, NEWS + CAPTURE: with_captures([row])})) == []


@pytest.mark.parametrize("key", ["confirmed_on", "changed_on"])
def test_a_day_that_no_calendar_has_is_refused(kept: Files, key: str) -> None:
    (row,) = rows(kept, NEWS + CAPTURE)
    row[key] = ["2025-02-30"]
    told = errors(examined({**kept, NEWS + CAPTURE: with_captures([row])}))
    assert told[0].startswith(f"{NEWS}{CAPTURE}:1:1: broken-capture: ")
    assert "“2025-02-30” is not a date of a capture" in told[0]


@pytest.mark.parametrize(
    ("path", "code"), [(DAY + PROOF, "broken-proof"), (NEWS + CAPTURE, "broken-capture")]
)
def test_broken_json_is_said_with_its_line(kept: Files, path: str, code: str) -> None:
    raw = kept[path]
    assert isinstance(raw, bytes)
    cut = raw.removesuffix(b"\n]}\n") + b"\n"
    told = errors(examined({**kept, path: cut}))
    here = [line for line in told if line.startswith(path)]
    assert len(here) == 1
    assert here[0].startswith(f"{path}:3:1: {code}: this is not JSON: ")


@pytest.mark.parametrize("path", [DAY, NEWS])
def test_the_records_of_an_entity_that_cannot_be_read_add_no_noise(kept: Files, path: str) -> None:
    broken = text_of(kept, f"{path}.md").replace("title:", "titel:")
    (told,) = errors(examined({**kept, f"{path}.md": broken}))
    assert told.startswith(f"{path}.md:")
    assert "unknown-key: titel is not a key here" in told


def test_a_paragraph_that_is_stated_wrong(kept: Files) -> None:
    text = text_of(kept, f"{DAY}.md").replace("harbour-news}", "harbour-news, paragraph: 3}")
    (told,) = errors(examined({**kept, f"{DAY}.md": text}))
    said = "the words stand in paragraph 2 of harbour-news, not in 3"
    assert told == f"{DAY}.md:6:46: misquote: {said}"


def test_a_paragraph_that_is_stated_right(kept: Files) -> None:
    text = text_of(kept, f"{DAY}.md").replace("harbour-news}", "harbour-news, paragraph: 2}")
    assert errors(examined({**kept, f"{DAY}.md": text})) == []


def test_words_without_a_proof_are_a_note(kept: Files) -> None:
    found = examined({**kept, DAY + PROOF: None})
    assert errors(found) == []
    (note,) = found.problems
    assert _told(note) == (
        f"{DAY}.md:3:7: unproven: unproven: no proof of these words in harbour-news"
    )
    assert note.hint.startswith(f"summitry prove {DAY}.md --text ARTICLE.txt")
    assert not findings(found)["harbour-day"].proven


def test_words_of_a_source_that_was_never_captured_are_not_even_noted(kept: Files) -> None:
    records_of = [path for path in kept if path.endswith(".json")]
    found = examined({**kept, **dict.fromkeys(records_of)})
    assert found.problems == []
    assert {f.verdict.kind for f in findings(found).values()} == {Kind.UNKNOWN}


def test_words_that_cannot_be_compared_are_a_misquote(kept: Files) -> None:
    text = re.sub("(?m)^text: .*$", "text: (…)", text_of(kept, f"{DAY}.md"))
    told = errors(examined({**kept, f"{DAY}.md": text}))
    assert told[0].startswith(f"{DAY}.md:3:7: misquote: the words cannot be compared: ")


def test_a_proof_against_an_older_capture_stays_and_is_stale(tmp_path: Path, kept: Files) -> None:
    workshop = on_disk(tmp_path, kept)
    changed = ARTICLE.replace("told reporters", "told some reporters")
    workshop.capture("harbour-news", changed, Taking("2025-09-01", "pasted", "A. Reader"))
    found = examined(dict(workshop.library.tree.texts))
    assert errors(found) == []
    judged = findings(found)
    assert judged["harbour-day"].proven
    assert judged["harbour-day"].stale
    assert judged["harbour-day"].capture == found.library.ledger.captures["harbour-news"][1]
    assert not judged["harbour-wall"].stale  # its paragraph is the same, so the proof moved
    assert judged["harbour-wall"].capture == found.library.ledger.captures["harbour-news"][0]


def test_a_quotation_may_rest_on_a_proof_of_each_of_its_sources(
    tmp_path: Path, kept: Files
) -> None:
    files = {
        **kept,
        "content/sources/harbour-post.md": POST,
        f"{DAY}.md": text_of(kept, f"{DAY}.md").replace(
            "[{source: harbour-news}]", "[{source: harbour-news}, {source: harbour-post}]"
        ),
    }
    workshop = on_disk(tmp_path, files)
    workshop.capture("harbour-post", ARTICLE.partition("\n\n")[2], THERE)
    article = workshop.text_of("harbour-post")
    item = workshop.library.items[Ref("quotes", "harbour-day")]
    assert article is not None
    assert workshop.prove([item], {"harbour-post": article}).made == 1
    found = examined(dict(workshop.library.tree.texts))
    assert [_told(p) for p in found.problems if p.code != "not-archived"] == []
    assert found.library is not None
    standing = found.library.standing(item.ref)
    assert [f.verdict.segments[0].paragraph for f in standing.found] == [2, 1]


def test_the_command_says_where_and_fails(tmp_path: Path, kept: Files) -> None:
    site = copy_of("other", tmp_path)
    quote = HARBOUR[f"{DAY}.md"].replace("speaker-one", "ronald-reagan")
    proof = text_of(kept, DAY + PROOF).replace("14th", "15th")
    for path, text in {
        f"{NEWS}.md": HARBOUR[f"{NEWS}.md"],
        NEWS + CAPTURE: text_of(kept, NEWS + CAPTURE),
        f"{DAY}.md": quote,
        DAY + PROOF: proof,
    }.items():
        (site / path).write_text(text, "utf-8")
    checked = run("summitry", "check", cwd=site)
    assert checked.returncode == 1
    said = f'{DAY}{PROOF}:2:1: the proof of “"We will open the harbour on …” does not verify: '
    assert said + NOT_THOSE in checked.stdout
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize(
    "by", ["A\u0336 Reader", "A\u2800Reader", "A\u202eReader", "Р. Reader, Рaper"]
)
def test_who_took_a_capture_is_named_in_letters_that_are_what_they_seem(
    tmp_path: Path, kept: Files, by: str
) -> None:
    workshop = on_disk(tmp_path, kept)
    told = Taking(date="2025-08-17", method="pasted", by=by, url="https://two.example/day")
    workshop.capture("harbour-news", ARTICLE + "\nAnd one more line of the text stands here.", told)
    found = errors(examined(dict(workshop.library.tree.texts)))
    assert any(line.startswith(f"{NEWS}{CAPTURE}:1:1: ") and ": by: " in line for line in found)
