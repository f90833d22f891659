"""Licences by their SPDX id or their address: which there are, what readers call them, where."""

from __future__ import annotations

import re

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from summitry.content.problems import nearest

_COMMONS = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)")
_CC = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]+))?")
_USUAL = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0")
_ZERO = "CC0-1.0"


def is_address(name: str) -> bool:
    """Whether a licence is given by its address."""
    return name.startswith(("https://", "http://"))


def fault(name: str) -> tuple[str, str]:
    """What is wrong with a licence and how to mend it; two empty texts if nothing is."""
    if is_address(name):
        return "", ""
    usual = f"write an SPDX id, such as {_USUAL[0]}, or the licence’s address, https://…"
    try:
        known = canonicalize_license_expression(name) if re.fullmatch(r"[\w.+-]+", name) else ""
    except InvalidLicenseExpression:
        known = ""
    if not known or known.startswith("LicenseRef-"):
        near = nearest(name.upper(), _USUAL)
        hint = f"write {near}, or the licence’s address, https://…" if near else usual
        return f"“{name:.60}” is not the SPDX id of a licence", hint
    return ("", "") if known == name else (f"“{name}” is the licence {known}", f"write {known}")


def address(name: str) -> str:
    """Where a licence stands: the deed of Creative Commons, or its page in SPDX's list."""
    if is_address(name) or not name:
        return name
    if name == _ZERO:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if found := _CC.fullmatch(name):
        land = f"{found[3].lower()}/" if found[3] else ""
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/{land}"
    return f"https://spdx.org/licenses/{name}.html"


def shown(name: str) -> str:
    """A licence as readers know it: `CC BY-SA 4.0`; one by an unknown address as it is."""
    if found := _COMMONS.match(name):
        kind = {"zero": "CC0", "mark": "Public domain"}.get(found[2], f"CC {found[2].upper()}")
        return kind if found[2] == "mark" else f"{kind} {found[3]}"
    if name == _ZERO:
        return "CC0 1.0"
    if found := _CC.fullmatch(name):
        return f"CC {found[1]} {found[2]}" + (f" {found[3]}" if found[3] else "")
    return name
