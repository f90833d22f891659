"""The picture of a page for services that show links."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops
from summitry.pictures.card_sheet import SMALL, SMALLEST_STATE, DoesNotFit, Sheet, right
from summitry.pictures.locator_map_layout import MapPlace, Route
from summitry.pictures.metadata import Packet
from summitry.pictures.page_card import Chart, SocialCard, draw
from summitry.pictures.palette import AURORA, DISPUTED, LAND, NIGHT, SECONDARY, TEXT, Colour

CARD = SocialCard(
    title="What happened",
    site="The meeting, explained",
    about=Packet(description="What happened."),
    kicker="The talks",
    strong="3 May 2031",
    text="Two delegations met in a harbour and spoke for an hour.",
    foot="Event",
)
QUESTION = SocialCard(
    title="How long did they talk?",
    site=CARD.site,
    about=CARD.about,
    rows=(("", "An hour"), ("", "Two hours")),
    foot="Sources disagree",
    shape="differ",
    disputed=True,
)
MAPPED = replace(
    CARD,
    strong="",
    text="",
    foot="",
    chart=Chart(
        (MapPlace("Harbour", 61.0, -150.0, True), MapPlace("Elsewhere", 55.0, 37.0, False)),
        (Route("", ((55.0, 37.0), (61.0, -150.0)), False),),
        "A map.",
    ),
)
LONG = "Everything that was said in that room has been written down. "


def opened(card: SocialCard) -> Image.Image:
    return Image.open(io.BytesIO(draw(card)))


def colours(image: Image.Image) -> set[Colour]:
    found = image.convert("RGB").getcolors(100_000) or []
    return {value for _, value in found if isinstance(value, tuple) and len(value) == 3}


def amber(image: Image.Image) -> bool:
    return any(c[0] > c[2] + 25 for c in colours(image))


@pytest.mark.parametrize("card", [CARD, QUESTION, replace(CARD, title=LONG * 5, text="")])
def test_size_palette_and_bytes(card: SocialCard) -> None:
    content = draw(card)
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
    assert len(colours(image)) <= 16
    assert len(content) <= 30_000
    assert content == draw(card)
    assert b"What happened." in content


def test_every_field_is_shown_in_its_ink() -> None:
    assert {NIGHT, TEXT, AURORA, SECONDARY} <= colours(opened(CARD))
    for name in ("kicker", "strong", "text", "foot"):
        assert draw(replace(CARD, **{name: ""})) != draw(CARD)


def test_amber_marks_disputes_and_nothing_else() -> None:
    assert DISPUTED in colours(opened(QUESTION).crop((90, 535, 600, 580)))
    assert not amber(opened(QUESTION).crop((0, 0, 1200, 530)))
    assert not amber(opened(CARD))
    assert not amber(opened(MAPPED))


def test_no_answer_stands_out() -> None:
    """Each answer has the same height, ink and bar."""
    image = opened(QUESTION).convert("L").crop((92, 200, 95, 500)).point(lambda v: 255 * (v > 150))
    bars, column = [], list(image.crop((1, 0, 2, 300)).tobytes())
    for y, (before, after) in enumerate(zip([0, *column], [*column, 0], strict=True)):
        if before != after:
            bars.append(y)
    heights = [end - start for start, end in zip(bars[::2], bars[1::2], strict=True)]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) <= 1


def test_margins_stay_empty() -> None:
    for card in (CARD, QUESTION, replace(CARD, title=LONG * 5)):
        image = opened(card).convert("RGB")
        assert colours(image.crop((0, 0, 90, 630))) == {NIGHT}
        assert colours(image.crop((1112, 0, 1200, 630))) == {NIGHT}
        assert colours(image.crop((0, 0, 1200, 84))) == {NIGHT}


def difference(one: SocialCard, other: SocialCard) -> tuple[int, int, int, int] | None:
    pictures = [opened(card).convert("RGB") for card in (one, other)]
    return ImageChops.difference(*pictures).getbbox()


def test_what_does_not_fit_goes_in_the_order_of_its_weight_and_is_never_cut() -> None:
    full = replace(CARD, title=LONG * 4, text=LONG * 4, rows=(("", LONG),) * 3)
    assert difference(full, replace(full, text="")) is None
    # With its sentence gone, and little else, the title is shown whole with all other fields.
    some = replace(CARD, title=LONG * 3, text=LONG * 8)
    assert difference(some, replace(some, text="")) is None
    assert difference(some, replace(some, text="", strong="")) is not None
    bare = replace(CARD, title=LONG * 5, kicker="", strong="", text="")
    crowded = replace(bare, kicker=LONG, strong=LONG, text=LONG, rows=(("", LONG * 3),) * 3)
    assert difference(bare, crowded) is None


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (replace(CARD, title=LONG * 12), "title is too long"),
        (replace(CARD, title="W" * 80), "title is too long"),
        (replace(CARD, foot="A state with many words " * 4), "state and the site"),
    ],
)
def test_a_title_that_cannot_be_shown_whole_is_an_error(card: SocialCard, message: str) -> None:
    with pytest.raises(DoesNotFit, match=message):
        draw(card)


def test_a_long_state_is_set_smaller_and_only_what_cannot_be_read_is_refused() -> None:
    """States are as long as their language makes them, and no site could make them shorter."""
    room = replace(CARD, foot="Planned; no source seen says whether it took place")
    long = replace(CARD, foot="Планировалось; прочитанные источники не говорят, состоялось ли")
    sizes = []
    for card in (CARD, room, long):
        sheet = Sheet()
        name = right(card.site, SMALL) - 24
        assert sheet.foot(card.foot, "", SECONDARY, name) <= name
        sizes.append(sheet.items[0].face.size)
    assert sizes[0] == sizes[1] == SMALL.size
    assert SMALLEST_STATE <= sizes[2] < SMALL.size
    with pytest.raises(DoesNotFit, match="the state and the site's name"):
        draw(replace(long, foot=f"{long.foot} {long.foot}"))


def test_titles_of_other_scripts_are_drawn() -> None:
    assert draw(replace(CARD, title="中")) != draw(replace(CARD, title="美"))


def test_the_map_fades_into_the_ground_and_runs_off_the_edges() -> None:
    content = draw(MAPPED)
    assert len(content) <= 60_000
    image = Image.open(io.BytesIO(content))
    assert (image.size, image.mode) == ((1200, 630), "P")
    assert LAND in colours(image.crop((700, 0, 1200, 1)))
    assert LAND in colours(image.crop((1199, 0, 1200, 630)))
    assert colours(image.crop((0, 0, 540, 80))) == {NIGHT}
    assert {TEXT, AURORA} <= colours(image.crop((0, 0, 541, 630)))


def test_times_stand_in_a_column_of_their_own() -> None:
    rows = (("about 09:00", "They landed"), ("11:10", "A handshake"))
    image = opened(replace(CARD, kicker="", text="", strong="", rows=rows)).convert("RGB")
    assert AURORA in colours(image.crop((92, 150, 300, 480)))
    assert AURORA not in colours(image.crop((330, 150, 1200, 480)))


def test_the_alternative_is_what_is_set() -> None:
    assert CARD.alt == (
        "The talks. What happened. 3 May 2031. Two delegations met in a harbour and spoke for "
        "an hour. Event. The meeting, explained."
    )
    assert QUESTION.alt.startswith("How long did they talk? An hour; Two hours. Sources disagree.")
    assert MAPPED.alt.endswith("A map.")
