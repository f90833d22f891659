"""Captures: what is taken of a text, and that a file says what was captured."""

from __future__ import annotations

import json
import textwrap
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from summitry.proof import capture, records, unspaced, word_tree
from summitry.proof.capture import Capture, CapturedParagraph, CaptureError, paragraph_of, read_text
from summitry.proof.records import RecordError
from summitry.proof.text import tokens

LONG = "“The gate is open,” said the keeper, and all who had waited there went in."  # 15 words
OTHER = "Nobody could say afterwards how many had come, but the yard was full by noon."
SHORT = "The gate is open."
PLAIN = Capture(
    source="gate-news",
    date="2025-08-16",
    method="pasted",
    extractor="",
    url="https://one.example/gate",
    by="A. Reader",
    extent="whole",
    paragraphs=(
        CapturedParagraph(4),
        CapturedParagraph(15, bytes(32)),
        CapturedParagraph(12, b"\xff" * 32),
    ),
)


def counts(text: str, extent: str = "whole") -> list[int]:
    return [len(words) for _, words in read_text(text, extent)]


def test_every_line_with_a_word_is_a_paragraph() -> None:
    text = f"{SHORT}\r\n\r\n* * *\n{LONG}\u2028{OTHER}\n—\n"
    assert counts(text) == [4, 15, 15]
    assert [line for line, _ in read_text(text)] == [SHORT, LONG, OTHER]


def test_only_a_paragraph_of_twelve_words_gets_a_root() -> None:
    words = tokens(LONG)
    assert paragraph_of(words[:11]) == CapturedParagraph(11, None)
    assert paragraph_of(words[:12]).root is not None
    assert len(paragraph_of(words).root or b"") == 32


def test_hard_wrapped_text_is_refused_with_advice() -> None:
    article = " ".join([LONG, OTHER, LONG, OTHER])
    assert counts(article) == [60]
    for width in (40, 60, 72):
        with pytest.raises(CaptureError, match="or join the lines of each paragraph"):
            read_text("\n".join(textwrap.wrap(article, width)))


def test_lines_that_begin_in_small_letters_now_and_then_are_no_wrapping() -> None:
    assert counts("\n".join([LONG, "iPhones were raised", OTHER, LONG])) == [15, 3, 15, 15]


@pytest.mark.parametrize("text", ["", "\n \n", "—\n…", SHORT, f"{SHORT}\n{SHORT}"])
def test_nothing_to_capture(text: str) -> None:
    with pytest.raises(CaptureError, match="no paragraph of the text has 12 words or more"):
        read_text(text)


BEGINS = {
    "a small letter": ("and " + LONG.strip("“"), False),
    "a small letter in marks": ("“and so on”, said the keeper to all who had waited there.", False),
    "a letter behind a dash": ("— so on, said the keeper to all who had waited there.", False),
    "dots": ("… The gate is open, said the keeper to all who had waited there.", False),
    "a capital": (OTHER, True),
    "marks": (LONG, True),
    "a number": ("12 people had come, and the yard was full of them by noon that day.", True),
    "another script": ("Ворота открыты, сказал сторож, и все, кто ждал там, вошли во двор.", True),
}  # fmt: skip


@pytest.mark.parametrize(("line", "whole"), BEGINS.values(), ids=BEGINS)
def test_the_first_paragraph_of_an_excerpt_must_begin_a_sentence(line: str, whole: bool) -> None:
    found = [text for text, _ in read_text(f"{line}\n{LONG}\n{OTHER}", "excerpt")]
    assert found == [line] * whole + [LONG, OTHER]
    assert len(read_text(f"{line}\n{LONG}\n{OTHER}")) == 3


ENDS = {
    "a full stop": (OTHER, True),
    "a full stop in marks": ("They said, when all was over and the yard was free: “Nobody.”", True),
    "a question": ("And who could have said, when all was over, how many had come there?", True),
    "a bracket": ("Nobody could say how many had come (but the yard was full by noon.)", True),
    "a full stop of Chinese": ("水手们在早餐前数了两遍船，并把数字写进了长长的本子。", True),
    "no mark": (OTHER.rstrip("."), False),
    "a comma": (OTHER.rstrip(".") + ",", False),
    "a dash": (OTHER.rstrip(".") + " —", False),
}  # fmt: skip


@pytest.mark.parametrize(("line", "whole"), ENDS.values(), ids=ENDS)
def test_the_last_paragraph_of_an_excerpt_must_end_a_sentence(line: str, whole: bool) -> None:
    found = [text for text, _ in read_text(f"{LONG}\n{LONG}\n{line}", "excerpt")]
    assert found == [LONG, LONG] + [line] * whole


def test_an_excerpt_without_a_whole_paragraph_is_nothing() -> None:
    with pytest.raises(CaptureError, match="12 words or more"):
        read_text("and so it went on until the very end of that long day in the yard", "excerpt")


# Files


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("word " * 120_001, "the text has 600005 characters, limit 600000: give the part"),
        (f"{LONG}\n{'a' * 100_001}", "a line of the text has more than 100000 characters"),
        (f"{LONG}\n" + f"{'a ' * 50_000}\n" * 3, "more than 120000 words: give the part"),
        (f"{LONG}\n" * 3_001, "more than 3000 paragraphs of 12 words or more: give the part"),
        (LONG + " a" + "\u0316\u0301" * 20_000, r"30 marks .* among them U\+0316: take"),
    ],
)
def test_a_text_that_would_cost_without_bound_is_refused_before(text: str, said: str) -> None:
    """The last alone took 70 s: to put marks in order takes the square of their number."""
    began = time.process_time()
    with pytest.raises(CaptureError, match=said):
        read_text(text)
    assert time.process_time() - began < 2


def test_letters_with_the_marks_that_a_script_has_are_captured() -> None:
    tibetan = "ཧྐྵྨླྺྼྻྂ " * 20
    assert counts(f"{LONG}\n{tibetan}\n{'word ' * 19_999}\n")[0::2] == [15, 19_999]


@pytest.mark.parametrize(
    "line", ["中 " + '"a" ' * 25_000, "中" * 100_000, "中.(" * 33_000, "中" + '"中' * 50_000]
)
def test_a_line_of_many_marks_or_characters_is_read_in_time_by_its_length(line: str) -> None:
    """The first took 27 s, a set of all its marks being made for each of its words."""
    began = time.process_time()
    assert unspaced.tokens(line)
    assert time.process_time() - began < 2


def test_a_root_is_made_once_however_many_paragraphs_could_be_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes 0.1 s on purpose, and a page may have thousands of paragraphs of one length."""
    made = list[int]()

    def counted(words: Any, version: int = 1) -> bytes:
        made.append(version)
        return root(words, version)

    root = word_tree.root
    monkeypatch.setattr(word_tree, "root", counted)
    words = tokens(LONG)
    other = CapturedParagraph(15, bytes(32), 3)
    found = replace(PLAIN, paragraphs=(other,) * 200 + (CapturedParagraph(15, root(words, 3), 3),))
    assert found.place(words) == 201
    assert made == [3]


def test_a_file_gives_back_what_was_written() -> None:
    newer = replace(PLAIN, date="2025-09-01T10:00:00Z", confirmed_on=("2025-10-01",))
    older = replace(PLAIN, date="2025-09-01", changed_on=("2025-10-01", "2025-10-02"))
    text = capture.dump([PLAIN, newer, older])
    assert capture.load(text.encode(), "gate-news") == [newer, older, PLAIN]
    assert capture.dump(capture.load(text.encode(), "gate-news")) == text
    assert text.count("\n") == 5


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PARAGRAPHS = st.lists(
    st.builds(CapturedParagraph, st.integers(1, 11), st.none(), st.just(1))
    | st.builds(
        CapturedParagraph, st.integers(12, 1 << 24), st.binary(min_size=32, max_size=32), st.just(1)
    ),
    max_size=4,
).map(tuple)


@given(TEXT, TEXT, TEXT, PARAGRAPHS)
def test_every_capture_comes_back(extractor: str, url: str, by: str, paragraphs: Any) -> None:
    made = replace(PLAIN, extractor=extractor, url=url, by=by, paragraphs=paragraphs)
    assert capture.load(capture.dump([made]).encode(), "gate-news") == [made]


def written(**changes: Any) -> bytes:
    """The file of a capture in which some fields were changed by hand."""
    data = json.loads(capture.dump([PLAIN]))
    data["captures"][0].update(changes)
    return json.dumps(data).encode()


def refusal(raw: bytes, source: str = "gate-news") -> str:
    with pytest.raises(RecordError) as caught:
        capture.load(raw, source)
    return caught.value.message


ROOT = records.encode(bytes(32))
CHANGED = {
    "date": "2025-08-17",
    "method": "html",
    "extractor": "by hand",
    "url": "https://one.example/",
    "by": "B. Reader",
    "extent": "excerpt",
    "digest": ROOT,
    "paragraphs": [4, [15, ROOT]],
}


@pytest.mark.parametrize("key", CHANGED)
def test_the_digest_tells_of_every_changed_field(key: str) -> None:
    assert "its digest does not fit" in refusal(written(**{key: CHANGED[key]}))


@pytest.mark.parametrize(
    "paragraphs",
    [
        (PLAIN.paragraphs[0], PLAIN.paragraphs[2], PLAIN.paragraphs[1]),
        (CapturedParagraph(5), *PLAIN.paragraphs[1:]),
        (CapturedParagraph(4), CapturedParagraph(16, bytes(32)), PLAIN.paragraphs[2]),
        (CapturedParagraph(4), CapturedParagraph(15, bytes(31) + b"\x01"), PLAIN.paragraphs[2]),
        (*PLAIN.paragraphs, CapturedParagraph(1)),
        (),
    ],
)
def test_the_digest_depends_on_every_paragraph(paragraphs: tuple[CapturedParagraph, ...]) -> None:
    assert replace(PLAIN, paragraphs=paragraphs).digest != PLAIN.digest


def test_the_digest_keeps_fields_apart() -> None:
    one, two = replace(PLAIN, url="ab", by="c"), replace(PLAIN, url="a", by="bc")
    assert one.digest != two.digest


def test_the_digest_is_not_of_later_days() -> None:
    assert replace(PLAIN, confirmed_on=("2025-09-01",)).digest == PLAIN.digest
    assert replace(PLAIN, source="other-news").digest != PLAIN.digest


REFUSED = {
    "a root of a short paragraph": ({"paragraphs": [[4, ROOT]]}, "a paragraph of 4 words has a"),
    "no root of a long one": ({"paragraphs": [12]}, "a paragraph of 12 words has no root"),
    "no words": ({"paragraphs": [0]}, "a paragraph of 0 words has no root"),
    "a number that is true": ({"paragraphs": [True]}, "the number of words is not a whole number"),
    "a short root": ({"paragraphs": [[15, ROOT[:-2]]]}, "is not 32 bytes in base64"),
    "two roots": ({"paragraphs": [[15, ROOT, ROOT]]}, "the number of words is not a whole number"),
    "a root that is none": ({"paragraphs": [[15, None]]}, "the number of words is not a whole"),
    "no list": ({"paragraphs": 4}, "paragraphs is not a list"),
    "another method": ({"method": "guessed"}, "has no known method or extent"),
    "another extent": ({"extent": "half"}, "has no known method or extent"),
    "a date in words": ({"date": "today"}, "“today” is not a date of a capture"),
    "other digits": ({"date": "２０２５-08-16"}, "is not a date of a capture"),
    "a line behind the date": ({"date": "2025-08-16\n"}, "is not a date of a capture"),
    "a time without its zone": ({"date": "2025-08-16T10:00:00"}, "is not a date of a capture"),
    "a day of no month": ({"date": "2025-13-45"}, "is not a date of a capture"),
    "a confirmation without a day": ({"confirmed_on": [""]}, "is not a date of a capture"),
    "a key more": ({"text": "The gate"}, "text is not a key here"),
    "a digest that is none": ({"digest": "none"}, "is not 32 bytes in base64"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(changes: dict[str, Any], said: str) -> None:
    assert said in refusal(written(**changes))


def test_captures_stand_newest_first_each_with_a_date_of_its_own() -> None:
    newer = replace(PLAIN, date="2025-09-01")
    rows = json.loads(capture.dump([PLAIN, newer]))["captures"]
    head = {"version": 1, "source": "gate-news"}
    said = "the captures do not stand newest first, each with a date of its own"
    assert refusal(json.dumps({**head, "captures": rows[::-1]}).encode()) == said
    assert refusal(json.dumps({**head, "captures": [rows[0], rows[0]]}).encode()) == said
    assert refusal(json.dumps({**head, "captures": []}).encode()) == "there is no capture in it"


def test_captures_of_another_source_are_refused() -> None:
    raw = capture.dump([PLAIN]).encode()
    assert refusal(raw, "other-news") == "these are captures of gate-news, not of other-news"
    renamed = raw.replace(b"gate-news", b"other-news")
    assert "its digest does not fit its source" in refusal(renamed, "other-news")


# One capture and another


def test_paragraphs_that_another_capture_does_not_have() -> None:
    moved = replace(PLAIN, paragraphs=(PLAIN.paragraphs[2], CapturedParagraph(20, b"\x01" * 32)))
    assert PLAIN.missing_from(moved) == [2]
    assert moved.missing_from(PLAIN) == [2]
    assert PLAIN.missing_from(replace(PLAIN, paragraphs=PLAIN.paragraphs[::-1])) == []
    assert PLAIN.find(b"\xff" * 32) == 3
    assert PLAIN.find(b"\x01" * 32) == 0


def test_paragraphs_are_counted_from_one() -> None:
    assert [PLAIN.paragraph(n) for n in (0, 1, 3, 4, -1)] == [
        None, CapturedParagraph(4), PLAIN.paragraphs[2], None, None,
    ]  # fmt: skip
    assert (PLAIN.words, PLAIN.whole) == (31, True)


def test_a_later_capture_confirms_or_not() -> None:
    again = replace(PLAIN, date="2025-10-01", paragraphs=(*PLAIN.paragraphs, CapturedParagraph(3)))
    once = capture.confirmed(PLAIN, again)
    assert once == replace(PLAIN, confirmed_on=("2025-10-01",))
    changed = replace(PLAIN, date="2025-11-01", paragraphs=PLAIN.paragraphs[:2])
    assert capture.confirmed(once, changed) == replace(once, changed_on=("2025-11-01",))
