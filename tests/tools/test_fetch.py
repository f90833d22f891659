"""Fetching a page. The servers are real, and on this machine only."""

from __future__ import annotations

import gzip
import importlib.metadata
import logging
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from running import ROOT
from serving import CERTIFICATE, HTML, Answer, Site, answer, drip, moved
from summitry.tools import fetch as module
from summitry.tools.extract import extract, extractor
from summitry.tools.fetch import FetchError, Page, ToolsMissingError, fetch, public_address

Names = dict[str, list[list[str]]]


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address that a connection was tried to."""
    seen, real = [], socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        seen.append(address[:2])
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    return seen


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """The names that exist; each look-up uses up one answer of its name."""
    table: Names = {}

    def getaddrinfo(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        if not table.get(host):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, (ip, port)) for ip in table[host].pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return table


def local(ip: str) -> None:
    if ip != "127.0.0.1":
        raise FetchError(f"{ip} is not this machine")


def anything(ip: str) -> None:
    pass


def get(site: Site, page: Answer | None = None, **more: Any) -> Page:
    if page:
        site.pages["/"] = page
    return fetch(site.url(), check=local, **{"timeout": 20.0, **more})


def refusal(site: Site, page: Answer, **more: Any) -> str:
    with pytest.raises(FetchError) as caught:
        get(site, page, **more)
    message = str(caught.value)
    assert message.isprintable()
    return message


def test_a_plain_page(site: Site) -> None:
    said: list[str] = []
    page = get(site, answer(kind='text/html; charset="UTF-8"'), progress=said.append)
    assert page == Page(site.url(), HTML, "utf-8")
    assert said == ["asking 127.0.0.1", "read 1 kB"]
    headers = site.asked[0][1]
    assert headers["User-Agent"] == "Summitry (summit explainer; checks quotations)"
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert "Cookie" not in headers


@pytest.mark.parametrize("kind", ["text/plain", "application/xhtml+xml", "TEXT/HTML ; x=y"])
def test_other_kinds_of_text(site: Site, kind: str) -> None:
    assert get(site, answer(kind=kind)).charset == ""


def test_nothing_of_the_environment_is_used(
    site: Site, monkeypatch: pytest.MonkeyPatch, connected: list[Any]
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert get(site, answer()).html == HTML
    assert connected == [("127.0.0.1", site.port)]


def test_nothing_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    with caplog.at_level(logging.INFO):
        get(site, answer())
    assert not caplog.records


def test_redirects_are_followed_by_name(site: Site, names: Names) -> None:
    names["site.example"] = [["127.0.0.1"]] * 4
    names["other.example"] = [["127.0.0.1"]]
    site.pages |= {
        "/": moved("a/b?x=1", 301),
        "/a/b?x=1": moved("../c", 303),
        "/c": moved(f"//other.example:{site.port}/d", 307),
        "/d": moved(site.url("/e#part", "site.example"), 308),
        "/e": answer(),
    }
    said: list[str] = []
    start = site.url("/#:~:text=x", "site.example")
    page = fetch(start, check=local, progress=said.append)
    assert page.url == site.url("/e", "site.example")
    assert [path for path, _ in site.asked] == ["/", "/a/b?x=1", "/c", "/d", "/e"]
    hosts = [headers["Host"].partition(":")[0] for _, headers in site.asked]
    assert hosts == [f"{name}.example" for name in ("site", "site", "site", "other", "site")]
    assert said[:3] == [
        "asking site.example",
        f"redirected to {site.url('/a/b?x=1', 'site.example')}",
        "asking site.example",
    ]


def test_cookies_are_not_kept(site: Site) -> None:
    site.pages["/b"] = answer()
    get(site, answer(b"", 302, "", Location="/b", Set_Cookie="a=b; Path=/"))
    assert "Cookie" not in site.asked[1][1]


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "10.0.0.1", "[::1]", "169.254.169.254", "2130706434"]
)
def test_a_redirect_inside_is_not_followed(site: Site, host: str, connected: list[Any]) -> None:
    assert "was not asked" in refusal(site, moved(f"http://{host}/"))
    assert connected == [("127.0.0.1", site.port)]


@pytest.mark.parametrize(
    "location",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "data:text/html,x"),
        *("http://u:secret@127.0.0.1/", "http:///x", "http://0177.0.0.1/", "http://127.0.0.1:0/"),
        *("http://[::1/", "http://xn--/", "http://a..b/", "http://127.0.0.1:99999/"),
        *("http://e\u202evil.example/", f"http://{'a' * 70}.example/", "/" + "a" * 60_000),
        *("http://" + "1." * 30_000, "http:\\\\127.0.0.1\\"),
    ],
)
def test_a_redirect_to_no_web_address(site: Site, location: str, connected: list[Any]) -> None:
    site.pages["/" + "a" * 60_000] = answer(status=404)
    message = refusal(site, moved(location.encode().decode("latin-1")))
    assert "secret" not in message
    assert len(message) < 500
    assert set(connected) == {("127.0.0.1", site.port)}


def test_redirects_end(site: Site) -> None:
    assert "redirects more than 5 times" in refusal(site, moved("/"))
    assert len(site.asked) == 6
    assert "302" in refusal(site, answer(b"", 302))  # to nowhere


@pytest.mark.parametrize("status", [202, 204, 304, 400, 403, 404, 429, 500, 503, 999])
def test_anything_but_the_page_is_an_error(site: Site, status: int) -> None:
    assert f"answered “{status}" in refusal(site, answer(b"", status))


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "", "pdf", "text/\x9b31m"])
def test_other_types_are_refused(site: Site, kind: str) -> None:
    assert "not a web page" in refusal(site, answer(kind=kind))


def test_control_characters_do_not_reach_the_terminal(site: Site) -> None:
    assert "<U+009B>31m" in refusal(site, answer(kind="\x9b31m"))
    refusal(site, moved("http://127.0.0.1/\x1b[31m"))
    said: list[str] = []
    site.pages["/%E2%80%AE"] = answer()
    get(site, moved("/\u202e".encode().decode("latin-1")), progress=said.append)
    assert all(line.isprintable() for line in said)
    assert str(FetchError("a\nb\x1b")) == "a<U+000A>b<U+001B>"


def test_too_large(site: Site) -> None:
    assert "larger than 50 kB" in refusal(site, answer(b"a" * 50_001), max_bytes=50_000)
    assert len(get(site, answer(b"a" * 50_000), max_bytes=50_000).html) == 50_000


def test_packed_pages(site: Site) -> None:
    packed = gzip.compress(HTML * 999)
    assert get(site, answer(packed, Content_Encoding="gzip")).html == HTML * 999
    assert site.asked[0][1]["Accept-Encoding"] == "gzip"
    bomb = gzip.compress(b"a" * 20_000_000)
    assert "larger" in refusal(site, answer(bomb, Content_Encoding="gzip"), max_bytes=50_000)
    assert "not whole" in refusal(site, answer(packed[:-9], Content_Encoding="gzip"))
    assert "garbled" in refusal(site, answer(HTML, Content_Encoding="gzip"))
    for other in ("br", "gzip, gzip", "deflate"):
        assert "unasked" in refusal(site, answer(packed, Content_Encoding=other))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    "page", [drip(HEAD + b"\r\n", b"x"), drip(HEAD, b"X: y\r\n"), drip(b"HTTP/1.1 200 ", b"O")]
)
def test_a_page_that_drips_is_given_up(site: Site, page: Answer) -> None:
    assert "more than 0.8 s in all" in refusal(site, page, timeout=0.4)
    assert site.drops < 400  # some 40, where nothing else is going on


def test_a_silent_server_is_given_up(site: Site) -> None:
    given_up = threading.Event()
    assert "within 0.4 s" in refusal(site, lambda _: given_up.wait() and None, timeout=0.4)
    given_up.set()


@pytest.mark.parametrize(
    "sent", [b"", b"nonsense\r\n\r\n", HEAD + b"Content-Length: 99\r\n\r\n<p>"]
)
def test_a_broken_answer(site: Site, sent: bytes) -> None:
    assert "cannot be read" in refusal(site, lambda handler: handler.wfile.write(sent) and None)


def test_no_server() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(FetchError, match=r"no connection to 127\.0\.0\.1"):
            fetch(url, check=local)


def test_an_unknown_name(names: Names) -> None:
    with pytest.raises(FetchError, match=r"no finding site\.example \(Name or service not known\)"):
        fetch("https://site.example/")


@pytest.mark.parametrize(
    "url", ["", "site.example/x", "ftp://site.example", "file:///etc/passwd", "https://", "//x"]
)
def test_what_is_no_web_address(url: str, names: Names) -> None:
    with pytest.raises(FetchError, match=r"web address|names no host"):
        fetch(url)


def test_a_name_is_looked_up_once(site: Site, names: Names, connected: list[Any]) -> None:
    names["site.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    site.pages["/"] = answer()
    assert fetch(site.url(host="site.example"), check=local).html == HTML
    assert connected == [("127.0.0.1", site.port)]
    assert names["site.example"] == [["10.0.0.1"]]
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):  # and checked again each time
        fetch(site.url(host="site.example"), check=local)


def test_one_address_inside_is_enough_to_refuse(names: Names, connected: list[Any]) -> None:
    names["site.example"] = [["127.0.0.1", "10.0.0.1"]]
    with pytest.raises(FetchError, match=r"site\.example was not asked: 10\.0\.0\.1"):
        fetch("http://site.example/", check=local)
    assert not connected


def test_the_next_address_is_tried(site: Site, names: Names) -> None:
    names["site.example"] = [["::1", "127.0.0.1"]]
    site.pages["/"] = answer()
    assert fetch(site.url(host="site.example"), check=anything).html == HTML


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]", "0"])
def test_without_leave_this_machine_is_not_asked(host: str, connected: list[Any]) -> None:
    with pytest.raises(FetchError, match=r"public internet|no finding"):
        fetch(f"http://{host}/")
    assert not connected


@pytest.fixture
def secure(site: Site, tmp_path: Path, names: Names) -> Iterator[Path]:
    """`site` with https, as site.example and other.example; the file of its certificate."""
    file = tmp_path / "certificate.pem"
    file.write_text(CERTIFICATE, "ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    names |= {f"{name}.example": [["127.0.0.1"]] * 2 for name in ("site", "other")}
    site.socket = context.wrap_socket(site.socket, server_side=True)
    yield file


def test_a_certificate_proves_the_name(
    site: Site, secure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.create_default_context(cafile=secure)
    monkeypatch.setattr(module, "_authorities", lambda: context)
    site.pages |= {"/": answer(), "/down": moved(site.url(host="site.example"))}
    start = f"https://site.example:{site.port}/"
    assert fetch(start, check=local).url == start
    assert site.asked[0][1]["Host"] == f"site.example:{site.port}"
    with pytest.raises(FetchError, match="redirects from https to http:"):
        fetch(f"{start}down", check=local)
    with pytest.raises(FetchError, match=r"no certificate that proves its name.*other\.example"):
        fetch(f"https://other.example:{site.port}/", check=local)


def test_an_unknown_certificate_is_refused(site: Site, secure: Path) -> None:
    with pytest.raises(FetchError, match="no certificate that proves its name"):
        fetch(f"https://site.example:{site.port}/", check=local)
    assert not site.asked


def test_https_where_there_is_none(site: Site) -> None:
    with pytest.raises(FetchError, match="does not speak https"):
        fetch(site.url().replace("http:", "https:"), check=local)


PUBLIC = "8.8.8.8 1.1.1.1 93.184.216.34 2606:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8"
INSIDE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9 192.0.0.170 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255
240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::ffff:0:8.8.8.8 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::808:808 100::1 2001::1
2001:0:7f00:1::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1
3ffe::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
2606:4700::1111%1
"""


@pytest.mark.parametrize(
    "ip", [*PUBLIC.split(), "64:ff9b::8.8.8.8", "100.63.255.255", "172.32.0.1"]
)
def test_public_addresses(ip: str) -> None:
    public_address(ip)


@pytest.mark.parametrize("ip", INSIDE.split())
def test_addresses_that_are_not_public(ip: str) -> None:
    with pytest.raises(FetchError, match="not an address of the public internet"):
        public_address(ip)


@pytest.mark.parametrize("ip", ["", "site.example", "2130706433", "0177.0.0.1", "127.1", "\x1b"])
def test_what_is_no_address(ip: str) -> None:
    with pytest.raises(FetchError, match="not an IP address"):
        public_address(ip)


INSTALL = "run: pip install 'summitry[capture]'"


def test_without_the_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    def version(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", version)
    for use in (lambda: fetch("http://site.example/"), lambda: extract(HTML), extractor):
        for folder, said in ((ROOT, "run: make capture-tools"), (tmp_path, INSTALL)):
            monkeypatch.chdir(folder)
            with pytest.raises(ToolsMissingError) as caught:
                use()
            assert str(caught.value) == f"fetching needs httpx and trafilatura; {said}"


def test_the_module_needs_no_tools() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['httpx', 'trafilatura', 'lxml']));"
        "import summitry.tools.fetch"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
