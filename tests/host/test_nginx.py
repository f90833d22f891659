"""The site behind nginx, as `summitry nginx` configures it: `make test-all`, which needs nginx."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from nginx import behind_nginx

pytestmark = pytest.mark.standards
POLICY = "Content-Security-Policy"


@pytest.fixture(scope="module")
def host(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with behind_nginx(built, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def ask(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, headers=given)) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_pages_come_packed_whole_and_with_every_header(host: str, built: Path) -> None:
    status, headers, body = ask(host, Accept_Encoding="gzip")
    assert status == 200
    assert gzip.decompress(body) == (built / "index.html").read_bytes()
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers[POLICY]
    assert "nginx/" not in headers["Server"]


def test_what_did_not_change_is_not_sent_again(host: str) -> None:
    _, headers, _ = ask(host)
    status, _, body = ask(host, If_Modified_Since=headers["Last-Modified"])
    assert (status, body) == (304, b"")
    assert ask(host + "pagefind/pagefind-entry.json")[1]["Cache-Control"] == "no-cache"


def test_what_is_named_by_its_bytes_is_kept(host: str, built: Path) -> None:
    name = next((built / "pagefind/fragment").iterdir()).name
    assert "immutable" in ask(f"{host}pagefind/fragment/{name}")[1]["Cache-Control"]


def test_a_page_that_is_not_there_is_our_own(host: str) -> None:
    status, headers, body = ask(host + "nowhere/")
    assert status == 404
    assert b"skip" in body
    assert POLICY in headers


@pytest.mark.parametrize("name", [".summitry-site", "../", "%2e%2e/"])
def test_nothing_else_is_served(host: str, name: str) -> None:
    assert ask(host + name)[0] in (403, 404)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("feed.xml", "text/xml; charset=utf-8"),
        ("data/explainer.sqlite", "application/vnd.sqlite3"),
        ("data/quotes.csv", "text/csv; charset=utf-8"),
        ("assets/figures/locator-map.svg", "image/svg+xml"),
        ("assets/summitry.js", "application/javascript; charset=utf-8"),
    ],
)
def test_files_say_what_they_are(host: str, path: str, kind: str) -> None:
    assert ask(host + path)[1]["Content-Type"] == kind


def test_a_folder_without_its_stroke_is_found(host: str) -> None:
    status, _, body = ask(host.removesuffix("/") + "/quotes")
    assert (status, b"<h1" in body) == (200, True)
