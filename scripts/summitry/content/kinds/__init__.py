"""The kinds of entity, one file each: the only place that states a field.

Names follow schema.org, W3C Web Annotation and CSL wherever a contributor would know them.
The contributor's reference page, the JSON Schemas for editors and the checks all come out
of these classes, so a field's description is what contributors read.
"""

from __future__ import annotations

from summitry.content.kinds.entity import Entity
from summitry.content.kinds.events import Event
from summitry.content.kinds.facts import Fact
from summitry.content.kinds.images import MAX_ALT, Image
from summitry.content.kinds.people import Person
from summitry.content.kinds.places import Place
from summitry.content.kinds.quotes import Quote
from summitry.content.kinds.sources import Source
from summitry.content.kinds.terms import Term

__all__ = [
    "KINDS",
    "MAX_ALT",
    "MAX_PASSAGE",
    "MAX_QUOTED",
    "Entity",
    "Event",
    "Fact",
    "Image",
    "Person",
    "Place",
    "Quote",
    "Source",
    "Term",
]

MAX_PASSAGE = 25  # words of a source, outside a quotation
MAX_QUOTED = 40  # words of a source, in a quotation

KINDS: dict[str, type[Entity]] = {
    cls.kind: cls for cls in (Person, Place, Event, Quote, Fact, Source, Image, Term)
}
