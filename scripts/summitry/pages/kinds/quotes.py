"""Quotations."""

from __future__ import annotations

from typing import Any

from summitry.content import routes
from summitry.content.kinds import Person, Quote, Source
from summitry.content.values import Ref
from summitry.data.linked import Linked, Node
from summitry.data.quotations import told
from summitry.pages import badges
from summitry.pages.card_words import Card, Cards
from summitry.pages.context import Scope
from summitry.pages.filters import filters
from summitry.pages.for_templates import LinkView, QuoteView
from summitry.pages.kinds.protocol import KindPage
from summitry.pages.phases import quotes_by_phase
from summitry.pages.views import links, quotes
from summitry.pictures.quote_card import QuoteCard
from summitry.words.catalogue import Words
from summitry.words.quotations import voice
from summitry.words.sentences import ended


class QuotePage(KindPage[Quote]):
    """A quotation's pages."""

    cited = True

    def title(self, scope: Scope, ref: Ref, entity: Quote) -> str:
        """Who spoke, and on what."""
        return f"{quotes.speaker(scope, entity)[0]}: {scope.title(ref)}"

    def description(self, scope: Scope, ref: Ref, entity: Quote) -> str:
        """The words, who spoke them and when, and all that is true of them."""
        quoted = scope.words("sign.quoted", text=entity.text)
        true = told(scope.words, scope.library, ref)
        return f"{quoted} — {ended(self.line(scope, entity))} {true.text}"

    def line(self, scope: Scope, entity: Quote) -> str:
        """Who spoke, and when."""
        day = scope.words.long(entity.said_on) if entity.said_on else ""
        return scope.words.row([quotes.speaker(scope, entity)[0], day])

    def view(self, scope: Scope, ref: Ref) -> QuoteView:
        """A card with its citation."""
        return quotes.quote(scope, ref)

    def sources_cited(self, scope: Scope, ref: Ref) -> list[Ref]:
        """The source on its card."""
        return [quotes.leading(scope, ref).source]

    def page(self, scope: Scope, ref: Ref, entity: Quote) -> dict[str, Any]:
        """When and where it was said, its proof, who prints it and how."""
        speaker = entity.speaker
        return {
            "quote": quotes.quote(scope, ref),
            "event": links.named(scope, entity.event) if entity.event else None,
            "topic": _topic(scope, entity.topic),
            "context": scope.text(entity.context) if entity.context else "",
            "alike": quotes.alike(scope, ref),
            "wordings": quotes.wordings(scope, ref),
            "proof": quotes.proof_of(scope, ref),
            "choice": quotes.choice_of(scope, ref),
            "chosen": scope.text(entity.chosen) if entity.chosen else "",
            "by": scope.to(routes.quotes_by(speaker.id)) if isinstance(speaker, Ref) else "",
        }

    def index(self, scope: Scope, refs: list[Ref]) -> dict[str, Any]:
        """Before, on and after the day, with filters."""
        proven = sum(scope.library.standing(ref).proven for ref in refs)
        return {
            "groups": quotes_by_phase(scope, refs),
            "filters": filters(scope),
            "told": how_many(scope.words, len(refs), proven),
        }

    def heading(self, entity: Quote) -> str:
        """The field of its words."""
        del entity
        return "text"

    def card(self, cards: Cards, ref: Ref, entity: Quote) -> Card:
        """The words, who spoke them, and all that is true of them."""
        library, words = cards.library, cards.words
        standing, true = library.standing(ref), told(words, library, ref)
        name, role, where = _speaker(cards, entity)
        when = words.long(entity.said_on) if entity.said_on else ""
        setting = words.row([where, when])
        said = ". ".join(part for part in (words.row([name, role]), setting, *true.parts) if part)
        quoted = words("sign.quoted", text=entity.text)
        found = standing.found
        leading = found[0].claim.source if found else entity.evidence[0].source.id
        source = library.entities(Source)[leading]
        printed = source.name
        if source.publisher:
            printed = badges.publisher(words, library, source)
        printed = words("quote.source", source=printed)
        return QuoteCard(
            words=entity.text,
            speaker=name,
            role=role,
            setting=setting,
            state=true.state,
            shape=standing.state.value,
            proven=standing.proven,
            site=cards.site_name,
            quote_language=entity.language,
            changed=true.changed,
            note=". ".join(
                part for part in (true.translation, printed, true.beside, true.differ) if part
            ),
            about=cards.about(
                routes.url(ref),
                description=f"{quoted} — {ended(said)}",
                headline=f"{name}: {entity.title}",
                source=source.url or "",
                supplier=words.row([source.name, source.publisher or ""]),
                rights=f"{words('quote.rights')} {library.options.terms}".strip(),
            ),
        )

    def linked(self, make: Linked, ref: Ref, entity: Quote) -> Node:
        """A schema.org Quotation, with all that is true of its words."""
        speaker, original, translation = entity.speaker, entity.original, entity.translation
        ours = translation is not None and translation.kind == "ours"
        return {
            "@type": "Quotation",
            "name": entity.title,
            "text": entity.text,
            "inLanguage": entity.language,
            "creator": make.named(speaker) if isinstance(speaker, Ref) else "",
            "creditText": "" if isinstance(speaker, Ref) else voice(make.words, speaker)[0],
            "dateCreated": entity.said_on.text if entity.said_on else "",
            "recordedAt": make.named(entity.event) if entity.event else "",
            "creativeWorkStatus": told(make.words, make.library, ref).text,
            # Translators elsewhere are named in the status: nobody says whether they are people.
            "translator": make.publisher if ours else "",
            "citation": make.works(entity.evidence),
            "translationOfWork": {
                "@type": "Quotation",
                "text": original.text,
                "inLanguage": original.language,
            }
            if original
            else "",
            "image": make.at(make.pictures.card(ref).path),
        }


def how_many(words: Words, count: int, proven: int) -> str:
    """How many quotations there are, how many of them are proven, and what of the others."""
    told = [words.count("quote.index", count)]
    if 0 < proven < count:
        told.append(words.count("quote.proven", proven))
        told.append(words.count("quote.rest", count - proven))
    elif count:
        told.append(words.count("quote.all-proven" if proven else "quote.none-proven", count))
    return " ".join(told)


def _topic(scope: Scope, topic: str | None) -> LinkView | None:
    if topic is None:
        return None
    label = scope.library.options.topics.get(topic, topic)
    return LinkView(scope.to(routes.quotes_on(topic)), label)


def _speaker(cards: Cards, quote: Quote) -> tuple[str, str, str]:
    """Who is named in the picture, the role on the day, and where it was said."""
    where = quote.setting or ""
    if isinstance(quote.speaker, Ref):
        person = cards.library.entities(Person)[quote.speaker.id]
        day = quote.said_on.first if quote.said_on else None
        return person.name, person.role_on(day), where
    words, said = cards.words, quote.speaker
    if said.sign:  # what bears the words may take a line of its own, which a name cannot
        return words("quote.lettering"), "", words("quote.on-what", what=said.sign)
    if said.nickname:
        return words("quote.nickname"), "", words("quote.used-by", who=said.nickname)
    name, role = voice(words, said)
    return name, role, where


PAGE = QuotePage()
