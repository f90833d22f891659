"""The plugin's options: checked like everything else, unknown ones refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from summitry.content.options import Options, Zone, read_options
from summitry.content.values import Ref

ZONE = {"name": "America/Anchorage", "label": "Anchorage"}


def test_nothing_is_required() -> None:
    options, errors = read_options({})
    assert errors == []
    assert options == Options()
    assert options.main is None


def test_the_main_event_is_a_reference() -> None:
    options, _ = read_options({"main_event": "summit", "time_zones": [ZONE]})
    assert options is not None
    assert options.main == Ref("events", "summit")
    assert str(options.time_zones[0].info) == "America/Anchorage"


@pytest.mark.parametrize(
    ("raw", "where", "message", "hint"),
    [
        ({"main_evnt": "x"}, "main_evnt", "this is no option",
         "did you mean main_event?"),
        ({"searched_for_days": 0}, "searched_for_days", "this is less than 1", "write 1 or more"),
        ({"searched_for_days": "x"}, "searched_for_days", "this is no whole number",
         "write a number in figures, such as 180"),
        ({"menu": "x"}, "menu", "this must be a list",
         "begin each item with a dash, or delete the line"),
        ({"menu": ["x"]}, "menu.0", "this must be a mapping",
         "write its keys below it, each as `key: value`"),
        ({"menu": [{"labl": "A", "to": ""}]}, "menu.0.labl", "this is no option",
         "did you mean label?"),
        ({"proof_page": 3}, "proof_page", "this must be text", "write it in quotation marks"),
        ({"outlets": {"A": 1}}, "outlets.A", "this must be text", "write it in quotation marks"),
        ({"main_event": "Summit.md"}, "main_event", "Summit.md is not an id of an event",
         "write its file's name without .md"),
        ({"time_zones": [{**ZONE, "name": "America/Anchorag"}]}, "time_zones.0.name",
         "America/Anchorag is not a time zone", "did you mean America/Anchorage?"),
        ({"time_zones": [{"name": "UTC"}]}, "time_zones.0.label", "it is missing", "add label:"),
        ({"sides": ["us"]}, "sides", "this must be a mapping",
         "write its keys below it, each as `key: value`"),
        ({"menu": [{"label": str(i), "to": ""} for i in range(6)]}, "menu",
         "it has more than 5 items", "keep 5 of them"),
        ({"parts": {"spoke": "Spoke"}, "attended": ["spok"]}, "attended",
         "spok is not one of the parts", "did you mean spoke?"),
        ({"license": "CC-BY"}, "license", "“CC-BY” is not the SPDX id of a licence",
         "write CC-BY-4.0, or the licence’s address, https://…"),
        ({"search": "perhaps"}, "search",
         "this is neither true nor false", "write true or false"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    raw: dict[str, object], where: str, message: str, hint: str
) -> None:
    assert read_options(raw) == (None, [(where, message, hint)])


def test_an_option_that_is_near_none_is_told_with_all_that_there_are() -> None:
    (wrong,) = read_options({"zzz": 1})[1]
    assert wrong[:2] == ("zzz", "this is no option")
    assert all(name in wrong.hint for name in Options.model_fields)


def test_all_that_is_wrong_comes_at_once() -> None:
    _, errors = read_options({"a": 1, "b": 2, "main_event": "A B"})
    assert sorted(one.at for one in errors) == ["a", "b", "main_event"]


def test_options_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Options().rights = "x"


SUMMER, WINTER = datetime(2025, 8, 15, 12, tzinfo=UTC), datetime(2025, 12, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "label", "summer", "winter", "place"),
    [
        (
            "America/Anchorage",
            "Anchorage (AKDT)",
            "Anchorage (AKDT)",
            "Anchorage (AKST)",
            "Anchorage",
        ),
        (
            "America/Anchorage",
            "Anchorage (AKST)",
            "Anchorage (AKDT)",
            "Anchorage (AKST)",
            "Anchorage",
        ),
        ("America/Anchorage", "Anchorage", "Anchorage", "Anchorage", "Anchorage"),
        ("America/Anchorage", "AKDT", "AKDT", "AKST", "AKDT"),
        ("Europe/London", "London (GMT)", "London (BST)", "London (GMT)", "London"),
        ("UTC", "UTC", "UTC", "UTC", "UTC"),
        ("Asia/Dubai", "Dubai (GST)", "Dubai (GST)", "Dubai (GST)", "Dubai (GST)"),
    ],
)
def test_the_label_of_a_zone_follows_the_day(
    name: str, label: str, summer: str, winter: str, place: str
) -> None:
    zone = Zone(name=name, label=label)
    assert (zone.label_at(SUMMER), zone.label_at(WINTER), zone.place) == (summer, winter, place)


def test_a_label_has_no_other_zone_s_abbreviation() -> None:
    raw = {"time_zones": [{"name": "America/Anchorage", "label": "Anchorage (PDT)"}]}
    (problem,) = read_options(raw)[1]
    assert problem[0] == "time_zones.0.label"
    assert problem[1:] == ("America/Anchorage is never called PDT", "write AKDT or AKST")
