"""How another site shows something of this one: the element to paste, and what oEmbed says."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import escape

from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Fact, Quote
from summitry.content.prose import plain
from summitry.content.values import ProseText, Ref
from summitry.data.setting import Setting
from summitry.words.quotations import voice

CARD = (1200, 630)  # pixels of a picture for sharing
WIDTH = 600  # of the frame that oEmbed names; it fits narrower places
_LETTERS = 30  # in a line of words where a place is narrow: 288 pixels


def frame(address: str, title: str, letters: int) -> str:
    """The element that embeds the quotation at an address. `script` fits it to the page.

    `letters` are those of its words, from which the height without script is reckoned.
    """
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" '
        f'height="{height(letters)}" style="border:0" loading="lazy"></iframe>'
    )


def script(site: str) -> str:
    """The address of the script that a page with embedded quotations loads once."""
    return f"{site}assets/embed.js"


def height(letters: int) -> int:
    """Pixels that a quotation of so many letters takes at most where it is 288 pixels wide."""
    return 300 + 32 * (1 + letters // _LETTERS)


def oembed(library: CheckedLibrary, setting: Setting) -> Iterator[tuple[str, str]]:
    """For each quotation and fact, the address and the text of what oEmbed asks for."""
    for name, quote in library.entities(Quote).items():
        if not quote.withdrawn:
            yield _file(setting, Ref("quotes", name), _quotation(library, setting, name, quote))
    for name, fact in library.entities(Fact).items():
        if not fact.withdrawn:
            title = fact.title
            said = plain(title) if isinstance(title, ProseText) else title
            yield _file(setting, Ref("facts", name), {"type": "link", "title": said})


def _quotation(
    library: CheckedLibrary, setting: Setting, name: str, quote: Quote
) -> dict[str, object]:
    if isinstance(quote.speaker, Ref):
        who = str(library.item(quote.speaker).entity.title)
    else:
        who = voice(setting.words, quote.speaker)[0]
    title = f"{who}: {quote.title}"
    letters = len(quote.text) + len(quote.original.text if quote.original else "")
    return {
        "type": "rich",
        "title": quote.title,
        "author_name": who,
        "html": frame(setting.url + routes.embed_url(name), title, letters)
        + f'<script async src="{escape(script(setting.url))}"></script>',
        "width": WIDTH,
        "height": height(letters),
    }


def _file(setting: Setting, ref: Ref, own: dict[str, object]) -> tuple[str, str]:
    shared = {
        "version": "1.0",
        "provider_name": setting.name,
        "provider_url": setting.url,
        "thumbnail_url": setting.url + routes.card_of(ref),
        "thumbnail_width": CARD[0],
        "thumbnail_height": CARD[1],
    }
    text = json.dumps({**own, **shared}, ensure_ascii=False, indent=1, sort_keys=True)
    return routes.oembed_url(ref), text + "\n"
