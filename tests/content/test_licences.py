"""Licences: which there are, what they are called, where they stand."""

from __future__ import annotations

import pytest
from summitry.content import licences
from summitry.content.options import Options

KNOWN = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-3.0": ("CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
    "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    "CC-BY-3.0-AT": ("CC BY 3.0 AT", "https://creativecommons.org/licenses/by/3.0/at/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "GFDL-1.3-only": ("GFDL-1.3-only", "https://spdx.org/licenses/GFDL-1.3-only.html"),
    "https://creativecommons.org/licenses/by/2.0/": (
        "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/",
    ),
    "https://creativecommons.org/publicdomain/mark/1.0/": (
        "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/",
    ),
    "https://office.example/terms": (
        "https://office.example/terms", "https://office.example/terms",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_a_licence_has_a_name_and_an_address(name: str) -> None:
    assert licences.fault(name) == ("", "")
    assert (licences.shown(name), licences.address(name)) == KNOWN[name]


@pytest.mark.parametrize("name", ["CC BY 4.0", "MIT OR CC-BY-4.0", "LicenseRef-own", "ours", "-"])
def test_what_is_no_licence_is_told_with_what_to_write(name: str) -> None:
    message, hint = licences.fault(name)
    assert message == f"“{name}” is not the SPDX id of a licence"
    assert hint.startswith("write ")


def test_nothing_is_claimed_where_nothing_is_set() -> None:
    assert Options().terms == ""
    assert licences.address(Options().license) == ""
    assert Options(license="CC-BY-4.0").terms == "CC BY 4.0"
    assert Options(license="CC-BY-4.0", rights="As said.").terms == "As said."
