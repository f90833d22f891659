"""The last look at the built pages: dead links, and markup that must not be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from summitry.build.gate import inspect


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
        ("<image href='https://e.example/x.png'/>",
         "<image> loads from another host, e.example"),
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


def test_scripts_of_the_theme_are_known_by_their_page(tmp_path: Path) -> None:
    for folder in ("contribute", "people"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").write_text("<script>x</script>")
    assert [p.path for p in inspect(tmp_path, "/", ("contribute/index.html",))] == [
        "people/index.html"
    ]


def test_what_the_search_tool_writes_is_not_looked_at(tmp_path: Path) -> None:
    assert look(tmp_path, "", **{"pagefind/x.html": "<script>x</script>"}) == []


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
