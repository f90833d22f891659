"""Sites of any size for measuring: invented entities with links, evidence, captures and proofs.

The same text is written three times: for Summitry, for MkDocs with its Material theme, and for
Hugo, so that all are timed on the same words.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from summitry.proof import capture, proofs, word_tree
from summitry.proof.capture import Capture
from summitry.proof.proofs import Proof
from summitry.proof.text import tokens

SHARES = {"sources": 35, "facts": 20, "quotes": 15, "events": 10, "people": 8, "places": 6,
          "terms": 6}  # fmt: skip
"""How many of a hundred entities are of a kind."""
MOST_SHOWN = 8
"""Passages that are taken from one source: more would be over its share."""
WORDS = [
    "delegation",
    "table",
    "statement",
    "border",
    "guarantee",
    "minister",
    "harbour",
    "island",
    "reporter",
    "treaty",
    "morning",
    "meeting",
    "question",
    "answer",
    "proposal",
    "record",
    "corridor",
    "interpreter",
    "window",
    "flag",
    "podium",
    "evening",
    "agreement",
    "difference",
    "journey",
    "airport",
    "convoy",
    "speech",
    "promise",
    "letter",
    "signature",
    "paragraph",
    "map",
]
CONFIG = """\
site_name: A synthetic summit
site_url: https://example.org/
theme: {name: material, language: en}
plugins:
  - summitry:
      main_event: e0
      time_zones: [{name: UTC, label: UTC}]
      sides: {one: One, two: Two}
      parts: {present: Present}
      attended: [present]
      topics: {talks: Talks, land: Land, law: Law}
      menu: [{label: Summary, to: ""}, {label: Quotes, to: quotes/}]
validation: {nav: {omitted_files: ignore}}
"""
MATERIAL = """\
site_name: A synthetic summit
site_url: https://example.org/
theme: {name: material, font: false, language: en}
markdown_extensions: [tables, footnotes]
"""


class Site:
    """An invented site of about `size` entities; the same for the same size."""

    def __init__(self, size: int) -> None:
        self._random = random.Random(size)
        self._shown = Counter[int]()  # passages of each source
        self.counts = {kind: max(2, size * share // 100) for kind, share in SHARES.items()}
        self._articles = [self._article() for _ in range(self.counts["sources"])]

    def _sentence(self, words: int) -> str:
        found = " ".join(self._random.choice(WORDS) for _ in range(words))
        return f"{found[0].upper()}{found[1:]}."

    def _article(self) -> list[str]:
        return [" ".join(self._sentence(14) for _ in range(4)) for _ in range(6)]

    def _some(self, kind: str) -> str:
        return f"{kind[0]}{self._random.randrange(self.counts[kind])}"

    def _body(self, folder: str) -> str:
        """A page of prose, about 350 words, with links and citations."""
        told = []
        for _ in range(7):
            linked = self._random.choice(("people", "places", "events", "facts", "terms"))
            link = f"[{self._sentence(3)[:-1]}]({folder}{linked}/{self._some(linked)}.md)"
            words = f"{self._sentence(20)} {link}. {self._sentence(24)}"
            told.append(f"{words} [@{self._some('sources')}]")
        return "\n\n".join(told) + "\n"

    def _evidence(self) -> tuple[str, Proof | None]:
        """An item of evidence in YAML, with a proof of its words."""
        number = self._random.randrange(self.counts["sources"])
        while self._shown[number] == MOST_SHOWN:
            number = self._random.randrange(self.counts["sources"])
        self._shown[number] += 1
        at = self._random.randrange(6)
        paragraph = tokens(self._articles[number][at])
        start = self._random.randrange(len(paragraph) - 9)
        words = tuple(paragraph[start : start + 8])
        opened = word_tree.open_words(paragraph, start, start + 8)
        proof = Proof(f"s{number}", "2026-01-01", at + 1, start + 1, words, opened)
        return f"{{source: s{number}, exact: '{proofs.as_data(proof)['words']}'}}", proof

    def entities(self) -> Iterator[tuple[str, str, str]]:
        """Kind, id and text of each file for Summitry, Markdown and records."""
        for number, article in enumerate(self._articles):
            yield "sources", f"s{number}.md", self._source(number)
            kept = Capture(
                source=f"s{number}", date="2026-01-01", method="pasted", extractor="", url="",
                by="a benchmark", extent="whole",
                paragraphs=tuple(capture.paragraph_of(tokens(line)) for line in article),
            )  # fmt: skip
            yield "sources", f"s{number}.capture.json", capture.dump([kept])
        for kind in ("facts", "quotes", "events", "people", "places", "terms"):
            for number in range(self.counts[kind]):
                front, found = self._front(kind, number)
                body = self._body("../") if kind != "quotes" else ""
                yield kind, f"{kind[0]}{number}.md", f"---\n{front}---\n{body}"
                if found:
                    yield kind, f"{kind[0]}{number}.proof.json", proofs.dump(found)

    def _source(self, number: int) -> str:
        return (
            f"---\ntype: article-newspaper\ntitle: {self._sentence(6)[:-1]} {number}\n"
            f"publisher: Paper {number}\nissued: 2025-08-{1 + number % 28:02}\n"
            f"url: https://paper{number}.example/page\n---\n"
        )

    def _front(self, kind: str, number: int) -> tuple[str, list[Proof]]:
        evidence, proof = self._evidence()
        told = f"evidence:\n  - {evidence}\n"
        summary = f"summary: {self._sentence(9)}\n"
        day = date(2025, 1, 1) + timedelta(days=number % 200)  # before any source
        topic = self._random.choice(("talks", "land", "law"))
        if kind == "facts":
            front = f"statement: {self._sentence(12)}\ntopic: {topic}\n{told}"
        elif kind == "quotes":
            said = proofs.as_data(proof)["words"] if proof else ""
            front = (
                f"title: {self._sentence(4)[:-1]} {number}\ntext: '{said}'\nlanguage: en\n"
                f"speaker: {self._some('people')}\nsaid_on: {day}\ntopic: {topic}\n"
                f"evidence:\n  - source: {proof.source if proof else ''}\n"
            )
        elif kind == "events":
            front = (
                f"name: {self._sentence(4)[:-1]} {number}\n{summary}start: {day}\n"
                f"place: {self._some('places')}\n"
                f"participants: [{{person: {self._some('people')}, part: present}}]\n{told}"
            )
        elif kind == "people":
            front = f"name: Person {number} Name\n{summary}side: one\n{told}"
        elif kind == "places":
            front = f"name: Place {number}\n{summary}latitude: {number % 80}\nlongitude: 10\n{told}"
        else:
            front = f"name: Term {number}\ndefinition: {self._sentence(14)}\n{told}"
        return front, [proof] if proof else []

    def pages(self) -> Iterator[tuple[str, str]]:
        """Narrative pages."""
        yield "index.md", f"---\nlayout: home\n---\n# A summit\n\n{self._body('../content/')}"
        for number in range(5):
            yield f"story-{number}.md", f"# Story {number}\n\n{self._body('../content/')}"

    def for_summitry(self, folder: Path) -> None:
        """Write it as a project of Summitry."""
        _write(folder / "mkdocs.yml", CONFIG)
        for kind, name, text in self.entities():
            _write(folder / "content" / kind / name, text)
        for name, text in self.pages():
            _write(folder / "docs" / name, text)

    def for_material(self, folder: Path) -> None:
        """Write the same text as a project of MkDocs with Material, sections in the menu."""
        _write(folder / "mkdocs.yml", MATERIAL)
        for kind, name, text in self.entities():
            if name.endswith(".md"):
                _write(folder / "docs" / kind / name, _plain(text))
        for kind in self.counts:
            _write(folder / "docs" / kind / "index.md", f"# {kind.capitalize()}\n")
        for name, text in self.pages():
            _write(folder / "docs" / name, text.replace("../content/", ""))
        menu = "".join(f"  - {kind}/index.md\n" for kind in self.counts)
        _write(folder / "mkdocs.yml", f"{MATERIAL}nav:\n  - index.md\n{menu}")

    def for_hugo(self, folder: Path) -> None:
        """Write the same text as a project of Hugo with the least template that shows it."""
        _write(folder / "hugo.toml", 'baseURL = "https://example.org/"\ntitle = "A summit"\n')
        page = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>\n"
        rows = "{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}"
        for name, text in {"single": page, "list": page + rows}.items():
            _write(folder / "layouts" / "_default" / f"{name}.html", text)
        for kind, name, text in self.entities():
            if name.endswith(".md"):
                _write(folder / "content" / kind / name, f"---\ntitle: {name}\n---\n{_plain(text)}")


def _plain(text: str) -> str:
    """An entity's file as ordinary Markdown: its fields as a list, its body."""
    _, front, body = text.split("---\n", 2)
    rows = "".join(f"- {line.strip()}\n" for line in front.splitlines() if line.strip())
    return f"# {front.splitlines()[0].partition(': ')[2]}\n\n{rows}\n{body}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
