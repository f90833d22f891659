"""What the evidence commands do to the repository, below the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import digests
from summitry.content.library import Item
from summitry.content.values import Ref
from summitry.proof import capture, proofs
from summitry.proof.verdict import Kind
from summitry.tools.prover import Taking
from summitry.tools.workshop import Workshop
from summitry.tools.writing import WorkshopError, read_file, write_whole
from test_ledger import ARTICLE, CAPTURE, DAY, HARBOUR, NEWS, PROOF, TOLD, WALL, on_disk

LATER = Taking(date="2025-09-01", method="pasted", by="A. Reader")
CHANGED = ARTICLE.replace("a small crowd", "a crowd")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The workshop of the small project, after its article was captured."""
    made = on_disk(tmp_path, HARBOUR)
    made.capture("harbour-news", ARTICLE, TOLD)
    return made


def items(workshop: Workshop, *names: str) -> list[Item]:
    return [workshop.library.items[Ref(*name.split("/")[-2:])] for name in names]


def prove(workshop: Workshop, *names: str, whole: bool = False) -> tuple[int, int]:
    """Prove from the text that was kept: how many were made, and how many were known."""
    text = workshop.text_of("harbour-news")
    assert text is not None
    found = workshop.prove(items(workshop, *names), {"harbour-news": text}, whole)
    assert found.problems == []
    return found.made, found.known


def fresh(workshop: Workshop) -> Workshop:
    """Another workshop, which knows no more than the files."""
    return on_disk(workshop.root, dict(workshop.library.tree.texts))


def wrong(workshop: Workshop) -> list[str]:
    """What a fresh look at the files finds wrong with the records."""
    return [p.message for p in fresh(workshop).ledger.problems if not p.note]


def kept(workshop: Workshop, name: str) -> list[proofs.Proof]:
    return proofs.load((workshop.root / (name + PROOF)).read_bytes())


def test_what_is_written_is_what_the_library_then_has(workshop: Workshop) -> None:
    assert prove(workshop, DAY, WALL) == (2, 0)
    for path in (NEWS + CAPTURE, DAY + PROOF, WALL + PROOF):
        assert (workshop.root / path).read_bytes() == workshop.library.tree.texts[path]
    assert not [p for p in digests(workshop.root) if p.endswith(".tmp")]


def test_what_was_proven_is_known(workshop: Workshop) -> None:
    prove(workshop, DAY)
    before = digests(workshop.root)
    assert prove(fresh(workshop), DAY, WALL) == (1, 1)
    after = digests(workshop.root)
    assert after.pop(WALL + PROOF)
    assert after == before


def test_a_source_is_told_by_the_only_one_that_is_cited(workshop: Workshop, tmp_path: Path) -> None:
    path = tmp_path / "any.txt"
    assert workshop.guess_source(items(workshop, DAY, WALL), path) == "harbour-news"
    path.write_text(ARTICLE, "utf-8")
    everything = list(workshop.library.items.values())
    assert workshop.guess_source(everything, path) == "harbour-news"
    path.write_text(" ".join(["word"] * 20), "utf-8")
    with pytest.raises(
        WorkshopError, match=r"any\.txt is of cannot be told: add --source with one"
    ):
        workshop.guess_source(everything, path)
    with pytest.raises(WorkshopError, match="one of the ids in content/sources"):
        workshop.guess_source([], path)


def test_a_text_that_was_not_kept_is_none(workshop: Workshop) -> None:
    assert workshop.text_of("source-one") is None


def test_something_else_that_is_wrong_keeps_nobody_from_proving(tmp_path: Path) -> None:
    made = on_disk(tmp_path, {**HARBOUR, "content/people/broken.md": "---\nname: [\n"})
    assert made.library.problems
    made.capture("harbour-news", ARTICLE, TOLD)
    assert prove(made, DAY) == (1, 0)


def test_a_new_capture_carries_over_what_its_paragraphs_allow(workshop: Workshop) -> None:
    prove(workshop, DAY, WALL)
    before = kept(workshop, DAY)
    workshop.capture("harbour-news", CHANGED, LATER)
    assert kept(workshop, DAY) == before
    assert [proof.capture for proof in kept(workshop, WALL)] == [LATER.date]
    assert wrong(workshop) == []
    found = fresh(workshop).ledger
    stale = {place.ref.id: f.stale for place, f in found.findings.items() if f.uses}
    assert stale == {"harbour-day": True, "harbour-wall": False}


def test_a_page_that_went_back_to_what_it_was_takes_its_proofs_back(workshop: Workshop) -> None:
    prove(workshop, DAY)
    workshop.capture("harbour-news", CHANGED, LATER)
    workshop.capture("harbour-news", ARTICLE, Taking("2025-10-01", "pasted", "A. Reader"))
    assert [proof.capture for proof in kept(workshop, DAY)] == ["2025-10-01"]
    assert wrong(workshop) == []


def test_a_capture_of_one_source_leaves_the_proofs_of_others(workshop: Workshop) -> None:
    prove(workshop, DAY)
    before = kept(workshop, DAY)
    workshop.capture("source-one", ARTICLE, LATER)
    workshop.capture("source-one", CHANGED, Taking("2025-10-01", "pasted", "A. Reader"))
    assert kept(workshop, DAY) == before


def test_a_proof_may_serve_two_passages_and_is_narrowed_to_both(workshop: Workshop) -> None:
    item = f"{WALL}.md"
    text = HARBOUR[item]
    line = "  - {source: harbour-news, exact: found cracks in the eastern wall}\n"
    both = text.replace(
        line, line + line.replace("found cracks in the eastern wall", "cracks in the")
    )
    made = on_disk(workshop.root, {**workshop.library.tree.texts, item: both})
    assert prove(made, WALL) == (2, 0)
    assert len(kept(made, WALL)) == 2
    less = both.replace("found cracks in the eastern wall", "cracks in the eastern")
    made = on_disk(made.root, {**made.library.tree.texts, item: less})
    assert made.prune(items(made, WALL)) == 1
    words = {proof.words for proof in kept(made, WALL)}
    assert words == {"cracks in the", "cracks in the eastern"}
    assert wrong(made) == []


def test_pruning_of_what_is_used_writes_nothing(workshop: Workshop) -> None:
    prove(workshop, DAY, WALL)
    before = digests(workshop.root)
    assert workshop.prune(workshop.library.items.values()) == 0
    assert digests(workshop.root) == before


def test_a_narrowed_proof_keeps_what_it_can_of_its_fragment(workshop: Workshop) -> None:
    prove(workshop, WALL)
    assert kept(workshop, WALL)[0].fragment == ("found cracks in the eastern wall",)
    less = HARBOUR[f"{WALL}.md"].replace(
        "found cracks in the eastern wall", "cracks in the eastern"
    )
    made = on_disk(workshop.root, {**workshop.library.tree.texts, f"{WALL}.md": less})
    made.prune(items(made, WALL))
    assert kept(made, WALL)[0].fragment == ("cracks in the eastern",)


def test_whole_paragraphs_are_written_once_each(workshop: Workshop) -> None:
    assert prove(workshop, DAY, whole=True) == (1, 0)
    assert prove(workshop, DAY, whole=True) == (1, 0)
    (proof,) = kept(workshop, DAY)
    assert len(proof.tokens) == 41
    assert wrong(workshop) == []


def test_what_other_proofs_open_counts_for_what_stays_hidden(tmp_path: Path) -> None:
    words = ARTICLE.split("\n")[4].split()
    first, second = " ".join(words[:20]), " ".join(words[25:])
    term = HARBOUR[f"{WALL}.md"]
    files = {
        f"{NEWS}.md": HARBOUR[f"{NEWS}.md"],
        f"{WALL}.md": term.replace("found cracks in the eastern wall", f"'{first}'"),
        "content/terms/harbour-bank.md": term.replace(
            "found cracks in the eastern wall",
            f"'{second}'",
        ),
    }
    made = on_disk(tmp_path, files)
    made.capture("harbour-news", ARTICLE, TOLD)
    text = made.text_of("harbour-news")
    assert text is not None
    found = made.prove(items(made, WALL, "content/terms/harbour-bank"), {"harbour-news": text})
    (problem,) = found.problems
    assert found.made == 1
    said = f"this would leave 5 of {len(words)} words of the paragraph hidden"
    assert said in problem.message


def test_words_are_verified_by_the_newest_capture_that_proves_them(workshop: Workshop) -> None:
    prove(workshop, DAY, WALL)
    workshop.capture("harbour-news", CHANGED, LATER)
    ask = fresh(workshop)
    by_new = ask.verify("harbour-news", "cracks in the eastern wall", None)
    by_old = ask.verify("harbour-news", "open the harbour", None)
    assert by_new.notes[-1] == "checked against the capture of 2025-09-01"
    assert by_old.notes[-1] == "checked against the capture of 2025-08-16"
    assert ask.verify("harbour-news", "the eastern harbour wall", None).kind is Kind.ALTERED
    assert ask.verify("source-one", "open the harbour", None).kind is Kind.UNKNOWN


def test_a_page_seen_again_is_confirmed_once_a_day(workshop: Workshop) -> None:
    for _ in range(2):
        assert workshop.confirm("harbour-news", ARTICLE, LATER) == []
    assert workshop.confirm("harbour-news", CHANGED, Taking("2025-10-01", "url", "")) == [2]
    assert workshop.confirm("harbour-news", ARTICLE, TOLD) == []  # the day of the capture
    (one,) = capture.load((workshop.root / (NEWS + CAPTURE)).read_bytes(), "harbour-news")
    assert (one.confirmed_on, one.changed_on) == (("2025-09-01",), ("2025-10-01",))


def test_a_page_seen_again_without_an_article_confirms_nothing(workshop: Workshop) -> None:
    before = digests(workshop.root)
    with pytest.raises(
        WorkshopError, match=r"^harbour-news: no paragraph of the text has 12 words"
    ):
        workshop.confirm("harbour-news", "Please accept cookies.", LATER)
    assert digests(workshop.root) == before


def test_a_file_is_never_there_half(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert digests(tmp_path).keys() == {"file.json"}
    assert path.read_bytes() == b"two"
    with pytest.raises(WorkshopError, match=r"^file.json cannot be written: "):
        write_whole(tmp_path / "no-such-folder" / "file.json", b"three")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WorkshopError, match=r"^folder cannot be written: "):
        write_whole(tmp_path / "folder", b"three")
    assert digests(tmp_path).keys() == {"file.json"}


def test_a_text_is_read_as_utf_8_with_or_without_a_mark_of_its_order(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    for raw in (b"\xef\xbb\xbf\xe2\x80\x9cA\xe2\x80\x9d", b"\xe2\x80\x9cA\xe2\x80\x9d"):
        path.write_bytes(raw)
        assert read_file(path) == "“A”"
    path.write_bytes(b"\xff")
    with pytest.raises(WorkshopError, match=r"text\.txt is not UTF-8: save it as UTF-8"):
        read_file(path)
    with pytest.raises(WorkshopError, match=r"none\.txt cannot be read: No such file"):
        read_file(tmp_path / "none.txt")
