"""The pictures that a site needs, drawn or derived once and kept by content.

Cards and figures go to the cache folder, never below a watched one (that would rebuild for
ever), and are published from there. A cached file's name is the hash of all that went into
it, the drawing code included, so nothing stale can be shown.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from msgspec import Struct
from PIL.Image import Image as Picture

from summitry import PACKAGE
from summitry.checks import asking
from summitry.checks.asking import Kept
from summitry.checks.checked import CheckedLibrary
from summitry.content import routes
from summitry.content.kinds import Image
from summitry.content.library import Story
from summitry.content.problems import START, Mark, Problem
from summitry.content.prose import plain
from summitry.content.values import Ref
from summitry.pages import drawings
from summitry.pages.card_words import Card, Cards, around, draw
from summitry.pictures import card_sheet, icons, photos, scripts, vector
from summitry.pictures.cache import Cache, digest
from summitry.pictures.metadata import Packet
from summitry.pictures.webfonts import webfonts

CARD_SIZE = (card_sheet.WIDTH, card_sheet.HEIGHT)
Spot = tuple[str, Mark]
"""The file to change if a picture cannot be drawn, and the place in it."""

_Deriving = Callable[[Picture, photos.Credit], list[photos.Derivative]]


class Shared(Struct, frozen=True):
    """A picture for sharing: its address, and its text for who cannot see it."""

    path: str
    alt: str


class CardWanted(Struct, frozen=True):
    """A card to be drawn, and where its words stand."""

    card: Card
    spot: Spot
    shared: Shared


class Made(Struct, frozen=True):
    """A picture's address and size, its other widths, and what is drawn of it in a page."""

    path: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...] = ()
    drawn: vector.Drawn | None = None


class Pictured(Struct, frozen=True):
    """Pictures that pages asked for: files by address, cards to be drawn, what cannot be."""

    assets: dict[str, Path]
    wanted: dict[str, CardWanted]
    problems: list[Problem]


@dataclass(slots=True)
class Illustrations:
    """Makes pictures for a library. `assets` grows with each: address → file to publish."""

    library: CheckedLibrary
    cache_dir: Path
    cards: Cards
    assets: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _figures: Kept[Made] = field(default_factory=Kept)
    _portraits: Kept[Made] = field(default_factory=Kept)
    _cards: Kept[Shared] = field(default_factory=Kept)
    _wanted: dict[str, CardWanted] = field(default_factory=dict)
    _code: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._code = drawing_code()

    @property
    def _cache(self) -> Cache:
        return Cache(self.cache_dir)

    def _key(self, *parts: str | bytes) -> list[str | bytes]:
        return [self._code, *parts]

    def everything(self) -> list[Problem]:
        """Make every card and figure, and say which cannot be made and why.

        A card that is kept could be made: whether its file is whole, who publishes it finds out.
        """
        for item in self.library.every():
            self.card(item.ref)
        for story in self.library.stories.values():
            self.story_card(story)
        for item in self.library.items("images"):
            self.figure(item.ref)
        kept, wanted = self._cache.kept(), self._wanted
        self._wanted = {}
        for address, one in wanted.items():
            file = kept.get(digest(self._card_key(one.card)))
            if file and not scripts.lacking(one.shared.alt):
                self.assets[address] = file
            else:
                self._wanted[address] = one
        return [*self.drawn(), *self.notes]

    def drawn(self) -> list[Problem]:
        """Draw the cards that pages want and the icons, and say which cannot be, and why.

        Letters that no font has are drawn as boxes, of which `notes` tells.
        """
        try:
            self._plain()
        except ValueError as error:  # then no card can be made, and no page is at fault
            message = f"site_name: {str(error).partition(': ')[0]}"
            hint = "give the site a shorter name, in letters that its pictures can show"
            self.problems.append(Problem("mkdocs.yml", START, "option", message, hint))
            return self.problems
        self._draw_cards()
        for name, make in icons.files().items():
            path = self._cache.path(self._key("icon", name), Path(name).suffix, make)
            self.assets[routes.icon(name)] = path
        return self.problems

    def pictured(self) -> Pictured:
        """What was asked for, to be taken over by whoever draws it: nothing is left here."""
        found = Pictured(self.assets, self._wanted, self.problems)
        self.assets, self._wanted, self.problems = {}, {}, []
        return found

    def take(self, other: Pictured) -> None:
        """Take over what pages that were made elsewhere asked for."""
        self.assets |= other.assets
        self._wanted |= other.wanted
        self.problems = list(dict.fromkeys([*self.problems, *other.problems]))

    def _cannot(self, spot: Spot, error: ValueError) -> Path:
        """Note why a picture cannot be made; a plain one stands in while serving."""
        what, _, cure = str(error).partition(": ")
        self.problems.append(Problem(*spot, "picture", what, cure))
        return self._plain()

    def _plain(self) -> Path:
        """A picture with the site's name alone."""
        return self._drawn_card(self.cards.page("", self.cards.site_name, ""))

    def card(self, ref: Ref) -> Shared:
        """The picture for sharing of an entity's page."""
        return self._cards.get(ref, lambda: self._entity_card(ref))

    def _entity_card(self, ref: Ref) -> Shared:
        address, item = routes.card_of(ref), self.library.item(ref)
        mark = item.document.marks.value((self.cards.kinds[ref.kind].heading(item.entity),))
        return self._want(address, self.cards.entity(ref), (item.path, mark))

    def story_card(self, story: Story) -> Shared:
        """The picture for sharing of a narrative page."""
        address = routes.card_of_page(routes.story_url(story.path))
        spot = story.file, story.document.marks.value(("title",))
        return self._cards.get(address, lambda: self._want(address, self.cards.story(story), spot))

    def page_card(self, url: str, title: str, text: str) -> Shared:
        """The picture for sharing of a page that lists things."""
        card = self.cards.page(url, title, text)
        if url == routes.TIMELINE:
            card = self.cards.timeline(title, text)
        return self._want(routes.card_of_page(url), card, (url, START))

    def _want(self, address: str, card: Card, spot: Spot) -> Shared:
        self._wanted[address] = CardWanted(card, spot, Shared(address, card.alt))
        asking.wants(address)
        return self._wanted[address].shared

    def _draw_cards(self) -> None:
        """Draw what the cache lacks, on every core: Pillow compresses without Python's lock."""
        wanted = sorted(self._wanted.items())
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            drawn = pool.map(self._try_card, (one.card for _, one in wanted))
            for (address, one), made in zip(wanted, drawn, strict=True):
                found = made if isinstance(made, Path) else self._cannot(one.spot, made)
                self.assets[address] = found
                if lacking := sorted(scripts.lacking(one.shared.alt)):
                    named = ", ".join(f"{c} (U+{ord(c):04X})" for c in lacking[:5])
                    more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
                    message = f"no font of the pictures has {named}{more}: drawn as boxes there"
                    extra = scripts.extra_for(lacking)
                    cure = f"to draw them: pip install 'summitry[{extra}]'" if extra else ""
                    self.notes.append(Problem(*one.spot, "no-letterform", message, cure, note=True))

    def file(self, address: str) -> Path | None:
        """The file of one picture that was asked for, drawn now if it is a card."""
        if address not in self.assets and (one := self._wanted.get(address)):
            made = self._try_card(one.card)
            self.assets[address] = made if isinstance(made, Path) else self._cannot(one.spot, made)
        return self.assets.get(address)

    def _try_card(self, card: Card) -> Path | ValueError:
        try:
            return self._drawn_card(card)
        except ValueError as error:  # the words do not fit, or the typeface lacks a letter
            return error

    def _card_key(self, card: Card) -> list[str | bytes]:
        return self._key("card", repr(card))

    def _drawn_card(self, card: Card) -> Path:
        return self._cache.path(self._card_key(card), ".png", partial(draw, card))

    def figure(self, ref: Ref) -> Made:
        """An image entity's picture: derived from its photograph, or drawn."""
        return self._figures.get(ref, lambda: self._figure(ref))

    def _figure(self, ref: Ref, at: tuple[float, float] | None = None) -> Made:
        image = self.library.entities(Image)[ref.id]
        make = partial(self._photo, at=at) if image.file else self._drawn
        try:
            return make(ref, image)
        except ValueError as error:  # nothing to draw, no room for a label, a bad photograph
            address = f"assets/figures/{ref.id}.png"
            item = self.library.item(ref)
            spot = item.path, item.document.marks.value(("drawn",))
            self._put(address, self._cannot(spot, error))
            return Made(address, *CARD_SIZE)

    def _put(self, address: str, path: Path) -> None:
        self.assets[address] = path
        asking.wants(address)

    def _drawn(self, ref: Ref, image: Image) -> Made:
        """A figure, whose file stands alone; pages draw it themselves."""
        drawing = drawings.drawing(self.cards.words, self.library, image)
        about = Packet(
            title=image.name,
            description=plain(image.caption),
            creator=image.creator,
            source=self.cards.site_url + routes.url(ref),
            rights=image.license,
            credit=image.credit,
        )
        key = self._key("figure", drawing.key)
        drawn = self.own(drawing)
        address = f"assets/figures/{ref.id}.svg"
        make = partial(vector.standalone, drawn, about)
        self._put(address, self._cache.path([*key, repr(about)], ".svg", make))
        form = drawn.forms[0]
        return Made(address, form.width, form.height, drawn=drawn)

    def own(self, drawing: drawings.Drawing) -> vector.Drawn:
        """A figure that pages draw themselves."""
        key = self._key("figure", drawing.key)
        kept = self._cache.path(key, ".json", lambda: vector.dump(drawing.draw()))
        return vector.load(kept.read_bytes())

    def portrait(self, ref: Ref) -> Made:
        """A photograph cut to a square around its focus; what is drawn stays as it is."""
        image = self.library.entities(Image)[ref.id]
        if not image.file:
            return self.figure(ref)
        return self._portraits.get(ref, lambda: self._figure(ref, around(image)))

    def _photo(self, ref: Ref, image: Image, at: tuple[float, float] | None = None) -> Made:
        """Derivatives in several widths, squares around a point if one is given.

        Which there are stands in a cached list.
        """
        name = (Path(self.library.item(ref).path).parent / str(image.file)).as_posix()
        path = self.library.root / name
        credit = photos.Credit(
            caption=plain(image.caption),
            creator=image.creator,
            credit=image.credit,
            license=image.license,
            acquire_license_page=image.acquire_license_page or "",
        )
        make = partial(photos.square, at=at) if at else photos.derive
        key = self._key("photo", self.library.file(name), repr(credit), repr(at))
        listed = self._cache.path(key, ".json", lambda: self._derive(path, credit, key, make))
        variants, largest = [], ("", 0, 0)
        for width, height, suffix in json.loads(listed.read_bytes()):
            address = f"assets/images/{ref.id}{'-portrait' if at else ''}-{width}{suffix}"
            again = partial(_one, path, credit, width, suffix, make)
            self._put(address, self._cache.path([*key, str(width)], suffix, again))
            if suffix == ".webp":
                variants.append((address, width))
            else:
                largest = (address, width, height)  # the last is the largest
        return Made(*largest, variants=tuple(variants))

    def _derive(
        self, path: Path, credit: photos.Credit, key: list[str | bytes], make: _Deriving
    ) -> bytes:
        rows = []
        for one in make(photos.load(path), credit):
            suffix = _suffix(one)
            self._cache.path([*key, str(one.width)], suffix, partial(bytes, one.data))
            rows.append([one.width, one.height, suffix])
        return json.dumps(rows).encode()

    def stylesheet(self) -> str:
        """The rules that declare the site's typeface, whose files become assets."""
        texts = [raw.decode("utf-8") for raw in self.library.texts.values()]
        rules, files = webfonts([*texts, *self.cards.words.letters], self._cache)
        self.assets.update(files)
        return rules


def drawing_code() -> bytes:
    """A hash of the drawing code: a change in it makes every cached name a new one."""
    folder = PACKAGE / "pictures"
    code = b"".join(path.read_bytes() for path in sorted(folder.glob("*.*")))
    return hashlib.sha256(code).digest()


def _suffix(one: photos.Derivative) -> str:
    return {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[one.format]


def _one(path: Path, credit: photos.Credit, width: int, suffix: str, make: _Deriving) -> bytes:
    """A single derivative, made again because it went missing from the cache."""
    made = make(photos.load(path), credit)
    return next(one.data for one in made if one.width == width and _suffix(one) == suffix)
