"""What `summitry check --fix` mends, and that it mends nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import FILES, OPTIONS, examined
from summitry.checks.rules import examine
from summitry.content.files import read_tree
from summitry.content.repairs import mend

PERSON = "content/people/speaker-two.md"
FACT = "content/facts/fact-one.md"
WAS = FILES[PERSON]


def written(root: Path, changes: dict[str, bytes]) -> Path:
    for path, text in {**{p: t.encode() for p, t in FILES.items()}, **changes}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
    return root


@pytest.mark.parametrize(
    ("path", "broken", "mended"),
    [
        (PERSON, b"\xef\xbb\xbf" + WAS.encode(), WAS),
        (PERSON, WAS.replace("other.", "ot\u200bher,\u00ad zoe\u0308.").encode(),
         WAS.replace("other.", "other, zo\u00eb.")),
        (PERSON, WAS.replace("other.", "o\u2060ther.").replace("\n", "\r\n").encode(),
         WAS.replace("\n", "\r\n")),
        (FACT, FILES[FACT].replace("people/speaker-one", "people/speaker-uno").encode(),
         FILES[FACT]),
        (PERSON, (WAS + "Met [him](speaker-uno.md).  [@source-two]\n").encode(),
         WAS + "Met [him](speaker-one.md).  [@source-two]\n"),
    ],
)  # fmt: skip
def test_what_needs_no_decision_is_mended(
    tmp_path: Path, path: str, broken: bytes, mended: str
) -> None:
    root = written(tmp_path, {path: broken})
    before = examine(read_tree(root, "content", "docs"), "docs", OPTIONS, root).problems
    assert [p for p in before if not p.note and p.path == path]
    assert mend(root, before, Path.write_bytes)
    assert (root / path).read_bytes().decode() == mended
    after = examine(read_tree(root, "content", "docs"), "docs", OPTIONS, root)
    assert [p for p in after.problems if not p.note] == []
    assert mend(root, after.problems, Path.write_bytes) == []


def test_what_only_looks_like_the_end_of_a_line_moves_no_place(tmp_path: Path) -> None:
    before, empty = WAS.replace("other", "ot\u2028her", 1), "Met\u200b [him](speaker-one.md).\n"
    root = written(tmp_path, {PERSON: f"{before}{empty}".encode()})
    found = examine(read_tree(root, "content", "docs"), "docs", OPTIONS, root).problems
    assert len(mend(root, found, Path.write_bytes)) == 1
    assert (root / PERSON).read_bytes().decode() == before + empty.replace("\u200b", "")


@pytest.mark.parametrize(
    "broken",
    [
        WAS.replace("other", "ot\u202eher").encode(),  # turns text round
        WAS.replace("other", "ot&#x200b;her").encode(),
        WAS.replace("summary", "sumary").encode(),
        b"\xff" + WAS.encode(),
        WAS.replace("source-one", "source-on").encode(),
    ],
)
def test_what_people_have_to_decide_is_left_to_them(tmp_path: Path, broken: bytes) -> None:
    root = written(tmp_path, {PERSON: broken})
    found = examine(read_tree(root, "content", "docs"), "docs", OPTIONS, root).problems
    assert [p for p in found if not p.note]
    assert mend(root, found, Path.write_bytes) == []
    assert (root / PERSON).read_bytes() == broken


def test_an_old_id_that_stands_twice_in_its_line_is_left() -> None:
    told = examined({FACT: FILES[FACT].replace("one, ev", "uno, people/speaker-uno, ev")}).problems
    assert [p.swap for p in told if p.code == "unknown-reference"] == [
        ("speaker-uno", "speaker-one")
    ] * 2
