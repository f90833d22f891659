"""Nothing that a reader sees is said in English on a site in another language."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, nodes
from running import PUBLISHED, ROOT, committed, copy_of, once
from selectolax.lexbor import LexborHTMLParser
from summitry import PACKAGE
from summitry.words.catalogue import ENGLISH, Catalogue, catalogue
from warm import run

SITES = {"german": "de", "ukrainian": "uk"}
# What a page says besides its text: read aloud, shown by other programs, or put on the clipboard.
SPOKEN = ("alt", "aria-label", "title", "placeholder", "data-done", "data-copy", "data-text")
# Pages that are for those who write a site: what they say is the check's, in English.
FOR_AUTHORS = ("blocks/reference.html", "frame/problem.html", "frame/problems.html")
# Names that are the same in every language.
NAMES = re.compile(r"\b(?:APA|Chicago|BibTeX|SVG|UTC|Summitry)\b|\.csv\b")
WORDS = re.compile(r"[A-Za-z]{2,}")
OVERRIDES = ROOT / "overrides"


@pytest.fixture(scope="module", params=SITES)
def site(
    request: pytest.FixtureRequest, other: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """A small site in another language, built, and that language."""
    del other  # whose cache comes along
    name = request.param

    def build(folder: Path) -> None:
        copied = committed(copy_of(name, folder))
        done = run("mkdocs", "build", "--strict", cwd=copied, env=PUBLISHED)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, f"built-{name}", build) / name / "site", SITES[name]


def texts_of(page: str) -> str:
    """What a page says, its attributes among it, in one line; its data and sources aside."""
    tree = LexborHTMLParser(page)
    said = [
        value or ""
        for node in tree.css("*")
        for name, value in node.attributes.items()
        if name in SPOKEN or (name == "content" and node.attributes.get("name") == "description")
    ]
    for node in tree.css("script, style, cite"):
        node.decompose()
    text = tree.root.text(separator=" ") if tree.root else ""
    # Addresses and the keys of BibTeX have English words in them, in every language.
    return re.sub(r"https?://\S+|@\w+\{[\w-]+,", " ", " ".join(" ".join([text, *said]).split()))


def phrases(own: Catalogue) -> Iterator[tuple[str, str]]:
    """The fixed parts of the English texts that this language says otherwise, with their keys."""
    english = catalogue(ENGLISH)
    assert english is not None
    said = " ".join(str(text) for text in own.texts.values())
    for key, text in english.texts.items():
        for form in [text] if isinstance(text, str) else text.values():
            for part in re.split(r"\{\w+\}", form):
                phrase = part.strip(" .,;:()[]“”’°%")
                # A single short word may be a name, or be the same in both languages.
                if len(WORDS.findall(phrase)) > 0 and len(phrase) > 3 and phrase not in said:
                    yield key, phrase


def alone(text: str) -> re.Pattern[str]:
    """A text where it is no part of a longer word."""
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")


def test_no_english_of_the_interface_is_left(site: tuple[Path, str]) -> None:
    folder, language = site
    own = catalogue(language)
    assert own is not None
    wanted = [(key, text, alone(text)) for key, text in phrases(own)]
    assert len(wanted) > 300
    found = set()
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 50
    for path in pages:
        address = path.relative_to(folder).as_posix()
        if address.startswith("contribute/"):
            continue
        text = texts_of(path.read_text("utf-8"))
        found |= {
            f"{address}: {key}: {words}"
            for key, words, by_themselves in wanted
            if words in text and by_themselves.search(text)
        }
    assert not found


def test_the_feed_and_the_pictures_speak_the_language(site: tuple[Path, str]) -> None:
    folder, language = site
    own = catalogue(language)
    assert own is not None
    feed = (folder / "feed.xml").read_text("utf-8")
    assert f'xml:lang="{language}"' in feed
    texts = [feed, *(p.read_text("utf-8") for p in folder.rglob("assets/figures/*.svg"))]
    said = " ".join(
        node.text or ""
        for text in texts
        for node in ElementTree.fromstring(text).iter()
        if node.tag.rpartition("}")[2] in ("title", "summary", "desc", "text")
    )
    assert len(said) > 1000
    words = [alone(text) for _, text in phrases(own)]
    assert not [word.pattern for word in words if word.search(said)]


def test_pages_say_their_language_and_bring_the_words_of_the_script(
    site: tuple[Path, str],
) -> None:
    folder, language = site
    own = catalogue(language)
    assert own is not None
    tree = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    html, data = tree.css_first("html"), tree.css_first('script[type="application/json"]')
    assert html is not None
    assert data is not None
    assert (html.attributes["lang"], "dir" in html.attributes) == (language, False)
    words = json.loads(data.text())
    assert words["close"] == own.texts["script.close"]
    assert words["results"] == own.texts["script.results"]
    assert words["locale"] == language


def test_a_page_from_right_to_left_says_so_and_so_does_what_is_not(
    other: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The words of the interface are English there, until somebody writes a catalogue."""
    del other  # whose cache comes along

    def build(folder: Path) -> None:
        copied = committed(copy_of("arabic", folder))
        done = run("mkdocs", "build", "--strict", cwd=copied, env=PUBLISHED)
        assert done.returncode == 0, done.stderr
        checked = run("summitry", "check", cwd=copied, env=PUBLISHED)
        assert "mkdocs.yml:7:1: note: no catalogue is in ar: the words" in checked.stdout

    folder = once(tmp_path_factory, "built-arabic", build) / "arabic" / "site"
    page = (folder / "quotes/sample-words/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in page
    assert '<blockquote class="words" lang="en" dir="ltr"' in page
    assert '<blockquote class="words original" lang="ar" data' in " ".join(page.split())
    assert ">Copy quote<" in page
    embedded = (folder / "quotes/sample-words/embed/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in embedded


# ---------- where they could come from


def _constants(source: str) -> Iterator[str]:
    """Every text in the code of a template but the keys that it asks for."""
    for node in Environment(autoescape=True).parse(source).find_all(nodes.Const):
        if isinstance(node.value, str):
            yield node.value


def _shown(source: str) -> str:
    """What a template says itself: its text without tags, and the attributes that are spoken."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    spoken = re.findall(rf'\b(?:{"|".join(SPOKEN)})="([^"]*)"', bare)
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<!doctype[^>]*>", "", bare, flags=re.IGNORECASE))
    text = re.sub(r'\b[a-z-]+="[^"]*"', " ", text)  # of a macro that makes attributes
    return NAMES.sub("", " ".join([text, *spoken]))


@pytest.mark.parametrize(
    "path", sorted(OVERRIDES.rglob("*.html")), ids=lambda path: str(path.relative_to(OVERRIDES))
)
def test_templates_hold_no_words(path: Path) -> None:
    if path.relative_to(OVERRIDES).as_posix() in FOR_AUTHORS:
        return
    source = path.read_text("utf-8")
    assert not WORDS.findall(_shown(source))
    # Texts in code are keys, names of classes, ids, files and addresses, not phrases.
    said = [
        text for text in _constants(source) if re.search(r"[A-Za-z]{3,} [a-z]{2,}|^[A-Z]", text)
    ]
    assert not [text for text in said if NAMES.sub("", text).strip() and "<" not in text]


@pytest.mark.parametrize("name", sorted(p.name for p in (OVERRIDES / "assets").glob("*.js")))
def test_the_scripts_hold_no_words(name: str) -> None:
    script = (OVERRIDES / "assets" / name).read_text("utf-8")
    bare = re.sub(r"/\*.*?\*/|(?<![:\w'])//[^\n]*", "", script, flags=re.DOTALL)
    bare = re.sub(r"className: '[^']*'", "", bare)
    texts = [a or b for a, b in re.findall(r"'([^'\n]*)'|`([^`]*)`", bare)]
    texts = [text for text in texts if "<script" not in text]
    phrases = [text for text in texts if re.search(r"[A-Z][a-z]+ [a-z]+|[a-z]{3,} [a-z]{3,}", text)]
    assert not phrases
    assert "textContent: '" not in bare
    assert "say('" not in bare


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module's code: not its docstrings, nor what is raised."""
    tree = ast.parse(path.read_text("utf-8"))
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise):
            aside |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.lineno, node.value


# What these say is for contributors (the reference), or describes the model for programs.
IN_ENGLISH = {"pages/reference.py", "data/tables.py", "data/files.py", "data/history.py"}
# What the check says, and what no reader sees.
NOT_SHOWN = re.compile(
    r".*<|give the site a shorter name, in|no font of the pictures has |: drawn as boxes there"
    r"|to draw them: pip install "
    r"|external noopener|A problem in |speech marks"
    r"|no catalogue is in |: the words of the interface are|the interface is English where"
    r"| lacks words: "
    r"|nobody whose language is| has read the interface yet"
)


def test_the_code_of_pages_and_data_holds_no_words() -> None:
    found = set()
    for stage in ("pages", "data", "words"):
        for path in sorted((PACKAGE / stage).rglob("*.py")):
            name = path.relative_to(PACKAGE).as_posix()
            for line, text in _strings(path) if name not in IN_ENGLISH else ():
                if re.search(r"\b[a-z]{2,} [a-z]{2,}\b", text) and not NOT_SHOWN.match(text):
                    found.add(f"{name}:{line}: {text}")
    assert not found
