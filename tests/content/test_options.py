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
    ("raw", "where", "message"),
    [
        ({"main_evnt": "x"}, "main_evnt", "unknown option; did you mean main_event?"),
        ({"zzz": 1}, "zzz", "unknown option"),
        ({"main_event": "Summit.md"}, "main_event", "Summit.md is not an id of an event"),
        ({"time_zones": [{**ZONE, "name": "America/Anchorag"}]}, "time_zones.0.name",
         "America/Anchorag is not a time zone; did you mean America/Anchorage?"),
        ({"time_zones": [{"name": "UTC"}]}, "time_zones.0.label", "Field required"),
        ({"sides": ["us"]}, "sides", "Input should be a valid dictionary"),
        ({"menu": [{"label": str(i), "to": ""} for i in range(6)]}, "menu",
         "List should have at most 5 items after validation, not 6"),
        ({"parts": {"spoke": "Spoke"}, "attended": ["spok"]}, "attended",
         "spok is not one of the parts; did you mean spoke?"),
        ({"license": "CC-BY"}, "license", "“CC-BY” is not the SPDX id of a licence; "
         "write CC-BY-4.0, or the licence’s address, https://…"),
        ({"search": "perhaps"}, "search",
         "Input should be a valid boolean, unable to interpret input"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(raw: dict[str, object], where: str, message: str) -> None:
    assert read_options(raw) == (None, [(where, message)])


def test_all_that_is_wrong_comes_at_once() -> None:
    _, errors = read_options({"a": 1, "b": 2, "main_event": "A B"})
    assert sorted(where for where, _ in errors) == ["a", "b", "main_event"]


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
    assert problem[1] == "America/Anchorage is never called PDT, but AKDT or AKST"
