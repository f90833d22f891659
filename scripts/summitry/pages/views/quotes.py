"""Quotations as a page shows them."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from summitry.checks.claims import Of
from summitry.checks.standing import speaks
from summitry.content import routes
from summitry.content.kinds import Person, Quote, Source
from summitry.content.kinds.pieces import Evidence
from summitry.content.values import Ref, when
from summitry.data.quotations import told
from summitry.pages import assembly, for_templates
from summitry.pages.context import Scope
from summitry.pages.once import once
from summitry.pages.views import evidence
from summitry.pages.views.evidence import proof_notes
from summitry.words import comparing
from summitry.words.catalogue import Words, capital
from summitry.words.quotations import voice
from summitry.words.sentences import ended


@once
def quote(scope: Scope, ref: Ref) -> for_templates.QuoteView:
    """A quotation."""
    quote: Quote = scope.of(ref, Quote)
    standing = scope.library.standing(ref)
    first = leading(scope, ref)
    name, address, role = speaker(scope, quote)
    true = told(scope.words, scope.library, ref)
    shown = for_templates.QuoteView(
        id=assembly.own(f"quote-{ref.id}"),
        title=quote.title,
        text=quote.text,
        language=quote.language,
        original=quote.original.text if quote.original else "",
        original_language=quote.original.language if quote.original else "",
        name=name,
        speaker=address,
        role=role,
        setting=quote.setting or "",
        datetime=quote.said_on.text if quote.said_on else "",
        date=scope.words.long(quote.said_on) if quote.said_on else "",
        told=true,
        source=scope.source(first.source),
        href=scope.link(ref),
        permalink=scope.permalink(routes.url(ref)),
        picture=scope.to(routes.card_of(ref)),
        embed=scope.setting.url,
        site=scope.setting.name,
        state=for_templates.StateView(standing.state.value, true.state, proven=standing.proven),
        read=evidence.read(scope, first),
    )
    quoted = scope.words("sign.quoted", text=shown.text)
    shared = f"{quoted} — {ended(shown.name)} {true.text}"
    return replace(shown, citation=_citation(scope.words, shown, quoted), shared=shared)


def _citation(words: Words, quote: for_templates.QuoteView, quoted: str) -> str:
    """A quotation with its speaker, date, source and address."""
    who = words.row([quote.name, quote.role, quote.date])
    printed = words.row([quote.source.title, quote.source.named])
    source = words("quote.source", source=printed)
    return f"{quoted} — {ended(who)} {quote.told.text} {ended(source)} {quote.permalink}"


def leading(scope: Scope, ref: Ref) -> Evidence:
    """The evidence named on a quotation's card: proven first, the displayed words first."""
    quote: Quote = scope.of(ref, Quote)

    def rank(item: Evidence) -> tuple[bool, bool]:
        finding = scope.library.finding(item)
        return _of(scope, item) is Of.WORDING, not (finding and finding.proven)

    return min(quote.evidence, key=rank)


def _of(scope: Scope, item: Evidence) -> Of | None:
    """What the words of a quotation's evidence are to it."""
    finding = scope.library.finding(item)
    return finding.claim.of if finding else None


def proof_of(scope: Scope, ref: Ref) -> list[str]:
    """The state of proof of a quotation in sentences, for its own page."""
    quote: Quote = scope.of(ref, Quote)
    standing, words = scope.library.standing(ref), scope.words
    if not standing.proven:
        return [words("proof.by-editor")]
    days = sorted({finding.capture.date[:10] for finding in standing.found if finding.capture})
    key = "proof.found-original" if standing.original else "proof.found"
    said = [words(key, date=words.long(when(days[-1])))]
    vouched = [f.capture for f in standing.found if f.capture and f.capture.date[:10] == days[-1]]
    by_two = any(scope.library.confirmed(capture) for capture in vouched)
    said.append(words("proof.by-two" if by_two else "proof.by-one"))
    if all(finding.stale for finding in standing.found):
        said.append(words("proof.changed-since"))
    if speaks(quote, scope.library.entities(Source), standing):
        name = speaker(scope, quote)[0]
        said.append(words("proof.outside-speech", name=name))
    notes = dict.fromkeys(note for f in standing.found for note in proof_notes(words, f))
    return said + [ended(capital(note)) for note in notes]


def choice_of(scope: Scope, ref: Ref) -> str:
    """Why these words are displayed, in a sentence; "" where no source prints others."""
    found = scope.library.choice(scope.of(ref, Quote))
    if not found:
        return ""
    why = scope.words.list([scope.words(f"reason.{reason.value}") for reason in found])
    return scope.words("quote.chosen", reasons=why)


def speaker(scope: Scope, quote: Quote) -> tuple[str, str, str]:
    """Name, link and role of whoever said it; signs and strangers have no link."""
    if isinstance(quote.speaker, Ref):
        person: Person = scope.of(quote.speaker, Person)
        day = quote.said_on.first if quote.said_on else None
        return person.name, scope.link(quote.speaker), person.role_on(day)
    name, role = voice(scope.words, quote.speaker)
    return name, "", role


def wordings(scope: Scope, ref: Ref) -> list[for_templates.WordingView]:
    """How other sources print a quotation, where it differs."""
    quote: Quote = scope.of(ref, Quote)

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
            note=scope.text(item.says) if item.says else Markup(""),
            proof=evidence.proof(scope, item),
            read=evidence.read(scope, item),
        )
        for item in quote.evidence
        if _of(scope, item) is Of.WORDING
    ]


def _texts(quote: Quote) -> list[tuple[str, str]]:
    """The displayed words and the original ones, each with its language."""
    original = [(quote.original.text, quote.original.language)] if quote.original else []
    return [(quote.text, quote.language), *original]


def alike(scope: Scope, ref: Ref) -> list[for_templates.EvidenceView]:
    """The sources that print the displayed words."""
    quote: Quote = scope.of(ref, Quote)
    items = [e for e in quote.evidence if _of(scope, e) in (Of.TEXT, Of.ORIGINAL)]
    return [replace(view, exact="") for view in evidence.evidence(scope, items)]
