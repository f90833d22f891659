"""What can be wrong with a contribution, and how it is said.

A `Problem` names a place (path, line, column), what is wrong and why, and how to mend it.
Every code stands in `CATALOGUE` with a title and a cure, so that the contributor's
reference can list them all and a test can hold both to each other.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """A place in a file: line and column, both counted from 1, columns in characters."""

    line: int
    column: int


START = Mark(1, 1)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code stands for: a short title and the general cure."""

    title: str
    cure: str


CATALOGUE: dict[str, Explanation] = {
    # the file as bytes
    "not-utf8": Explanation("A byte that is not UTF-8", "Save the file as UTF-8."),
    "byte-order-mark": Explanation("A byte-order mark", "Save the file as UTF-8 without a BOM."),
    "too-large": Explanation("A file, front matter or line over the limit", "Split or shorten it."),
    "hidden-character": Explanation(
        "A character that cannot be seen or is out of place", "Delete it or type it again."
    ),
    "mixed-scripts": Explanation(
        "A word with letters of two scripts", "Type the word again in one script."
    ),
    "not-nfc": Explanation(
        "Letters and accents stored apart", "Save the text in Unicode form NFC."
    ),
    "unreadable": Explanation(
        "A file or folder that cannot be read", "Make it readable or delete it."
    ),
    "stray-file": Explanation("A file that does not belong in the folder", "Move or delete it."),
    "bad-id": Explanation("A file name that is not an id", "Rename the file."),
    # front matter
    "no-front-matter": Explanation(
        "No front matter", "Begin the file with a line of three dashes."
    ),
    "unclosed-front-matter": Explanation(
        "Front matter that never ends", "Close it with a line of three dashes."
    ),
    "not-a-mapping": Explanation(
        "Front matter that is not `key: value`", "Write `key: value` lines."
    ),
    "yaml-syntax": Explanation("YAML that cannot be read", "Mend the line that the message names."),
    "yaml-tab": Explanation("A tab in the indentation", "Indent with spaces."),
    "yaml-feature": Explanation(
        "An anchor, alias, tag or merge key", "Write the value out in full."
    ),
    "cut-value": Explanation(
        "Words that YAML leaves out",
        "Write the value in quotation marks, and comments on lines of their own.",
    ),
    "duplicate-key": Explanation("A key that stands twice", "Keep one of the two."),
    "unknown-key": Explanation("A key that this kind does not have", "Use a key of the reference."),
    "missing-key": Explanation("A required key is missing", "Add the key."),
    "bad-value": Explanation(
        "A value of the wrong form", "Write it as the reference of fields says, under Contribute."
    ),
    "bad-date": Explanation("A date that cannot be read", "Write 2025-08-15, 2025-08 or 2025."),
    "out-of-range": Explanation("A number outside its range", "Check the number."),
    "markup-in-text": Explanation("Markup in a plain-text field", "Write plain words."),
    # across entities
    "unknown-reference": Explanation("A reference to something that does not exist", "Use its id."),
    "wrong-kind": Explanation("A reference to the wrong kind of thing", "Refer to the right kind."),
    "circular-reference": Explanation("References in a circle", "Break the circle."),
    "duplicate-id": Explanation("Two files claim one id or address", "Rename one of them."),
    "no-first-page": Explanation(
        "A site without a first page", "Write index.md in the docs folder."
    ),
    "no-title": Explanation("A page without a title", "Begin its text with a line `# The title`."),
    "withdrawn": Explanation("Something withdrawn is still used", "Remove the reference."),
    "unknown-choice": Explanation("A value outside the site's list", "Use one from mkdocs.yml."),
    "no-evidence": Explanation("A statement without evidence", "Say which source it rests on."),
    "unfindable": Explanation(
        "A source that nobody could find",
        "Give `url`, or `publisher` and `issued`, or say in `found_at` where it is, or why not.",
    ),
    "same-source": Explanation(
        "A page that another source is already", "Keep one of the two files, and cite that one."
    ),
    "long-passage": Explanation("A passage longer than may be quoted", "Quote fewer words."),
    "position": Explanation("A question whose answer does not fit", "Mend positions or `we_use`."),
    "time-order": Explanation("An end before its start", "Check both times."),
    "impossible-time": Explanation(
        "A time that cannot be", "Write the time that it was, with the offset of the place."
    ),
    "picture": Explanation(
        "A picture that cannot be used or drawn",
        "Shorten the words that it shows, or use another picture.",
    ),
    # proof
    "broken-capture": Explanation(
        "A capture that is not as it was written", "Restore or renew it."
    ),
    "broken-proof": Explanation(
        "A proof that does not verify", "Make it again with `summitry prove`."
    ),
    "misquote": Explanation(
        "Words that differ from the source's, or are struck through", "Write the source's words."
    ),
    "unused-proof": Explanation("A proof that nothing uses", "Run `summitry prove --prune`."),
    "guessable": Explanation(
        "A paragraph almost all of whose words are shown", "Shorten a passage."
    ),
    "over-budget": Explanation("Too much of a source is quoted", "Shorten or drop passages."),
    # who vouches
    "broken-confirmation": Explanation(
        "A confirmation that is none of the capture", "Confirm it again with `summitry confirm`."
    ),
    "broken-stamp": Explanation(
        "A time stamp that is none of the capture", "Make it again with `summitry stamp`."
    ),
    "impossible-day": Explanation(
        "A capture, confirmation or time stamp of a day that cannot be",
        "Remove it and make it again, by a right clock.",
    ),
    "other-page": Explanation(
        "A capture of another page than the source's", "Correct `url`, or capture the source's."
    ),
    "proof-lost": Explanation(
        "Words that the base branch proves and this change does not",
        "Restore the proof, or say in `recaptured` why the source was captured anew.",
    ),
    "proof-replaced": Explanation(
        "Words and their proof changed together, onto a capture that the base branch does not have",
        "Prove the words in the old capture, or say in `recaptured` why there is a new one.",
    ),
    "old-capture": Explanation(
        "A capture that the base branch has otherwise",
        "Restore it, or say in `recaptured` why it was changed.",
    ),
    "moved-address": Explanation(
        "A source's address at another host than in the base branch",
        "Restore `url`, or capture it there and say why in `recaptured`.",
    ),
    # prose
    "raw-html": Explanation("Raw HTML in prose", "Use Markdown, a card or a figure instead."),
    "bad-link": Explanation("A link that leads nowhere or is not allowed", "Correct the address."),
    "bad-address": Explanation(
        "A web address that is not a public page's", "Write the address that any reader can open."
    ),
    "unclosed-fence": Explanation("A fenced block that never ends", "Close it with its backticks."),
    "indented-code": Explanation(
        "Four blanks before a line, which make it code",
        "Remove the blanks, or put code between lines of backticks.",
    ),
    "footnote": Explanation("A footnote", "Cite a source, or say it in the text."),
    "bad-fence": Explanation("A fenced block that cannot be drawn", "Mend the block."),
    "deep-nesting": Explanation(
        "Too many brackets, lists or quotations within one another", "Simplify the text."
    ),
    "unbacked-quotation": Explanation(
        "Words that are quoted and that nothing linked or cited there prints so",
        "Write the source's words and link the quote or cite the source there, or use italics.",
    ),
    "unbalanced-marks": Explanation(
        "Quotation marks that do not pair",
        "Close each quotation in its own paragraph; for an apostrophe write ’.",
    ),
    "uncited": Explanation(
        "Something stated without a source", "Cite a source, or link a quote or fact."
    ),
    "unsearched": Explanation(
        "A negative that rests on no search",
        "Search, and say so in `searched`; or say it otherwise.",
    ),
    "stray-search": Explanation(
        "A search whose words the page does not have", "Correct `words`, or delete the search."
    ),
    # the site
    "no-letterform": Explanation(
        "A letter that no font of the pictures has",
        "Nothing has to be done: pages show it as readers’ own fonts do.",
    ),
    "option": Explanation("An option in mkdocs.yml that is not right", "Mend mkdocs.yml."),
    "dead-link": Explanation("A link in the built site that leads nowhere", "Correct the link."),
    "forbidden-markup": Explanation("Markup that the built site must not hold", "Remove it."),
    "stray-output": Explanation(
        "A file that the built site must not hold", "Remove what puts it there: see the message."
    ),
    "name-spelling": Explanation(
        "A person's name in another spelling than its file",
        "Spell it as the file does; sources' spellings stay inside quotations.",
    ),
    "time-mismatch": Explanation(
        "A date or time that fits no event, or not another",
        "Correct it where it is wrong, or link what has this date.",
    ),
    "wording-choice": Explanation(
        "A wording displayed without a reason",
        "Display the best-attested wording, or say why in `chosen`.",
    ),
    "review-record": Explanation(
        "A record of the second reading that is not right",
        "Mend the row, or write it with `summitry review --record`.",
    ),
    # notes: shown, never counted
    "unread": Explanation(
        "A statement that nobody read a second time",
        "Read it (`summitry review`) and record it (`summitry review --record`).",
    ),
    "read-before": Explanation(
        "A statement that changed since its second reading",
        "Read it again (`summitry review`) and record it (`summitry review --record`).",
    ),
    "spare-reading": Explanation(
        "A row of the second reading that fits nothing", "`summitry review --record` drops it."
    ),
    "old-search": Explanation(
        "A search made longer ago than the site allows", "Search again, and correct `on`."
    ),
    "shared-publisher": Explanation(
        "Sources of one publisher that name no origin", "Name what stands behind each in `origin`."
    ),
    "unused-source": Explanation("A source that nothing cites", "Cite it or delete it."),
    "negation-beside": Explanation(
        "A negation stands in the source right beside the words",
        "Take it into the quotation; until then readers are told of it, also in prose.",
    ),
    "unproven": Explanation(
        "Words, of a quotation or quoted in prose, that no proof shows",
        "Run `summitry prove` with the text.",
    ),
    "near-budget": Explanation("Much of a source is quoted", "Shorten or drop passages."),
    "capture-changed": Explanation("A capture that differs from the base branch", "Review it."),
    "own-confirmation": Explanation(
        "A confirmation by who took the capture, which does not count",
        "Let somebody else confirm it, or remove it.",
    ),
    "unverified": Explanation(
        "Signatures or time stamps that were not verified here",
        "Name the keys and certificates that are trusted in mkdocs.yml.",
    ),
    "not-archived": Explanation(
        "Captured sources without an archived copy", "Find or make them with `summitry archive`."
    ),
    "proof-renewed": Explanation(
        "Words and their proof changed together, in a capture that the base branch has",
        "Compare the words with the source; the capture is as it was.",
    ),
    "unset-option": Explanation("An option that is empty", "Set it where the site is published."),
    "interface-words": Explanation(
        "Words of the interface that are missing, or that no native reader has read",
        "Complete or read the catalogue of the language in `scripts/summitry/words/catalogues/`.",
    ),
    "no-history": Explanation(
        "A copy without the repository's whole history",
        "Clone the repository whole, so that pages carry their dates.",
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    `path` is relative to the project, with forward slashes. `message` says what is wrong
    and why; `hint` how to mend it. A `note` is shown and never fails anything. `swap` is what
    stands there and what mends it, where that needs no decision.
    """

    path: str
    mark: Mark
    code: str
    message: str
    hint: str = ""
    note: bool = field(default=False, compare=False)
    swap: tuple[str, str] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.code not in CATALOGUE:
            raise KeyError(self.code)

    @property
    def cure(self) -> str:
        """How to mend it: the hint of this problem, or the general cure of its code."""
        return self.hint or CATALOGUE[self.code].cure


def listed(texts: Sequence[str]) -> str:
    """One text or more in a row: `a`, `a and b`, `a, b and c`."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that a misspelt word most likely means, or None if nothing is close."""
    found = difflib.get_close_matches(word, sorted(choices), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """A hint for a misspelt word: the nearest choice, else `otherwise`."""
    near = nearest(word, choices)
    return f"did you mean {near}?" if near else otherwise
