"""What templates can do with a value."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from running import ROOT
from summitry.pages.templates import environment
from summitry.words.catalogue import Words


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ 'one of `a<b` or `c`'|coded }}", "one of <code>a&lt;b</code> or <code>c</code>"),
        ("{{ 'no <code>'|coded }}", "no &lt;code&gt;"),
        ("{{ 'role_on_<day>'|breakable }}", "role_<wbr>on_<wbr>&lt;day&gt;"),
        ("{{ 'ru'|language }} {{ 'xx'|language }}", "Russian xx"),
    ],
)
def test_filters_escape_what_they_mark(tmp_path: Path, template: str, shown: str) -> None:
    made = environment([ROOT / "overrides"], tmp_path, Words())
    assert made.from_string(template).render() == shown


def test_an_unknown_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        environment([ROOT / "overrides"], tmp_path, Words()).from_string("{{ nothing }}").render()
