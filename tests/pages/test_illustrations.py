"""The pictures of a small site: drawn once, kept by content, published from the cache."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from running import ROOT
from small_site import FILES, checked
from summitry.content.values import Ref
from summitry.data.setting import Setting
from summitry.pages import card_words
from summitry.pages.illustrations import CARD_SIZE, Illustrations
from summitry.pages.site import Pages, illustrate
from summitry.pictures import scripts

QUOTE, MAP = Ref("quotes", "quote-one"), Ref("images", "map-one")
SVG = "{http://www.w3.org/2000/svg}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
QUOTES = "content/quotes/quote-one.md"
PHOTO = (
    "---\ntitle: Photo\nfile: photo.jpg\nalt: A face.\n"
    "caption: 'Speaker One speaks. [@source-one]'\n"
    "creator: Maker One\ncredit: Agency One\nlicense: CC-BY-4.0\n---\n"
)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def illustrations(
    cache: Path, changes: dict[str, str | bytes | None] | None = None, root: Path = Path("/nowhere")
) -> Illustrations:
    return illustrate(checked(changes, root), cache, "Site One", "https://site.example/x/")


def photographed(root: Path, width: int, colour: str = "red") -> dict[str, str | bytes | None]:
    """An image entity whose photograph carries what its maker did not mean to publish."""
    folder = root / "content/images"
    folder.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x010F] = "SecretCameraMaker"
    Image.new("RGB", (width, width // 2), colour).save(folder / "photo.jpg", exif=exif)
    return {"content/images/photo.md": PHOTO}


def drawn(
    cache: Path, changes: dict[str, str | bytes | None] | None = None
) -> tuple[Illustrations, Path]:
    """Everything drawn, and the file of the quotation's picture."""
    made = illustrations(cache, changes)
    made.everything()
    return made, made.assets["assets/cards/quote-one.png"]


def test_a_card_is_a_picture_of_its_size_in_the_cache(cache: Path) -> None:
    made, path = drawn(cache)
    shared = made.card(QUOTE)
    assert shared.path == "assets/cards/quote-one.png"
    assert shared.alt.startswith("“We had “some” words” — Speaker One, Second Role. 15 August")
    assert path.is_relative_to(cache)
    with Image.open(path) as opened:
        assert (opened.size, opened.format) == (CARD_SIZE, "PNG")
    assert made.problems == []


def test_every_entity_and_narrative_page_has_a_card(cache: Path) -> None:
    made, _ = drawn(cache)
    for item in made.library.every():
        assert made.assets[made.card(item.ref).path].is_file()
    for story in made.library.stories.values():
        assert made.assets[made.story_card(story).path].is_file()
    assert len({path for path in made.assets if "/cards/" in path}) == len(
        made.library.every()
    ) + len(made.library.stories)


def test_cards_of_lists_are_drawn_once_they_are_asked_for(cache: Path) -> None:
    made = illustrations(cache)
    shared = made.page_card("people/", "People", "All of them.")
    assert shared.path == "assets/cards/pages/people.png"
    assert shared.path not in made.assets
    assert made.everything() == []
    assert made.assets[shared.path].is_file()


def test_what_is_shown_decides_the_name_in_the_cache(cache: Path) -> None:
    def kept(text: str) -> Path:
        return drawn(cache, {QUOTES: text})[1]

    same = kept(FILES[QUOTES])
    assert kept(FILES[QUOTES].replace("many words", "no words")) == same  # not on the card
    assert kept(FILES[QUOTES].replace("We had", "They had")) != same


def test_a_cached_card_is_not_drawn_again(tmp_path: Path) -> None:
    path = drawn(tmp_path)[1]
    os.utime(path, (1, 1))
    assert drawn(tmp_path)[1] == path
    assert path.stat().st_mtime == 1


def test_threads_do_not_change_what_is_drawn(tmp_path: Path) -> None:
    """Drawn on all cores, and one after another."""
    made, _ = drawn(tmp_path / "one")
    for ref in (item.ref for item in made.library.every()):
        card = made.cards.entity(ref)
        assert card_words.draw(card) == made.assets[made.card(ref).path].read_bytes(), ref


@pytest.mark.parametrize(
    "voice", ["{sign: the backdrop}", "{nickname: reporters}", "{unnamed: a reporter}"]
)
def test_words_without_a_named_speaker_have_a_card(cache: Path, voice: str) -> None:
    text = FILES[QUOTES].replace("speaker: speaker-one", f"speaker: {voice}")
    made, path = drawn(cache, {QUOTES: text})
    assert path.is_file()
    assert made.problems == []


def test_words_that_do_not_fit_are_a_problem_where_they_stand(cache: Path) -> None:
    long = " ".join(["Donaudampfschifffahrtsgesellschaftskapitän"] * 40)
    made, path = drawn(cache, {QUOTES: FILES[QUOTES].replace("We had “some” words", long)})
    assert path.is_file()  # serving shows another picture meanwhile
    (problem,) = made.problems
    assert (problem.path, *problem.mark, problem.code) == (QUOTES, 3, 7, "picture")


@pytest.mark.parametrize(
    "words", ["לא הושג הסכם", "ما می‌خواهیم جنگ تمام شود", "合意に至るまで合意はない", "합의는 없다"]
)
def test_words_of_any_script_have_a_card(cache: Path, words: str) -> None:
    made, _ = drawn(cache, {QUOTES: FILES[QUOTES].replace("We had “some” words", words)})
    assert made.problems == []


def test_a_letter_that_no_font_has_is_a_note(cache: Path) -> None:
    made, path = drawn(cache, {QUOTES: FILES[QUOTES].replace("We had", "We had 🤝")})
    assert path.is_file()
    assert made.problems == []
    (problem,) = made.notes
    assert (problem.path, *problem.mark, problem.code) == (QUOTES, 3, 7, "no-letterform")
    assert problem.message == "no font of the pictures has 🤝 (U+1F91D): drawn as boxes there"
    assert problem.note


@pytest.mark.parametrize(
    ("path", "field", "column"),
    [
        ("content/facts/fact-one.md", "statement: They met on one day.", 12),
        ("content/people/speaker-two.md", "name: Speaker Two", 7),
    ],
)
def test_a_title_that_does_not_fit_is_a_problem_where_it_stands(
    cache: Path, path: str, field: str, column: int
) -> None:
    long = field + " and so on and on" * 40
    made, _ = drawn(cache, {path: FILES[path].replace(field, long)})
    (problem,) = made.problems
    assert (problem.path, *problem.mark, problem.code) == (path, 2, column, "picture")


def drawing(made: Illustrations) -> tuple[ElementTree.Element, bytes]:
    """The file of the figure as read by a parser, and its bytes."""
    figure = made.figure(MAP)
    assert figure.path == "assets/figures/map-one.svg"
    data = made.assets[figure.path].read_bytes()
    root = ElementTree.fromstring(data)
    assert (root.get("width"), root.get("height")) == (str(figure.width), str(figure.height))
    return root, data


def test_a_map_is_a_file_that_says_what_it_is(cache: Path) -> None:
    made = illustrations(cache)
    root, data = drawing(made)
    described = root.find(f"{SVG}metadata/{RDF}RDF/{RDF}Description")
    assert described is not None
    found = {child.tag.split("}")[1]: "".join(child.itertext()) for child in described}
    assert found == {
        "title": "Map One",
        "description": "Where it was.",
        "creator": "Summitry",
        "source": "https://site.example/x/images/map-one/",
        "rights": "CC-BY-4.0",
        "Credit": "Drawn by Summitry",
    }
    assert root.findtext(f"{SVG}title") == "Map One"
    assert root.findtext(f"{SVG}desc") == "A map. Places: Place One and Place Two."
    assert b"event-one.md" not in data
    assert not made.problems


def test_a_map_tells_its_routes_in_words(cache: Path) -> None:
    text = FILES["content/images/map-one.md"].replace(
        "depicts:",
        "journeys:\n  - {label: One, through: [place-two, place-one], evidence: "
        "[{source: source-one, says: So.}]}\n  - {label: Other, through: [place-one, place-two, "
        "place-one], evidence: [{source: source-one, says: So.}]}\ndepicts:",
    )
    root, _ = drawing(illustrations(cache, {"content/images/map-one.md": text}))
    assert (root.findtext(f"{SVG}desc") or "").endswith(
        "Routes: One, from Place Two to Place One, a solid line; "
        "Other, from Place One by way of Place Two to Place One, a dotted line."
    )


def test_the_timeline_of_the_day_is_drawn(cache: Path) -> None:
    text = FILES["content/images/map-one.md"].replace("locator-map", "day-timeline")
    text = text.replace("places/place-one, places/place-two", "events/event-one")
    made = illustrations(cache, {"content/images/map-one.md": text})
    root, _ = drawing(made)
    assert "11:10, Event One" in (root.findtext(f"{SVG}desc") or "")
    drawn = made.figure(MAP).drawn
    assert drawn is not None
    assert [form.room for form in drawn.forms] == ["roomy", "tight"]


def test_a_figure_is_drawn_once_and_a_change_of_its_caption_changes_the_file(
    tmp_path: Path,
) -> None:
    first, same = drawing(illustrations(tmp_path))[1], drawing(illustrations(tmp_path))[1]
    text = FILES["content/images/map-one.md"].replace("Drawn by Summitry", "Drawn by another")
    other = drawing(illustrations(tmp_path, {"content/images/map-one.md": text}))[1]
    assert first == same != other
    assert len(list(tmp_path.rglob("*.json"))) == 1


def test_a_map_without_room_is_a_problem_where_it_stands(cache: Path) -> None:
    path = "content/places/place-two.md"
    made = illustrations(cache, {path: FILES[path].replace("Place Two", "Wide " * 60)})
    assert made.figure(MAP).drawn is None  # serving shows another picture meanwhile
    (problem,) = made.problems
    assert (problem.path, problem.code) == ("content/images/map-one.md", "picture")
    assert problem.message == "the names of the places do not fit on the map"
    assert problem.cure == "depict fewer of them"


def test_a_photograph_is_published_in_several_widths_without_its_own_metadata(
    cache: Path, tmp_path: Path
) -> None:
    changes = photographed(tmp_path, 1800)
    made = illustrations(cache, changes, tmp_path)
    figure = made.figure(Ref("images", "photo"))
    assert figure.path.endswith(".jpg")
    assert figure.width == 2 * figure.height
    widths = [width for _, width in figure.variants]
    assert widths == sorted(set(widths))
    assert len(widths) > 1
    for address in (figure.path, *(address for address, _ in figure.variants)):
        data = made.assets[address].read_bytes()
        assert b"SecretCameraMaker" not in data
        assert b"Agency One" in data
        assert b"Speaker One speaks." in data
        assert b"@source-one" not in data
        with Image.open(BytesIO(data)) as opened:
            assert f"-{opened.width}." in address


PORTRAYED = {
    "content/people/speaker-one.md": str(FILES["content/people/speaker-one.md"]).replace(
        "---\n", "---\nimage: photo\n", 1
    )
}


def test_a_portrait_is_cut_around_what_matters(cache: Path, tmp_path: Path) -> None:
    changes = photographed(tmp_path, 1800)
    with Image.open(tmp_path / "content/images/photo.jpg") as image:
        image.paste("blue", (0, 0, 900, 900))
        image.save(tmp_path / "content/images/photo.jpg")
    seen = []
    for focus in ("", "focus: 0% 50%\n", "focus: 100% 50%\n"):
        changed = {"content/images/photo.md": PHOTO.replace("---\n", f"---\n{focus}", 1)}
        made = illustrations(cache, {**changes, **changed}, tmp_path)
        portrait = made.portrait(Ref("images", "photo"))
        assert (portrait.width, portrait.height) == (480, 480)
        assert [width for _, width in portrait.variants] == [240, 480]
        with Image.open(made.assets[portrait.path]) as opened:
            across = (opened.getpixel((x, 240)) for x in (20, 460))
            seen.append(["blue" if p[2] > 128 else "red" for p in across])  # type: ignore[index]
    assert seen == [["blue", "red"], ["blue", "blue"], ["red", "red"]]


def test_a_person_s_page_shows_the_portrait_with_its_licence_in_words(
    cache: Path, tmp_path: Path
) -> None:
    library = checked(photographed(tmp_path, 1800) | PORTRAYED, tmp_path)
    pictures = illustrate(library, cache, "Site One", "https://site.example/x/")
    pages = Pages(library, pictures, [ROOT / "overrides"], Setting("S", "https://site.example/x/"))
    page = next(one for one in pages.every() if one.url == "people/speaker-one/").make().html
    shown = page[page.index('<figure class="figure portrait">') :].partition("</figure>")[0]
    assert "portrait-240.webp 240w, " in shown
    assert 'sizes="15rem"' in shown
    assert 'width="480" height="480" alt="A face."' in shown
    assert "loading" not in shown, "it stands on the first screen"
    assert "Agency One. CC BY 4.0." in shown


def test_a_page_with_a_photograph_is_shared_with_it_and_its_credit(
    cache: Path, tmp_path: Path
) -> None:
    changes = photographed(tmp_path, 1800) | PORTRAYED
    changes["docs/story.md"] = "---\nfigure: photo\n---\n# S\n\nWords. [@source-one; @source-two]"
    made = illustrations(cache, changes, tmp_path)
    for shared in (
        made.card(Ref("people", "speaker-one")),
        made.card(Ref("images", "photo")),
        made.story_card(made.library.stories["story.md"]),
    ):
        assert shared.alt.endswith("A face. Agency One, CC BY 4.0.")
        path = made.file(shared.path)
        assert path is not None
        with Image.open(path) as opened:
            assert opened.size == CARD_SIZE
            assert opened.convert("RGB").getpixel((900, 200)) == pytest.approx((254, 0, 0), abs=9)
    long = PHOTO.replace("Agency One", "The agency that sent it " * 12)
    assert made.problems == []
    made = illustrations(cache, {**changes, "content/images/photo.md": long}, tmp_path)
    made.file(made.card(Ref("people", "speaker-one")).path)
    (problem,) = made.problems
    assert problem.message == "the credit of the photograph is too long for a picture"


def test_another_photograph_of_the_same_name_is_another_in_the_cache(
    cache: Path, tmp_path: Path
) -> None:
    kept = []
    for colour in ("red", "blue", "red"):
        made = illustrations(cache, photographed(tmp_path, 700, colour), tmp_path)
        kept.append(made.assets[made.figure(Ref("images", "photo")).path])
    assert kept[0] == kept[2] != kept[1]


def test_a_derivative_that_went_missing_is_made_again(cache: Path, tmp_path: Path) -> None:
    changes = photographed(tmp_path, 640)
    for _ in range(2):
        made = illustrations(cache, changes, tmp_path)
        path = made.assets[made.figure(Ref("images", "photo")).path]
        before = path.read_bytes()
        path.unlink()
    again = illustrations(cache, changes, tmp_path)
    assert again.assets[again.figure(Ref("images", "photo")).path].read_bytes() == before


def test_the_style_sheet_names_the_scripts_that_are_used(cache: Path) -> None:
    plain = illustrations(cache)
    assert plain.stylesheet().count("@font-face") == 2
    assert "cyrillic" not in plain.stylesheet()
    made = illustrations(cache, {"docs/story.md": "# Слово\n\n[@source-one; @source-two]"})
    assert made.stylesheet().count("@font-face") == 4
    for address, path in made.assets.items():
        assert path.read_bytes()[:4] == b"wOF2", address
        assert f'url("fonts/{Path(address).name}")' in made.stylesheet()


def test_letters_that_few_pages_have_are_no_part_of_the_file_that_every_page_loads(
    cache: Path,
) -> None:
    """Within 14 kB a file comes in one go: the first ten packets of a connection."""
    made = illustrations(cache, {"docs/story.md": "# Λόγος ğ é\n\n[@source-one; @source-two]"})
    assert made.stylesheet().count("@font-face") == 6
    for script, letters in (("greek", "Λόγος"), ("latin-extended", "ğ"), ("latin", "é")):
        with TTFont(made.assets[f"assets/fonts/serif-400-{script}.woff2"]) as opened:
            assert {chr(code) for code in opened.getBestCmap()} & set("Λόγοςğé") == set(letters)


def test_the_style_sheet_has_every_letter_of_the_interface(cache: Path) -> None:
    """A site in Ukrainian whose own words are Latin still says `Цитати`."""
    made = illustrate(checked(), cache, "Site One", "https://site.example/x/", "uk")
    assert "cyrillic.woff2" not in stylesheet_of_english(cache)
    made.stylesheet()
    found = made.assets["assets/fonts/serif-600-cyrillic.woff2"]
    with TTFont(found) as opened:
        letters = {chr(code) for code in opened.getBestCmap()}
    assert set("Цитати") <= letters


def stylesheet_of_english(cache: Path) -> str:
    return illustrate(checked(), cache, "Site One", "https://site.example/x/").stylesheet()


def test_letters_of_an_extra_are_a_note_that_names_it(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the large package of Chinese, Japanese and Korean the words have their card too."""
    monkeypatch.setattr(scripts, "_installed", lambda part: part != "cjk")
    kept = (scripts._faces, scripts._repertoire, scripts.shaped)
    for one in kept:
        one.cache_clear()
    made, path = drawn(cache, {QUOTES: FILES[QUOTES].replace("We had", "We had 合意")})
    for one in kept:
        one.cache_clear()
    assert path.is_file()
    assert made.problems == []
    (problem,) = made.notes
    assert problem.code == "no-letterform"
    assert problem.cure == "to draw them: pip install 'summitry[cjk]'"
    assert not any("cjk" in name for name in scripts.packages())
