"""What browsers may do with the site: its content policy, and the headers that a host adds.

The policy stands in every page, so that any host will do. One script stands in pages, what sets
a chosen theme before the first paint; the policy names it by its hash, and no other runs that
stands in a page. Nothing there styles it. The search runs as WebAssembly. A host that sends
headers can do what a page cannot: say who may show pages in a frame, and cover files that are no
pages. A picture with styles of its own names these by their hashes, once the site is built.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from string import Template
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from summitry import PACKAGE
from summitry.content import routes

_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {}; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'none'"
)

_CSP = "Content-Security-Policy"
_MISSING = "404.html"
_ALONE = "frame-ancestors 'none'"
_PICTURE = "default-src 'none'; style-src {}; font-src data:; img-src data:; sandbox"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FOREVER = "public, max-age=31536000, immutable"
_HASHED = ("pagefind/fragment/", "pagefind/index/")
"""Folders of files that are named after what is in them. All else is asked for anew."""


def policy(script: str) -> str:
    """What every page states, where `script` stands in pages to be run.

    A frame's ancestors cannot be named in a page.
    """
    return _POLICY.format(named(script))


def named(text: str) -> str:
    """A text that stands in a page, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def as_headers(site: Path, base_path: str) -> str:
    """The headers of a built site, in the format of the file `_headers` that some hosts read.

    `base_path` is the path of the site's own address. Browsers hold a page to every policy that it
    is given, so the one for all addresses allows what any file needs, and a page's own narrows it.
    """
    hashes = "".join(f" {one}" for _, own in _styles(site) for one in own)
    wide = _stated(site).replace("style-src 'self'", f"style-src 'self'{hashes}")
    wide = wide.replace("font-src 'self'", "font-src 'self' data:")
    rules: list[tuple[str, dict[str, str]]] = [
        ("*", {_CSP: wide, **_ALWAYS, "Cache-Control": "no-cache"}),
        *((f"{folder}*", {"Cache-Control": _FOREVER}) for folder in _HASHED),
        *((address, {_CSP: _ALONE}) for address in _unframed(site)),
    ]
    return "".join(
        f"{base_path}{address}\n" + "".join(f"  {name}: {said}\n" for name, said in given.items())
        for address, given in rules
    )


def as_nginx(site: Path, base_path: str) -> str:
    """A configuration of nginx for a built site: compression, caching and headers."""
    root = site.parents[depth - 1] if (depth := base_path.count("/") - 1) else site
    stated = _stated(site)
    return Template((PACKAGE / "build" / "nginx.conf").read_text("utf-8")).substitute(
        base=base_path,
        root=root,
        policy=f"{stated}; {_ALONE}",
        embedded=stated,
        embeds=routes.embed_url("[^/]+"),
        hashed="|".join(_HASHED),
        forever=_FOREVER,
        pictures="\n".join(
            f'    "{base_path}{name}" "{_PICTURE.format(" ".join(own))}";'
            for name, own in _styles(site)
        ),
        headers="\n".join(
            f'    add_header {name} "{said}" always;' for name, said in _ALWAYS.items()
        ),
    )


def _unframed(site: Path) -> Iterator[str]:
    """Every page but those to embed; `*` stands for whatever follows, `:id` for one name."""
    embed = routes.embed_url(":id")
    shown = site / embed.partition("/")[0]
    yield ""
    for folder in sorted(path for path in site.iterdir() if path.is_dir() and path != shown):
        if any(folder.rglob("*.html")):
            yield f"{folder.name}/*"
    if shown.is_dir():
        yield f"{shown.name}/"
        yield embed.removesuffix("embed/")
        for folder in sorted(path for path in shown.iterdir() if path.is_dir()):
            if not (folder / "index.html").exists():  # of lists
                yield f"{shown.name}/{folder.name}/*"


def _stated(site: Path) -> str:
    """The policy that the pages of a site state: each site has one for what is missing."""
    root = LexborHTMLParser((site / _MISSING).read_bytes())
    found = root.css_first(f'meta[http-equiv="{_CSP}"]')
    return (found.attributes.get("content") or "") if found else ""


def _styles(site: Path) -> Iterator[tuple[str, list[str]]]:
    """Each picture that has styles of its own, and these as a policy names them."""
    for path in sorted(site.rglob("*.svg")):
        try:
            root = ElementTree.parse(path)  # noqa: S314  # a picture that this build drew
            styles = root.iter("{http://www.w3.org/2000/svg}style")
        except ElementTree.ParseError:  # which the last look refuses
            continue
        if hashes := sorted({named(style.text or "") for style in styles}):
            yield path.relative_to(site).as_posix(), hashes
