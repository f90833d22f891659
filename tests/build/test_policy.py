"""The content policy and the headers of a built site, by what a host is told of each address."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

from running import PUBLISHED
from selectolax.lexbor import LexborHTMLParser
from summitry.build.policy import as_headers, as_nginx, named, policy

BASE = urlsplit(PUBLISHED["SITE_URL"]).path


def rules(text: str) -> dict[str, dict[str, str]]:
    """Headers by address, as a host reads `_headers`."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, said = line.strip().partition(": ")
            given = next(reversed(found.values()))
            given[name] = said
        else:
            found[line] = {}
    return found


def told(found: dict[str, dict[str, str]], address: str) -> list[str]:
    """Every policy that an address gets: from each rule that it matches."""
    matching = [
        re.compile(re.sub(r":id", "[^/]+", re.escape(rule).replace(r"\*", ".*"))) for rule in found
    ]
    given = zip(matching, found.values(), strict=True)
    every = [
        one.get("Content-Security-Policy", "") for rule, one in given if rule.fullmatch(address)
    ]
    return [said for said in every if said]


def test_no_policy_makes_an_exception_for_what_stands_in_a_page(built: Path) -> None:
    said = (built / "_headers").read_text("utf-8") + as_nginx(built, BASE) + policy("")
    assert "unsafe-inline" not in said
    assert "unsafe-eval" not in said.replace("wasm-unsafe-eval", "")


def test_every_page_states_the_policy_first(built: Path) -> None:
    for path in ("index.html", "404.html", "quotes/mess-around/embed/index.html",
                 "contribute/index.html", "about/check-it-yourself/index.html"):  # fmt: skip
        head = LexborHTMLParser((built / path).read_text("utf-8")).css_first("head")
        assert head is not None
        stated = [node.attributes.get("content") for node in head.css("meta[http-equiv]")]
        assert stated == [policy(run_first(built))], path


def run_first(built: Path) -> str:
    """The script that stands in the home page."""
    script = LexborHTMLParser((built / "index.html").read_text("utf-8")).css_first("script")
    assert script is not None
    return script.text() or ""


def test_hosts_are_told_what_the_pages_state(built: Path) -> None:
    stated = policy(run_first(built))
    assert f'"{stated}; frame-ancestors' in as_nginx(built, BASE)
    wide = rules((built / "_headers").read_text("utf-8"))[f"{BASE}*"]["Content-Security-Policy"]
    assert named(run_first(built)) in wide.partition("style-src")[0]


def test_a_page_waits_for_its_style_sheet_alone(built: Path) -> None:
    """A file more is 300 ms on a slow phone: another connection, and a way there and back."""
    for path in ("index.html", "404.html", "quotes/mess-around/embed/index.html"):
        head = LexborHTMLParser((built / path).read_text("utf-8")).css_first("head")
        assert head is not None
        awaited = head.css("link[rel=stylesheet], script[src]:not([type=module], [async])")
        assert [node.tag for node in awaited] == ["link"], path
    for name in ("summitry", "guide"):
        assert (built / f"assets/{name}.css").read_text("utf-8").startswith("@font-face"), name


def test_only_quotations_to_embed_may_be_shown_in_frames(built: Path) -> None:
    found = rules((built / "_headers").read_text("utf-8"))
    assert found == rules(as_headers(built, BASE))
    for page in built.rglob("index.html"):
        address = BASE + page.parent.relative_to(built).as_posix() + "/"
        said = "; ".join(told(found, address.replace("./", "")))
        assert ("frame-ancestors 'none'" in said) != address.endswith("/embed/"), address
        assert "default-src 'none'" in said


def test_a_picture_s_own_styles_are_named_by_their_hashes(built: Path) -> None:
    found = rules((built / "_headers").read_text("utf-8"))
    nginx = as_nginx(built, BASE)
    pictures = sorted((built / "assets/figures").glob("*.svg"))
    assert pictures
    for path in pictures:
        own = re.search(r"<style>(.*?)</style>", path.read_text("utf-8"), re.DOTALL)
        assert own
        digest = base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
        assert all(
            f"'sha256-{digest}'" in said
            for said in told(found, f"{BASE}assets/figures/{path.name}")
        )
        assert re.search(rf'"{BASE}assets/figures/{path.name}" ".*{re.escape(digest)}', nginx)


def test_what_is_named_by_its_bytes_is_kept_and_the_rest_is_asked_for(built: Path) -> None:
    found = rules((built / "_headers").read_text("utf-8"))
    kept = {rule for rule, given in found.items() if "immutable" in given.get("Cache-Control", "")}
    assert kept == {f"{BASE}pagefind/fragment/*", f"{BASE}pagefind/index/*"}
    assert found[f"{BASE}*"]["Cache-Control"] == "no-cache"
