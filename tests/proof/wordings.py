"""Wordings at random: parts of given texts, as honest and dishonest editors write them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

PUT_IN = (
    *("not", "never", "no", "n.o.t", "nöt", "un", "ne", "pas", "kein", "jamás", "mai", "nigdy"),
    *("никогда", "لن", "לא", "不", "ない", "two", "1,200", "IV", "percent", "три", "zwölf", "dos"),
    *("ثلاث", "שלוש", "三", "三个", "old", "he", "hard", "US", "so", "новый", "neue", "…"),
)
MARKS = (*",.;:?!\"'”“»«()—…-", " —", "[3]", "²", " …", "％", "。", "」")
OMISSIONS = (" … ", " […] ", "… ", " . . . ", " (…) ", "…", " … […] ")
SPELT = (str.upper, str.lower, str.title, str.capitalize, str.swapcase)


class Wordings:
    """A source of wordings, the same ones for the same seed."""

    def __init__(self, texts: list[tuple[str, list[str]]], seed: int) -> None:
        self.texts, self.chance = texts, random.Random(seed)

    def __call__(self, count: int) -> Iterator[tuple[str, list[str], str, bool]]:
        """Words, the lines of the text, its language, whether an editor states one speaker."""
        for _ in range(count):
            language, lines = self.chance.choice(self.texts)
            lines = [self._misprinted(line) for line in lines]
            words = self._joined(lines) if self.chance.random() < 0.5 else self._changed(lines)
            known = self.chance.random() < 0.8
            yield words, lines, language if known else "", self.chance.random() < 0.1

    def _chunks(self, lines: list[str]) -> tuple[list[str], str]:
        """The chunks of a line, or of two; characters of scripts without blanks one by one."""
        at = self.chance.randrange(len(lines))
        line = " ".join(lines[at : at + self.chance.choice((1, 1, 2))])
        spaced = not any("\u0e00" <= char <= "\u9fff" for char in line)
        return (line.split(), " ") if spaced else (list(line.replace(" ", "")), "")

    def _misprinted(self, line: str) -> str:
        if self.chance.random() < 0.9:
            return line
        chunks = line.split()
        return " ".join(self._change(chunks)) or line

    def _joined(self, lines: list[str]) -> str:
        """Parts of a line with omissions between them, and now and then a bracket."""
        chunks, blank = self._chunks(lines)
        at = self.chance.randrange(max(1, len(chunks) - 3))
        parts = []
        for _ in range(self.chance.randrange(2, 5)):
            size = self.chance.randrange(1, 6)
            parts.append(blank.join(chunks[at : at + size]))
            at += size + self.chance.choice((0, 1, 1, 2, 3, 4, 6, 9))
        if self.chance.random() < 0.2:
            parts.insert(self.chance.randrange(len(parts)), f"[{self.chance.choice(PUT_IN)}]")
        return self.chance.choice(OMISSIONS).join(part for part in parts if part)

    def _changed(self, lines: list[str]) -> str:
        """A run of words of a line with up to four changes."""
        chunks, blank = self._chunks(lines)
        start = self.chance.randrange(len(chunks))
        words = chunks[start : start + self.chance.randrange(1, 14)]
        for _ in range(self.chance.randrange(5)):
            words = self._change(words) if words else words
        return blank.join(words)

    def _change(self, words: list[str]) -> list[str]:
        chance, at = self.chance, self.chance.randrange(len(words))
        before, word, after = words[:at], words[at], words[at + 1 :]
        low = chance.randrange(len(word) + 1)
        high = min(len(word), low + chance.randrange(1, 4))
        changes: tuple[Any, ...] = (
            lambda: [*before, *after],
            lambda: [*before, chance.choice(OMISSIONS).strip(), *after[chance.randrange(8) :]],
            lambda: [*before, f"[{chance.choice(PUT_IN)}]", *words[at + chance.randrange(4) :]],
            lambda: [*before, word + chance.choice(MARKS), *after],
            lambda: [*before, chance.choice(MARKS) + word, *after],
            lambda: [*before, chance.choice(SPELT)(word), *after],
            lambda: [*before, word.strip(".,;:!?\"'“”«»„—"), *after],
            lambda: [*before, f"{word[:low]}[{word[low:high]}]{word[high:]}", *after],
            lambda: [*before, f"{word}[{chance.choice(('s', 'ly', 'ed', '’s', 'x'))}]", *after],
            lambda: [chance.choice(SPELT)(one) for one in words],
            lambda: [*before, word + "".join(after[:1]), *after[1:]],
            lambda: [*before, chance.choice(PUT_IN), *words[at:]],
        )
        return list(chance.choice(changes)())
