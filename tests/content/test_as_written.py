"""What stands on the line is what the model gets, or a problem says so and how to write it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from small_site import examined
from summitry.content.front_matter import Reading, read, read_block
from summitry.content.scalars import folded, quoted

CURE = "write it in quotes: "


def reading(yaml: str) -> Reading:
    return read("a.md", f"---\n{yaml}\n---\n".encode())


def said(yaml: str) -> list[tuple[int, int, str, str]]:
    """Each problem's line and column (of the YAML, from 1), its code and its cure."""
    return [(p.mark.line - 1, p.mark.column, p.code, p.cure) for p in reading(yaml).problems]


CUT = {
    "a number sign": ("text: We are #1 in the world", 1, 14, '"We are #1 in the world"'),
    "a number sign first": ("text: #1 in the world", 1, 7, '"#1 in the world"'),
    "on the next line": ("text: We are\n  #1 in the world", 2, 3, '"We are #1 in the world"'),
    "after a wrapped line": ("text: We\n  are #1\n  here", 2, 7, '"We are #1 here"'),
    "alone below its key": ("text:\n  #1 in the world", 2, 3, '"#1 in the world"'),
    "words below their key": ("text:\n  We are #1", 2, 10, '"We are #1"'),
    "an item": ("x:\n  - We are #1", 2, 12, '"We are #1"'),
    "an item beside its key": ("x:\n- We are #1", 2, 10, '"We are #1"'),
    "an item that begins with it": ("x:\n  - #1 here", 2, 5, '"#1 here"'),
    "an item with a colon": ("x:\n  - We are #1: it is so", 2, 12, '"We are #1: it is so"'),
    "a mapping in a list": ("x:\n  - a: We are #1\n    b: c", 2, 15, '"We are #1"'),
    "in a list in brackets": ("x: [a #1, b]", 1, 7, '"a #1"'),
    "last in brackets": ("x: [a, b #1]", 1, 10, '"b #1"'),
    "an item in brackets": ("x: ['a', #b, c]", 1, 10, '"#b"'),
    "in braces": ("x: {source: y, says: We are #1}", 1, 29, '"We are #1"'),
    "braces in an item": ("x:\n  - {source: y, says: We are #1}", 2, 30, '"We are #1"'),
    "a comma in braces": ("x: {says: We met, then left}", 1, 17, '"We met, then left"'),
    "a key": ("a #b: c", 1, 3, '"a #b"'),
    "double marks inside": ('text: We "are" #1', 1, 16, "'We \"are\" #1'"),
    "both marks inside": ('text: It\'s "so" #1', 1, 17, "'It''s \"so\" #1'"),
    "a backslash inside": ("text: a\\n #1", 1, 11, "'a\\n #1'"),
}
MISREAD = {
    "a colon": ("text: He said: no", 1, 14, '"He said: no"', "yaml-syntax"),
    "a colon at the end": ("text: He said:", 1, 14, '"He said:"', "yaml-syntax"),
    "a colon on the next line": ("text: We\n  said: no", 2, 7, '"We said: no"', "yaml-syntax"),
    "a colon in braces": ("x: {a: he said: no}", 1, 15, '"he said: no"', "yaml-syntax"),
    "brackets first": ("text: [sic] he said", 1, 7, '"[sic] he said"', "yaml-syntax"),
    "braces first": ("text: {so} he said", 1, 7, '"{so} he said"', "yaml-syntax"),
    "brackets in brackets": ("x: [[sic] a, b]", 1, 11, '"[sic] a"', "yaml-syntax"),
    "brackets in braces": ("x: {a: he [sic] said}", 1, 11, '"he [sic] said"', "yaml-syntax"),
    "an asterisk": ("text: *We* are", 1, 7, '"*We* are"', "yaml-feature"),
    "an alias": ("text: *we", 1, 7, '"*we"', "yaml-feature"),
    "an ampersand": ("text: &c so on", 1, 7, '"&c so on"', "yaml-feature"),
    "an exclamation mark": ("text: !no x", 1, 7, '"!no x"', "yaml-feature"),
    "a per cent sign": ("text: % of", 1, 7, '"% of"', "yaml-syntax"),
    "an at sign": ("text: @a said", 1, 7, '"@a said"', "yaml-syntax"),
    "a backtick": ("text: `a` said", 1, 7, '"`a` said"', "yaml-syntax"),
    "a greater-than sign": ("text: > 5 people", 1, 7, '"> 5 people"', "yaml-syntax"),
    "a bar": ("text: | so", 1, 7, '"| so"', "yaml-syntax"),
    "a dash alone": ("text: -", 1, 7, '"-"', "yaml-syntax"),
    "a dash": ("text: - so", 1, 7, '"- so"', "yaml-syntax"),
    "an apostrophe": ("text: 'tis so\nb: c", 1, 14, '"\'tis so"', "yaml-syntax"),
    "two apostrophes": ("a: 'tis so\nb: it's so", 1, 11, '"\'tis so"', "yaml-syntax"),
    "words after marks": ('text: "We" are', 1, 12, "'\"We\" are'", "yaml-syntax"),
}


@pytest.mark.parametrize(("yaml", "line", "column", "cure"), CUT.values(), ids=CUT)
def test_what_yaml_would_leave_out_is_told(yaml: str, line: int, column: int, cure: str) -> None:
    assert said(yaml) == [(line, column, "cut-value", CURE + cure)]


@pytest.mark.parametrize(("yaml", "line", "column", "cure", "code"), MISREAD.values(), ids=MISREAD)
def test_what_yaml_would_misread_is_told(
    yaml: str, line: int, column: int, cure: str, code: str
) -> None:
    assert said(yaml) == [(line, column, code, CURE + cure)]


REMARKS = {
    "behind a key": ("x: # note\n  - a", 1, 4),
    "behind the mark of a block": ("x: | # note\n  a", 1, 6),
    "behind brackets": ("x: [a] # note", 1, 8),
    "within brackets": ("x: ['a', # note\n  'b']", 1, 10),
    "behind a dash": ("x:\n  - # note\n    a: b", 2, 5),
}


@pytest.mark.parametrize(("yaml", "line", "column"), REMARKS.values(), ids=REMARKS)
def test_a_comment_shares_its_line_with_words_in_marks_alone(
    yaml: str, line: int, column: int
) -> None:
    assert said(yaml) == [(line, column, "cut-value", "put the comment on a line of its own")]


def test_a_comment_within_a_block_of_text_is_told() -> None:
    cure = "indent it like the lines above it"
    assert said("x: |\n   a\n  #1 b") == [(3, 3, "cut-value", cure)]


@pytest.mark.parametrize(
    "yaml",
    ['x: "a" # note', "x: 'a' # note", "# note\nx: a\n# note\ny: b", "x: a\n#note\ny: b",
     "x:\n  # note\n  - a\n  # note\n  - b\n  #- c", "x: [a,\n  # note\n  b,\n]",
     "x: {\na: b,\nc: d\n}", "x: [\na, b\n]", "x: |\n  a #1\n  # b: c", "x: >-\n  a: #1\n\n  b",
     "x: 'a\n  b # c'\ny: 1", "x: a#b", "x: http://a.example/#b", "x: 15:30", "x: a, b [c] {d}",
     "x: a\n  - b", "x: a\n  b\n\n  c", '"x": a', "x: []\ny: {}\nz:", "x: {a: [b, {c: d}], e: f}",
     "x:\n- - a\n  - b\n- c", "x: a - b", "x: a ? b ! c & d * e", "x: it's"],
)  # fmt: skip
def test_what_yaml_reads_as_it_stands_is_fine(yaml: str) -> None:
    assert said(yaml) == []


KEYLESS = "write `key: value`; or indent it, if it belongs to the line above"
ALONE = {
    "a colon of another script": ("a: b\nname： Odd\nc: d", 2, 1, "write name: Odd"),
    "no colon": ("a: b\nname Odd\nc: d", 2, 1, KEYLESS),
    "no key": ("a: b\n: Odd\nc: d", 2, 1, KEYLESS),
    "a key of two lines": ("a: b\n? name\n: Odd\nc: d", 2, 1, KEYLESS),
    "a comment within a value": (
        "a: b\n  c\n  # d\n  e\n  f\ng: h",
        3,
        3,
        "put the comment above the key",
    ),
    "a key that is a list": ("[a, b]: c", 1, 1, "write `key: value`"),
}


@pytest.mark.parametrize(("yaml", "line", "column", "cure"), ALONE.values(), ids=ALONE)
def test_a_line_that_is_no_key_is_told_alone(yaml: str, line: int, column: int, cure: str) -> None:
    first, *more = said(yaml)
    assert first == (line, column, "yaml-syntax", cure)
    assert all(one[0] == line + 1 for one in more)  # the other line of the key


def test_a_tab_in_a_cure_is_a_blank() -> None:
    assert said("a: b\t# c")[0][3] == f'{CURE}"b # c"'


def test_a_hidden_character_is_told_once() -> None:
    text = "---\nname: A\ndefinition: {}\n---\n"
    for words, column in (("a\u00adb", 14), ('"a\\u00adb"', 13)):
        problems = examined({"content/terms/term-two.md": text.format(words)}).problems
        hidden = [p.mark for p in problems if p.code == "hidden-character"]
        assert hidden == [(3, column)]


def test_all_mistakes_of_a_file_come_in_one_run() -> None:
    cases = [case[0] for case in (*CUT.values(), *MISREAD.values()) if "open" not in case[0]]
    yaml = "\n".join(f"k{number}:\n  " + case.replace("\n", "\n  ")
                     for number, case in enumerate(cases))  # fmt: skip
    assert len(said(yaml)) == len(cases)


def test_blocks_of_a_page_are_held_to_the_same() -> None:
    (problem,) = read_block("a.md", "of: people\nas: We are #1", 12).problems
    assert (problem.mark, problem.cure) == ((13, 12), CURE + '"We are #1"')
    page = "# T\n\nIt. [@source-two]\n\n```list\nof: people # all\n```\n"
    found = [(*p.mark, p.code) for p in examined({"docs/x.md": page}).problems if not p.note]
    assert found == [(6, 12, "cut-value")]


@pytest.mark.parametrize(
    ("words", "cure"),
    [("[sic]", '"[sic]"'), ("{so}", '"{so}"'), ("\n  He said: no", '"He said: no"')],
)
def test_words_that_yaml_takes_for_a_list_or_mapping_are_told(words: str, cure: str) -> None:
    text = f"---\nname: Two\nsummary: {words}\nevidence: [{{source: source-one}}]\n---\n"
    found = examined({"content/people/speaker-two.md": text}).problems
    assert CURE + cure in [p.cure for p in found if p.code == "bad-value"]


LINE = st.text(alphabet="ab1 :#-[]{}'\"*&!%@`|>?,~\\é", min_size=1, max_size=14).filter(
    lambda text: text.strip() == text
)
IN_BLOCK: dict[str, Callable[[str], str]] = {
    "a value": lambda words: f"text: {words}\nmore: x",
    "the last value": lambda words: f"more: x\ntext: {words}",
    "an item": lambda words: f"text:\n  - {words}\nmore: x",
    "an item beside its key": lambda words: f"text:\n- {words}\nmore: x",
    "below its key": lambda words: f"text:\n  {words}\nmore: x",
    "deep": lambda words: f"more: x\na:\n  - b: c\n    text: {words}",
}
IN_BRACKETS: dict[str, Callable[[str], str]] = {
    "in brackets": lambda words: f"text: [{words}, b]\nmore: x",
    "in braces": lambda words: f"a: {{text: {words}, b: c}}\nmore: x",
    "last in braces": lambda words: f"a: {{b: c, text: {words}}}\nmore: x",
}
# What a person means as YAML, not as words.
MEANT = re.compile(r"""["'].*|[|>][-+1-9]*|~|-|\[.*\]|\{.*\}""", re.DOTALL)


def value_of(yaml: Reading) -> object:
    """The value of the key `text`, wherever it stands; of a list the first item."""
    assert yaml.document is not None

    def find(data: object) -> object:
        if isinstance(data, dict):
            if "text" in data:
                return data["text"]
            return next((found for one in data.values() if (found := find(one))), None)
        return find(data[0]) if isinstance(data, list) and data else None

    found = find(yaml.document.data)
    return found[0] if isinstance(found, list) and found else found


def held(words: str, made: Callable[[str], str]) -> None:
    """Words are read as they stand, or a problem says so, whose cure has them read so."""
    result = reading(made(words))
    if not result.problems:
        got = value_of(result)
        # A key in an item, which the schema tells where words belong.
        assert got == folded(words) or (isinstance(got, dict | list) and re.search(r":|-", words))
        return
    cures = [p.cure.removeprefix(CURE) for p in result.problems if p.cure.startswith(CURE)]
    if quoted(folded(words)) in cures:
        mended = reading(made(quoted(folded(words))))
        assert (mended.problems, value_of(mended)) == ([], folded(words))


@pytest.mark.parametrize("place", IN_BLOCK)
@settings(deadline=None, max_examples=300)
@given(words=LINE)
@example(words="We are #1 in the world")
@example(words="a: b #c")
def test_a_line_is_read_as_it_stands_or_told(place: str, words: str) -> None:
    assume(not MEANT.fullmatch(words))
    # A line below its key that begins with a dash is an item.
    held(f"a {words}" if place == "below its key" else words, IN_BLOCK[place])


@pytest.mark.parametrize("place", IN_BRACKETS)
@settings(deadline=None, max_examples=300)
@given(words=LINE.map(lambda text: re.sub(r"^[|>]|[][{},]", "b", text)))
@example(words="a #1")
def test_words_in_brackets_are_read_as_they_stand_or_told(place: str, words: str) -> None:
    assume(not MEANT.fullmatch(words))
    held(words, IN_BRACKETS[place])


@settings(deadline=None, max_examples=300)
@given(first=LINE, second=LINE)
def test_lines_of_one_value_are_read_as_they_stand_or_told(first: str, second: str) -> None:
    words = f"{first}\n  {second}"
    assume(not re.match(r"[\[{\"'|>]", first) and not re.match(r"#[\s#!]|#$", second))
    held(words, lambda text: f"text: {text}\nmore: x")


@settings(deadline=None, max_examples=300)
@given(words=LINE)
def test_a_cure_is_always_offered_for_words_after_a_key(words: str) -> None:
    """But for what a person means as YAML: marks, brackets, blocks."""
    assume(not re.match(r"[\[{\"'|>]", words))
    problems = reading(f"text: {words}\nmore: x").problems
    assert [p.cure for p in problems] in ([], [CURE + quoted(words)])


@settings(deadline=None)
@given(st.text(max_size=40).filter(lambda text: text.isprintable() and text.strip() == text))
def test_words_in_quotation_marks_stay(words: str) -> None:
    assume(words)
    assert value_of(reading(f"text: {quoted(words)}")) == words


OPEN = {
    "x: [he said\ny: z": 'write [he said]; or, if these are words, "[he said"',
    "x: [a, b\ny: z": 'write [a, b]; or, if these are words, "[a, b"',
    "x: [{a: b}\ny: z": "write [{a: b}]",
    "x: [{a: b]\ny: z": "write [{a: b}]",
    "x: {a: [b}\ny: z": "write {a: [b]}",
    "x: [{a: 'b]'}\ny: z": "write [{a: 'b]'}]",
    "x: [\n  {a: b},\n  {a: c}\ny: z": "write [{a: b}, {a: c}]",
    "x: [a,\n  b\n\ny: z": 'write [a, b]; or, if these are words, "[a, b"',
}


@pytest.mark.parametrize(("yaml", "cure"), OPEN.items())
def test_what_is_never_closed_is_told_where_it_begins_and_closed(yaml: str, cure: str) -> None:
    """And not a line later, where YAML noticed it; the cure makes the text readable."""
    assert said(yaml) == [(1, 4, "yaml-syntax", cure)]
    whole = cure.removeprefix("write ").partition(";")[0]
    assert said(f"x: {whole}\ny: z") == []
