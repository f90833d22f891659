"""Pictures with their captions and credits."""

from __future__ import annotations

from msgspec.structs import replace

from summitry.content import licences
from summitry.content.kinds import Image
from summitry.content.values import Ref
from summitry.pages import for_templates
from summitry.pages.context import Scope
from summitry.pages.illustrations import Made
from summitry.pages.views import events
from summitry.pictures.vector import Drawn


def figure(scope: Scope, ref: Ref) -> for_templates.FigureView:
    """A picture with caption and credit."""
    return _figure(scope, ref, scope.illustrations.figure(ref))


def portrait(scope: Scope, ref: Ref) -> for_templates.FigureView:
    """A picture of a person: of a photograph, a square around what matters in it."""
    image: Image = scope.of(ref, Image)
    shown = _figure(scope, ref, scope.illustrations.portrait(ref))
    return replace(shown, small=bool(image.file))


def _figure(scope: Scope, ref: Ref, made: Made) -> for_templates.FigureView:
    image: Image = scope.of(ref, Image)
    address = image.license if licences.is_address(image.license) else ""
    return for_templates.FigureView(
        src=scope.to(made.path),
        width=made.width,
        height=made.height,
        alt=image.alt,
        caption=scope.text(image.caption),
        credit=image.credit,
        license=for_templates.LinkView(address, licences.shown(image.license)),
        href=scope.link(ref),
        srcset=", ".join(f"{scope.to(path)} {width}w" for path, width in made.variants),
        drawn=_drawn(scope, ref, made.drawn) if made.drawn else None,
    )


def _drawn(scope: Scope, ref: Ref, drawn: Drawn) -> for_templates.DrawnView:
    """A figure drawn in this page."""
    image: Image = scope.of(ref, Image)
    found = [events.moment(scope, one) for one in image.depicts if one.kind == "events"]
    return for_templates.DrawnView(
        id=scope.own_id(f"figure-{ref.id}"),
        kind=drawn.kind,
        title=drawn.title,
        description=image.alt if drawn.kind == "day" else drawn.description,
        forms=drawn.forms,
        moments=[(m.datetime, m.date, m.name) for m in found] if drawn.kind == "day" else [],
    )
