"""The plugin's options: checked like everything else, unknown ones refused."""

from __future__ import annotations

import pytest
from summitry.content.options import Options, read_options
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
