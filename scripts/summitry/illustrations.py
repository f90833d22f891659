"""The pictures that a site needs, drawn or derived once and kept by content.

Cards and figures go to the cache folder, never below a watched one (that would rebuild for
ever), and are published from there. A cached file's name is the hash of all that went into
it, so nothing stale can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image as PILImage

from summitry import dates, routes
from summitry.model import Event, Image, Journey, Person, Place, Quote
from summitry.pictures import atlas, cards, day, fonts, photos
from summitry.pictures.cache import Cache
from summitry.pictures.look import Frame
from summitry.pictures.metadata import About, packet
from summitry.problems import Problem
from summitry.rules import CheckedLibrary
from summitry.values import Ref
from summitry.views import language

CARD_SIZE = (cards.WIDTH, cards.HEIGHT)
WIDE_MAP, NARROW_MAP = Frame(1120, 900, 30), Frame(720, 640, 28)
WIDE_DAY, NARROW_DAY = Frame(1280, 560, 18), Frame(640, 900, 22)
# What pages hold besides contributors' text: the templates' own words and marks.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + " “”‘’«»„‚…–—−·×°№§©→←½¼¾"
_RANGES = {"latin": (0x20, 0x3FF), "cyrillic": (0x400, 0x52F)}
_WEIGHTS: tuple[tuple[fonts.Weight, int, str], ...] = (
    ("regular", 400, "normal"),
    ("semibold", 600, "normal"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A picture's address and size, its other widths, and its form for narrow screens."""

    path: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...] = ()
    narrow: tuple[str, int, int] | None = None


@dataclass(slots=True)
class Illustrations:
    """Makes pictures for a library. `assets` grows with each: address → file to publish."""

    library: CheckedLibrary
    cache_dir: Path
    site_name: str
    site_url: str
    assets: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _made: dict[Ref, Made] = field(default_factory=dict)
    _code: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._code = drawing_code()

    @property
    def _cache(self) -> Cache:
        return Cache(self.cache_dir)

    def card(self, ref: Ref) -> str:
        """The address of a quotation's picture."""
        address = routes.card_url(ref.id)
        if address not in self.assets:
            drawn = self._quote_card(ref)
            parts = [self._code, "card", repr(drawn)]
            try:
                path = self._cache.path(parts, ".png", lambda: cards.draw(drawn))
            except cards.DoesNotFit as error:
                item = self.library.item(ref)
                mark = item.document.marks.value(("text",))
                self.problems.append(Problem(item.path, mark, "picture", str(error)))
                path = self._social(drawn.speaker, drawn.setting)
            self.assets[address] = path
        return address

    def site_card(self) -> str:
        """The address of the picture for pages that have none of their own."""
        address = "assets/cards/site.png"
        if address not in self.assets:
            main = self.library.main_event
            line = dates.long(main.start) if main else ""
            self.assets[address] = self._social(main.name if main else self.site_name, line)
        return address

    def _social(self, title: str, line: str) -> Path:
        drawn = cards.SocialCard(title, line, self.site_name)
        parts = [self._code, "social", repr(drawn)]
        return self._cache.path(parts, ".png", lambda: cards.draw_social(drawn))

    def _quote_card(self, ref: Ref) -> cards.QuoteCard:
        quote = self.library.entities(Quote)[ref.id]
        name, role, where = _speaker(self.library, quote)
        when = dates.long(quote.said_on) if quote.said_on else ""
        setting = ", ".join(part for part in (where, when) if part)
        origin = f"From {language(quote.original.language)}" if quote.original else ""
        return cards.QuoteCard(
            words=quote.text,
            speaker=name,
            role=role,
            setting=f"{setting}. {origin}" if origin else setting,
            state="Transcribed, not yet proven",
            proven=False,
            site=self.site_name,
            quote_language=quote.language,
            left_out="…" in quote.text,
            source_url=self.site_url + routes.url(ref),
            rights="The words are their speaker's; the picture is CC BY 4.0.",
        )

    def figure(self, ref: Ref) -> Made:
        """An image entity's picture: derived from its photograph, or drawn."""
        if ref not in self._made:
            image = self.library.entities(Image)[ref.id]
            if image.file:
                self._made[ref] = self._photo(ref, image)
            else:
                self._made[ref] = self._drawn(ref, image)
        return self._made[ref]

    def _drawn(self, ref: Ref, image: Image) -> Made:
        if image.drawn == "locator-map":
            places, ways = self._map(image)
            sizes = (WIDE_MAP, NARROW_MAP)
            make = [lambda f=frame: atlas.draw(places, ways, f) for frame in sizes]
            key = repr((places, ways))
        else:
            moments = self._moments(image)
            sizes = (WIDE_DAY, NARROW_DAY)
            title = self._day_title()
            make = [lambda f=frame: day.draw(title, moments, f) for frame in sizes]
            key = repr((title, moments))
        about = About(
            description=image.caption,
            creator=image.creator,
            source=self.site_url + routes.url(ref),
            rights=image.license,
            credit=image.credit,
        )
        made = []
        for name, frame, draw in zip(("", "-narrow"), sizes, make, strict=True):
            address = f"assets/figures/{ref.id}{name}.webp"
            parts = [self._code, key, repr(frame), repr(about)]
            path = self._cache.path(parts, ".webp", lambda d=draw: _webp(d(), about))
            self.assets[address] = path
            with PILImage.open(path) as opened:
                made.append((address, *opened.size))
        (address, width, height), narrow = made
        return Made(address, width, height, narrow=narrow)

    def _map(self, image: Image) -> tuple[list[atlas.Place], list[atlas.Route]]:
        known = self.library.entities(Place)
        shown = [known[ref.id] for ref in image.depicts if ref.kind == "places"]
        places = [
            atlas.Place(p.name, p.latitude, p.longitude, main=i == 0)
            for i, p in enumerate(shown)
            if p.latitude is not None and p.longitude is not None
        ]
        ways = [_way(journey, known, i) for i, journey in enumerate(image.journeys)]
        return places, ways

    def _day_title(self) -> str:
        zones, main = self.library.options.time_zones, self.library.main_event
        when = dates.long(main.start) if main else ""
        return f"{when}, {zones[0].label} time" if zones else when

    def _moments(self, image: Image) -> list[day.Moment]:
        events = self.library.entities(Event)
        zones = self.library.options.time_zones
        found = []
        for ref in image.depicts:
            event = events.get(ref.id) if ref.kind == "events" else None
            if event is None or event.start.moment is None or not zones:
                continue
            shown = dates.shown(event, zones)
            start = event.start.moment.astimezone(zones[0].info)
            end = event.end.moment if event.end else None
            found.append(
                day.Moment(
                    time_label=shown.clock,
                    second_label=shown.utc,
                    name=event.name,
                    minutes=start.hour * 60 + start.minute,
                    end_minutes=_minutes(end.astimezone(zones[0].info)) if end else None,
                    approximate=event.precision != "exact",
                )
            )
        return found

    def _photo(self, ref: Ref, image: Image) -> Made:
        path = self.library.root / Path(self.library.item(ref).path).parent / str(image.file)
        credit = photos.Credit(
            caption=image.caption,
            creator=image.creator,
            credit=image.credit,
            license=image.license,
            acquire_license_page=image.acquire_license_page or "",
        )
        with PILImage.open(path) as opened:
            derived = photos.derive(opened, credit)
        for one in derived:
            address = f"assets/images/{ref.id}-{one.width}.{one.format.lower()}"
            parts = [self._code, path.read_bytes(), repr(credit), address]
            data = one.data
            self.assets[address] = self._cache.path(parts, f".{one.format.lower()}", lambda d=data: d)
        webp = [one for one in derived if one.format.lower() == "webp"]
        plain = max((o for o in derived if o.format.lower() != "webp"), key=lambda o: o.width)
        variants = tuple((f"assets/images/{ref.id}-{one.width}.webp", one.width) for one in webp)
        fallback = f"assets/images/{ref.id}-{plain.width}.{plain.format.lower()}"
        return Made(fallback, plain.width, plain.height, variants)

    def stylesheet(self) -> str:
        """The `@font-face` rules for subsets of the characters that the site uses."""
        used = set(_ALWAYS).union(*(raw.decode("utf-8") for raw in self.library.texts.values()))
        rules = []
        for weight, number, style in _WEIGHTS:
            for name, (low, high) in _RANGES.items():
                chars = "".join(sorted(c for c in used if _in_range(ord(c), low, high, name)))
                if not chars or not set(chars) - fonts.covers(chars, weight):
                    continue
                address = f"assets/fonts/serif-{number}-{name}.woff2"
                parts = [self._code, "font", weight, chars]
                self.assets[address] = self._cache.path(
                    parts, ".woff2", lambda w=weight, c=chars: fonts.subset(w, c)
                )
                limits = "U+0400-052F" if name == "cyrillic" else "U+0020-03FF,U+2000-22FF"
                rules.append(
                    f'@font-face{{font-family:"Source Serif";font-weight:{number};'
                    f"font-style:{style};font-display:swap;"
                    f'src:url("fonts/{Path(address).name}") format("woff2");'
                    f"unicode-range:{limits}}}"
                )
        return "\n".join(rules) + "\n"


def _in_range(code: int, low: int, high: int, name: str) -> bool:
    return low <= code <= high or (name == "latin" and 0x2000 <= code <= 0x22FF)


def drawing_code() -> bytes:
    """The drawing code's own bytes: a change in it makes every cached name a new one."""
    folder = Path(__file__).parent / "pictures"
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.*")))


def _webp(image: PILImage.Image, about: About) -> bytes:
    """A figure as WebP: a seventh of what it takes as PNG, and it looks the same."""
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=90, method=6, xmp=packet(about).encode("utf-8"))
    return buffer.getvalue()


def _minutes(moment: Any) -> float:
    return float(moment.hour * 60 + moment.minute)


def _way(journey: Journey, places: dict[str, Place], number: int) -> atlas.Route:
    found = [places[ref.id] for ref in journey.through]
    points = tuple(
        (p.latitude, p.longitude)
        for p in found
        if p.latitude is not None and p.longitude is not None
    )
    return atlas.Route(journey.label, points, dotted=number % 2 == 1)


def _speaker(library: CheckedLibrary, quote: Quote) -> tuple[str, str, str]:
    """Who is named in the picture, the role on the day, and where it was said."""
    if isinstance(quote.speaker, Ref):
        person = library.entities(Person)[quote.speaker.id]
        held = person.role_on(quote.said_on.first if quote.said_on else None)
        return person.name, held, quote.setting or ""
    name, role = quote.speaker.shown
    sort, on, bearer = name.partition(" on ")
    if quote.speaker.unnamed or not on:
        sort, on, bearer = name.partition(" used by ")
    # What bears the words may take a line of its own, which a name cannot.
    return (sort, role, f"{on.strip().capitalize()} {bearer}") if on else (name, role, quote.setting or "")
