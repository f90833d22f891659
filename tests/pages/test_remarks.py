"""What readers are told right behind quoted words: that nothing proves them, or a negation."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from running import ROOT
from small_site import FILES, checked
from summitry.data.setting import Setting
from summitry.pages.site import Pages, illustrate

QUOTE, STORY = "content/quotes/quote-two.md", "docs/story.md"
LINK = "[sign](../content/quotes/quote-two.md)"
SIGN = FILES[QUOTE].replace("Words of a sign", "This is not the way to the old harbour")
UNPROVEN = {
    "en": "transcribed, not yet proven",
    "de": "abgeschrieben, noch nicht nachgewiesen",
    "uk": "переписані, ще не доведені",
    "ru": "переписаны, ещё не доказаны",
}
BESIDE = {
    "en": "in the source: “not the way to the old harbour”",
    "de": "in der Quelle: „not the way to the old harbour“",
    "uk": "у джерелі: «not the way to the old harbour»",
    "ru": "в источнике: «not the way to the old harbour»",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def shown(cache: Path, url: str, changes: dict[str, str], language: str = "en") -> str:
    """The text of a page."""
    library = checked({QUOTE: SIGN, **changes})
    pictures = illustrate(library, cache, "Site One", "https://site.example/x/")
    setting = Setting("Site One", "https://site.example/x/", language=language)
    pages = Pages(library, pictures, [ROOT / "overrides"], setting)
    page = next(spec for spec in pages.every() if spec.url == url).make().html
    return " ".join(html.unescape(re.sub("<.*?>", "", page)).split())


@pytest.mark.parametrize("language", UNPROVEN)
def test_words_that_nothing_proves_say_so(cache: Path, language: str) -> None:
    text = f"It says [@source-two] “not *the way* to”, as “the way to” {LINK}."
    page = shown(cache, "story/", {STORY: f"# A story\n\n{text}\n"}, language)
    remark = UNPROVEN[language]
    assert f"“not the way to” ({remark}), as “the way to” (" in page
    assert page.count(remark) == 2


@pytest.mark.parametrize("language", BESIDE)
def test_a_negation_beside_the_words_is_told(cache: Path, language: str) -> None:
    text = f"It is “the way to the old harbour” {LINK}."
    page = shown(cache, "story/", {STORY: f"# A story\n\n{text}\n"}, language)
    assert f"“the way to the old harbour” ({BESIDE[language]}; {UNPROVEN[language]}) sign" in page


def test_they_stand_in_fields_headings_tables_blocks_and_dialogue_too(cache: Path) -> None:
    fact = FILES["content/facts/fact-one.md"].replace(
        "They met on one day.", f"They met by “the way to” {LINK.replace('../content', '..')}."
    )
    text = (
        f"# A story\n\n## “Not the way”\n\nx {LINK}\n\n> This is not the way. — {LINK}\n\n"
        f"a | b\n--|--\nx {LINK} | “not the way” y\n\n— This is not the way. — {LINK}\n"
    )
    changes = {STORY: text, "content/facts/fact-one.md": fact}
    page = shown(cache, "story/", changes)
    remark = UNPROVEN["en"]
    for words in ("“Not the way” (", "This is not the way. (", "“not the way” ("):
        assert f"{words}{remark})" in page
    assert page.count(remark) >= 4
    assert "by “the way to” (in the source" in shown(cache, "facts/fact-one/", changes)


@pytest.mark.parametrize("language", UNPROVEN)
def test_fields_without_markdown_tell_it_in_place_or_at_the_end(cache: Path, language: str) -> None:
    """An answer wherever it is shown, as a card too; any other field at the end of its page."""
    path = "content/facts/question-one.md"
    question = FILES[path].replace("value: An hour", "value: “the way to the old harbour”")
    question = question.replace("How long did it last?", "What of the “old harbour”?")
    question = question.replace("about: [", "about: [quotes/quote-two, ")
    changes = {path: question, STORY: f"# A story\n\n[the question](../{path})\n"}
    remark, beside = UNPROVEN[language], BESIDE[language]
    own, told = (shown(cache, url, changes, language) for url in ("facts/question-one/", "story/"))
    assert f"“the way to the old harbour” ({beside}; {remark})" in own
    assert f"“the way to the old harbour” ({beside}; {remark})" in told
    quoted = {
        "en": "Quoted above: “old harbour”",
        "de": "Oben zitiert: „old harbour“",
        "uk": "Процитовано вище: «old harbour»",
        "ru": "Процитировано выше: «old harbour»",
    }
    assert f"{quoted[language]} ({remark})." in own
    assert own.count(quoted[language]) == 1
