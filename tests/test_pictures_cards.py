"""The picture of a quotation."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from summitry.pictures import cards
from summitry.pictures.cards import DoesNotFit, QuoteCard, SocialCard, draw, draw_social
from summitry.pictures.look import AURORA, NIGHT, PROVEN, SECONDARY, TEXT
from summitry.pictures.metadata import XMP_KEY
from summitry.pictures.typeset import CannotDrawError

CARD = QuoteCard(
    words="We agreed on many points, & a <few> remain.",
    speaker="Maria Example",
    role="President of Somewhere",
    setting="Press statement, Harbour, 3 May 2031",
    state="Checked against transcript",
    proven=True,
    site="The meeting, explained",
    quote_language="en",
    left_out=False,
    source_url="https://example.org/transcript?a=1&b=2",
    rights="CC BY 4.0, without the quotation",
)
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
    unproven = opened(draw(replace(CARD, proven=False))).convert("RGB")
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
    for card in (CARD, replace(CARD, proven=False)):
        assert not [c for c in colours(opened(draw(card))) if c[0] > c[2] + 25]


def test_left_out_is_said() -> None:
    without, with_it = (opened(draw(replace(CARD, left_out=value))) for value in (False, True))
    box = (470, 538, 700, 575)
    assert colours(without.crop(box)) == {NIGHT}
    assert SECONDARY in colours(with_it.crop(box))


def test_margins_hold_only_the_hanging_mark() -> None:
    image = opened(draw(CARD)).convert("RGB")
    assert colours(image.crop((0, 0, 92, 630)).crop((0, 300, 88, 630))) == {NIGHT}
    assert TEXT in colours(image.crop((0, 60, 90, 300)))
    assert colours(image.crop((1112, 0, 1200, 630))) == {NIGHT}


def test_same_bytes_each_time_and_under_any_environment(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_pictures_cards import CARD, RUSSIAN, draw\n"
        "print(hashlib.sha256(draw(CARD) + draw(RUSSIAN)).hexdigest())\n"
    )
    expected = hashlib.sha256(draw(CARD) + draw(RUSSIAN)).hexdigest()
    assert hashlib.sha256(draw(CARD) + draw(RUSSIAN)).hexdigest() == expected
    for zone, locale, seed in (("Asia/Kamchatka", "C", "1"), ("America/Anchorage", "tr_TR", "2")):
        environment = {
            **os.environ,
            "TZ": zone,
            "LC_ALL": locale,
            "LANG": locale,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(Path(cards.__file__).parents[2]),
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


def test_metadata_can_be_read_back() -> None:
    image = opened(draw(CARD))
    image.load()
    xmp = image.info[XMP_KEY]
    assert "We agreed on many points, &amp; a &lt;few&gt; remain." in xmp
    assert "<dc:creator><rdf:Seq><rdf:li>Maria Example</rdf:li></rdf:Seq></dc:creator>" in xmp
    assert "<dc:source>https://example.org/transcript?a=1&amp;b=2</dc:source>" in xmp
    assert "CC BY 4.0, without the quotation" in xmp
    assert set(image.info) <= {XMP_KEY, "xmp"}


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
        (replace(CARD, state="A state of proof with many words " * 2), "state"),
    ],
)
def test_nothing_is_cut_off(card: QuoteCard, message: str) -> None:
    with pytest.raises(DoesNotFit, match=message):
        draw(card)


def test_characters_without_a_letterform_are_named() -> None:
    with pytest.raises(CannotDrawError, match=r"U\+4E2D"):
        draw(replace(CARD, words="中"))


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


def test_social_card() -> None:
    card = SocialCard("What happened, hour by hour", "The day in local time", "The meeting")
    content = draw_social(card)
    image = opened(content)
    assert image.size == (1200, 630)
    assert len(content) <= 24_000
    assert {NIGHT, TEXT, SECONDARY} <= colours(image)
    assert content == draw_social(card)
    with pytest.raises(DoesNotFit):
        draw_social(replace(card, title="Long words " * 60))
