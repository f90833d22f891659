"""Every catalogue has every key, with the same values to fill in and the plurals of CLDR."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from markupsafe import Markup
from running import ROOT
from summitry import PACKAGE
from summitry.content.values import when
from summitry.words.catalogue import ENGLISH, FOLDER, Catalogue, Words, catalogue

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
# Where keys are used: every file that may ask for a text.
USERS = [
    *(p for name in ("data", "pages", "host", "words") for p in (PACKAGE / name).rglob("*.py")),
    *(ROOT / "overrides").rglob("*.html"),
    *(ROOT / "overrides").rglob("*.js"),
]
# `words("a.b")`, `words.count('a.b', …)`, and keys that stand in tables of the code.
KEY = re.compile(r"""["']([a-z]+\.[a-z]+(?:-[a-z]+)*)["']""")
# `words(f"a.b-{…}")` in code, `words('a.b-' ~ …)` in a template: the key begins with this.
BEGUN = re.compile(r"""(?:\bf["']([a-z]+\.[a-z-]*)\{|["']([a-z]+\.[a-z-]*)["'] ~)""")


def of(language: str) -> Catalogue:
    found = catalogue(language)
    assert found is not None
    return found


def fields(text: str) -> set[str]:
    """What is filled into a text; a number in words is as good as one in figures."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    return {"count" if name == "spelt" else name for name in names}


def test_there_are_the_languages_that_were_promised() -> None:
    assert {"de", "en", "ru", "uk"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_key_and_no_other(language: str) -> None:
    assert of(language).texts.keys() == of(ENGLISH).texts.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_is_filled_in(language: str) -> None:
    english, own = of(ENGLISH), of(language)
    more_than_one = own.locale.plural_form(21) == "one"  # 21 is said as 1 is
    for key, text in own.texts.items():
        model = english.texts[key]
        if isinstance(text, str):
            assert isinstance(model, str), key
            assert fields(text) == fields(model), key
            continue
        assert not isinstance(model, str), key
        wanted = fields(model["other"])
        for category, form in text.items():
            free = {"count"} if category == "one" and not more_than_one else set()
            assert wanted - free <= fields(form) <= wanted, (key, category)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_each_form_that_the_language_has(language: str) -> None:
    own = of(language)
    wanted = own.locale.plural_form.tags | {"other"}
    wrong = {
        key: sorted(text)
        for key, text in own.texts.items()
        if not isinstance(text, str) and text.keys() != wanted
    }
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_and_hold_no_markup(language: str) -> None:
    own = of(language)
    for key, text in own.texts.items():
        for form in [text] if isinstance(text, str) else text.values():
            assert form, key
            assert not re.search(r"[<>&]|^\s|\s\s|\.\.", form), key
            assert form == form.strip() or key.startswith("sign."), key
    # A link says these with the name left out, which therefore ends them.
    for key in ("quote.by", "quote.on", "quote.state"):
        assert str(own.texts[key]).endswith("{name}"), key


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != ENGLISH])
def test_other_languages_are_not_english(language: str) -> None:
    """A text that was left in English shows; those that are alike in two languages are short."""
    english, own = of(ENGLISH), of(language)
    alike = {key for key, text in own.texts.items() if text == english.texts[key]}
    prose = {key for key in alike if re.search(r"[a-z]{3,} [a-z]{3,}", str(own.texts[key]))}
    assert not prose
    assert len(alike) < 40


def test_every_key_is_used_and_every_used_key_is_there() -> None:
    known = set(of(ENGLISH).texts)
    sections = {key.partition(".")[0] for key in known}
    texts = [path.read_text("utf-8") for path in USERS]
    used = {key for text in texts for key in KEY.findall(text)}
    begun = {a or b for text in texts for a, b in BEGUN.findall(text)}
    script = {f"script.{name}" for name in re.findall(r"words\('([a-z-]+)'", "".join(texts))}
    used |= script | {"script.results"}
    # Of a section, all keys are chosen in the code or none is: else no one could tell what is not.
    assert begun & {"quote.", "proof.", "source.", "fact.", "page.", "frame."} == set()
    unused = {key for key in known - used if not key.startswith(tuple(begun))}
    assert not unused
    files = re.compile(r"\.(?:css|csv|html|js|json|md|png|py|svg|toml|txt|xml|yml)$")
    asked = {key for key in used if key.partition(".")[0] in sections and not files.search(key)}
    assert asked - {"script.search"} <= known


def test_numbers_lists_and_languages_are_those_of_the_language() -> None:
    made = {name: Words(name) for name in ("en", "de", "uk", "ru")}
    assert [w.list(["a", "b", "c"]) for w in made.values()] == [
        "a, b and c", "a, b und c", "a, b і c", "a, b и c",
    ]  # fmt: skip
    assert [w.number(1500.5) for w in made.values()] == [
        "1,500.5", "1.500,5", "1\xa0500,5", "1\xa0500,5",
    ]  # fmt: skip
    assert made["en"].number(61.2, decimals=4) == "61.2000"
    assert [w.language_name("uk") for w in made.values()] == [
        "Ukrainian", "Ukrainisch", "українська", "украинский",
    ]  # fmt: skip
    assert made["de"].language_name("xx") == "xx"
    assert [w.language_name("is") for w in made.values()] == [
        {"en": "Icelandic", "de": "Isländisch", "uk": "ісландська", "ru": "исландский"}[name]
        for name in made
    ]
    assert made["en"].language_name("zh-Hant") == "Traditional Chinese"
    assert made["en"].language_name("sr-Cyrl") == "Serbian"
    for words in made.values():
        codes = [code for code in Locale("en").languages if "_" not in code]
        assert [code for code in codes if words.language_name(code) == code] == []
    assert [w.long(when("2025-08-15")) for w in made.values()] == [
        "15 August 2025", "15. August 2025", "15 серпня 2025 року", "15 августа 2025 года",
    ]  # fmt: skip
    assert [w.long(when("2025-08")) for w in made.values()] == [
        "August 2025", "August 2025", "серпень 2025 року", "август 2025 года",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1 джерело"), (2, "2 джерела"), (5, "5 джерел"), (21, "21 джерело"), (112, "112 джерел")],
)
def test_plurals_are_those_of_the_language(number: int, shown: str) -> None:
    assert Words("uk").count("counted.sources", number) == shown


def test_small_numbers_are_in_words_where_the_language_has_them() -> None:
    assert Words("en").count("support.sources", 3) == "three sources"
    assert Words("en").count("support.sources", 11) == "11 sources"
    assert Words("de").count("support.origins", 1) == "ein unabhängiger Ursprung"
    assert Words("ru").count("support.sources", 3) == "3 источника"


def test_values_are_escaped_where_one_of_them_is_markup() -> None:
    words = Words()
    assert words("foot.was", text="<b>") == "Here stood: <b>"
    made = words("map.way", first=Markup("<b>a</b>"), last="<i>")
    assert isinstance(made, Markup)
    assert made == "from <b>a</b> to &lt;i&gt;"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("de")("quote.nothing")
    with pytest.raises(KeyError, match="counts something"):
        Words()("counted.sources")
    with pytest.raises(KeyError, match="counts nothing"):
        Words().count("quote.all", 1)


def test_a_region_has_the_words_of_its_language() -> None:
    words = Words("de-AT")
    assert (words("quote.all"), words.language) == ("Alle Zitate", "de-AT")


@pytest.mark.parametrize("tag", ["ar", "fa", "he", "ur"])
def test_some_languages_are_written_from_right_to_left(tag: str) -> None:
    assert Words(tag).rtl


@pytest.mark.parametrize("tag", ["de", "uk", "ja", "xx", "not a tag"])
def test_others_are_not(tag: str) -> None:
    assert not Words(tag).rtl


def test_what_no_catalogue_has_is_said_in_english_and_told() -> None:
    words = Words("ar")
    assert words("quote.all") == "All quotes"
    assert words.spoken == "en-GB"
    assert words.notes == ["no catalogue is in ar: the words of the interface are English"]
    assert Words("en").notes == []
    assert Words("uk").notes == ["nobody whose language is українська has read the interface yet"]


def test_a_catalogue_that_lacks_a_key_says_which(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = shutil.copytree(FOLDER, tmp_path / "catalogues")
    german = copied / "de.toml"
    german.write_text(german.read_text("utf-8").replace('all = "Alle Zitate"\n', ""), "utf-8")
    monkeypatch.setattr("summitry.words.catalogue.FOLDER", copied)
    catalogue.cache_clear()
    try:
        words = Words("de")
    finally:
        catalogue.cache_clear()
    assert (words("quote.all"), words("quote.filter")) == ("All quotes", "Zitate filtern")
    assert words.notes[0] == "the interface is English where Deutsch lacks words: quote.all"
