"""The web app manifest: what a phone shows of the site among its own (W3C, Web App Manifest).

Every address in it is relative to the manifest, which stands at the site's root, so the site works
under a sub-path. The site stays in the browser; nothing is installed that would keep state.
"""

from __future__ import annotations

import json
from typing import Any

from summitry.content import routes
from summitry.pictures.palette import NIGHT, Colour


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def as_json(name: str, description: str, language: str) -> str:
    """The manifest of a site, as text that ends with a line break.

    The short name, which stands under an icon, is the name up to its first comma or colon.
    """
    manifest: dict[str, Any] = {
        "name": name,
        "short_name": name.partition(",")[0].partition(":")[0].strip() or name,
        "description": description,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": _hex(NIGHT),
        "theme_color": _hex(NIGHT),
        "icons": [
            _icon("icon.svg", "any", "image/svg+xml", "any"),
            _icon("icon-192.png", "192x192", "image/png", "any"),
            _icon("icon-512.png", "512x512", "image/png", "any"),
            _icon("icon-maskable-512.png", "512x512", "image/png", "maskable"),
        ],
    }
    if not description:
        del manifest["description"]
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _icon(file: str, sizes: str, kind: str, purpose: str) -> dict[str, str]:
    return {"src": routes.icon(file), "sizes": sizes, "type": kind, "purpose": purpose}
