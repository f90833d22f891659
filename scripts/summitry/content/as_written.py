"""What an author wrote in YAML, word for word, so that nothing of it is cut in silence.

This module reads the text as a person does: a value goes to the end of its line and of the
deeper lines below it; within brackets, to the next comma or bracket. What YAML made of the
text is compared with that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping

from summitry.content.scalars import Kind, Written, folded

_KEY_END = re.compile(r":(?=\s|$)")
_UNSAFE = re.compile(r":(?=\s|$)|(?<=\s)#")
_HEADER = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?=[ \t]|$)")
_STRUCTURE = re.compile(r"- |-$|[^\s#\[\]{},\"'][^,\[\]{}]*?:(?:\s|$)")
_OWN_REMARK = re.compile(r"#(?:[\s#!]|$)")  # a comment as people write it; `#1` are words
_TWO_LINES = re.compile(r"[?:](?:\s|$)")  # a key and its value, each with a mark before it
_DOCUMENT = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_DASH = re.compile(r"-(?:[ \t]+|$)")
_COLON = re.compile(r"[ \t]*:(?:[ \t]+|$)")
_NEXT = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*([ \t]*)([^\n]*)")
_MARKS = "[]{}#&*!|>'\"%@`,"
_MOST_STEPS = 200_000  # in brackets, for text that is made to be slow


def misread(text: str, read: Mapping[tuple[int, int], str], broken: bool) -> list[Written]:
    """What YAML does not read as it was written.

    `read` has the scalars that YAML found, by line and column counted from 0. It is no measure
    where the text is `broken`, so that YAML stopped: then the marks alone tell.
    """
    breaks = [-1, *(found.start() for found in re.finditer("\n", text))]

    def differs(one: Written) -> bool:
        if one.kind == "remark":
            return True
        if broken or one.kind != "words":
            return broken and one.unsafe
        line = bisect_left(breaks, one.start) - 1
        return read.get((line, one.start - breaks[line] - 1)) != one.words

    found = [one for one in written(text, broken) if differs(one)]
    return [one for one in found if one.unsafe] or found


def written(text: str, broken: bool = True) -> list[Written]:
    """Every key and value of a YAML text as a person reads it, in their order.

    Where YAML cannot read the text, brackets and quotation marks end before the next key.
    """
    return _Reader(text, broken).read()


class _UnclosedError(Exception):
    """Brackets that do not close before the next key or the end."""


class _Reader:
    def __init__(self, text: str, broken: bool) -> None:
        self.text = text
        self.broken = broken
        self.found: list[Written] = []
        self.steps = 0
        self.above, self.fresh = -1, False  # the column of the last key whose line ends behind it

    def read(self) -> list[Written]:
        at = 0
        while at < len(self.text):
            at = self._line(at)
        return self.found

    def _eol(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _line(self, first: int) -> int:
        """Read the lines of one entry; gives the next line."""
        end = self._eol(first)
        at = first + _indent(self.text[first:end])
        if at == end:
            return end + 1
        if _DOCUMENT.match(self.text, first, end):
            return len(self.text)
        if self.text[at] == "#":
            below = self.fresh and at - first > self.above and not self._followed(end, self.above)
            words = below and not _OWN_REMARK.match(self.text, at)
            return self._words(at, end, self.above) if words else end + 1
        parent, dashed, self.fresh = self.above, False, False
        while dash := _DASH.match(self.text, at, end):
            parent, at, dashed = at - first, dash.end(), True
        value = self._key(at, end, dashed)
        alone = value is None and not dashed and at == first and self.text[at] not in "[{"
        if alone and (self.broken or _TWO_LINES.match(self.text, at, end)):
            self.found.append(Written(at, end, self.text[at:end].rstrip(), "words", at, "keyless"))
            return end + 1
        parent = parent if value is None else at - first
        value = at if value is None else value
        if value < end:
            return self._value(value, parent)
        self.above, self.fresh = parent, True
        return end + 1

    def _key(self, at: int, end: int, dashed: bool) -> int | None:
        """Where the value begins on a line, if a key stands before it."""
        rest = self.text[at:end]
        if rest[:1] in ('"', "'"):
            close = self._close(at)
            after = _COLON.match(self.text, close, end) if 0 < close <= end else None
            return after.end() if after else None
        plain = rest[:1] not in ("[", "{", "#", ":", "") and not _HEADER.match(rest)
        colon = _KEY_END.search(rest) if plain else None
        if colon is None or (dashed and _remark(rest[: colon.start()]) >= 0):
            return None
        key, cut = rest[: colon.start()].rstrip(), _remark(rest[: colon.start()])
        marked = key[:1] in tuple("@`%")
        place, why = (at + cut, "#") if cut >= 0 else (at, key[:1]) if marked else (-1, "")
        self.found.append(Written(at, at + len(key), key, "words", place, why))
        return at + len(rest) - len(rest[colon.end() :].lstrip())

    def _value(self, at: int, parent: int) -> int:
        """Read a value, which goes on in lines deeper than `parent`; gives the next line."""
        end = self._eol(at)
        rest = self.text[at:end]
        if header := _HEADER.match(rest):
            after = rest[header.end() :]
            if not after.strip() or after.strip()[0] == "#":
                if after.strip():
                    self._remark(at + header.end(), end)
                return self._block(end + 1, parent)
        if rest[0] == "#":
            return self._commented(at, end, parent)
        if rest[0] in "\"'":
            return self._quoted(at, end, parent)
        if rest[0] in "[{":
            return self._brackets(at, end, parent)
        return self._words(at, end, parent)

    def _remark(self, start: int, end: int) -> None:
        at = self.text.index("#", start)
        self.found.append(Written(at, end, self.text[at:end].rstrip(), "remark", at, "remark"))

    def _commented(self, at: int, end: int, parent: int) -> int:
        """What begins with # where a value belongs: words, unless the value stands below."""
        if not self._followed(end, parent):
            return self._words(at, end, parent)
        self._remark(at, end)
        return end + 1

    def _followed(self, end: int, parent: int) -> bool:
        """Whether the value of a key stands in the lines below it."""
        found = _NEXT.match(self.text, end + 1)
        if found is None or not found[2]:
            return False
        dashed = re.match(r"-(?:\s|$)", found[2]) is not None
        return len(found[1]) > parent or (dashed and len(found[1]) == parent)

    def _block(self, at: int, parent: int) -> int:
        """Skip the lines of a block scalar. Shallower `#` lines within it are comments to YAML."""
        depth = 0
        while at < len(self.text):
            end = self._eol(at)
            line = self.text[at:end]
            indent = _indent(line)
            if line.strip():
                if indent <= parent:
                    break
                depth = depth or indent
                if indent < depth and line[indent] == "#" and not _OWN_REMARK.match(line[indent:]):
                    words = Written(
                        at + indent, end, line.strip(), "remark", at + indent, "shallow"
                    )
                    self.found.append(words)
            at = end + 1
        return at

    def _words(self, start: int, end: int, parent: int) -> int:
        """Words to the end of the line and of the deeper lines below."""
        last, at = end, end + 1
        while at < len(self.text):
            stop = self._eol(at)
            line = self.text[at:stop]
            if line.strip():
                indent = _indent(line)
                if indent <= parent:
                    break
                if _OWN_REMARK.match(line[indent:]):
                    if self.broken and self._followed(stop, parent):
                        return self._within(at + indent, stop)
                    break
                last = stop
            at = stop + 1
        self._add(start, last)
        return last + 1

    def _within(self, at: int, end: int) -> int:
        """Note a comment in the middle of a value, where YAML ends the value; gives the line after
        the value."""
        self.found.append(Written(at, end, self.text[at:end], "remark", at, "within"))
        while self._followed(end, self.above) and not self._keyed(end + 1):
            end = self._eol(end + 1)
        return end + 1

    def _keyed(self, at: int) -> bool:
        return _STRUCTURE.match(self.text[at : self._eol(at)].lstrip()) is not None

    def _add(self, start: int, end: int, kind: Kind = "words", at: int = -1, why: str = "") -> None:
        """Note words, and where YAML would not read them as they are meant."""
        raw = self.text[start:end].rstrip()
        words = folded(raw)
        if at < 0 and (words[0] in _MARKS or re.match(r"[-?:](?:\s|$)", words)):
            at, why = start, words[0]
        elif at < 0 and (cut := _UNSAFE.search(raw)):
            at, why = start + cut.start(), cut[0]
        self.found.append(Written(start, start + len(raw), words, kind, at, why))

    def _close(self, at: int) -> int:
        """The end of what stands in quotation marks, or 0 if they never close."""
        form = r'"(?:[^"\\]|\\.)*"' if self.text[at] == '"' else r"'(?:[^']|'')*'"
        found = re.compile(form, re.DOTALL).match(self.text, at)
        return found.end() if found else 0

    def _quoted(self, at: int, end: int, parent: int) -> int:
        close = self._close(at)
        lines = self.text[end + 1 : max(close, end + 1)].split("\n")
        if not close or any(self._shallow(line, parent) for line in lines):
            self._add(at, end, "quoted", end, "unclosed")
            return end + 1
        stop = self._eol(close)
        after = self.text[close:stop]
        if after.strip() and not re.match(r"[ \t]+#", after):
            place = close + len(after) - len(after.lstrip())
            self._add(at, stop, "quoted", place, "after")
        return stop + 1

    def _brackets(self, at: int, end: int, parent: int) -> int:
        before = len(self.found)
        try:
            close = self._flow(at, parent)
        except _UnclosedError:
            del self.found[before:]
            if self.text[at:end].rstrip().endswith((",", "[", "{")):
                end = self._deeper(end, parent)
            self._add(at, end, "brackets", at, self.text[at])
            return end + 1
        stop = self._eol(close)
        after = self.text[close:stop].strip()
        if after.startswith("#"):
            self._remark(close, stop)
        elif after and not after.startswith(":"):
            del self.found[before:]
            self._add(at, stop, "brackets", at, self.text[at])
        return stop + 1

    def _deeper(self, end: int, parent: int) -> int:
        """The end of the last line below `end` that is deeper than `parent`."""
        last = end
        while end < len(self.text):
            line = self.text[end + 1 : (stop := self._eol(end + 1))]
            if line.strip() and _indent(line) <= parent:
                break
            last, end = (stop if line.strip() else last), stop
        return last

    def _shallow(self, line: str, parent: int) -> bool:
        """Whether a line is the next key or item, so that nothing before it goes on."""
        indent = _indent(line)
        return self.broken and indent <= parent and _STRUCTURE.match(line[indent:]) is not None

    def _flow(self, start: int, parent: int) -> int:
        """Read brackets to the one that closes them; gives the place behind it."""
        at, mapping, last = start + 1, self.text[start] == "{", -1
        while True:
            at = self._gap(at, parent)
            sign = self.text[at]
            if sign in "]}":
                return at + 1
            if sign == ",":
                at += 1
                continue
            keyed = False
            if mapping and (colon := self._flow_key(at)) >= 0:
                at, keyed = self._gap(colon, parent), True
            elif mapping and last >= 0:
                at = self._tail(last, at)
                continue
            last = len(self.found) if keyed else -1
            at = self._item(at, parent)

    def _gap(self, at: int, parent: int) -> int:
        """Skip spaces and comments on lines of their own."""
        while True:
            self.steps += 1
            space = re.compile(r"\s*").match(self.text, at)
            new = space.end() if space else at
            if new >= len(self.text) or self.steps > _MOST_STEPS:
                raise _UnclosedError
            begun = self.text.rfind("\n", 0, new) + 1
            own = begun > at and not self.text[begun:new].strip()
            if own and self._shallow(self.text[begun : self._eol(new)], parent):
                raise _UnclosedError
            if not (own and _OWN_REMARK.match(self.text, new)):
                return new
            at = self._eol(new)

    def _flow_key(self, at: int) -> int:
        """Where the value of a key in braces begins, or -1 if this is no key."""
        if self.text[at] in "\"'":
            close = self._close(at)
            after = re.compile(r"\s*:").match(self.text, close) if close else None
            return after.end() if after else -1
        found = re.compile(r"([^,\[\]{}\n]*?)\s*:(?=[\s,\[\]{}]|$)").match(self.text, at)
        if not found:
            return -1
        if found[1]:
            cut = _remark(found[1])
            place, why = (at + cut, "#") if cut >= 0 else (-1, "")
            self.found.append(Written(at, at + len(found[1]), found[1], "words", place, why))
        return found.end()

    def _tail(self, index: int, at: int) -> int:
        """Words behind a comma that are no key: they belong to the value before it."""
        end = self._run_end(at)
        if index == len(self.found) - 1 and self.text[self.found[-1].end : at].strip() == ",":
            before = self.found.pop()
            comma = self.text.index(",", before.end, at)
            self._add(before.start, end, "words", comma, ",")
        return end

    def _item(self, at: int, parent: int) -> int:
        sign = self.text[at]
        if sign in ",]}":
            return at
        if sign in "[{":
            before, close = len(self.found), self._flow(at, parent)
            return self._after(at, close, before)
        if sign in "\"'" and (close := self._close(at)):
            return self._after(at, close, len(self.found), quoted=True)
        end, line = self._run_end(at), self._eol(at)
        if sign == "#" and end > line:
            self._remark(at, line)
            return line
        bracket = re.search(r"[][{}]", self.text[at:end])
        if bracket and not _UNSAFE.search(self.text[at : at + bracket.start()]):
            self._add(at, end, "words", at + bracket.start(), bracket[0])
        else:
            self._add(at, end)
        return end

    def _after(self, start: int, close: int, before: int, quoted: bool = False) -> int:
        """What follows a closed item: its comma or bracket, or words that belong to it."""
        space = re.compile(r"\s*").match(self.text, close)
        at = space.end() if space else close
        if at >= len(self.text):
            raise _UnclosedError
        if self.text[at] in ",]}:":
            return at if self.text[at] != ":" else at + 1
        if self.text[at] == "#":
            if not quoted and "\n" not in self.text[close:at]:
                self._remark(at, self._eol(at))
            return self._eol(at)
        del self.found[before:]
        end = self._run_end(close)
        self._add(start, end, "quoted" if quoted else "brackets", at, "after" if quoted else "[")
        return end

    def _run_end(self, at: int) -> int:
        """Where words in brackets end: at a comma or a bracket that they did not open."""
        depth = 0
        for sign in re.compile(r"[][{},]").finditer(self.text, at):
            self.steps += 1
            if sign[0] in "[{":
                depth += 1
            elif depth and sign[0] in "]}":
                depth -= 1
            elif not depth:
                return sign.start()
        raise _UnclosedError


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _remark(text: str) -> int:
    """Where a comment would begin in a line, or -1."""
    found = re.search(r"(?<=\s)#", text)
    return found.start() if found else -1
