"""Events as entries of a timeline."""

from __future__ import annotations

from summitry.content import routes
from summitry.content.kinds import Event
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.once import once
from summitry.pages.phases import several_days
from summitry.pages.views import links
from summitry.words import dates
from summitry.words.catalogue import Words


def status(words: Words, event: Event) -> str:
    """That an event was only planned, in words; "" where it took place."""
    return "" if event.status == "held" else words(f"status.{event.status}")


def _told(scope: Scope, page: str) -> for_templates.LinkView:
    """The link to where the day, or the days, of the main event are told."""
    key = "timeline.told-days" if several_days(scope.library) else "timeline.told"
    return for_templates.LinkView(scope.to(page), scope.words(key))


@once
def moment(scope: Scope, ref: Ref) -> for_templates.MomentView:
    """An event."""
    event: Event = scope.of(ref, Event)
    shown = dates.shown(scope.words, event, scope.library.clocks(event))
    main = scope.library.main_event
    on_the_day = bool(main and main.start.first <= event.start.first <= main.last)
    told = scope.library.options.day_page if on_the_day else ""
    return for_templates.MomentView(
        id=ref.id,
        permalink=scope.permalink(routes.url(ref)),
        told=_told(scope, told) if told else None,
        key=bool(on_the_day and event.start.moment),
        datetime=shown.machine,
        date=shown.text,
        zones=shown.elsewhere,
        name=event.name,
        href=scope.link(ref),
        what=event.summary or "",
        sources=[scope.source(item.source) for item in event.evidence],
        disputes=links.disputes_about(scope, ref),
        status=status(scope.words, event),
    )
