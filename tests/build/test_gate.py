"""The last look at the built pages: dead links, and markup that must not be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from summitry.build.gate import inspect, inspect_index
from summitry.build.policy import named


def look(
    site: Path, html: str, base: str = "/", **more: str
) -> list[tuple[str, int, int, str, str]]:
    """What the gate says of `html` as people/a/index.html beside some other files."""
    pages = {
        "index.html": '<p id="top">',
        "people/index.html": "<p id='ä b'>",
        "x y.png": "",
        **more,
    }
    for name, text in {**pages, "people/a/index.html": html}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return [(p.path, *p.mark, p.code, p.message) for p in inspect(site, base)]


def said(site: Path, html: str) -> str:
    """The one thing that is said of a page whose mistake stands on line 2, column 3."""
    ((path, line, column, code, message),) = look(site, f"<p>\n  {html}")
    assert (path, line, column) == ("people/a/index.html", 2, 3)
    return f"{code}: {message}"


@pytest.mark.parametrize(
    "href",
    ["", "#here", "./", "../", "../../", "../../#top", "../../index.html", "../?q=1",
     "../#%C3%A4%20b", "../../x%20y.png", "/people/", "/", "https://x.example/no",
     "mailto:a@b.example", "https://x.example/#:~:text=a", "#:~:text=some%20words",
     "../../pagefind/pagefind.js"],
)  # fmt: skip
def test_links_that_are_fine(tmp_path: Path, href: str) -> None:
    assert look(tmp_path, f'<p id="here"><a href="{href}">x</a>') == []


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("../b/", "../b/ leads to people/b/index.html, which is not there"),
        ("../../x.png", "../../x.png leads to x.png, which is not there"),
        ("/b/", "/b/ leads to b/index.html, which is not there"),
        ("../../../", "../../../ leads out of the site"),
        ("../../../../etc/passwd", "../../../../etc/passwd leads out of the site"),
        ("#nowhere", "#nowhere: there is no #nowhere on that page"),
        ("../../#nowhere", "../../#nowhere: there is no #nowhere on that page"),
    ],
)
def test_dead_links(tmp_path: Path, href: str, message: str) -> None:
    assert said(tmp_path, f'<a href="{href}">x</a>') == f"dead-link: {message}"


def test_a_site_under_a_sub_path(tmp_path: Path) -> None:
    html = '<a href="/base/people/">x</a>\n<a href="/people/">x</a>'
    assert look(tmp_path, html, "/base/") == [
        ("people/a/index.html", 2, 1, "dead-link", "/people/ leads out of the site")
    ]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<b onclick='x()'>", "an event handler onclick stands on <b>"),
        ("<img src='../../x y.png' ONERROR=x>", "an event handler onerror stands on <img>"),
        ("<script>x</script>", "a script stands in the page"),
        ("<a href='javascript:x'>", "<a href> uses the scheme javascript:"),
        ("<a href=' JaVaScRiPt:x'>", "<a href> uses the scheme javascript:"),
        ("<a href='java&#115;cript:x'>", "<a href> uses the scheme javascript:"),
        ("<a href='java\tscript:x'>", "<a href> uses the scheme javascript:"),
        ("<a href='data:text/html,x'>", "<a href> uses the scheme data:"),
        ("<form action='javascript:x'>", "<form action> uses the scheme javascript:"),
        ("<img src='https://e.example/x.png'>", "<img> loads from another host, e.example"),
        ("<img src='//e.example/x.png'>", "<img> loads from another host, e.example"),
        ("<img srcset='../../x%20y.png 1x, https://e.example/x 2x'>",
         "<img> loads from another host, e.example"),
        ("<script src='https://e.example/x.js'></script>",
         "<script> loads from another host, e.example"),
        ("<link rel=stylesheet href='https://e.example/x.css'>",
         "<link> loads from another host, e.example"),
        ("<iframe src='https://e.example/'></iframe>",
         "<iframe> stands in the page"),
        ("<rect fill='url(https://e.example/x.svg#a)'/>",
         "<rect fill> is painted from elsewhere, url(https://e.example/x.svg#a)"),
        ("<g mask='URL( #a )'></g>", "<g mask> is painted from elsewhere, URL( #a )"),
        ("<foreignObject></foreignObject>", "<foreignobject> stands in the page"),
        ("<set attributeName=href to='javascript:x'/>", "<set> stands in the page"),
        ("<br id=x><br id=x>", "the id x stands twice"),
    ],
)  # fmt: skip
def test_markup_that_must_not_be_there(tmp_path: Path, html: str, message: str) -> None:
    if "stands twice" in message:
        assert [found[3:] for found in look(tmp_path, html)] == [("forbidden-markup", message)]
    else:
        assert said(tmp_path, html) == f"forbidden-markup: {message}"


@pytest.mark.parametrize(
    "html",
    ["<link rel=canonical href='https://x.example/'>", "<img src='data:image/png;base64,x'>",
     "<script src='../../x%20y.png'></script>", "<!-- <script>x</script> <a href='../b/'> -->"],
)  # fmt: skip
def test_markup_that_is_fine(tmp_path: Path, html: str) -> None:
    assert look(tmp_path, html) == []


def test_svg_may_use_what_stands_in_the_page(tmp_path: Path) -> None:
    drawn = '<svg><g id="a"></g><use href="#a"/><rect fill="url(#a)" stroke="none"/></svg>'
    assert look(tmp_path, drawn) == []
    gone = "dead-link: #b: there is no #b on that page"
    assert said(tmp_path, '<rect fill="url(#b)"/>') == gone
    assert said(tmp_path, '<use href="#b"/>') == gone


STATED = '<meta http-equiv="Content-Security-Policy" content="script-src \'self\'">'


@pytest.mark.parametrize(
    ("head", "before"),
    [
        ("", "body"),
        (STATED.replace("self", "unsafe-inline"), "body"),
        (f"<script src=x.js></script>{STATED}", "script"),
        (f"<link rel=stylesheet href=x.css>{STATED}", "link"),
        (f"<p>x</p>{STATED}", "body"),
        (f"<!-- {STATED} -->", "body"),
    ],
    ids=["none", "another", "after a script", "after a style", "in the body", "in a comment"],
)
def test_every_page_states_its_policy_before_anything_is_loaded(
    tmp_path: Path, head: str, before: str
) -> None:
    for name in ("x.js", "x.css"):
        (tmp_path / name).touch()
    (tmp_path / "index.html").write_text(f"<!doctype html><head>{STATED}</head><p>x")
    assert inspect(tmp_path, policy="script-src 'self'") == []
    (tmp_path / "index.html").write_text(f"<!doctype html><head>{head}</head><p>x")
    said = [p.message for p in inspect(tmp_path, policy="script-src 'self'")]
    assert said == [f"no content policy stands before <{before}>"]


@pytest.mark.parametrize(
    ("script", "wrong"),
    [
        ("<script>let a = 1 < 2</script>", 0),
        ("<script data-first>let a = 1 < 2</script>", 0),
        ("<script>let a = 1 < 3</script>", 1),
        ("<script>let a = 1 < 2\n</script>", 1),
        ("<script></script>", 1),
        ("<script>let a = 1 < 2</script><script>x</script>", 1),
        ("<script type='text/x'>x</script>", 1),
    ],
)
def test_what_the_policy_names_may_stand_and_nothing_else(
    tmp_path: Path, script: str, wrong: int
) -> None:
    own = f"script-src {named('let a = 1 < 2')}"
    stated = STATED.replace("script-src 'self'", own)
    (tmp_path / "index.html").write_text(f"<!doctype html><head>{stated}{script}</head><p>x")
    said = [p.message for p in inspect(tmp_path, policy=own)]
    assert said == ["a script stands in the page"] * wrong


OF_INDEX = (
    "pagefind.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-entry.json",
    "pagefind-worker.js", "wasm.unknown.pagefind", "wasm.en.pagefind",
    "pagefind.en_2a14d797b0.pf_meta", "fragment/en_1c07af0.pf_fragment",
    "index/pt-br_9225f81.pf_index", "filter/en_0a1b2c3.pf_filter",
)  # fmt: skip
NOT_OF_INDEX = ("evil.html", "evil.js", "pagefind.html", "x/pagefind.js", "fragment/en.html",
                "index/x.js", ".hidden", "pagefind-entry.json.html")  # fmt: skip


def test_the_search_index_holds_what_the_tool_writes_and_no_more(tmp_path: Path) -> None:
    for name in (*OF_INDEX, *NOT_OF_INDEX):
        (tmp_path / "pagefind" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pagefind" / name).touch()
    found = {p.path.removeprefix("pagefind/") for p in inspect_index(tmp_path)}
    assert found == set(NOT_OF_INDEX)


def test_nothing_stands_in_the_search_index_before_it_is_made(tmp_path: Path) -> None:
    for name in ("pagefind/evil.html", "pagefind/pagefind.js"):
        ((path, _, _, code, _),) = look(tmp_path, "", **{name: "<p>x</p>"})
        assert (path, code) == (name, "stray-output")
        (tmp_path / name).unlink()


@pytest.mark.parametrize(
    "name",
    ["a.HTML", "a.htm", "a.xhtml", "a.shtml", "a.xml", "feeds/feed.xml", "a.SVG", "a.pdf", "a.jpeg",
     "a.zip", "quotes/on/talks/other.zip",
     "a.php", "a", "a.html.bak", ".htaccess", "people/.x.html", "a.swf", "a.mjs", "a.wasm", "a.md"],
)  # fmt: skip
def test_files_that_a_site_does_not_hold(tmp_path: Path, name: str) -> None:
    found = look(tmp_path, "", **{name: ""})
    assert [(path, code) for path, _, _, code, _ in found] == [(name, "stray-output")]


@pytest.mark.parametrize(
    "name",
    ["quotes/on/talks/quotations.zip",
     "a.css", "assets/a.js", "a.png", "a.jpg", "a.webp", "favicon.ico", "a.woff2", "a.json",
     "data/a.csv", "data/a.sqlite", "manifest.webmanifest", "feed.xml", "sitemap.xml",
     "sitemap.xml.gz", "robots.txt", ".summitry-site", "assets/a.js.map"],
)  # fmt: skip
def test_files_that_a_site_holds(tmp_path: Path, name: str) -> None:
    assert look(tmp_path, "", **{name: ""}) == []


def test_a_link_or_bytes_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>\xff</p>")
    (tmp_path / "b.html").symlink_to("index.html")
    found = look(tmp_path, "")
    assert [(path, code) for path, _, _, code, _ in found] == [
        ("a.html", "stray-output"), ("b.html", "stray-output"),
    ]  # fmt: skip


SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


@pytest.mark.parametrize(
    "text",
    [
        f"<svg {SVG}>\n<script>x</script></svg>",
        f"<svg {SVG}>\n<g onload='x'/></svg>",
        f"<svg {SVG}>\n<a xlink:href='javascript:x'/></svg>",
        f"<svg {SVG}>\n<image href='https://e.example/x.png'/></svg>",
        f"<svg {SVG}>\n<image xlink:href='//e.example/x.png'/></svg>",
        f"<svg {SVG}>\n<use href='https://e.example/x.svg#a'/></svg>",
        f"<svg {SVG}>\n<foreignObject/></svg>",
        f"<svg {SVG}>\n<style>@import 'https://e.example/x.css';</style></svg>",
        f"<svg {SVG}>\n<rect fill='url(https://e.example/x.svg#a)'/></svg>",
        "<s:svg xmlns:s='http://www.w3.org/2000/svg'>\n<s:script>x</s:script></s:svg>",
        f"<svg {SVG}>\n<h:script xmlns:h='http://www.w3.org/1999/xhtml'>x</h:script></svg>",
        f"<svg {SVG}>\n<h:iframe xmlns:h='http://www.w3.org/1999/xhtml'/></svg>",
        f"<?xml version='1.0'?>\n<!DOCTYPE svg [<!ENTITY a 'x'>]><svg {SVG}>&a;</svg>",
        f"<?xml version='1.0'?>\n<?xml-stylesheet href='x.css'?><svg {SVG}/>",
        f"<svg {SVG}>\n<g></svg>",
    ],
)
def test_pictures_are_read_as_the_xml_that_they_are(tmp_path: Path, text: str) -> None:
    ((path, line, _, code, _),) = look(tmp_path, "", **{"assets/a.svg": text})
    assert (path, line, code) == ("assets/a.svg", 2, "forbidden-markup")


def test_a_picture_may_hold_its_own_styles_and_parts(tmp_path: Path) -> None:
    text = (
        f"<svg {SVG}><!-- a --><style>.a {{ fill: red }}</style><g id='a'/><use href='#a'/></svg>"
    )
    assert look(tmp_path, "", **{"assets/a.svg": text}) == []


def test_style_sheets_load_nothing_from_elsewhere(tmp_path: Path) -> None:
    fine = "a { background: url(data:image/png;base64,x) } b { src: url('fonts/a.woff2') }"
    assert look(tmp_path, "", **{"a.css": fine}) == []
    for wrong in ("@import 'https://e.example/x';", "a { background: url(//e.example/x) }",
                  '@import url("http://e.example/x");'):  # fmt: skip
        found = look(tmp_path, "", **{"a.css": f"\n{wrong}"})
        assert [(path, line, code) for path, line, _, code, _ in found] == [
            ("a.css", 2, "forbidden-markup")
        ]


@pytest.mark.parametrize(
    "html",
    [
        "<noscript><p title='</noscript><script>x</script>'></noscript>",
        "<svg><style><img src=x onerror=x></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=x>",
        "<select><script>x</script></select>",
        "<template><script>x</script></template>",
        "<svg><a><animate attributeName=href values=javascript:x /></a></svg>",
        "<table background='https://e.example/x.png'></table>",
        "<input type=image src='https://e.example/x.png'>",
        "<svg><feImage href='https://e.example/x.png'/></svg>",
        "<svg><image href='https://e.example/x.png'/></svg>",
        "<track src='https://e.example/x.vtt'>",
        "<link rel='canonical stylesheet' href='https://e.example/x.css'>",
        "<link rel=stylesheet href='data:text/css,x'>",
        "<script/src='data:text/javascript,x'></script>",
        "<a href='&#1;javascript:x'>x</a>",
        "<img src=x.png/onerror=x onerror=x>",
    ],
)
def test_pages_are_read_as_browsers_read_them(tmp_path: Path, html: str) -> None:
    codes = {code for _, _, _, code, _ in look(tmp_path, f"<p>\n{html}")}
    assert "forbidden-markup" in codes


def test_places_pass_over_what_is_no_element(tmp_path: Path) -> None:
    html = "<!-- <b onclick=x> --><title><b></title>\n"
    html += "<script src='../../x%20y.png'>'<b>'</script><b onclick=x>"
    ((_, line, column, _, message),) = look(tmp_path, html)
    assert (line, column) == (2, 45)
    assert message == "an event handler onclick stands on <b>"


def test_problems_come_sorted_by_page_and_place(tmp_path: Path) -> None:
    found = look(tmp_path, "<a href='b'>\n<a href='a'>", **{"a.html": "<a href='gone'>"})
    assert [p[:2] for p in found] == [
        ("a.html", 1), ("people/a/index.html", 1), ("people/a/index.html", 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<a xlink:href='javascript:x'>",
        "<use href='https://e.example/x.svg'></use>",
        "<meta http-equiv=refresh content='0;url=//e.example'>",
        "<meta http-equiv=refresh content='0; url=//e.example'>",
        "<meta http-equiv=refresh content='0; url=javascript:x'>",
        "<base href='https://e.example/'>",
        "<style>@import url(//e.example)</style>",
        "<p style='color: red'>",
        "<video poster='https://e.example/x.png'></video>",
        "<img imagesrcset='https://e.example/x.png'>",
        "<a href='https://[x'>",
    ],
)
def test_other_ways_out_are_seen_too(tmp_path: Path, html: str) -> None:
    assert said(tmp_path, html).startswith("forbidden-markup: ")
