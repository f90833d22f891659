"""Sources in groups, and what a fact rests on."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from summitry.checks.support import Status, Support, origin_groups, support
from summitry.content.kinds import Fact, Source


def source(**more: str) -> Source:
    return Source.model_validate({"type": "article", "title": "T", **more})


def passage(name: str) -> dict[str, str]:
    return {"source": name, "says": "x"}


def statement(*names: str) -> Fact:
    return Fact.model_validate({"statement": "S", "evidence": [passage(name) for name in names]})


def question(*answers: tuple[str, ...]) -> Fact:
    positions = [
        {"value": str(i), "evidence": [passage(name) for name in names]}
        for i, names in enumerate(answers)
    ]
    unresolved = {"who_could_settle": "The host", "read_up_to": "2026"}
    return Fact.model_validate({"question": "Q", "positions": positions, "unresolved": unresolved})


def test_sources_without_ties_stand_alone() -> None:
    assert origin_groups({"b": source(), "a": source()}) == {"a": "a", "b": "b"}


def test_a_reprint_joins_what_it_reworks_however_far() -> None:
    known = {"c": source(), "b": source(derived_from="c"), "a": source(derived_from="b")}
    for order in permutations(known.items()):
        assert origin_groups(dict(order)) == {"a": "a", "b": "a", "c": "a"}


def test_the_same_wire_joins_whatever_its_case() -> None:
    assert len(set(origin_groups({"a": source(wire="AP"), "b": source(wire="ap")}).values())) == 1


def test_an_origin_goes_before_the_wire() -> None:
    known = {"a": source(wire="AP", origin="x"), "b": source(wire="AP", origin="y")}
    known["c"] = source(wire="AP")
    assert len(set(origin_groups(known).values())) == 3
    known["d"] = source(origin="x")
    assert origin_groups(known)["d"] == "a"


def test_a_wire_and_an_origin_of_one_name_are_two_things() -> None:
    assert len(set(origin_groups({"a": source(wire="x"), "b": source(origin="x")}).values())) == 2


def groups_of(*sources: Source) -> int:
    return len(set(origin_groups({f"s{i}": one for i, one in enumerate(sources)}).values()))


def test_pages_of_one_publisher_are_one_unless_origins_say_otherwise() -> None:
    one, other = source(publisher="The Paper"), source(publisher="paper")
    assert groups_of(one, other) == 1
    assert groups_of(one, source(publisher="Another Paper")) == 2
    named = source(publisher="Paper", origin="x")
    assert groups_of(one, named) == 1
    assert groups_of(source(publisher="Paper", origin="y"), named) == 2
    assert groups_of(source(publisher="Paper", origin="y"), named, one) == 2


def test_an_agency_s_copy_and_its_own_page_are_one() -> None:
    assert groups_of(source(publisher="Reuters"), source(publisher="Paper", wire="Reuters")) == 1
    assert groups_of(source(publisher="Paper"), source(publisher="Paper", wire="Reuters")) == 2


def test_pages_of_one_host_are_one_where_nobody_is_named() -> None:
    pages = [source(url=f"https://{host}/x{i}") for i, host in enumerate(["a.example"] * 2)]
    assert groups_of(*pages, source(url="http://www.a.example/")) == 1
    assert groups_of(pages[0], source(url="https://b.example/")) == 2


def test_a_source_is_not_taken_for_an_origin_of_its_name() -> None:
    assert len(set(origin_groups({"a": source(), "b": source(origin="a")}).values())) == 2


def test_two_origins_corroborate_and_two_reprints_do_not() -> None:
    groups = origin_groups({"a": source(), "b": source(wire="W"), "c": source(wire="W")})
    assert support(statement("a", "b"), groups) == Support(Status.CORROBORATED, 2, 2)
    assert support(statement("b", "c"), groups) == Support(Status.SINGLE, 2, 1)
    assert support(statement("a", "a"), groups) == Support(Status.SINGLE, 1, 1)


def test_two_answers_are_a_dispute_and_a_source_of_both_contradicts_itself() -> None:
    groups = origin_groups({name: source() for name in "abc"})
    assert support(question(("a",), ("b", "c")), groups) == Support(Status.DISPUTED, 3, 3)
    found = support(question(("b", "a"), ("a", "b"), ("c", "c")), groups)
    assert found == Support(Status.DISPUTED, 3, 3, ("a", "b"))


def test_each_status_has_a_word_for_filters() -> None:
    assert [one.slug for one in Status] == ["corroborated", "single", "disputed"]


NAMES = "abcdef"
ONE = st.fixed_dictionaries(
    {},
    optional={
        "derived_from": st.sampled_from(NAMES),
        "origin": st.sampled_from("xy"),
        "wire": st.sampled_from(["W", "w", "V"]),
    },
)


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, ONE)), st.permutations(NAMES))
def test_groups_are_the_least_equivalence(
    ties: dict[str, dict[str, str]], order: list[str]
) -> None:
    groups = origin_groups({name: source(**ties[name]) for name in order})
    assert groups == origin_groups({name: source(**ties[name]) for name in NAMES})
    for name, group in groups.items():
        assert groups[group] == group <= name  # named after its first member

    # The least: spread from each source along the rules, without any union-find.
    def tied(a: str, b: str) -> bool:
        one, two = ties[a], ties[b]
        if one.get("derived_from") == b or two.get("derived_from") == a:
            return True
        if "origin" in one or "origin" in two:
            return one.get("origin") == two.get("origin")
        return "wire" in one and one["wire"].lower() == two.get("wire", "").lower()

    for start in NAMES:
        reached, todo = {start}, [start]
        while todo:
            here = todo.pop()
            new = {other for other in NAMES if other not in reached and tied(here, other)}
            reached |= new
            todo += new
        assert reached == {name for name in NAMES if groups[name] == groups[start]}
