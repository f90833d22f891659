"""Entities as a page shows them: each function turns one into its view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import ceil
from typing import Any

from markupsafe import Markup

from summitry.checks.claims import Of
from summitry.checks.standing import speaks
from summitry.checks.support import Status
from summitry.content import routes
from summitry.content.kinds import Entity, Event, Fact, Image, Person, Place, Quote, Source, Term
from summitry.content.kinds.pieces import Evidence, Position
from summitry.content.values import Ref, listed, when
from summitry.data.quotations import told
from summitry.pages import for_templates
from summitry.pages.context import Scope, proof_notes
from summitry.pictures.vector import Drawn
from summitry.words import comparing, dates, vocabulary


def quote(scope: Scope, ref: Ref) -> for_templates.QuoteView:
    """A quotation."""
    quote: Quote = scope.of(ref, Quote)
    standing = scope.library.standing(ref)
    first = leading(scope, ref)
    name, speaker, role = _speaker(scope, quote)
    return for_templates.QuoteView(
        id=ref.id,
        title=quote.title,
        text=quote.text,
        language=quote.language,
        original=quote.original.text if quote.original else "",
        original_language=quote.original.language if quote.original else "",
        name=name,
        speaker=speaker,
        role=role,
        setting=quote.setting or "",
        datetime=quote.said_on.text if quote.said_on else "",
        date=dates.long(quote.said_on) if quote.said_on else "",
        told=told(scope.library, ref),
        source=scope.source(first.source),
        href=scope.link(ref),
        permalink=scope.permalink(routes.url(ref)),
        picture=scope.to(routes.card_of(ref)),
        embed=scope.permalink(routes.embed_url(ref.id)),
        site=scope.setting.name,
        state=for_templates.StateView(standing.state.value, standing.text, proven=standing.proven),
        read=scope.at(ref).read(first),
    )


def leading(scope: Scope, ref: Ref) -> Evidence:
    """The evidence named on a quotation's card: proven first, the displayed words first."""
    quote: Quote = scope.of(ref, Quote)
    path = scope.library.item(ref).path

    def rank(item: Evidence) -> tuple[bool, bool]:
        finding = scope.library.finding(path, item)
        return _of(scope, ref, item) is Of.WORDING, not (finding and finding.proven)

    return min(quote.evidence, key=rank)


def _of(scope: Scope, ref: Ref, item: Evidence) -> Of | None:
    """What the words of a quotation's evidence are to it."""
    finding = scope.library.finding(scope.library.item(ref).path, item)
    return finding.claim.of if finding else None


def proof_of(scope: Scope, ref: Ref) -> list[str]:
    """The state of proof of a quotation in sentences, for its own page."""
    quote: Quote = scope.of(ref, Quote)
    standing = scope.library.standing(ref)
    if not standing.proven:
        return [
            "An editor transcribed these words from the sources below. "
            "No proof in this site shows yet that they stand there."
        ]
    days = sorted({finding.capture.date[:10] for finding in standing.found if finding.capture})
    original = all(finding.claim.of is Of.ORIGINAL for finding in standing.found)
    these = "the words of the original, not their translation," if original else "these words"
    said = [f"The build found {these} in the copy captured on {dates.long(when(days[-1]))}."]
    if all(finding.stale for finding in standing.found):
        said.append("The page has changed since.")
    if speaks(quote, scope.library.entities(Source), standing):
        name = _speaker(scope, quote)[0]
        said.append(f"They stand outside speech marks: the reporter’s words, not {name}’s.")
    notes = dict.fromkeys(note for f in standing.found for note in proof_notes(f))
    return said + [f"{note[:1].upper()}{note[1:]}." for note in notes]


def choice_of(scope: Scope, ref: Ref) -> str:
    """Why these words are displayed, in a sentence; "" where no source prints others."""
    found = scope.library.choice(scope.of(ref, Quote))
    if not found:
        return ""
    why = listed([reason.value for reason in found])
    return f"This wording is displayed because {why}."


def _speaker(scope: Scope, quote: Quote) -> tuple[str, str, str]:
    """Name, link and role of whoever said it; signs and strangers have no link."""
    if isinstance(quote.speaker, Ref):
        person: Person = scope.of(quote.speaker, Person)
        day = quote.said_on.first if quote.said_on else None
        return person.name, scope.link(quote.speaker), person.role_on(day)
    name, role = quote.speaker.shown
    return name, "", role


def captures(scope: Scope, ref: Ref) -> dict[str, Any]:
    """The captures of a source, and how much of it this site shows."""
    ledger = scope.library.ledger
    kept = [for_templates.CaptureView.of(one) for one in ledger.captures.get(ref.id, [])]
    share = ledger.shares.get(ref.id)
    if share is None or not share.shown:
        return {"captures": kept, "share": "This site shows no words of it."}
    shown = f"This site shows {share.shown} of its words"
    if not share.total or share.excerpt:
        return {"captures": kept, "share": f"{shown}."}
    of = f"{shown}, of {share.total} in all ({ceil(share.percent)} %)"
    return {"captures": kept, "share": f"{of}. {share.proven} of these are proven."}


def wordings(scope: Scope, ref: Ref) -> list[for_templates.WordingView]:
    """How other sources print a quotation, where it differs."""
    quote: Quote = scope.of(ref, Quote)
    own = scope.at(ref)

    def runs(item: Evidence) -> list[comparing.Run]:
        # Words are compared with words of their own language; a translation differs in all.
        words, language = item.exact or "", scope.of(item.source, Source).language
        for text, tag in _texts(quote):
            if language.partition("-")[0] == tag.partition("-")[0]:
                return comparing.compare(text, words)
        return [comparing.Run(words, differs=False)]

    return [
        for_templates.WordingView(
            runs=runs(item),
            language=scope.of(item.source, Source).language,
            source=scope.source(item.source),
            note=own.text(item.says) if item.says else Markup(""),
            proof=own.proof(item),
            read=own.read(item),
        )
        for item in quote.evidence
        if _of(scope, ref, item) is Of.WORDING
    ]


def _texts(quote: Quote) -> list[tuple[str, str]]:
    """The displayed words and the original ones, each with its language."""
    original = [(quote.original.text, quote.original.language)] if quote.original else []
    return [(quote.text, quote.language), *original]


def alike(scope: Scope, ref: Ref) -> list[for_templates.EvidenceView]:
    """The sources that print the displayed words."""
    quote: Quote = scope.of(ref, Quote)
    items = [e for e in quote.evidence if _of(scope, ref, e) in (Of.TEXT, Of.ORIGINAL)]
    return [replace(view, exact="") for view in scope.at(ref).evidence(items)]


def fact(scope: Scope, ref: Ref) -> for_templates.FactView:
    """A fact, or a question with its positions."""
    fact: Fact = scope.of(ref, Fact)
    own = scope.at(ref)
    support = scope.library.support(fact)
    shape, text = vocabulary.SUPPORT[support.status.slug]
    if fact.question:
        text += f": {vocabulary.in_words(len(fact.positions), 'position')}"
    sources = vocabulary.in_words(support.sources, "source")
    note = f"{sources}, {vocabulary.in_words(support.origins, 'independent origin')}".capitalize()
    return for_templates.FactView(
        id=ref.id,
        href=scope.link(ref),
        permalink=scope.permalink(routes.url(ref)),
        label=fact.label or "",
        heading=Markup("") + fact.question if fact.question else own.text(fact.title),
        plain=scope.plain(fact.title),
        disputed=support.status is Status.DISPUTED,
        state=for_templates.StateView(shape, text, note),
        evidence=own.evidence(fact.evidence),
        positions=[_position(own, fact, position) for position in fact.positions],
        we_use=fact.we_use or "",
        because=own.text(fact.because.text) if fact.because else Markup(""),
        because_evidence=own.evidence(fact.because.evidence) if fact.because else [],
        who_could_settle=own.text(fact.unresolved.who_could_settle)
        if fact.unresolved
        else Markup(""),
        unresolved=own.text(fact.unresolved.text)
        if fact.unresolved and fact.unresolved.text
        else Markup(""),
        unresolved_evidence=own.evidence(fact.unresolved.evidence) if fact.unresolved else [],
    )


def _position(scope: Scope, fact: Fact, position: Position) -> for_templates.PositionView:
    also: dict[str, str] = {}
    for other in fact.positions:
        if other.value != position.value:
            for item in other.evidence:
                also.setdefault(item.source.id, other.value)
    used = position.value == fact.we_use
    return for_templates.PositionView(position.value, used, scope.evidence(position.evidence, also))


def moment(scope: Scope, ref: Ref) -> for_templates.MomentView:
    """An event."""
    event: Event = scope.of(ref, Event)
    shown = dates.shown(event, scope.library.options.time_zones)
    main = scope.library.main_event
    return for_templates.MomentView(
        key=bool(main and event.start.first == main.start.first and event.start.moment),
        datetime=shown.machine,
        date=shown.text,
        zones=shown.elsewhere,
        name=event.name,
        href=scope.link(ref),
        what=event.summary or "",
        sources=[scope.source(item.source) for item in event.evidence],
        disputes=disputes_about(scope, ref),
        status=vocabulary.status_of(event),
    )


def disputes_about(scope: Scope, ref: Ref) -> list[for_templates.LinkView]:
    """The disputed questions that concern an entity."""
    found = [i for i in scope.library.disputed() if ref in _about(i.entity)]
    return [
        for_templates.LinkView(scope.link(i.ref), i.entity.title, "Sources disagree") for i in found
    ]


def person(scope: Scope, ref: Ref) -> for_templates.PersonView:
    """A person with the role on the day of the main event."""
    person: Person = scope.of(ref, Person)
    main = scope.library.main_event
    return for_templates.PersonView(
        name=person.name,
        href=scope.link(ref),
        role=person.role_on(main.start.first if main else None),
        line=person.summary,
        inside=part_of(scope, ref) in scope.library.options.attended,
        initials=for_templates.initials(person.name),
    )


def part_of(scope: Scope, ref: Ref) -> str:
    """A person's part in the main event, or ""."""
    main = scope.library.main_event
    return main.part_of(ref) if main else ""


def figure(scope: Scope, ref: Ref) -> for_templates.FigureView:
    """A picture with caption and credit."""
    image: Image = scope.of(ref, Image)
    made = scope.illustrations.figure(ref)
    address = image.license if image.license.startswith("http") else ""
    return for_templates.FigureView(
        src=scope.to(made.path),
        width=made.width,
        height=made.height,
        alt=image.alt,
        caption=scope.at(ref).text(image.caption),
        credit=image.credit,
        license=for_templates.LinkView(address, _license(image.license)),
        href=scope.link(ref),
        srcset=", ".join(f"{scope.to(path)} {width}w" for path, width in made.variants),
        drawn=_drawn(scope, ref, made.drawn) if made.drawn else None,
    )


def _drawn(scope: Scope, ref: Ref, drawn: Drawn) -> for_templates.DrawnView:
    """A figure drawn in this page."""
    image: Image = scope.of(ref, Image)
    found = [moment(scope, one) for one in image.depicts if one.kind == "events"]
    return for_templates.DrawnView(
        id=scope.own_id(f"figure-{ref.id}"),
        kind=drawn.kind,
        title=drawn.title,
        description=image.alt if drawn.kind == "day" else drawn.description,
        forms=drawn.forms,
        moments=[(m.datetime, m.date, m.name) for m in found] if drawn.kind == "day" else [],
    )


def named(scope: Scope, ref: Ref) -> for_templates.LinkView:
    """Any entity as a link with a line about it."""
    entity = scope.library.item(ref).entity
    return for_templates.LinkView(scope.link(ref), scope.title(ref), _line(scope, entity))


def _line(scope: Scope, entity: Entity) -> str:
    """What a list says about an entity besides its name."""
    match entity:
        case Source():
            publisher = entity.publisher or "Publisher not stated"
            return f"{publisher}. {scope.about_source(entity)}"
        case Event():
            return dates.shown(entity, scope.library.options.time_zones).text
        case Quote():
            when = dates.long(entity.said_on) if entity.said_on else ""
            return ", ".join(part for part in (_speaker(scope, entity)[0], when) if part)
        case Term():
            return scope.plain(entity.definition)
        case Fact():
            return vocabulary.SUPPORT[scope.library.support(entity).status.slug][1]
        case Image():
            return entity.credit
        case Person() | Place():
            return entity.summary or ""
    return ""


def links(scope: Scope, refs: Iterable[Ref]) -> list[for_templates.LinkView]:
    """Referrers and lists of mixed kinds: each link says what it leads to."""
    found = []
    for ref in refs:
        what = vocabulary.kind_name(ref)
        if ref.kind == "events":
            what += f", {dates.long(scope.of(ref, Event).start)}"
        found.append(for_templates.LinkView(scope.link(ref), scope.title(ref), what))
    return found


def _about(entity: Entity) -> list[Ref]:
    return entity.about if isinstance(entity, Fact) else []


def _license(name: str) -> str:
    """A licence as readers know it."""
    return name.replace("CC-BY-4.0", "CC BY 4.0").replace("CC0-1.0", "CC0 1.0")
