"""Words that prose puts into a mouth, by every mark and in several languages.

Each kind that got past the rule once stands here, and what honest prose needs.
"""

from __future__ import annotations

import time

import pytest
from small_site import tree
from summitry.checks.backing import Passages
from summitry.checks.ledger import build as build_ledger
from summitry.checks.quoting import quotations
from summitry.content.earlier import Earlier
from summitry.content.library import build
from summitry.content.problems import Problem

SAID = {
    "en": "The harbour will not be sold to the company, and we’ll keep its keys for ourselves.",
    "ru": "Мы не отдадим эту гавань никому, и ключи останутся у нас.",
    "de": "Der Hafen wird nicht an die Gesellschaft verkauft, und wir behalten die Schlüssel.",
    "fr": "Le port ne sera pas vendu à la compagnie, et nous garderons les clés.",
    "uk": "Ми не віддамо цю гавань нікому, і ключі лишаться в нас.",
    "ja": "港は会社に売らない。鍵は私たちが持っている。",
    "zh": "我们不会把港口卖给公司，钥匙由我们保管。",
}
OPENS = {
    "en": ("The harbour will be sold to the company", "The harbour will not be sold"),
    "ru": ("Мы отдадим эту гавань никому", "Мы не отдадим эту гавань"),
    "de": ("Der Hafen wird an die Gesellschaft verkauft", "Der Hafen wird nicht"),
    "fr": ("Le port sera vendu à la compagnie", "Le port ne sera pas vendu"),
    "uk": ("Ми віддамо цю гавань нікому", "Ми не віддамо цю гавань"),
    "ja": ("港は会社に売る", "港は会社に売らない"),
    "zh": ("我们会把港口卖给公司", "我们不会把港口卖给公司"),
}
QUOTE = (
    "---\ntitle: On the harbour\ntext: {}\nspeaker: mayor\nlanguage: {}\n"
    "evidence: [{{source: gazette}}]\n---\n"
)
FILES = {
    "content/people/mayor.md": "---\nname: Ada Norin\nsummary: The mayor.\nevidence: "
    "[{source: gazette, says: So.}]\n---\n",
    "content/sources/gazette.md": "---\ntype: article\ntitle: The harbour stays with the town\n"
    "publisher: Gazette\nurl: https://g.example/a\nissued: 2025-08-15\n---\n",
    "content/sources/herald.md": "---\ntype: article\ntitle: Mayor gives up the whole harbour\n"
    "publisher: Herald\nurl: https://h.example/a\nissued: 2025-08-15\n---\n",
    **{f"content/quotes/said-{tag}.md": QUOTE.format(text, tag)
       for tag, text in SAID.items()},
}  # fmt: skip
PAGE = "docs/page.md"
EARLIER = Earlier()  # as while serving: what stays as it is in each case is not read again


def link(tag: str = "en") -> str:
    return f"[so](../content/quotes/said-{tag}.md)"


L, CITED = link(), "[@gazette]"


def found(text: str, head: str = "", **more: str) -> list[Problem]:
    """What is wrong with a page, notes included."""
    front = f"---\nsourcing: none\n{head}---\n"
    return read({**more, PAGE: front + text}, PAGE)


def read(files: dict[str, str], path: str) -> list[Problem]:
    """What is wrong with the quotations of a file, notes included."""
    library = build(tree({**FILES, **files}), "content", "docs", EARLIER)
    passages = Passages(library, build_ledger(library, EARLIER))
    problems = quotations(library, passages, EARLIER).problems
    return sorted(p for p in [*library.problems, *problems] if p.path == path)


def codes(text: str, head: str = "") -> list[str]:
    return [p.code for p in found(text, head) if not p.note]


MARKS = [
    "“ ”", "‘ ’", "' '", '" "', "‹ ›", "› ‹", "« »", "» «", "„ “", "„ ”", "‚ ‘", "‚ ’", "” ”",
    "’ ’",
    "″ ″", "′ ′", "'' ''", "‘‘ ’’", "`` ''", "´ ´", ",, ''", ",, ”", "״ ״", "ʺ ʺ", "˝ ˝", "ˮ ˮ",
    "≪ ≫", "<< >>", "《 》", "〈 〉", "⹂ ⹂", "﹁ ﹂", "﹃ ﹄", "「 」", "『 』", "｢ ｣", "🙶 🙷",
    "❝ ❞", "❛ ❜", "〝 〞", "〝 〟", "＂ ＂", "＇ ＇", "‟ ”", "⸂ ⸃", "❮ ❯", "‶ ″", "ʼ ʼ", "‛ ’",
]  # fmt: skip


@pytest.mark.parametrize("marks", MARKS)
def test_every_mark_that_a_language_uses(marks: str) -> None:
    opens, closes = (mark.replace("<", "&lt;").replace(">", "&gt;") for mark in marks.split())
    opens, closes = opens.replace("`", "\\`"), closes.replace("`", "\\`")
    wrong = f"She said {opens}the harbour will be sold to the company{closes}, as told {L}."
    right = f"She said {opens}the harbour will not be sold to the company{closes}, as told {L}."
    assert codes(wrong) == ["unbacked-quotation"]
    assert codes(right) == []


@pytest.mark.parametrize("tag", SAID)
@pytest.mark.parametrize("marks", ["“ ”", "« »", "„ “", "「 」", "‘ ’", '" "', "' '"])
def test_in_every_language(tag: str, marks: str) -> None:
    opens, closes = marks.split()
    wrong, right = OPENS[tag]
    blank = "" if tag in ("ja", "zh") else " "
    assert codes(f"…{blank}{opens}{wrong}{closes}{blank}… {link(tag)}") == ["unbacked-quotation"]
    assert codes(f"…{blank}{opens}{right}{closes}{blank}… {link(tag)}") == []


@pytest.mark.parametrize("tag", SAID)
@pytest.mark.parametrize("form", ["> {}\n> {}", "— {} {}"], ids=["a block", "a dash"])
def test_blocks_and_dialogue_in_every_language(tag: str, form: str) -> None:
    wrong, _ = OPENS[tag]
    narrator = f"— {link(tag)}"
    assert codes(form.format(f"{wrong}.", narrator)) == ["unbacked-quotation"]
    assert codes(form.format(SAID[tag], narrator)) == []


REFUSED = {
    "a block quotation": f"> The harbour will be sold. — Ada Norin, {L}",
    "a second paragraph of one": f"> {SAID['en']}\n>\n> We hand over the keys.\n>\n> — {L}",
    "what a dash parts from it": f"> {SAID['en']} — and so is the quay, {L}",
    "a list in a block quotation": f"> - The harbour will be sold. {L}",
    "a dialogue": f"— The harbour will be sold, said the mayor, as told {L}.",
    "a dialogue with two dashes": f"– Sold it will be to the company, – she said {L}",
    "a horizontal bar": f"― Sold it will be to the company. {L}",
    "two hyphens": f"-- Sold it will be to the company. {L}",
    "an escaped hyphen": f"\\- Sold it will be to the company. {L}",
    "what follows the narrator": f"— {SAID['en'][:40]}, — she said. — We sell it all. {L}",
    "a line behind a break": f"They spoke of it.\\\n— Sold it will be. {L}",
    "a cell of a table": f"a | b\n--|--\n{L} | — Sold it will be to the company",
    "an item of a list": f"- — Sold it will be to the company. {L}",
    "a link's title": f'[so]({L[5:-1]} "The mayor: the harbour will be sold")',
    "the title of an address elsewhere": f'[so][a] {L}\n\n[a]: story.md "we sell the harbour"',
    "code inside": f"“the harbour will not be sold to `anybody but` the company” {L}",
    "code around": f"She said `“the harbour will be sold”`, {L}.",
    "a fence": f"```text\n“the harbour will be sold”\n```\n\n{L}",
    "a fence without a name": f"{L}\n\n```\nShe: “we sell the harbour”\n```",
    "a gap that hides a negation": f"“The harbour will … be sold to the company” {L}",
    "a gap in brackets": f"“The harbour will […] be sold to the company” {L}",
    "hyphens": f"She would “sell-it-to-the-company”, {L}.",
    "hyphens where nothing is cited": "She would “sell-it-to-the-company”.",
    "slashes": "She would “sell/the/harbour”.",
    "low lines": "She would “sell_the_harbour”.",
    "full stops": "She would “sell.the.harbour”.",
    "a locator": "Of the harbour. [@gazette, “we will sell the harbour”]",
    "a second locator": "Of it. [@herald; @gazette, ‘we will sell the harbour’]",
    "a citation inside": f"“The harbour will [@gazette, always] not be sold” {L}",
    "a title of another source": f"“Mayor gives up the whole harbour”, {L}",
    "a title without a source": "“The harbour stays with the town”",
    "struck through": f"“The harbour will ~~not~~ be sold to the company” {L}",
    "struck through and put in": f"“The harbour will ~~never~~ not be sold” {L}",
    "one tilde": f"“The harbour will ~not~ be sold to the company” {L}",
    "one word": f"She would “surrender”, as told {L}.",
    "one word of Chinese": f"她说“投降”。{link('zh')}",
    "one word in single marks": f"She would ‘surrender’, as told {L}.",
    "one word that is cited": "She would “surrender”. [@gazette]",
    "a heading": f"## “The harbour will be sold”\n\nShe spoke of it. {L}",
    "within another": f"“she said ‘the harbour will be sold’” {L}",
    "a plural's apostrophe inside": f"‘the sailors’ harbour is sold’, {L}",
    "emphasis instead of a word": f"“The harbour will *be sold* to the company” {L}",
    "a question": f"“The harbour will not be sold?” {L}",
    "a bracket that weighs": f"“The harbour will [now] be sold to the company” {L}",
    "by its number": f"&#8220;the harbour will be sold&#8221; {L}",
    "a pair in two links": f"[“the harbour]({L[5:-1]}) will be [sold”]({L[5:-1]})",
    "a fence in a block quotation": f"> ```\n> We sell the harbour\n> ```\n\n{L}",
    "code in a block quotation": f"> `We sell the harbour` {L}",
    "a link in a block quotation": f"> [We sell the harbour]({L[5:-1]})",
    "marks the wrong way round": f"She said ’the harbour will be sold‘, {L}",
    "guillemets of ASCII the wrong way round": f"She said &gt;&gt;we sell it&lt;&lt;, {L}",
    "Korean": f"시장은 ‘항구를 판다’고 말했다 {L}",
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_refused(text: str) -> None:
    assert set(codes(text)) & {"unbacked-quotation", "misquote"}


HONEST = {
    "apostrophes": f"The mayor’s plane, the sailors’ plea, it's o’clock, l’État, Hawaiʻi, м’яч {L}",
    "decades": f"In the ’90s and the '80s and the ‘70s of the sailors’ union {L}",
    "feet and inches": f"6′ 2″, 6' 2\", 5'10\", 12″, a 14\" gun, 61° 13′ 05″ N {L}",
    "rock ’n’ roll": f"rock ’n’ roll, rock 'n' roll, fish ’n chips, ’tis, ’em and 'em {L}",
    "names in italics": f"*Air Force One*, the *Herald* and the *Sea Queen* {L}",
    "an abbreviation in Hebrew": f"צה״ל וצה\"ל {L}",
    "much less": f"a ≪ b and b ≫ c {L}",
    "emphasis inside": f"“The harbour will *not* be sold” {L}",
    "strong words inside": f"“The harbour **will not** be sold” {L}",
    "a link inside": f"“The harbour will [not]({L[5:-1]}) be sold”",
    "a citation inside": f"“The harbour [@gazette] will not be sold” {L}",
    "a citation behind": "“The harbour will not be sold” [@gazette, para. 5]",
    "nested marks": f"“‘The harbour will not be sold’” and «‚The harbour will not be sold‘» {L}",
    "a full stop inside": f"“Its keys for ourselves.” “The harbour will not be sold.” {L}",
    "a comma inside": f"“The harbour will not be sold,” she said, “to the company.” {L}",
    "a straight apostrophe": f"'We'll keep its keys', she said {L}",
    "a heading that names a quotation": f"## “We’ll keep its keys”\n\nSo she said.\n\n{L}",
    "a heading with a link": f"## [“We’ll keep its keys”]({L[5:-1]})\n\nSo.",
    "a title that is cited": "In “The harbour stays with the town” [@gazette] she said so.",
    "a title that is linked": "[“The harbour stays with the town”](../content/sources/gazette.md)",
    "one word of it": f"The word “harbour” and the word ‘keys’ {L}",
    "one word where nothing is quoted": "The so-called “harbour”.",
    "a gap": f"“The harbour will not be sold … and we’ll keep its keys” {L}",
    "a block quotation": f"> {SAID['en']}\n>\n> — Ada Norin, mayor, {L}",
    "a block quotation in marks": f"> “The harbour will not be sold.” — Ada Norin {L}",
    "a line before it": f"As she said {L}:\n\n> The harbour will not be sold.",
    "an attribution behind it": f"> The harbour will not be sold. — {L}\n\n— Ada Norin, mayor {L}",
    "a dialogue": f"— The harbour will not be sold, — said the mayor, {L}. — We’ll keep its keys.",
    "a minus": f"−5 degrees, –7 at night {L}",
    "a cell without a word": f"a | b\n--|--\n{L} | —",
    "code that is no quotation": f"Write `title: x` or `don't` or `\"` or `“` {L}",
    "a fence without marks": f"```text\nThe harbour will be sold\n```\n\n{L}",
    "a locator": "So she said. [@gazette, “will not be sold”]",
    "struck through outside": f"~~She sold it.~~ “The harbour will not be sold” {L}",
    "a thousand": f"“…” and “ ” {L}",
    "a French space": f"« Le port ne sera pas vendu » {link('fr')}",
    "a French dialogue": f"— Le port ne sera pas vendu… — dit-elle {link('fr')}.",
    "a Russian dialogue": f"— Мы не отдадим эту гавань, — сказала она. {link('ru')}",
    "Chinese without blanks": f"她说：“我们不会把港口卖给公司”，然后走了。{link('zh')}",
    "Japanese within": f"彼女は『港は会社に売らない』と言った。{link('ja')}",
}  # fmt: skip


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_what_is_honest(text: str) -> None:
    assert [(p.code, p.message) for p in found(text) if not p.note] == []


def test_a_negation_at_the_edge_is_told() -> None:
    (note,) = [p for p in found(f"She “be sold to the company” {L}") if p.code == "negation-beside"]
    assert note.note and note.mark == (4, 5)
    assert note.cure == "take it in: not be sold to the company,"


def test_words_that_no_proof_shows_are_told() -> None:
    (note,) = [p for p in found(f"“The harbour will not be sold” {L}") if p.code == "unproven"]
    assert note.note and note.mark == (4, 1)


FIELDS = {
    "title": "title: On “we sell the harbour”\n",
    "description": "description: ‘We sell the harbour’\n",
    "eyebrow": "eyebrow: «We sell the harbour»\n",
    "was": "corrections: [{on: 2025, was: “we sell the harbour”, now: b, why: c}]\n",
    "a search": "searched: [{on: 2025-08-15, where: x, for: “we sell it”, words: abc}]\n",
}


@pytest.mark.parametrize("head", FIELDS.values(), ids=FIELDS)
def test_fields_of_pages(head: str) -> None:
    assert codes(f"abc {L}", head) == ["unbacked-quotation"]


ENTITY = "content/quotes/said-en.md"


@pytest.mark.parametrize(
    "field",
    ["to: “the company” of the harbour’s sale", "setting: at the ‘sale of all’", "topic: talks",
     "context: —We sell it all", "chosen: It’s “we sell it”", "summary: „We sell it“"],
)  # fmt: skip
def test_fields_of_entities(field: str) -> None:
    text = FILES[ENTITY].replace("evidence:", f"{field}\nevidence:")
    wrong = [p for p in read({ENTITY: text}, ENTITY) if not p.note]
    told = field.startswith(("topic", "to:"))
    assert [p.code for p in wrong] == ([] if told else ["unbacked-quotation"])


def test_the_message_names_the_rule_that_is_broken() -> None:
    (problem,) = found(f"x “The harbour will … be sold to the company” {L}")
    assert "a gap hides *not*" in problem.message
    assert problem.mark == (4, 3)


def test_marks_by_the_thousand_are_read_in_time() -> None:
    texts = [
        "'a 'b " * 3_000, "‘a b’ " * 2_500, "’ ‘ " * 4_000, "''a " * 4_000, "“a ‘b” " * 2_000,
        "— a b, — c. " * 1_500, "> a b — c\n" * 2_000, "# ‘a b’\n" * 8_000, "`“a b”` " * 2_000,
        "[@gazette, “a b”] " * 1_000, "6' 2\" " * 3_000, "~~“a b”~~ " * 1_800, "“" * 9_000,
        "> a " + "— b " * 4_900, "“the harbour will not be sold” " * 640 + L,
        "# ‘a b’\n" * 5_000 + f"\n{L}\n" * 2_000, f"“a {CITED}” " * 1_000,
        f"“the harbour will be … the company will be sold” {L} " * 180,
    ]  # fmt: skip
    for text in texts:
        began = time.process_time()
        found(text)
        assert time.process_time() - began < 2, text[:20]


def test_a_long_file_is_read_in_time() -> None:
    line = f"‘The harbour will be sold’ and “sold … the company, and … keys” as told {L}.\n\n"
    began = time.process_time()
    assert found(line * (500_000 // len(line)))
    assert time.process_time() - began < 2


def test_many_quotations_that_no_proof_shows_are_read_in_time() -> None:
    line = f"{'“The harbour will not be sold” ' * 600}{L}.\n\n"
    began = time.process_time()
    problems = found(line * 20)
    assert time.process_time() - began < 2
    assert [p.code for p in problems if not p.note] == ["too-large"]
