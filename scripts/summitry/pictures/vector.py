"""Figures as SVG: what a page shows inline, and the same as a file that stands alone.

Inline, colours come from the page's style sheet by class, so a figure follows dark colours, forced
colours and print; it has no ids, so nothing in a page can clash. The file carries its colours, its
letters and what it says of itself, and needs nothing from outside.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from summitry.pictures import fonts, palette, typeset
from summitry.pictures.metadata import Packet, clean, rdf
from summitry.pictures.outline import number
from summitry.pictures.typeset import Face

Kind = Literal["map", "vicinity", "day"]
Anchor = Literal["start", "middle", "end"]


class Shapes(str):
    """SVG markup without ids, whose words were escaped where it was made: templates print it."""

    __slots__ = ()

    def __html__(self) -> str:
        """The markup itself, by the protocol of template engines."""
        return str(self)


@dataclass(frozen=True)
class Form:
    """A drawing in a frame of `width` by `height` units; `ground` lies below, `marks` upon it.

    `room` is where it is for: "roomy" or "tight" places, or "".
    """

    room: Literal["roomy", "tight", ""]
    width: int
    height: int
    ground: Shapes
    marks: Shapes


@dataclass(frozen=True)
class Drawn:
    """A figure: its name, what it shows in words, and its forms, the one for wide places first.

    `alone` are the marks of the file; `letters` are the characters in it by weight. What is drawn
    in pages alone has neither.
    """

    kind: Kind
    title: str
    description: str
    forms: tuple[Form, ...]
    alone: str = ""
    letters: tuple[tuple[fonts.Weight, str], ...] = ()


def dump(drawn: Drawn) -> bytes:
    """A figure as JSON, for the cache."""
    return json.dumps(asdict(drawn), ensure_ascii=False).encode("utf-8")


def load(raw: bytes) -> Drawn:
    """What `dump` wrote."""
    kept = json.loads(raw)
    forms = tuple(
        Form(f["room"], f["width"], f["height"], Shapes(f["ground"]), Shapes(f["marks"]))
        for f in kept.pop("forms")
    )
    letters = tuple((weight, text) for weight, text in kept.pop("letters"))
    return Drawn(**kept, forms=forms, letters=letters)


@dataclass(frozen=True)
class TextLine:
    """A line of text: where its baseline starts, is centred or ends, its face and class."""

    text: str
    x: float
    y: float
    face: Face
    css: str
    anchor: Anchor = "start"

    @property
    def markup(self) -> str:
        """The line as a `<text>`; its size is in units of the figure."""
        weight = ' font-weight="600"' if self.face.weight == "semibold" else ""
        anchor = "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        css = f' class="{self.css}"' if self.css else ""
        return (
            f'<text{css} x="{number(self.x)}" y="{number(self.y)}"'
            f' font-size="{self.face.size}"{weight}{anchor}>{clean(typeset.prepare(self.text))}'
            "</text>"
        )


def letters(lines: Sequence[TextLine]) -> tuple[tuple[fonts.Weight, str], ...]:
    """The characters of the lines, by weight."""
    used: dict[fonts.Weight, set[str]] = {}
    for line in lines:
        used.setdefault(line.face.weight, set()).update(typeset.prepare(line.text))
    return tuple((weight, "".join(sorted(used[weight]))) for weight in sorted(used))


def _css(colour: palette.Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


_HALO = "stroke-linejoin:round;paint-order:stroke"
_STYLES: dict[Kind, str] = {
    "map": (
        f".paper{{fill:{_css(palette.NIGHT)}}}.land{{fill:{_css(palette.LAND)};fill-rule:evenodd}}"
        f".grid{{fill:none;stroke:{_css(palette.GRATICULE)};stroke-width:1.5}}"
        f".way{{fill:none;stroke:{_css(palette.AURORA)};stroke-width:4;stroke-linecap:round}}"
        f".dots{{stroke:{_css(palette.DOTTED)};stroke-width:5.5;stroke-dasharray:0 11}}"
        f".lead{{stroke:{_css(palette.TEXT)};stroke-width:3}}"
        f".dot{{fill:{_css(palette.WHITE)};stroke:{_css(palette.NIGHT)};stroke-width:4}}"
        f".main-dot{{fill:{_css(palette.AURORA)}}}"
        f"text{{fill:{_css(palette.TEXT)};stroke:{_css(palette.NIGHT)};stroke-width:6;{_HALO}}}"
        f".main-name{{fill:{_css(palette.WHITE)}}}.key{{fill:{_css(palette.SECONDARY)}}}"
    ),
    "day": (
        f".paper{{fill:{_css(palette.PAPER)}}}text{{fill:{_css(palette.INK)}}}.soft{{fill:{_css(palette.INK_SECONDARY)}}}"
        f".line{{fill:none;stroke:{_css(palette.LINE)};stroke-width:1.5}}"
        f".stem{{stroke:{_css(palette.HAIRLINE)};stroke-width:1}}"
        f".mark{{fill:{_css(palette.LINE)};stroke:{_css(palette.LINE)};stroke-width:1.5}}"
        f".open{{fill:{_css(palette.PAPER)}}}.ring{{fill:{_css(palette.PAPER)}}}"
    ),
}
_WEIGHTS = {"regular": 400, "semibold": 600, "bold": 700, "italic": 400}


def _font(weight: fonts.Weight, text: str) -> str:
    if not (set(text) & fonts.repertoire(weight)) - {" "}:
        return ""  # of letters that it does not have, readers' own fonts show all
    data = base64.b64encode(fonts.subset(weight, text)).decode("ascii")
    return (
        f'@font-face{{font-family:"Source Serif";font-weight:{_WEIGHTS[weight]};'
        f'src:url("data:font/woff2;base64,{data}") format("woff2")}}'
    )


def standalone(drawn: Drawn, about: Packet) -> bytes:
    """The figure as a file: the form for wide places, on its own ground, with `about` as RDF."""
    form = drawn.forms[0]
    style = "".join(_font(weight, text) for weight, text in drawn.letters)
    style += _STYLES[drawn.kind]
    lines = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{form.width}" height="{form.height}"'
        f' viewBox="0 0 {form.width} {form.height}" role="img" aria-labelledby="title"'
        ' aria-describedby="desc" font-family="Source Serif, Georgia, serif">',
        f'<title id="title">{clean(drawn.title)}</title>',
        f'<desc id="desc">{clean(drawn.description)}</desc>',
        f"<metadata>{rdf(about)}</metadata>",
        f"<style>{style}</style>",
        f'<rect class="paper" width="{form.width}" height="{form.height}"/>',
        form.ground,
        drawn.alone,
        "</svg>",
        "",
    )
    return "\n".join(lines).encode("utf-8")
