"""The picture of a quotation."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from PIL import Image
from summitry.pictures import page_card, quote_card
from summitry.pictures.card_sheet import DoesNotFit
from summitry.pictures.metadata import XMP_KEY, Packet
from summitry.pictures.palette import AURORA, NIGHT, PROVEN, SECONDARY, TEXT
from summitry.pictures.quote_card import QuoteCard, draw
from test_page_card import MAPPED, QUESTION

CARD = QuoteCard(
    words="We agreed on many points, & a <few> remain.",
    speaker="Maria Example",
    role="President of Somewhere",
    setting="Press statement, Harbour, 3 May 2031",
    state="Checked against transcript",
    shape="tick",
    proven=True,
    site="The meeting, explained",
    quote_language="en",
    about=Packet(
        description="“We agreed on many points, & a <few> remain.” — Maria Example.",
        headline="Maria Example: On the points",
        creator="The meeting, explained",
        credit="The meeting, explained",
        source="https://example.org/transcript?a=1&b=2",
        supplier="Transcript, Office of Somewhere",
        rights="CC BY 4.0, without the quotation",
        statement="https://site.example/quotes/points/",
        licensor="https://site.example/quotes/points/",
        licensor_name="The meeting, explained",
    ),
)
UNPROVEN = replace(CARD, shape="open", proven=False)
FORTY = (
    " ".join(["Everything that was said in that room has been written down,"] * 3) + " twice over."
)
RUSSIAN = replace(
    CARD,
    words="Добрый день, дорогой сосед. Очень приятно видеть Вас в добром здравии.",
    speaker="Имя Фамилия",
    quote_language="ru",
)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def colours(image: Image.Image) -> set[tuple[int, int, int]]:
    found = image.convert("RGB").getcolors(100_000) or []
    return {value for _, value in found if isinstance(value, tuple) and len(value) == 3}


@pytest.mark.parametrize(
    "card", [CARD, replace(CARD, words="Next time."), replace(CARD, words=FORTY), RUSSIAN]
)
def test_size_palette_and_bytes(card: QuoteCard) -> None:
    content = draw(card)
    image = opened(content)
    assert image.format == "PNG"
    assert image.size == (1200, 630)
    assert image.mode == "P"
    assert len(content) <= 24_000
    assert 8 < len(colours(image)) <= 32


def test_colours_and_shapes_of_the_states() -> None:
    proven = opened(draw(CARD)).convert("RGB")
    unproven = opened(draw(UNPROVEN)).convert("RGB")
    assert {NIGHT, TEXT, AURORA, SECONDARY, PROVEN} <= colours(proven)
    assert PROVEN not in colours(unproven)
    words = (126, 535, 400, 570)
    assert PROVEN in colours(proven.crop(words))
    assert SECONDARY in colours(unproven.crop(words))
    shape = (90, 540, 120, 570)
    assert colours(proven.crop(shape)) & {PROVEN}
    assert colours(unproven.crop(shape)) & {SECONDARY}
    # An open circle is empty in the middle; a check mark is not a circle.
    ring = unproven.crop((92, 541, 116, 565))
    assert ring.getpixel((12, 13)) == NIGHT
    assert proven.crop((92, 541, 116, 565)).tobytes() != ring.tobytes()


def test_no_amber_anywhere() -> None:
    for card in (CARD, UNPROVEN):
        assert not [c for c in colours(opened(draw(card))) if c[0] > c[2] + 25]


@pytest.mark.parametrize("said", ["Abridged", "Edited"])
def test_changed_words_are_said_to_be_changed(said: str) -> None:
    without, with_it = (opened(draw(replace(CARD, changed=c))) for c in ("", said))
    box = (470, 538, 700, 575)
    assert colours(without.crop(box)) == {NIGHT}
    assert TEXT in colours(with_it.crop(box))
    assert f". {said}. " in replace(CARD, changed=said).alt


def test_each_state_has_a_shape_of_its_own() -> None:
    names = ("tick", "full", "half", "open")
    seen = {opened(draw(replace(CARD, shape=n))).crop((92, 541, 116, 568)).tobytes() for n in names}
    assert len(seen) == len(names)
    with pytest.raises(KeyError):
        draw(replace(CARD, shape="star"))


def test_margins_hold_only_the_hanging_mark() -> None:
    image = opened(draw(CARD)).convert("RGB")
    assert colours(image.crop((0, 0, 92, 630)).crop((0, 300, 88, 630))) == {NIGHT}
    assert TEXT in colours(image.crop((0, 60, 90, 300)))
    assert colours(image.crop((1112, 0, 1200, 630))) == {NIGHT}


def test_same_bytes_each_time_and_under_any_environment(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_quote_card import CARD, RUSSIAN, draw\n"
        "from test_page_card import MAPPED, QUESTION, draw as other\n"
        "drawn = draw(CARD) + draw(RUSSIAN) + other(MAPPED) + other(QUESTION)\n"
        "print(hashlib.sha256(drawn).hexdigest())\n"
    )
    drawn = draw(CARD) + draw(RUSSIAN) + page_card.draw(MAPPED) + page_card.draw(QUESTION)
    expected = hashlib.sha256(drawn).hexdigest()
    assert draw(CARD) + draw(RUSSIAN) == drawn[: len(draw(CARD) + draw(RUSSIAN))]
    for zone, locale, seed in (("Asia/Kamchatka", "C", "1"), ("America/Anchorage", "tr_TR", "2")):
        environment = {
            **os.environ,
            "TZ": zone,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(Path(quote_card.__file__).parents[2]),
        }
        ran = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
            env=environment,
        )
        assert ran.stdout.strip() == expected


RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
SHOP = "{http://ns.adobe.com/photoshop/1.0/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"


def test_metadata_can_be_read_back_under_the_names_of_the_standard() -> None:
    """IPTC Photo Metadata Standard 2023.2, "XMP specifications" of each field."""
    image = opened(draw(CARD))
    image.load()
    assert set(image.info) <= {XMP_KEY, "xmp"}
    root = ElementTree.fromstring(image.info[XMP_KEY])
    (about,) = root.iter(f"{RDF}Description")
    default = f"{RDF}Alt/{RDF}li"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    said = {
        "description": about.find(f"{DC}description/{default}"),
        "rights": about.find(f"{DC}rights/{default}"),
        "creator": about.find(f"{DC}creator/{RDF}Seq/{RDF}li"),
        "source": about.find(f"{DC}source"),
        "headline": about.find(f"{SHOP}Headline"),
        "credit": about.find(f"{SHOP}Credit"),
        "supplier": about.find(f"{SHOP}Source"),
        "statement": about.find(f"{RIGHTS}WebStatement"),
        "licensor": about.find(f"{PLUS}Licensor/{RDF}Seq/{RDF}li/{PLUS}LicensorURL"),
        "licensor_name": about.find(f"{PLUS}Licensor/{RDF}Seq/{RDF}li/{PLUS}LicensorName"),
    }
    for name, element in said.items():
        assert element is not None, name
        assert element.text == getattr(CARD.about, name)
        if name in ("description", "rights"):
            assert element.get(lang) == "x-default"
    assert len(about) == len(said) - 1  # the licensor is one property with two parts


def test_a_picture_that_takes_too_many_bytes_is_set_smaller() -> None:
    dense = " ".join(["Wm&Æ§ŵg%QxŠß@jy"] * 10) + " so"
    content = draw(replace(CARD, words=dense))
    assert len(content) <= 24_000
    with pytest.raises(DoesNotFit, match="24000 bytes"):
        draw(replace(CARD, about=replace(CARD.about, rights="All of it. " * 3000)))


def test_words_that_do_not_fit_are_an_error_that_says_how_many() -> None:
    with pytest.raises(
        DoesNotFit, match=r"about \d+ characters too long.*shorter excerpt"
    ) as error:
        draw(replace(CARD, words="All of this and more was said. " * 20))
    over = int(str(error.value).split("about ")[1].split(" ")[0])
    assert 250 < over < 500
    shorter = ("All of this and more was said. " * 20)[: 620 - over - 30]
    assert draw(replace(CARD, words=shorter))


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (replace(CARD, words="https://example.org/" + "a" * 90), "one word"),
        (replace(CARD, speaker="A very long name indeed " * 4), "name"),
        (replace(CARD, setting="A place with a long name " * 12), "date and place"),
        (replace(CARD, state="A state of proof with many words " * 3), "state"),
    ],
)
def test_nothing_is_cut_off(card: QuoteCard, message: str) -> None:
    with pytest.raises(DoesNotFit, match=message):
        draw(card)


def ink(words: str, language: str) -> tuple[int, int]:
    """From where to where the words reach across the picture, their hanging mark included."""
    picture = opened(draw(replace(CARD, words=words, quote_language=language))).convert("L")
    box = picture.crop((0, 80, 1200, 380)).point(lambda value: 255 if value > 150 else 0).getbbox()
    assert box is not None
    return box[0], box[2]


def test_words_from_right_to_left_begin_at_the_right() -> None:
    left, right = ink("No deal", "en"), ink("אין הסכם", "he")
    assert left[0] < 92 < left[1] < 900
    assert right[1] > 1108 > right[0] > 300


def test_characters_without_a_letterform_are_boxes() -> None:
    assert draw(replace(CARD, words="A \U0001f600 b")) != draw(replace(CARD, words="A b"))


def test_long_role_and_setting_take_a_second_line() -> None:
    role = "Minister of Foreign Affairs and Deputy Chair of the Council of the Federation"
    image = opened(draw(replace(CARD, role=role, setting=CARD.setting + ", " + CARD.setting)))
    assert image.size == (1200, 630)


def test_larger_words_when_there_are_few() -> None:
    def reach(words: str) -> int:
        box = opened(draw(replace(CARD, words=words))).convert("RGB").crop((92, 0, 1200, 400))
        lit = box.point(lambda value: 255 if value > 200 else 0).convert("L").getbbox()
        assert lit is not None
        return lit[3] - lit[1]

    assert reach("Hx") > 60
    assert reach("Hx " * 60) > reach("Hx")
