"""Where everything stands in the figure of one day. `test_figures` has how it is written."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from summitry.pictures import day
from summitry.pictures.day_layout import Moment, layout, layouts
from summitry.pictures.palette import Box, Frame

CROWD = [
    Moment("10:54", "18:54 UTC", "The second plane lands", 654, None, False),
    Moment("11:08", "19:08 UTC", "They shake hands", 668, None, False),
    Moment("11:10", "19:10 UTC", "Both get into one car", 670, None, False),
    Moment("11:10–11:26", "19:10–19:26 UTC", "The drive", 670, 686, False),
    Moment("11:26", "19:26 UTC", "The meeting begins", 686, None, False),
    Moment("about 11:30–14:15", "", "The talks", 690, 855, True),
    Moment("about 16:20", "00:20 UTC", "Both leave", 980, None, True),
]
WIDE, NARROW = Frame(1280, 400, 17), Frame(640, 400, 22)


def boxes(title: str, moments: list[Moment], frame: Frame) -> list[Box]:
    return [entry.box for entry in layout(title, moments, frame).entries]


@pytest.mark.parametrize("frame", [WIDE, NARROW, day.WIDE, day.NARROW, Frame(390, 300, 16)])
def test_no_text_touches_another(frame: Frame) -> None:
    plan = layout("The day", CROWD, frame)
    assert len(plan.entries) == len(CROWD)
    for a, b in combinations([entry.box for entry in plan.entries], 2):
        assert not a.overlaps(b, 2)
    for entry in plan.entries:
        assert entry.box.inside(frame.width, plan.height, 4)
        assert entry.box.top > plan.title[-1].baseline
        assert all(line.face.size >= 12 for line in entry.lines)


def test_stems_run_through_no_text() -> None:
    plan = layout("", CROWD, WIDE)
    stems = [entry.stem for entry in plan.entries if entry.stem is not None]
    assert len(stems) == 5
    for x, low, high in stems:
        for entry in plan.entries:
            assert not entry.box.overlaps(Box(x - 1, high, x + 1, low))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1439), st.integers(0, 300) | st.none()), min_size=1, max_size=12
    ),
    st.sampled_from([WIDE, NARROW, Frame(760, 200, 14)]),
)
def test_any_day_is_clear(times: list[tuple[int, int | None]], frame: Frame) -> None:
    moments = [
        Moment(
            "00:00", "UTC", "Something happens", at, None if lasts is None else at + lasts, False
        )
        for at, lasts in times
    ]
    plan = layout("A day", moments, frame)
    for a, b in combinations([entry.box for entry in plan.entries], 2):
        assert not a.overlaps(b)
    assert all(entry.box.inside(frame.width, plan.height) for entry in plan.entries)


def test_wide_axis_is_to_scale() -> None:
    plan = layout("", CROWD, WIDE)
    x = {e.moment.time_label: (e.mark.left + e.mark.right) / 2 for e in plan.entries if e.stem}
    pixels = (x["about 16:20"] - x["10:54"]) / (980 - 654)
    assert x["11:26"] - x["10:54"] == pytest.approx(pixels * 32)
    talks = next(e.mark for e in plan.entries if e.moment.name == "The talks")
    assert talks.right - talks.left == pytest.approx(pixels * 165)
    assert [tick.text for tick in plan.ticks][:2] == ["10:00", "11:00"]


def test_narrow_is_a_list_in_order_of_time() -> None:
    plan = layout("", CROWD[::-1], NARROW)
    tops = [entry.box.top for entry in plan.entries]
    assert tops == sorted(tops)
    assert [e.moment.time_label for e in plan.entries] == [m.time_label for m in CROWD]
    gaps = {
        (a.moment.time_label, b.moment.time_label): b.box.top - a.box.bottom
        for a, b in zip(plan.entries, plan.entries[1:], strict=False)
    }
    assert gaps["about 11:30–14:15", "about 16:20"] > gaps["11:08", "11:10"]
    drive = next(e for e in plan.entries if e.moment.name == "The drive").mark
    begins = next(e for e in plan.entries if e.moment.name == "The meeting begins").mark
    assert drive.bottom == pytest.approx((begins.top + begins.bottom) / 2, abs=8)


def test_height_is_at_least_the_frames() -> None:
    assert layout("", CROWD[:1], Frame(1280, 900, 17)).height == 900


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one moment"):
        layout("", [], WIDE)
    with pytest.raises(ValueError, match="ends before"):
        layout("", [replace(CROWD[3], end_minutes=600)], WIDE)
    with pytest.raises(ValueError, match="wider"):
        layout("", [replace(CROWD[0], name="x" * 90)], NARROW)


NIGHT = Moment("22:30 to 01:10 on 16 August", "", "The dinner", 1350, 1510, False)


@pytest.mark.parametrize("frame", [day.WIDE, day.NARROW])
def test_each_day_has_its_own_axis_and_all_one_scale(frame: Frame) -> None:
    later = [replace(CROWD[0], minutes=540), NIGHT]
    first, second = layouts([("One", CROWD), ("Two", later)], frame)
    assert [line.text for plan in (first, second) for line in plan.title] == ["One", "Two"]
    assert first.axis.bottom < second.title[0].baseline
    assert max(e.box.bottom for e in first.entries) < min(e.box.top for e in second.entries)
    for a, b in combinations([e.box for plan in (first, second) for e in plan.entries], 2):
        assert not a.overlaps(b)
    assert all(e.box.inside(frame.width, second.height) for e in second.entries)
    if frame is day.WIDE:
        assert (first.axis.left, first.axis.right) == (second.axis.left, second.axis.right)
        assert [t.text for t in first.ticks] == [t.text for t in second.ticks]
        span = {
            e.moment.name: e.mark.right - e.mark.left for e in (*first.entries, *second.entries)
        }
        assert span["The dinner"] / span["The talks"] == pytest.approx(160 / 165)
        assert first.ticks[0].text == "09:00"
        stem = next(e for e in second.entries if e.stem)
        assert stem.stem
        assert stem.stem[1] == second.axis.top
        assert stem.stem[2] == pytest.approx(stem.box.top)
