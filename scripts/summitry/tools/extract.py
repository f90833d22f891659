"""The text of the article in a page, as trafilatura finds it, a paragraph a line.

trafilatura is looked for only when it is used: it is an optional extra.
"""

from __future__ import annotations

import codecs
import importlib.metadata
import logging
import re

from summitry.tools.fetch import FetchError, ToolsMissingError

_TAG = re.compile(r"<[a-zA-Z!/?]")
# Elements inside a sentence that trafilatura drops with their words, or takes for paragraphs.
_DROPPED = re.compile(r"<(/?)(?:time|label|data|abbr|dfn)(?=[\s/>])", re.IGNORECASE)
_QUOTED = re.compile(r"<q(?:\s[^<>]*)?>(.*?)</q\s*>", re.IGNORECASE | re.DOTALL)

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
        text: str | None = _kept_inside(_decoded(html, charset) or decode_file(html))
        if text and _TAG.search(text):  # to trafilatura, text/plain is broken HTML
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
    except Exception as error:  # of whatever kind: a stranger's page provokes it
        told = f"trafilatura fails at the page ({type(error).__name__})"
        raise FetchError(f"{told}; copy its text from a browser") from error
    found = "\n".join(line for line in (text or "").splitlines() if line.strip())
    if "\0" in found or not any(map(str.isalnum, found)):
        raise FetchError("there is no article in the page; copy its text from a browser")
    return found


def _kept_inside(page: str) -> str:
    """The page with such elements as plain text: a word that vanished would falsify a sentence."""
    return _QUOTED.sub("“\\1”", _DROPPED.sub(r"<\1span", page))


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


def extractor() -> str:
    """The name and version of what `extract` uses. Raises ToolsMissingError without it."""
    try:
        return f"trafilatura {importlib.metadata.version('trafilatura')}"
    except importlib.metadata.PackageNotFoundError:
        raise ToolsMissingError from None
