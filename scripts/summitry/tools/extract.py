"""The text of the article in a page, as trafilatura finds it, a paragraph a line.

trafilatura is looked for only when it is used: it is an optional extra.
"""

from __future__ import annotations

import codecs
import importlib
import importlib.metadata
import logging
import re
import signal
import subprocess
import sys
from contextlib import suppress

from summitry.tools.fetch import FetchError, ToolsMissingError

_TAG = re.compile(r"<[a-zA-Z!/?]")
_PART = re.compile(r"<[a-zA-Z!?]")
# Elements inside a sentence that trafilatura drops with their words, or takes for paragraphs.
_DROPPED = re.compile(r"<(/?)(?:time|label|data|abbr|dfn)(?=[\s/>])", re.IGNORECASE)
_QUOTED = re.compile(r"<q(?:\s[^<>]*)?>|(</q\s*>)", re.IGNORECASE)
SECONDS, BYTES = 2, 300_000_000
"""What a page may cost: of a processor's time beyond what loading trafilatura takes, and of memory
with it. Of 1,032 pages of newspapers and others the dearest took 1.2 s and 100 MB, half of them
less than 0.03 s. trafilatura's own time grows with the square of what some pages hold, so no limit
of size would do in place of these."""
MAX_PARTS = 100_000
"""Of a page: elements, comments and attributes. Memory grows with them, and where there is none
left, trafilatura goes on in silence with what it has. The most among those pages were 20,000."""

_COPY = "copy its text from a browser"

# The charsets of the Encoding Standard, by Python's names: of others, such as utf-7 and
# punycode, no browser knows.
_CHARSETS = re.compile(
    r"utf-(8|16|16-le|16-be)|cp(866|874|932|949|125\d)|iso8859-\d+|koi8-[ru]|mac-(roman|cyrillic)"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|euc_jp|euc_kr|iso2022_jp|shift_jis"
)


def extract(html: bytes, charset: str = "") -> str:
    """The article's text in a page, a paragraph a line, as trafilatura finds it.

    `charset` is the one that came with the page; without one that browsers know too,
    trafilatura decides. A text without any tag is its own lines. The same bytes give the same
    text. Raises FetchError where there is no text, ToolsMissingError without trafilatura.
    """
    try:
        import trafilatura
        from trafilatura.utils import decode_file
    except ImportError:
        raise ToolsMissingError from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    try:
        text: str | None = _decoded(html, charset) or decode_file(html)
        if text and _TAG.search(text):  # to trafilatura, text/plain is broken HTML
            text = _kept_inside(_whole(text))
            # Its own balance: `favor_recall` would keep teasers of other stories, whose words
            # are not this source's, and `favor_precision` drops paragraphs and short pages.
            # Deduplication would remember earlier pages. Tables are not paragraphs.
            text = trafilatura.extract(
                text,
                include_comments=False,
                include_tables=False,
                include_images=False,
                include_links=False,
                include_formatting=False,
                deduplicate=False,
            )
    except FetchError:
        raise
    except MemoryError:
        raise FetchError(_TOO_DEAR) from None
    except Exception as error:  # of whatever kind: a stranger's page provokes it
        told = f"trafilatura fails at the page ({type(error).__name__})"
        raise FetchError(f"{told}; {_COPY}") from error
    found = "\n".join(line for line in (text or "").splitlines() if line.strip())
    if "\0" in found or not any(map(str.isalnum, found)):
        raise FetchError(f"there is no article in the page; {_COPY}")
    return found


def _whole(page: str) -> str:
    """The page, where it has no more than MAX_PARTS and is read to its end. Raises FetchError.

    What reads it stops in silence where elements stand 256 deep: the rest would be missing.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8")
    parts, tree = sum(1 for _ in _PART.finditer(page)), None
    if parts <= MAX_PARTS:
        with suppress(etree.LxmlError):  # of a page without elements
            tree = etree.fromstring(page.encode("utf-8", "replace"), parser)
    parts += 0 if tree is None else int(tree.xpath("count(//@*)"))
    if parts > MAX_PARTS:
        raise FetchError(
            f"the page has {parts} elements and attributes, limit {MAX_PARTS}; {_COPY}"
        )
    fatal = [error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL]
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in fatal):
        raise MemoryError
    if fatal:
        told = "its elements stand too deep within one another"
        raise FetchError(f"the page cannot be read to its end, as {told}; {_COPY}")
    return page


def _kept_inside(page: str) -> str:
    """The page with such elements as plain text: a word that vanished would falsify a sentence."""
    page = _DROPPED.sub(r"<\1span", page)
    marks, open_tags = dict[tuple[int, int], str](), list[tuple[int, int]]()
    for tag in _QUOTED.finditer(page):
        if not tag[1]:
            open_tags.append(tag.span())
        elif open_tags:  # what is never closed, or never opened, is no quotation
            marks[open_tags.pop()], marks[tag.span()] = "“", "”"
    parts, at = [], 0
    for (start, end), mark in sorted(marks.items()):
        parts += [page[at:start], mark]
        at = end
    return "".join([*parts, page[at:]])


def _decoded(html: bytes, charset: str) -> str:
    """The page by its charset, as browsers read it; "" where the charset is not known."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):  # ValueError: a NUL in it
        return ""
    if name in ("ascii", "iso8859-1"):
        name = "cp1252"  # which has the quotation marks; pages that say Latin-1 mean it
    known = _CHARSETS.fullmatch(name)
    return html.decode(name, "replace").removeprefix("\ufeff") if known else ""


_TOO_DEAR = (
    f"the page takes more than {SECONDS} seconds or {BYTES // 1_000_000} MB to read; {_COPY}"
)
_REFUSED, _MISSING = 4, 5  # how the process says that it ended in order
_ENDED = frozenset(
    -getattr(signal, name) for name in ("SIGPROF", "SIGKILL") if hasattr(signal, name)
)


def apart(html: bytes, charset: str = "") -> str:
    """The same in a process of its own, which is ended where the page costs more than SECONDS of
    a processor's time or BYTES of memory. Raises as `extract` does."""
    command = [sys.executable, "-m", "summitry.tools.extract", charset]
    done = subprocess.run(command, input=html, capture_output=True, check=False)
    if done.returncode == _REFUSED:
        raise FetchError(done.stderr.decode("utf-8"))
    if done.returncode == _MISSING:
        raise ToolsMissingError
    if done.returncode in _ENDED:
        raise FetchError(_TOO_DEAR)
    if done.returncode:
        told = f"trafilatura breaks off at the page ({done.returncode})"
        raise FetchError(f"{told}; {_COPY}")
    return done.stdout.decode("utf-8")


def _bounded() -> None:
    """From here on this process may cost SECONDS and BYTES, and is ended by the system then."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    # Unlike a limit of all its time, this does not count what has been loaded until now.
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def _main(charset: str) -> int:
    """Read a page from standard input, within the bounds, and write its text."""
    html = sys.stdin.buffer.read()
    with suppress(ImportError):
        importlib.import_module("trafilatura")
    _bounded()
    try:
        text = extract(html, charset)
    except ToolsMissingError:
        return _MISSING
    except FetchError as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        return _REFUSED
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def extractor() -> str:
    """The name and version of what `extract` uses. Raises ToolsMissingError without it."""
    try:
        return f"trafilatura {importlib.metadata.version('trafilatura')}"
    except importlib.metadata.PackageNotFoundError:
        raise ToolsMissingError from None


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
