"""Where people sit in drawings of tables: two sides, more, one, and as many as twenty people."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from summitry.content.kinds import Person
from summitry.pages import seating
from summitry.pages.for_templates import initials
from summitry.pages.rooms import _initials, _short
from summitry.pages.seating import Plan, Seat

Sizes = tuple[int, ...]
MANY: list[Sizes] = [(1,), (20,), (1, 1), (10, 10), (3, 3, 1), (1, 1, 1), (20, 1, 1), (4, 5, 6, 5)]


def sides(sizes: Sizes, name: str = "Hermannsson") -> list[tuple[str, list[Seat]]]:
    lines = seating.lines(name)
    return [
        (f"Side {n}", [Seat(f"{name} {n}.{m}", "", "", "AB", lines) for m in range(size)])
        for n, size in enumerate(sizes)
    ]


def plan(sizes: Sizes, *, names: bool = True, name: str = "Hermannsson") -> Plan:
    given = sides(sizes, name)
    edge = seating.edges([[side for side, _ in given]])
    long = seating.is_long([side for side, _ in given], edge)
    roomy, tight = seating.plans(given, edge, 84, round_=not long)
    return roomy if names else tight


@pytest.mark.parametrize("names", [True, False])
@pytest.mark.parametrize("sizes", MANY)
def test_everybody_has_a_seat_of_their_own_within_the_drawing(sizes: Sizes, names: bool) -> None:
    drawn = plan(sizes, names=names, name="Ann Averylongsurname von der Leyen")
    assert len(drawn.chairs) == sum(sizes)
    room = 2 * drawn.radius + 2
    for a, b in combinations(drawn.chairs, 2):
        assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 > room**2
    for chair in drawn.chairs:
        assert drawn.radius < chair.x < drawn.width - drawn.radius
        assert drawn.radius < chair.y < drawn.height - drawn.radius


@pytest.mark.parametrize("sizes", MANY)
def test_no_words_touch_another_row(sizes: Sizes) -> None:
    drawn = plan(sizes, name="Ann Averylongsurname von der Leyen")
    for right in (False, True):
        rows = [y for c in drawn.chairs if c.right is right for y, _ in c.lines]
        rows += [head.y for head in drawn.heads if head.right is right]
        assert all(abs(a - b) >= 15 for a, b in combinations(rows, 2)), rows
        assert all(12 < y < drawn.height for y in rows)


@pytest.mark.parametrize("sizes", MANY)
def test_nobody_sits_on_the_table_and_nobody_far_from_it(sizes: Sizes) -> None:
    for drawn in (plan(sizes), plan(sizes, names=False)):
        if not drawn.round:
            continue
        half = drawn.across / 2
        ends = drawn.top + half, drawn.top + drawn.along - half  # the middles of its round ends
        for chair in drawn.chairs:
            nearest = drawn.left + half, min(max(chair.y, ends[0]), ends[1])
            gap = dist(nearest, (chair.x, chair.y)) - half - drawn.radius
            assert gap == pytest.approx(4)


def test_two_sides_face_each_other_and_a_host_is_on_nobodys_side() -> None:
    two = plan((3, 3))
    assert not two.round
    assert [c.right for c in two.chairs] == [False] * 3 + [True] * 3
    three = plan((3, 3, 2))
    assert three.round
    assert {head.text for head in three.heads} == {"Side 0", "Side 1", "Side 2"}
    guests = [c for c in three.chairs if c.seat.name.split()[-1][0] in "01"]
    host = [c for c in three.chairs if c.seat.name.split()[-1][0] == "2"]
    assert len({(c.x, c.y) for c in guests + host}) == 8


def test_the_people_of_one_side_are_round_the_whole_table() -> None:
    drawn = plan((20,))
    assert drawn.round
    assert sum(c.right for c in drawn.chairs) == 10
    assert drawn.heads == []
    assert plan((1,)).round


def test_a_side_keeps_its_edge_in_all_meetings_or_the_table_is_round() -> None:
    edge = seating.edges([["us", "russia"], ["ukraine", "us"], ["russia", "ukraine"], ["us"]])
    assert edge == {"us": False, "russia": True, "ukraine": True}
    assert seating.is_long(["us", "russia"], edge)
    assert seating.is_long(["ukraine", "us"], edge)
    assert seating.is_long(["us"], edge)
    assert not seating.is_long(["russia", "ukraine"], edge)
    assert not seating.is_long(["us", "russia", "ukraine"], edge)
    assert not seating.is_long(["host"], edge)


def named(name: str, family: str = "", short: str = "") -> Person:
    parts = {"family": family, "short": short}
    given = {key: text for key, text in parts.items() if text}
    return Person.model_validate({"name": name, "summary": "S.", **given})


def test_no_part_of_a_name_is_guessed() -> None:
    people = [
        named("Kim Jong Un", "Kim"),
        named("Xi Jinping", "Xi"),
        named("Steingrímur Hermannsson", short="Steingrímur"),
        named("Ronald Reagan"),
    ]
    assert _short(people) == ["Kim", "Xi", "Steingrímur", "Ronald Reagan"]
    assert [initials(one.name, one.family or "") for one in people] == ["KJ", "XJ", "SH", "RR"]
    assert initials("Ursula von der Leyen", "von der Leyen") == "UL"
    assert initials("习近平", "习") == "习近"


def test_people_of_one_family_are_told_apart() -> None:
    bushes = [named("George Bush", "Bush"), named("Barbara Bush", "Bush")]
    assert _short(bushes) == ["G. Bush", "B. Bush"]
    kims = [named("Kim Jong Un", "Kim"), named("Kim Yo Jong", "Kim"), named("Kim Jong Il", "Kim")]
    assert _short(kims) == ["Kim Jong Un", "Y. Kim", "Kim Jong Il"]


def test_initials_tell_people_apart_as_far_as_letters_do() -> None:
    names = ["Ronald Reagan", "Rozanne Ridgway", "George Shultz", "Gerard Smith"]
    assert _initials([named(name, name.split()[-1]) for name in names]) == [
        "RRe", "RRi", "GSh", "GSm",
    ]  # fmt: skip
    two = [named("Steve Ox"), named("Susie Oz")]
    assert _initials(two) == ["StO", "SuO"]


def test_long_names_stand_in_lines_as_long_as_their_longest_word() -> None:
    assert seating.lines("Vigdís Finnbogadóttir") == ("Vigdís", "Finnbogadóttir")
    assert seating.lines("Ann Lee") == ("Ann Lee",)


def test_tables_beside_each_other_have_frames_of_one_width() -> None:
    edge = {"A": False, "B": True}
    two, three = sides((1, 1)), sides((1, 1, 1))
    two = [(name, seats) for name, (_, seats) in zip("AB", two, strict=True)]
    for long, other in zip(
        seating.plans(two, edge, 84, round_=False, near_round=True),
        seating.plans(three, edge, 84, round_=True, near_round=True),
        strict=True,
    ):
        assert long.width == other.width
        assert long.left + long.across / 2 == other.left + other.across / 2
