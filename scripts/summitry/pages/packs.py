"""All quotations on a topic as one file: their pictures, and their words as they are cited."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from summitry.content import routes
from summitry.content.kinds import Quote
from summitry.content.values import Ref
from summitry.pages.context import Scope
from summitry.pages.views import quotes

TEXTS = "quotations.txt"


def packs(scope: Scope) -> Iterator[tuple[str, bytes]]:
    """The address and the bytes of each topic's file. The pictures have been drawn."""
    found = scope.library.entities(Quote)
    for topic in scope.library.options.topics:
        refs = [
            Ref("quotes", name)
            for name, quote in found.items()
            if quote.topic == topic and not quote.withdrawn
        ]
        if refs:
            yield routes.pack_of(topic), _pack(scope, refs)


def _pack(scope: Scope, refs: list[Ref]) -> bytes:
    """A ZIP file that is the same whenever it is made: no dates but the oldest that it can have."""
    texts = "\n\n".join(quotes.quote(scope, ref).citation for ref in refs)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as pack:
        pack.writestr(ZipInfo(TEXTS), f"{texts}\n\n{scope.library.options.terms}\n")
        for ref in refs:
            scope.illustrations.card(ref)
            if picture := scope.illustrations.file(routes.card_of(ref)):
                pack.writestr(ZipInfo(f"{ref.id}.png"), picture.read_bytes())
    return made.getvalue()
