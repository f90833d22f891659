"""Facts and disputed questions as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup
from msgspec.structs import replace

from summitry.checks.support import Status
from summitry.content import routes
from summitry.content.kinds import Fact
from summitry.content.kinds.pieces import Position
from summitry.content.values import Ref
from summitry.pages import assembly, for_templates
from summitry.pages.context import Scope
from summitry.pages.once import once
from summitry.pages.views.evidence import evidence
from summitry.words.catalogue import Words, capital
from summitry.words.sentences import ended

SHAPES = {Status.CORROBORATED: "two", Status.SINGLE: "one", Status.DISPUTED: "differ"}
"""The shape of a fact's support."""
MOST_CITED = 6  # sources in a copied fact; its page has them all


def by_weight(scope: Scope, refs: Iterable[Ref]) -> list[Ref]:
    """Entities in their order, the facts that weigh little last."""

    def light(ref: Ref) -> bool:
        entity = scope.library.item(ref).entity
        return isinstance(entity, Fact) and entity.minor

    return sorted(refs, key=light)


@once
def fact(scope: Scope, ref: Ref) -> for_templates.FactView:
    """A fact, or a question with its positions."""
    fact: Fact = scope.of(ref, Fact)
    support = scope.library.support(fact)
    words, shape = scope.words, SHAPES[support.status]
    text = words(f"supported.{support.status.slug}")
    if fact.question:
        text = words.count("support.positions", len(fact.positions))
    note = _counted(words, support.sources, support.origins)
    shown = for_templates.FactView(
        id=assembly.own(f"fact-{ref.id}"),
        href=scope.link(ref),
        permalink=scope.permalink(routes.url(ref)),
        label=fact.label or "",
        heading=scope.text(fact.statement)
        if fact.statement
        else Markup("") + (fact.question or ""),
        plain=scope.plain(fact.title),
        disputed=support.status is Status.DISPUTED,
        state=for_templates.StateView(shape, text, note),
        minor=scope.words("fact.minor") if fact.minor else "",
        evidence=evidence(scope, fact.evidence),
        positions=[_position(scope, ref, position) for position in fact.positions],
        we_use=fact.we_use or "",
        because=scope.text(fact.because.text) if fact.because else Markup(""),
        because_evidence=evidence(scope, fact.because.evidence) if fact.because else [],
        who_could_settle=scope.text(fact.unresolved.who_could_settle)
        if fact.unresolved
        else Markup(""),
        read_up_to=scope.words.long(fact.unresolved.read_up_to) if fact.unresolved else "",
        unresolved=scope.text(fact.unresolved.text)
        if fact.unresolved and fact.unresolved.text
        else Markup(""),
        unresolved_evidence=evidence(scope, fact.unresolved.evidence) if fact.unresolved else [],
    )
    answer = shown.we_use or (words("fact.open") if shown.disputed else shown.plain)
    return replace(shown, answer=answer, citation=_citation(words, shown))


def _citation(words: Words, fact: for_templates.FactView) -> str:
    """A fact with its answers, sources and address."""
    said = ended(fact.plain)
    semicolon = words("sign.semicolon")
    if fact.disputed:
        given = semicolon.join(position.value for position in fact.positions)
        said += f" {ended(words('support.answers', answers=given))}"
    cited = [*fact.evidence, *(one for p in fact.positions for one in p.evidence[:1])]
    names = dict.fromkeys(
        words.row([one.source.title, one.source.named]) for one in cited[:MOST_CITED]
    )
    return f"{said} {words('fact.sources', sources=semicolon.join(names))} {fact.permalink}"


def _position(scope: Scope, ref: Ref, position: Position) -> for_templates.PositionView:
    fact = scope.of(ref, Fact)
    also: dict[str, str] = {}
    for other in fact.positions:
        if other is not position:
            for item in other.evidence:
                also.setdefault(item.source.id, other.value)
    shown = evidence(scope, position.evidence, also)
    sources = len({item.source.id for item in position.evidence})
    note = _counted(scope.words, sources, scope.library.origins(position.evidence))
    value = scope.field(scope.library.item(ref).path, position.value)
    return for_templates.PositionView(position.value, shown, note, value)


def _counted(words: Words, sources: int, origins: int) -> str:
    """`Twelve sources, nine independent origins`."""
    return capital(
        words(
            "support.note",
            sources=words.count("support.sources", sources),
            origins=words.count("support.origins", origins),
        )
    )
