"""A web server on this machine for tests of what fetches pages, and ways for it to answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HTML = "<!DOCTYPE html><p>Hello, “world”.</p>".encode()
# Made for these tests: it says that it is site.example, until 2120, and nobody trusts it.
CERTIFICATE = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFMycdxuC3R7kL1z0
BwOuJMoqkpqwnTo2ogstduVwV/KhRANCAAQ2O9+5pXfs56WqgScGKL2NG5zRZFBA
ZTHQf68EK9CM4bpt/QVAqViaC9KOG/CoUnCNwKpZsXXtdBDg5SJMJoCz
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBejCCASCgAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxzaXRlLmV4
YW1wbGUwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNV
BAMMDHNpdGUuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDY737ml
d+znpaqBJwYovY0bnNFkUEBlMdB/rwQr0Izhum39BUCpWJoL0o4b8KhScI3Aqlmx
de10EODlIkwmgLOjWzBZMBcGA1UdEQQQMA6CDHNpdGUuZXhhbXBsZTAPBgNVHRMB
Af8EBTADAQH/MA4GA1UdDwEB/wQEAwIChDAdBgNVHQ4EFgQUVFCb8yg3Ninavajo
mlLVEki1YxwwCgYIKoZIzj0EAwIDSAAwRQIgamQN04lAxAluK8x1gASQvl7Oo62M
I7Bhic11X/+jS2ICIQCx+CLhMnrtco1ioc8MCZubq1wP0S8DO0isvliha2im9w==
-----END CERTIFICATE-----
"""


class Handler(BaseHTTPRequestHandler):
    server: Site
    body = b""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.pages[self.path](self)

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        pass


Answer = Callable[[Handler], None]


class Site(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for each answer to end

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.pages: dict[str, Answer] = {}
        self.drops = 0  # how many `drip` has sent

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


def answer(body: bytes = HTML, status: int = 200, kind: str = "text/html", **more: str) -> Answer:
    def send(handler: Handler) -> None:
        handler.send_response(status)
        if kind:
            handler.send_header("Content-Type", kind)
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except OSError:  # who asked has had enough
            handler.close_connection = True

    return send


def moved(location: str, status: int = 302) -> Answer:
    return answer(b"", status, "", Location=location)


def drip(beginning: bytes, drop: bytes) -> Answer:
    """Sends a little now and then, and never ends by itself."""

    def send(handler: Handler) -> None:
        try:
            handler.wfile.write(beginning)
            while True:
                handler.wfile.write(drop)
                handler.server.drops += 1
                time.sleep(0.02)
        except OSError:
            handler.close_connection = True

    return send
