"""The pictures that a site needs, drawn or derived once and kept by content.

Cards and figures go to the cache folder, never below a watched one (that would rebuild for
ever), and are published from there. A cached file's name is the hash of all that went into
it, the drawing code included, so nothing stale can be shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from summitry import dates, figures, routes
from summitry.frontmatter import Loc
from summitry.model import Image, Person, Quote
from summitry.pictures import cards, photos, vector
from summitry.pictures.cache import Cache
from summitry.pictures.metadata import About
from summitry.problems import Problem
from summitry.prose import plain
from summitry.rules import CheckedLibrary
from summitry.typeface import webfonts
from summitry.values import Ref
from summitry.views import language

CARD_SIZE = (cards.WIDTH, cards.HEIGHT)
SITE_CARD = "assets/cards/site.png"


@dataclass(frozen=True, slots=True)
class Made:
    """A picture's address and size, its other widths, and what is drawn of it in a page."""

    path: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...] = ()
    drawn: vector.Drawn | None = None


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

    def _key(self, *parts: str | bytes) -> list[str | bytes]:
        return [self._code, *parts]

    def everything(self) -> list[Problem]:
        """Make every card and figure, and say which cannot be made and why."""
        for item in self.library.items("quotes"):
            self.card(item.ref)
        for item in self.library.items("images"):
            self.figure(item.ref)
        return self.problems

    def _cannot(self, ref: Ref, loc: Loc, error: ValueError) -> Path:
        """Note why a picture cannot be made; the site's own stands in while serving."""
        item = self.library.item(ref)
        mark = item.document.marks.value(loc)
        hint = "see the message; a shorter excerpt often helps"
        self.problems.append(Problem(item.path, mark, "picture", str(error), hint))
        return self._social(self.site_name, "")

    def card(self, ref: Ref) -> str:
        """The address of a quotation's picture."""
        address = routes.card_url(ref.id)
        if address not in self.assets:
            drawn = self._quote_card(ref)
            make = partial(cards.draw, drawn)
            try:
                path = self._cache.path(self._key("card", repr(drawn)), ".png", make)
            except ValueError as error:  # the words do not fit, or the typeface lacks a letter
                path = self._cannot(ref, ("text",), error)
            self.assets[address] = path
        return address

    def site_card(self) -> str:
        """The address of the picture for pages that have none of their own."""
        if SITE_CARD not in self.assets:
            main = self.library.main_event
            line = dates.long(main.start) if main else ""
            self.assets[SITE_CARD] = self._social(main.name if main else self.site_name, line)
        return SITE_CARD

    def _social(self, title: str, line: str) -> Path:
        drawn = cards.SocialCard(title, line, self.site_name)
        make = partial(cards.draw_social, drawn)
        return self._cache.path(self._key("social", repr(drawn)), ".png", make)

    def _quote_card(self, ref: Ref) -> cards.QuoteCard:
        quote = self.library.entities(Quote)[ref.id]
        standing = self.library.standing(ref)
        name, role, where = _speaker(self.library, quote)
        when = dates.long(quote.said_on) if quote.said_on else ""
        setting = ", ".join(part for part in (where, when) if part)
        origin = f"From {language(quote.original.language)}" if quote.original else ""
        return cards.QuoteCard(
            words=quote.text,
            speaker=name,
            role=role,
            setting=f"{setting}. {origin}" if origin else setting,
            state=f"{standing.text}, edited" if standing.changed == "Edited" else standing.text,
            proven=standing.proven,
            site=self.site_name,
            quote_language=quote.language,
            left_out="…" in quote.text or standing.changed == "Abridged",
            source_url=self.site_url + routes.url(ref),
            rights="The words are their speaker’s; the picture is CC BY 4.0.",
        )

    def figure(self, ref: Ref) -> Made:
        """An image entity's picture: derived from its photograph, or drawn."""
        if ref not in self._made:
            image = self.library.entities(Image)[ref.id]
            make = self._photo if image.file else self._drawn
            try:
                self._made[ref] = make(ref, image)
            except ValueError as error:  # nothing to draw, no room for a label, a bad photograph
                address = f"assets/figures/{ref.id}.png"
                self.assets[address] = self._cannot(ref, ("drawn",), error)
                self._made[ref] = Made(address, *CARD_SIZE)
        return self._made[ref]

    def _drawn(self, ref: Ref, image: Image) -> Made:
        """A figure, whose file stands alone; pages draw it themselves."""
        drawing = figures.drawing(self.library, image)
        about = About(
            title=image.name,
            description=plain(image.caption),
            creator=image.creator,
            source=self.site_url + routes.url(ref),
            rights=image.license,
            credit=image.credit,
        )
        key = self._key("figure", drawing.key)
        kept = self._cache.path(key, ".json", lambda: vector.dump(drawing.draw()))
        drawn = vector.load(kept.read_bytes())
        address = f"assets/figures/{ref.id}.svg"
        make = partial(vector.standalone, drawn, about)
        self.assets[address] = self._cache.path([*key, repr(about)], ".svg", make)
        form = drawn.forms[0]
        return Made(address, form.width, form.height, drawn=drawn)

    def _photo(self, ref: Ref, image: Image) -> Made:
        """Derivatives in several widths; which there are stands in a cached list."""
        path = self.library.root / Path(self.library.item(ref).path).parent / str(image.file)
        credit = photos.Credit(
            caption=plain(image.caption),
            creator=image.creator,
            credit=image.credit,
            license=image.license,
            acquire_license_page=image.acquire_license_page or "",
        )
        key = self._key("photo", path.read_bytes(), repr(credit))
        listed = self._cache.path(key, ".json", lambda: self._derive(path, credit, key))
        variants, largest = [], ("", 0, 0)
        for width, height, suffix in json.loads(listed.read_bytes()):
            address = f"assets/images/{ref.id}-{width}{suffix}"
            again = partial(_one, path, credit, width, suffix)
            self.assets[address] = self._cache.path([*key, str(width)], suffix, again)
            if suffix == ".webp":
                variants.append((address, width))
            else:
                largest = (address, width, height)  # the last is the largest
        return Made(*largest, variants=tuple(variants))

    def _derive(self, path: Path, credit: photos.Credit, key: list[str | bytes]) -> bytes:
        rows = []
        for one in photos.derive(photos.load(path), credit):
            suffix = _suffix(one)
            self._cache.path([*key, str(one.width)], suffix, partial(bytes, one.data))
            rows.append([one.width, one.height, suffix])
        return json.dumps(rows).encode()

    def stylesheet(self) -> str:
        """The style sheet of the site's typeface, whose files become assets."""
        texts = (raw.decode("utf-8") for raw in self.library.texts.values())
        rules, files = webfonts(texts, self._cache)
        self.assets.update(files)
        return rules


def drawing_code() -> bytes:
    """The drawing code's own bytes: a change in it makes every cached name a new one."""
    folder = Path(__file__).parent / "pictures"
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.*")))


def _suffix(one: photos.Derivative) -> str:
    return {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[one.format]


def _one(path: Path, credit: photos.Credit, width: int, suffix: str) -> bytes:
    """A single derivative, made again because it went missing from the cache."""
    made = photos.derive(photos.load(path), credit)
    return next(one.data for one in made if one.width == width and _suffix(one) == suffix)


def _speaker(library: CheckedLibrary, quote: Quote) -> tuple[str, str, str]:
    """Who is named in the picture, the role on the day, and where it was said."""
    where = quote.setting or ""
    if isinstance(quote.speaker, Ref):
        person = library.entities(Person)[quote.speaker.id]
        return person.name, person.role_on(quote.said_on.first if quote.said_on else None), where
    voice = quote.speaker
    if voice.sign:  # what bears the words may take a line of its own, which a name cannot
        return "Lettering", "", f"On {voice.sign}"
    if voice.nickname:
        return "Nickname", "", f"Used by {voice.nickname}"
    name, role = voice.shown
    return name, role, where
