"""Fetching the page of a source.

A page's address comes from a contributor and its redirects from a stranger, so neither may
lead into the network of whoever runs this: every address a name has is checked, and the
connection goes to the very address that was checked. Whatever can go wrong becomes a
`FetchError` for people. httpx is looked for only when it is used.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import re
import socket
import ssl
import zlib
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from summitry.content.commands import more_tools

if TYPE_CHECKING:
    import httpx

AddressCheck = Callable[[str], None]
"""Takes an IP address as text, raises FetchError when it is not allowed."""

MAX_REDIRECTS = 5
MAX_PAGE = 5_000_000  # bytes, unpacked
PATIENCE = 2  # how many times `timeout` everything together may take
AGENT = "Summitry (summit explainer; checks quotations)"

_ELSE = "or save the page in a browser and use --html FILE"
_LATER = f"try again later, {_ELSE}"
_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_WHOLE = frozenset((200, 203))  # others have no page, a part of it, or a riddle for robots
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.ASCII | re.IGNORECASE)
_LONG = re.compile(r"(\S{120})\S+")

# IANA's special-purpose registries, written out because `ipaddress` knows more or fewer of
# them by the version of Python and holds multicast to be global. 6to4 (2002::/16) and Teredo
# (in 2001::/23) are refused whole: they tunnel to any IPv4 address, and no site needs them.
_RESERVED = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20"),
    )
)
_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IPv6 routes globally so far
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class FetchError(Exception):
    """A page that cannot be fetched or read; the message says why and what to do.

    It is one line for a terminal, in which nothing of a stranger controls anything. `status` is
    the number of the answer where one came, else 0.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(_safe(message))
        self.status = status


class ToolsMissingError(FetchError):
    """httpx or trafilatura is not installed; the message says how to install them."""

    def __init__(self) -> None:
        super().__init__(f"fetching needs httpx and trafilatura; {more_tools()}")


class Wanted(Struct, frozen=True):
    """What is asked for, where it is not a page: the types that will do, and what is sent.

    `home` is the host (and port) of an address that whoever runs this gave himself: it alone may
    be in a private network. A redirect to an address for which `arrived` is true is not followed:
    the address is what was wanted.
    """

    types: tuple[str, ...] = _TYPES
    body: bytes = b""
    sent_as: str = ""
    home: str = ""
    arrived: Callable[[str], bool] = lambda _: False


PAGE = Wanted()


class Page(Struct, frozen=True):
    """A page as it was sent: the address in the end, the bytes, their charset or ""."""

    url: str
    html: bytes
    charset: str


def _safe(text: str) -> str:
    """A line for a terminal: what does not print is shown by code point, what is long is cut."""
    text = _LONG.sub(r"\1…", text[:2000])
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def public_address(ip: str) -> None:
    """Raises FetchError unless `ip` is an address of one machine in the public internet.

    An IPv4 address inside an IPv6 one (mapped, or by NAT64) is judged itself.
    """
    try:
        public = _is_public(ipaddress.ip_address(ip))
    except ValueError:
        raise FetchError(f"“{ip}” is not an IP address") from None
    if not public:
        raise FetchError(f"{ip} is not an address of the public internet")


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.scope_id or address not in _UNICAST:
            return False
    return address.is_global and not any(address in block for block in _RESERVED)


def fetch(
    url: str,
    *,
    wanted: Wanted = PAGE,
    check: AddressCheck = public_address,
    progress: Callable[[str], None] = lambda _: None,
    timeout: float = 20.0,
    max_bytes: int = MAX_PAGE,
) -> Page:
    """The page at a http or https address, at any port, without user name and password.

    `timeout` is in seconds, for each step; all together take at most `PATIENCE` times as long,
    besides the system's time to look names up. `max_bytes` is of the unpacked page. `progress`
    is told what happens, a line at a time. Not to be called from a running event loop.
    Raises FetchError, and ToolsMissingError where httpx is not installed.
    """
    try:
        import httpx
    except ImportError:
        raise ToolsMissingError from None
    # httpx would log each request, with the IP address in place of the name
    logging.getLogger("httpx").setLevel(logging.WARNING)
    errand = _Errand(check, lambda line: progress(_safe(line)), timeout, max_bytes, wanted)
    try:
        start = _allowed(httpx.URL(url.strip()))
    except (httpx.InvalidURL, ValueError):
        raise FetchError(f"“{url}” is not a web address; check how it is written") from None

    async def run() -> Page:
        async with asyncio.timeout(PATIENCE * timeout):
            return await errand.follow(start)

    try:
        return asyncio.run(run())
    except FetchError as error:
        if wanted is PAGE:
            raise
        raise FetchError(str(error).replace(f", {_ELSE}", "")) from None  # there is no page to save
    except TimeoutError:
        took = f"{_host(start)} took more than {PATIENCE * timeout:g} s in all"
        raise FetchError(f"{took}; {_LATER}") from None


def _host(url: httpx.URL) -> str:
    """The host as it goes over the wire. httpx's `host` would fail on a broken xn-- label."""
    return url.raw_host.decode("ascii")


def _allowed(url: httpx.URL) -> httpx.URL:
    """The address without its fragment, which is not sent. Raises FetchError."""
    if url.scheme not in ("http", "https"):
        raise FetchError(f"“{url}” is not a web address: only https:// and http:// are fetched")
    if not url.raw_host:
        raise FetchError(f"the address “{url}” names no host; check how it is written")
    if url.userinfo:  # not repeated here: it may be a secret
        raise FetchError(f"the address at {_host(url)} has a user name in it; leave it out")
    if url.port is not None and not 0 < url.port < 65536:
        raise FetchError(f"the address “{url}” has a port that cannot be; check it")
    return url.copy_with(fragment=None)


def _next(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads, from the address by name. Raises FetchError if it may not."""
    import httpx

    host, advice = _host(url), f"find the page's own address, {_ELSE}"
    try:
        target = _allowed(url.join(location.strip()))
    except (httpx.InvalidURL, ValueError):
        told = f"{host} redirects to “{location[:120]}”, which is not a web address"
        raise FetchError(f"{told}; {advice}") from None
    except FetchError as error:
        raise FetchError(f"{host} redirects elsewhere, but {error}; {advice}") from None
    if url.scheme == "https" and target.scheme == "http":
        told = f"{host} redirects from https to {target}, where anyone could change the text"
        raise FetchError(f"{told}; {advice}")
    return target


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates are accepted: those of the list that httpx brings."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


class _Errand:
    """One call of `fetch`."""

    def __init__(
        self,
        check: AddressCheck,
        say: Callable[[str], None],
        timeout: float,
        max_bytes: int,
        wanted: Wanted,
    ) -> None:
        self._check, self._say, self._wanted = check, say, wanted
        self._timeout, self._max_bytes = timeout, max_bytes

    async def follow(self, url: httpx.URL) -> Page:
        """The page at the end of the redirects."""
        first = _host(url)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._ask(url)
            if isinstance(answer, Page):
                return answer
            if self._wanted.body:
                raise FetchError(f"{first} redirects to {answer}; give that address")
            url = _next(url, answer)
            if self._wanted.arrived(str(url)):
                return Page(str(url), b"", "")
            self._say(f"redirected to {url}")
        told = f"{first} redirects more than {MAX_REDIRECTS} times"
        raise FetchError(f"{told}; find the page's own address, {_ELSE}")

    async def _ask(self, url: httpx.URL) -> Page | str:
        """The page, or where it moved, from the first machine that can be reached."""
        import httpx

        self._say(f"asking {_host(url)}")
        failure: Exception | None = None
        for address in self._addresses(url):
            try:
                return await self._ask_at(url, address)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                failure = error
                if not isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout)):
                    break
        raise FetchError(f"{_told(_host(url), failure, self._timeout)}; {_LATER}")

    def _addresses(self, url: httpx.URL) -> list[str]:
        """Every IP address of the host. Raises FetchError if a single one is not allowed."""
        host = _host(url)
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "it cannot be a name"
            told = f"there is no finding {host} ({why})"
            raise FetchError(f"{told}; check the address and the network") from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if self._wanted.home and url.netloc.decode("ascii") == self._wanted.home:
            return addresses
        for address in addresses:
            try:
                self._check(address)
            except FetchError as error:
                raise FetchError(f"{host} was not asked: {error}") from None
        return addresses

    async def _ask_at(self, url: httpx.URL, address: str) -> Page | str:
        """Ask the machine at `address` for `url`; the name is looked up no second time."""
        import httpx

        host = _host(url)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": AGENT,
            "Accept": ", ".join(self._wanted.types),
            "Accept-Encoding": "gzip",
        }
        if self._wanted.body:
            headers["Content-Type"] = self._wanted.sent_as
        # A client for each hop: cookies would be kept by number, and reach other sites there.
        client = httpx.AsyncClient(
            verify=_authorities(), trust_env=False, follow_redirects=False, timeout=self._timeout
        )
        place = url.copy_with(host=address)
        extensions = {"sni_hostname": host.rstrip(".")}
        method, body = ("POST" if self._wanted.body else "GET"), self._wanted.body or None
        asked = client.stream(method, place, headers=headers, extensions=extensions, content=body)
        async with client, asked as response:
            location = response.headers.get("location", "")
            if response.status_code in _REDIRECTS and location:
                return str(location)
            charset = _charset(response, host, self._wanted.types)
            html = await self._body(response, host)
        self._say(f"read {-(-len(html) // 1000)} kB")
        return Page(str(url), html, charset)

    async def _body(self, response: httpx.Response, host: str) -> bytes:
        """The page, unpacked here: httpx would unpack a piece whole, however large it gets."""
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in ("", "identity", "gzip", "x-gzip"):
            told = f"{host} packs the page as “{coding}”, unasked; {_LATER}"
            raise FetchError(told, response.status_code)
        unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if coding.endswith("gzip") else None
        html, received = bytearray(), 0
        async for piece in response.aiter_raw():
            received += len(piece)
            try:
                room = self._max_bytes + 1 - len(html)
                html += unzip.decompress(piece, room) if unzip else piece
            except zlib.error:
                raise FetchError(f"{host} sent a garbled page; {_LATER}") from None
            if max(received, len(html)) > self._max_bytes:
                told = f"the page at {host} is larger than {self._max_bytes // 1000} kB"
                told = f"{told}; copy the article's text from a browser"
                raise FetchError(told, response.status_code)
        if unzip and (not unzip.eof or unzip.unused_data):
            raise FetchError(f"{host} sent a page that is not whole; {_LATER}")
        return bytes(html)


def _charset(response: httpx.Response, host: str, types: tuple[str, ...]) -> str:
    """The charset that an answer names, or "". Raises FetchError where it brings no page."""
    if response.status_code not in _WHOLE:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        told = f"{host} answered “{status}” in place of the page"
        raise FetchError(f"{told}; check the address, {_ELSE}", response.status_code)
    kind, _, rest = response.headers.get("content-type", "").partition(";")
    if kind.strip().lower() not in types:
        named = f"“{kind.strip()}”" if kind.strip() else "something that it does not name"
        if types != _TYPES:
            told = f"{host} sent {named}, not {types[0]}; check the address"
        else:
            told = f"{host} sent {named}, not a web page; copy the text out of it yourself"
        raise FetchError(told, response.status_code)
    match = _CHARSET.search(rest)
    return match[1].lower() if match else ""


def _told(host: str, error: BaseException | None, timeout: float) -> str:
    """What went wrong between us and a host, in a sentence."""
    import httpx

    cause, reason = error, ""
    while cause is not None:  # httpx says little; what its error stands on says more
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"{host} has no certificate that proves its name ({cause.verify_message})"
        if isinstance(cause, ssl.SSLError):
            return f"{host} does not speak https as it should ({cause.reason or cause})"
        if isinstance(cause, OSError) and cause.strerror:
            reason = f" ({cause.strerror})"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.TimeoutException):
        return f"{host} did not answer within {timeout:g} s"
    if isinstance(error, httpx.ConnectError):
        return f"there is no connection to {host}{reason}"
    return f"{host} broke off, or answered what cannot be read ({error})"
